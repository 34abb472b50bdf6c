//! Functions of values of any type.

mod best;
mod clamp;
mod concat;
mod empty;
mod finalize_aggregation;
mod greatest;
mod least;
mod not_empty;
mod throw_if;
mod to_type_name;
mod transform;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &clamp::CLAMP,
    &concat::Concat,
    &empty::Empty,
    &finalize_aggregation::FinalizeAggregation,
    &greatest::Greatest,
    &least::Least,
    &not_empty::NotEmpty,
    &throw_if::ThrowIf,
    &to_type_name::ToTypeName,
    &transform::Transform,
];
