//! JSON values appended to columns.

use crate::text::{Cursor, read_json};
use crate::{ColumnBuilder, Environment};

use super::locate::each;
use super::scalar::{float, int, write_compact};
use kinglet_types::ChType;

/// Appends the value read as the builder's type, or the default where that does not work; says whether it did.
pub(super) fn extract(value: Option<&[u8]>, builder: &mut ColumnBuilder, environment: &Environment) -> bool {
    let before = builder.len();
    let read = value.is_some_and(|value| {
        if *builder.ty().bare() == ChType::String
            && !(builder.ty().is_nullable() && value == b"null")
            && !value.starts_with(b"\"")
        {
            let mut text = Vec::new();
            write_compact(value, &mut text);
            builder.append_bytes(if value == b"null" { b"" } else { &text });
            return true;
        }
        read(value, builder, environment) && builder.len() == before + 1
    });
    if !read {
        builder.truncate(before);
        builder.append_default();
    }
    read
}

/// Appends a value as the builder's type, as far as it fits: elements that do not are defaults, unless none does.
fn read(value: &[u8], builder: &mut ColumnBuilder, environment: &Environment) -> bool {
    let ty = builder.ty().clone();
    match (ty.bare(), value.first()) {
        (_, Some(b'n')) if ty.is_nullable() => builder.append_null(),
        (_, Some(b'n')) => return false,
        (ChType::Array(_), Some(b'[')) => return elements(value, builder, environment),
        (ChType::Tuple(fields), Some(b'[' | b'{')) => return parts(value, fields, builder, environment),
        (ChType::Map(..), Some(b'{')) => {
            let Some((keys, values)) = builder.entries() else { return false };
            let _ = each(value, |key, member| {
                let done = key.is_some_and(|key| crate::text::read_text(&key, keys, environment).is_ok());
                if done {
                    extract(Some(member), values, environment);
                }
                true
            });
            builder.close();
        }
        (ChType::Bool, Some(b'"')) => return false,
        (ChType::Bool, _) => match int(value) {
            Some(number) => builder.append_int(i64::from(number != 0)),
            None => return false,
        },
        (bare, _) if bare.integer_bits().is_some_and(|(bits, _)| bits <= 64) => match int(value) {
            Some(number) if fits(number, bare) => builder.append_int(number as i64),
            _ => return false,
        },
        (ChType::Float32 | ChType::Float64, _) => match float(value) {
            Some(number) => builder.append_float(number),
            None => return false,
        },
        _ => return read_json(&mut Cursor::new(value), builder, environment).is_ok(),
    }
    true
}

fn fits(number: i128, ty: &ChType) -> bool {
    let Some((bits, signed)) = ty.integer_bits() else { return false };
    let (least, most) = match signed {
        true => (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1),
        false => (0, (1_i128 << bits) - 1),
    };
    (least..=most).contains(&number)
}

fn elements(value: &[u8], builder: &mut ColumnBuilder, environment: &Environment) -> bool {
    let Some(inner) = builder.elements() else { return false };
    let (mut any, mut count) = (false, 0);
    let _ = each(value, |_, element| {
        any |= extract(Some(element), inner, environment);
        count += 1;
        true
    });
    builder.close();
    any || count == 0
}

/// The members of an array or object in order, or by name where the fields have names.
fn parts(
    value: &[u8],
    fields: &[(Option<std::sync::Arc<str>>, ChType)],
    builder: &mut ColumnBuilder,
    environment: &Environment,
) -> bool {
    let mut found: Vec<Option<&[u8]>> = vec![None; fields.len()];
    let mut next = 0;
    let _ = each(value, |key, member| {
        let named = |key: Vec<u8>| {
            fields.iter().position(|(name, _)| name.as_ref().is_some_and(|name| name.as_bytes() == key))
        };
        let by_name = fields.iter().any(|(name, _)| name.is_some());
        let at = if by_name { key.map_or(Some(next), named) } else { Some(next) };
        if let Some(place) = at.and_then(|at| found.get_mut(at)) {
            *place = Some(member);
        }
        next += 1;
        true
    });
    let mut any = false;
    for (field, value) in builder.fields().iter_mut().zip(found) {
        any |= extract(value, field, environment);
    }
    builder.close();
    any
}

/// Appends a key and a value to a builder of pairs, or nothing where the value is of another kind.
pub(super) fn pair(key: &[u8], value: &[u8], pairs: &mut ColumnBuilder, environment: &Environment) {
    let before = pairs.len();
    let mut read = false;
    if let [keys, values] = pairs.fields() {
        keys.append_bytes(key);
        read = extract(Some(value), values, environment);
    }
    pairs.close();
    if !read {
        pairs.truncate(before);
    }
}

/// Appends a key and the JSON of a value to a builder of pairs.
pub(super) fn raw_pair(key: &[u8], value: &[u8], pairs: &mut ColumnBuilder) {
    if let [keys, values] = pairs.fields() {
        keys.append_bytes(key);
        let mut text = Vec::new();
        write_compact(value, &mut text);
        values.append_bytes(&text);
    }
    pairs.close();
}
