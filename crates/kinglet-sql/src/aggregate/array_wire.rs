//! How ClickHouse writes the values of `groupArray` and its like: narrow ones and texts plainly, any other as the
//! length and the bytes of its row in an arena.

use kinglet_types::{ChType, Result};

use super::wire::{Reader, write_bytes, write_varint};
use crate::binary::width;

/// Whether values of a type are written as they are.
pub(super) fn is_plain(ty: &ChType) -> bool {
    match ty {
        ChType::String | ChType::Bool | ChType::Enum8(_) | ChType::Enum16(_) => true,
        ChType::Date | ChType::DateTime(_) | ChType::Ipv4 => true,
        ty => ty.is_integer() || ty.is_float(),
    }
}

/// Appends a value, given in its binary form, as an element of a state.
///
/// # Errors
/// When `value` is no value of the type.
pub(super) fn write_element(value: &[u8], ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    if is_plain(ty.without_low_cardinality()) {
        out.extend_from_slice(value);
        return Ok(());
    }
    let mut arena = Vec::new();
    to_arena(&mut Reader::new(value), ty, &mut arena)?;
    write_bytes(&arena, out);
    Ok(())
}

/// Appends the binary form of the value that [`write_element`] wrote.
///
/// # Errors
/// 33 when the bytes end too early.
pub(super) fn read_element(bytes: &mut Reader<'_>, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    let ty = ty.without_low_cardinality();
    match ty {
        ChType::String => {
            write_bytes(bytes.bytes()?, out);
            Ok(())
        }
        ty if is_plain(ty) => {
            out.extend_from_slice(bytes.take(width(ty).unwrap_or(0))?);
            Ok(())
        }
        ty => from_arena(&mut Reader::new(bytes.bytes()?), ty, out),
    }
}

/// A value's binary form as its bytes in an arena.
pub(super) fn to_arena(value: &mut Reader<'_>, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    match ty {
        ChType::LowCardinality(inner) => to_arena(value, inner, out),
        ChType::Nullable(inner) => {
            let flag = value.array::<1>()?;
            out.extend(flag);
            if flag == [0] { to_arena(value, inner, out) } else { Ok(()) }
        }
        ChType::Array(element) => {
            let count = value.varint()?;
            out.extend(count.to_le_bytes());
            (0..count).try_for_each(|_| to_arena(value, element, out))
        }
        ChType::Map(key, of) => {
            let count = value.varint()?;
            out.extend(count.to_le_bytes());
            for _ in 0..count {
                to_arena(value, key, out)?;
                to_arena(value, of, out)?;
            }
            Ok(())
        }
        ChType::Tuple(fields) if fields.is_empty() => {
            out.push(0);
            Ok(())
        }
        ChType::Tuple(fields) => fields.iter().try_for_each(|(_, ty)| to_arena(value, ty, out)),
        ChType::String => {
            let text = value.bytes()?;
            out.extend((text.len() as u64 + 1).to_le_bytes());
            out.extend_from_slice(text);
            out.push(0);
            Ok(())
        }
        ty => {
            out.extend_from_slice(value.take(width(ty).unwrap_or(0))?);
            Ok(())
        }
    }
}

/// The binary form of a value from its bytes in an arena.
pub(super) fn from_arena(arena: &mut Reader<'_>, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    match ty {
        ChType::LowCardinality(inner) => from_arena(arena, inner, out),
        ChType::Nullable(inner) => {
            let flag = arena.array::<1>()?;
            out.extend(flag);
            if flag == [0] { from_arena(arena, inner, out) } else { Ok(()) }
        }
        ChType::Array(element) => {
            let count = u64::from_le_bytes(arena.array()?);
            write_varint(count, out);
            counted(count, arena, |arena| from_arena(arena, element, out))
        }
        ChType::Map(key, of) => {
            let count = u64::from_le_bytes(arena.array()?);
            write_varint(count, out);
            counted(count, arena, |arena| {
                from_arena(arena, key, out)?;
                from_arena(arena, of, out)
            })
        }
        ChType::Tuple(fields) if fields.is_empty() => arena.take(1).map(|_| ()),
        ChType::Tuple(fields) => fields.iter().try_for_each(|(_, ty)| from_arena(arena, ty, out)),
        ChType::String => {
            let length = u64::from_le_bytes(arena.array()?);
            let text = arena.take(usize::try_from(length).unwrap_or(usize::MAX))?;
            write_bytes(text.strip_suffix(&[0]).unwrap_or(text), out);
            Ok(())
        }
        ty => {
            out.extend_from_slice(arena.take(width(ty).unwrap_or(0))?);
            Ok(())
        }
    }
}

/// Calls `read` as often as `count` says; elements without bytes are not counted on.
fn counted(
    count: u64,
    arena: &mut Reader<'_>,
    mut read: impl FnMut(&mut Reader<'_>) -> Result<()>,
) -> Result<()> {
    for _ in 0..count {
        if arena.rest().is_empty() {
            return Err(super::parts::ended());
        }
        read(arena)?;
    }
    Ok(())
}
