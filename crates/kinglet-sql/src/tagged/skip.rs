//! Finding where a value in binary form ends.

use kinglet_types::{ChType, Result};

use super::code::read_type;
use crate::aggregate::wire::Reader;
use crate::binary::width;

/// Reads past a type and a value of it.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn skip_tagged(bytes: &mut Reader<'_>) -> Result<()> {
    match bytes.rest().first() {
        Some(0x15) => {
            bytes.take(1)?;
            bytes.bytes().map(|_| ())
        }
        Some(0x0A | 0x0E) => bytes.take(9).map(|_| ()),
        _ => {
            let ty = read_type(bytes)?;
            skip_value(bytes, &ty)
        }
    }
}

/// Reads past a value of a type.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn skip_value(bytes: &mut Reader<'_>, ty: &ChType) -> Result<()> {
    match ty {
        ChType::LowCardinality(inner) => skip_value(bytes, inner),
        ChType::Nullable(inner) => match bytes.array::<1>()? {
            [0] => skip_value(bytes, inner),
            _ => Ok(()),
        },
        ChType::Nothing => Ok(()),
        ChType::Array(element) => {
            let count = bytes.varint()?;
            let plain = !matches!(**element, ChType::Nullable(_) | ChType::LowCardinality(_));
            if let Some(width) = width(element).filter(|_| plain) {
                let all = usize::try_from(count).ok().and_then(|count| count.checked_mul(width));
                return bytes.take(all.unwrap_or(usize::MAX)).map(|_| ());
            }
            (0..count).try_for_each(|_| skip_value(bytes, element))
        }
        ChType::Tuple(fields) => fields.iter().try_for_each(|(_, ty)| skip_value(bytes, ty)),
        ChType::Map(key, value) => (0..bytes.varint()?).try_for_each(|_| {
            skip_value(bytes, key)?;
            skip_value(bytes, value)
        }),
        ChType::Variant(types) => {
            let [at] = bytes.array::<1>()?;
            types.get(usize::from(at)).map_or(Ok(()), |ty| skip_value(bytes, ty))
        }
        ChType::Dynamic(_) => skip_tagged(bytes),
        ChType::Json(of) => (0..bytes.varint()?).try_for_each(|_| {
            let path = bytes.bytes()?;
            match std::str::from_utf8(path).ok().and_then(|path| of.typed_path(path)) {
                Some(ty) => skip_value(bytes, ty),
                None => skip_tagged(bytes),
            }
        }),
        other => match width(other) {
            Some(width) => bytes.take(width).map(|_| ()),
            None => bytes.bytes().map(|_| ()),
        },
    }
}
