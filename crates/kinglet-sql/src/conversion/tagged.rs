//! Conversions to and from Variant and Dynamic.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::{Failure, convert, fits};
use crate::aggregate::wire::Reader;
use crate::binary::read_value;
use crate::function::result::{nullable_texts, nulls};
use crate::tagged::{alternatives, assemble, tag, untag, write_type};
use crate::text::{bytes_at, read_text};
use crate::{ColumnBuilder, Environment};

/// Appends a tagged value to a column of its type (or of a tagged one); NULL for type Nothing.
///
/// # Errors
/// 33 and 117 for damaged bytes, 70 for a value of another type.
pub(crate) fn append_tagged(value: &[u8], builder: &mut ColumnBuilder) -> Result<()> {
    let (ty, bytes) = untag(value)?;
    let wanted = builder.ty().clone();
    if ty == ChType::Nothing {
        builder.append_null();
    } else if wanted.bare().is_tagged() {
        builder.append_bytes(value);
    } else if *wanted.bare() == *ty.bare() {
        read_value(&mut Reader::new(bytes), ty.bare(), builder)?;
    } else {
        return Err(super::no_conversion(&ty, &wanted));
    }
    Ok(())
}

/// The values of one type in a tagged column: NULL, or the default, for those of other types.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn of_type(array: &ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    let mut code = Vec::new();
    let bare = if let ChType::Nullable(inner) = ty { inner } else { ty };
    write_type(bare, &mut code);
    let mut builder = ColumnBuilder::new(ty);
    for row in 0..array.len() {
        let value =
            if array.is_null(row) { None } else { bytes_at(array, row).strip_prefix(code.as_slice()) };
        match value {
            Some(value) => read_value(&mut Reader::new(value), bare, &mut builder)?,
            None => builder.append_default(),
        }
    }
    builder.finish()
}

/// A column as values of one of `types`.
pub(super) fn to_variant(
    array: &ArrayRef,
    from: &ChType,
    types: &[ChType],
    environment: &Environment,
) -> Result<ArrayRef> {
    let variant = || ChType::Variant(types.into());
    match from.bare() {
        ChType::Variant(have) => {
            if have.iter().all(|ty| types.contains(ty)) {
                return Ok(Arc::clone(array));
            }
            let message = format!(
                "Cannot convert type {from} to {}. Conversion between Variant types is allowed only when new Variant type is an extension of an initial one",
                variant()
            );
            Err(SqlError::new(ErrorCode::CANNOT_CONVERT_TYPE, message))
        }
        ChType::Dynamic(_) => dynamic_to_variant(array, types, environment),
        bare if types.contains(bare) => tag(array, from),
        bare if types.iter().any(|ty| ty.bare() == bare) => {
            let ty = types.iter().find(|ty| ty.bare() == bare).cloned().unwrap_or(ChType::Nothing);
            tag(array, &ty)
        }
        ChType::String => parse_variants(array, types, environment),
        _ => {
            let message = format!(
                "Cannot convert type {from} to {}. Conversion to Variant allowed only for types from this Variant",
                variant()
            );
            Err(SqlError::new(ErrorCode::CANNOT_CONVERT_TYPE, message))
        }
    }
}

/// Texts as values of the first of `types` that reads them; the text NULL is NULL.
///
/// # Errors
/// 117 for a text that none of the types reads.
pub(crate) fn parse_variants(
    array: &ArrayRef,
    types: &[ChType],
    environment: &Environment,
) -> Result<ArrayRef> {
    nullable_texts(array.len(), |row, out| {
        if array.is_null(row) || bytes_at(array, row) == b"NULL" {
            return Ok(false);
        }
        *out = text_to_variant(bytes_at(array, row), types, environment)?;
        Ok(true)
    })
}

fn dynamic_to_variant(array: &ArrayRef, types: &[ChType], environment: &Environment) -> Result<ArrayRef> {
    let variant = ChType::Variant(types.into());
    let mut parts = Vec::new();
    for alternative in alternatives(array)? {
        let values = match &alternative.ty {
            ty if types.contains(ty) || *ty == ChType::String => match ty {
                ChType::String => parse_variants(&alternative.values, types, environment)?,
                ty => tag(&alternative.values, ty)?,
            },
            ty => to_variant(&alternative.values, ty, types, environment)?,
        };
        parts.push((alternative.rows, values));
    }
    assemble(&parts, array.len(), &variant)
}

/// The types a text is tried as: the narrowest numbers first, texts last.
fn priority(ty: &ChType) -> u32 {
    match ty {
        ChType::String => 1_000,
        ChType::FixedString(_) => 900,
        ChType::Bool => 0,
        ty if ty.is_integer() => {
            ty.integer_bits().map_or(1, |(bits, signed)| u32::from(bits) * 2 - u32::from(!signed))
        }
        ty if ty.is_decimal() => 600,
        ty if ty.is_float() => 610,
        ty if ty.is_date() => 700,
        ty if ty.is_date_time() => 710,
        _ => 800,
    }
}

/// The tagged value a text spells as one of `types`.
///
/// # Errors
/// 117 where it spells none.
pub(crate) fn text_to_variant(text: &[u8], types: &[ChType], environment: &Environment) -> Result<Vec<u8>> {
    let mut order: Vec<&ChType> = types.iter().collect();
    order.sort_by_key(|ty| priority(ty));
    for ty in order {
        let mut builder = ColumnBuilder::new(ty);
        if !fits(text, ty) || *ty == ChType::Bool && !matches!(text, b"true" | b"false") {
            continue;
        }
        if read_text(text, &mut builder, environment).is_ok() && builder.len() == 1 {
            let tagged = tag(&builder.finish()?, ty)?;
            return Ok(bytes_at(&tagged, 0).to_vec());
        }
    }
    let shown = String::from_utf8_lossy(text.get(..100).unwrap_or(text)).into_owned();
    let message = format!("Cannot parse {} from '{shown}'", ChType::Variant(types.into()));
    Err(SqlError::new(ErrorCode::INCORRECT_DATA, message))
}

/// Tagged values as one type; NULL becomes the default where the type has none.
pub(super) fn from_tagged(
    array: &ArrayRef,
    to: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    let lenient = failure == Failure::Error && matches!(to.without_low_cardinality(), ChType::Nullable(_));
    let failure = if lenient { Failure::AccurateNull } else { failure };
    let mut parts = Vec::new();
    for alternative in alternatives(array)? {
        let values = convert(&alternative.values, &alternative.ty, to, failure, environment);
        let values = match values {
            Err(_) if lenient => nulls(to, alternative.rows.len()),
            other => other?,
        };
        parts.push((alternative.rows, values));
    }
    assemble(&parts, array.len(), to)
}
