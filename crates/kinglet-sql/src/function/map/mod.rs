//! Functions of maps.

mod entries;
mod extract_key_value_pairs;
mod map_add;
mod map_all;
mod map_apply;
mod map_concat;
mod map_contains;
mod map_contains_key_like;
mod map_contains_value;
mod map_contains_value_like;
mod map_exists;
mod map_extract_key_like;
mod map_extract_value_like;
mod map_filter;
mod map_from_arrays;
mod map_keys;
mod map_partial_reverse_sort;
mod map_partial_sort;
mod map_populate_series;
mod map_reverse_sort;
mod map_sort;
mod map_subtract;
mod map_update;
mod map_values;
mod parts;
mod series;
mod sums;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &extract_key_value_pairs::ExtractKeyValuePairs,
    &map_add::MapAdd,
    &map_all::MapAll,
    &map_apply::MapApply,
    &map_concat::MapConcat,
    &map_contains::MapContains,
    &map_contains_key_like::MapContainsKeyLike,
    &map_contains_value::MapContainsValue,
    &map_contains_value_like::MapContainsValueLike,
    &map_exists::MapExists,
    &map_extract_key_like::MapExtractKeyLike,
    &map_extract_value_like::MapExtractValueLike,
    &map_filter::MapFilter,
    &map_from_arrays::MapFromArrays,
    &map_keys::MapKeys,
    &map_partial_reverse_sort::MapPartialReverseSort,
    &map_partial_sort::MapPartialSort,
    &map_populate_series::MapPopulateSeries,
    &map_reverse_sort::MapReverseSort,
    &map_sort::MapSort,
    &map_subtract::MapSubtract,
    &map_update::MapUpdate,
    &map_values::MapValues,
];
