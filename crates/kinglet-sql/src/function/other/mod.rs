//! Functions of values of any type.

mod best;
mod char;
mod city_hash64;
mod concat;
mod empty;
mod finalize_aggregation;
mod greatest;
mod hex;
mod least;
mod not_empty;
mod throw_if;
mod to_type_name;
mod transform;
mod unhex;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &char::Char,
    &city_hash64::CityHash64,
    &concat::Concat,
    &empty::Empty,
    &finalize_aggregation::FinalizeAggregation,
    &greatest::Greatest,
    &hex::Hex,
    &least::Least,
    &not_empty::NotEmpty,
    &throw_if::ThrowIf,
    &to_type_name::ToTypeName,
    &transform::Transform,
    &unhex::Unhex,
];
