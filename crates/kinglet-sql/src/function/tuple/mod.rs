//! Functions of tuples.

mod flatten_tuple;
mod tuple_concat;
mod tuple_divide;
mod tuple_divide_by_number;
mod tuple_hamming_distance;
mod tuple_int_div;
mod tuple_int_div_by_number;
mod tuple_int_div_or_zero;
mod tuple_int_div_or_zero_by_number;
mod tuple_minus;
mod tuple_modulo;
mod tuple_modulo_by_number;
mod tuple_multiply;
mod tuple_multiply_by_number;
mod tuple_names;
mod tuple_negate;
mod tuple_plus;
mod tuple_positive_modulo_by_number;
mod tuple_to_name_value_pairs;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &flatten_tuple::FlattenTuple,
    &tuple_concat::TUPLE_CONCAT,
    &tuple_divide::TUPLE_DIVIDE,
    &tuple_divide_by_number::TUPLE_DIVIDE_BY_NUMBER,
    &tuple_hamming_distance::TUPLE_HAMMING_DISTANCE,
    &tuple_int_div::TUPLE_INT_DIV,
    &tuple_int_div_by_number::TUPLE_INT_DIV_BY_NUMBER,
    &tuple_int_div_or_zero::TUPLE_INT_DIV_OR_ZERO,
    &tuple_int_div_or_zero_by_number::TUPLE_INT_DIV_OR_ZERO_BY_NUMBER,
    &tuple_minus::TUPLE_MINUS,
    &tuple_modulo::TUPLE_MODULO,
    &tuple_modulo_by_number::TUPLE_MODULO_BY_NUMBER,
    &tuple_multiply::TUPLE_MULTIPLY,
    &tuple_multiply_by_number::TUPLE_MULTIPLY_BY_NUMBER,
    &tuple_names::TupleNames,
    &tuple_negate::TUPLE_NEGATE,
    &tuple_plus::TUPLE_PLUS,
    &tuple_positive_modulo_by_number::TUPLE_POSITIVE_MODULO_BY_NUMBER,
    &tuple_to_name_value_pairs::TupleToNameValuePairs,
];
