//! Functions over JSON, Dynamic and Variant.

mod dynamic_element;
mod dynamic_type;
mod get_subcolumn;
mod is_dynamic_element_in_shared_data;
mod json_all_paths;
mod json_all_paths_with_types;
mod json_all_values;
mod json_dynamic_paths;
mod json_dynamic_paths_with_types;
mod json_shared_data_paths;
mod json_shared_data_paths_with_types;
mod order_key;
mod paths;
mod variant_element;
mod variant_type;

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, ListArray};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use super::result::internal;
use super::{Column, Function};
use crate::text::bytes_at;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &dynamic_element::DynamicElement,
    &dynamic_type::DynamicType,
    &get_subcolumn::GetSubcolumn,
    &is_dynamic_element_in_shared_data::IsDynamicElementInSharedData,
    &json_all_paths::JsonAllPaths,
    &json_all_paths_with_types::JsonAllPathsWithTypes,
    &json_all_values::JsonAllValues,
    &json_dynamic_paths::JsonDynamicPaths,
    &json_dynamic_paths_with_types::JsonDynamicPathsWithTypes,
    &json_shared_data_paths::JsonSharedDataPaths,
    &json_shared_data_paths_with_types::JsonSharedDataPathsWithTypes,
    &order_key::OrderKey,
    &variant_element::VariantElement,
    &variant_type::VariantType,
];

/// The type of the value in a row of a Variant or Dynamic column; `None` for NULL.
fn value_type(column: &Column, row: usize) -> Result<Option<ChType>> {
    if column.is_null(row) {
        return Ok(None);
    }
    let bytes = bytes_at(&column.array, column.index(row));
    crate::tagged::untag(bytes).map(|(ty, _)| Some(ty))
}

/// The type inside of arrays.
fn inner_type(ty: &ChType) -> &ChType {
    match ty {
        ChType::Array(element) => inner_type(element),
        other => other,
    }
}

/// `inner` inside as many arrays as `like` is.
fn around(like: &ChType, inner: ChType) -> ChType {
    match like {
        ChType::Array(element) => ChType::array(around(element, inner)),
        _ => inner,
    }
}

/// The values of one type of a tagged column, or of arrays of tagged values; `ty` is the result's type.
fn elements_of_type(array: &ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    match (array.data_type(), ty) {
        (DataType::List(_), ChType::Array(element)) => {
            let list = array.as_list::<i32>();
            let values = elements_of_type(list.values(), element)?;
            let DataType::List(field) = crate::arrow_type(ty) else { return Err(internal("no list")) };
            Ok(Arc::new(ListArray::try_new(field, list.offsets().clone(), values, None).map_err(internal)?))
        }
        _ => crate::conversion::of_type(array, ty),
    }
}
