//! Functions of maps.

mod entries;
mod map_contains;
mod map_from_arrays;
mod map_keys;
mod map_values;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &map_contains::MapContains,
    &map_from_arrays::MapFromArrays,
    &map_keys::MapKeys,
    &map_values::MapValues,
];
