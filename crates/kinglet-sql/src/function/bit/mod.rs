//! Bits of whole numbers.

mod bit_and;
mod bit_count;
mod bit_hamming_distance;
mod bit_not;
mod bit_or;
mod bit_rotate_left;
mod bit_rotate_right;
mod bit_shift_left;
mod bit_shift_right;
mod bit_slice;
mod bit_test;
mod bit_test_all;
mod bit_test_any;
mod bit_xor;
mod operands;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &bit_and::BitAnd,
    &bit_count::BitCount,
    &bit_hamming_distance::BitHammingDistance,
    &bit_not::BitNot,
    &bit_or::BitOr,
    &bit_rotate_left::BitRotateLeft,
    &bit_rotate_right::BitRotateRight,
    &bit_shift_left::BitShiftLeft,
    &bit_shift_right::BitShiftRight,
    &bit_slice::BitSlice,
    &bit_test::BitTest,
    &bit_test_all::BitTestAll,
    &bit_test_any::BitTestAny,
    &bit_xor::BitXor,
];
