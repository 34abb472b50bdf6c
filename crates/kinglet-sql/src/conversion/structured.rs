//! Arrays, tuples and maps, element by element.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, MapArray, StructArray};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, JsonType, Result};

use super::{Failure, no_conversion};
use crate::column_builder::struct_array;
use crate::function::result::{internal, texts};
use crate::text::{Style, write_value};
use crate::{Environment, arrow_type};

pub(super) fn convert(
    array: &ArrayRef,
    from: &ChType,
    to: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    let wrong = || no_conversion(from, to);
    match (from, to) {
        (ChType::Array(_) | ChType::Nested(_), ChType::Array(_) | ChType::Nested(_)) => {
            let (have, wanted) = (from.element().ok_or_else(wrong)?, to.element().ok_or_else(wrong)?);
            let list = array.as_list::<i32>();
            let values = super::convert(list.values(), &have, &wanted, failure, environment)?;
            let DataType::List(field) = arrow_type(to) else { return Err(wrong()) };
            Ok(Arc::new(ListArray::try_new(field, list.offsets().clone(), values, None).map_err(internal)?))
        }
        (ChType::Tuple(have), ChType::Tuple(wanted)) if have.len() == wanted.len() => {
            let DataType::Struct(fields) = arrow_type(to) else { return Err(wrong()) };
            let columns = array.as_struct().columns();
            let columns = columns
                .iter()
                .zip(have.iter().zip(wanted.iter()))
                .map(|(column, ((_, a), (_, b)))| super::convert(column, a, b, failure, environment))
                .collect::<Result<Vec<_>>>()?;
            struct_array(&fields, columns, array.len())
        }
        (ChType::Map(..), ChType::Map(..)) => {
            let map = array.as_map();
            entries(map.entries(), map.offsets().clone(), from, to, failure, environment)
        }
        (ChType::Array(pair), ChType::Map(..)) => {
            let ChType::Tuple(pair) = pair.as_ref() else { return Err(wrong()) };
            let [(_, key), (_, value)] = pair.as_ref() else { return Err(wrong()) };
            let list = array.as_list::<i32>();
            let from = ChType::map(key.clone(), value.clone());
            entries(list.values().as_struct(), list.offsets().clone(), &from, to, failure, environment)
        }
        (ChType::Tuple(pair), ChType::Map(..)) => {
            let [(_, ChType::Array(key)), (_, ChType::Array(value))] = pair.as_ref() else {
                return Err(wrong());
            };
            let columns = array.as_struct().columns();
            let [keys, values] = columns else { return Err(wrong()) };
            let (keys, values) = (keys.as_list::<i32>(), values.as_list::<i32>());
            if keys.value_offsets() != values.value_offsets() {
                let message = "Keys and values of a map must be arrays of equal lengths";
                return Err(kinglet_types::SqlError::new(kinglet_types::ErrorCode::TYPE_MISMATCH, message));
            }
            let from = ChType::map(key.as_ref().clone(), value.as_ref().clone());
            let DataType::Map(field, _) = arrow_type(&from) else { return Err(wrong()) };
            let DataType::Struct(fields) = field.data_type() else { return Err(wrong()) };
            let columns = vec![Arc::clone(keys.values()), Arc::clone(values.values())];
            let pairs = StructArray::try_new(fields.clone(), columns, None).map_err(internal)?;
            entries(&pairs, keys.offsets().clone(), &from, to, failure, environment)
        }
        (ChType::Map(key, value), ChType::Array(_)) => {
            let map = array.as_map();
            let pairs: ArrayRef = Arc::new(map.entries().clone());
            let pair = ChType::tuple([key.as_ref().clone(), value.as_ref().clone()]);
            let wanted = to.element().ok_or_else(wrong)?;
            let DataType::Struct(fields) = arrow_type(&pair) else { return Err(wrong()) };
            let pairs = struct_array(&fields, pairs.as_struct().columns().to_vec(), pairs.len())?;
            let values = super::convert(&pairs, &pair, &wanted, failure, environment)?;
            let DataType::List(field) = arrow_type(to) else { return Err(wrong()) };
            Ok(Arc::new(ListArray::try_new(field, map.offsets().clone(), values, None).map_err(internal)?))
        }
        _ => Err(wrong()),
    }
}

fn entries(
    pairs: &StructArray,
    offsets: arrow::buffer::OffsetBuffer<i32>,
    from: &ChType,
    to: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    let wrong = || no_conversion(from, to);
    let (ChType::Map(have_key, have_value), ChType::Map(key, value)) = (from, to) else {
        return Err(wrong());
    };
    let [keys, values] = pairs.columns() else { return Err(wrong()) };
    let keys = super::convert(keys, have_key, key, failure, environment)?;
    let values = super::convert(values, have_value, value, failure, environment)?;
    let DataType::Map(field, _) = arrow_type(to) else { return Err(wrong()) };
    let DataType::Struct(fields) = field.data_type() else { return Err(wrong()) };
    let pairs = StructArray::try_new(fields.clone(), vec![keys, values], None).map_err(internal)?;
    Ok(Arc::new(MapArray::try_new(Arc::clone(&field), offsets, pairs, None, false).map_err(internal)?))
}

/// Documents of tuples with names, and of maps.
pub(super) fn to_json(
    array: &ArrayRef,
    from: &ChType,
    of: &JsonType,
    environment: &Environment,
) -> Result<ArrayRef> {
    let style = Style::Json { quote_64_bit: false, quote_denormals: false };
    let mut text = Vec::new();
    texts(array.len(), |row, out| {
        text.clear();
        write_value(array, row, from, style, environment, &mut text);
        *out = crate::json::parse_document(&text, of, environment)?;
        Ok(())
    })
}
