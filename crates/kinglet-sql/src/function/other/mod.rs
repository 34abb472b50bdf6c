//! Functions of values of any type.

mod best;
mod city_hash64;
mod concat;
mod empty;
mod greatest;
mod hex;
mod least;
mod not_empty;
mod to_type_name;
mod unhex;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &city_hash64::CityHash64,
    &concat::Concat,
    &empty::Empty,
    &greatest::Greatest,
    &hex::Hex,
    &least::Least,
    &not_empty::NotEmpty,
    &to_type_name::ToTypeName,
    &unhex::Unhex,
];
