//! Sets of whole numbers: the states of `groupBitmap`.

mod build;
mod operands;
mod single;
mod subset;
mod transform;
mod two;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &build::BitmapBuild,
    &single::CARDINALITY,
    &single::CONTAINS,
    &single::MAX,
    &single::MIN,
    &single::TO_ARRAY,
    &subset::IN_RANGE,
    &subset::LIMITED,
    &subset::OFFSET,
    &transform::BitmapTransform,
    &two::AND,
    &two::AND_CARDINALITY,
    &two::ANDNOT,
    &two::ANDNOT_CARDINALITY,
    &two::HAS_ALL,
    &two::HAS_ANY,
    &two::OR,
    &two::OR_CARDINALITY,
    &two::XOR,
    &two::XOR_CARDINALITY,
];
