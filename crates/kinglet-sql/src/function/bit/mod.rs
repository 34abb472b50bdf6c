//! Bits of whole numbers.

mod bit_and;
mod bit_count;
mod bit_not;
mod bit_or;
mod bit_shift_left;
mod bit_shift_right;
mod bit_test;
mod bit_xor;
mod operands;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &bit_and::BitAnd,
    &bit_count::BitCount,
    &bit_not::BitNot,
    &bit_or::BitOr,
    &bit_shift_left::BitShiftLeft,
    &bit_shift_right::BitShiftRight,
    &bit_test::BitTest,
    &bit_xor::BitXor,
];
