//! ClickHouse types: parsing, printing, common types, result types of arithmetic, and error codes.
//!
//! [`ChType`] is the truth about a column or an expression. It is parsed from text with
//! [`ChType::parse`] (bounded depth, never panics) and printed exactly as ClickHouse prints it.
//! Nothing here knows Arrow: the physical layout is kinglet-sql's.

mod arithmetic;
mod ch_type;
mod display;
mod error;
mod error_codes;
mod float;
mod json_type;
mod parse;
mod quote;
mod suggest;
mod supertype;
mod variant;

pub use arithmetic::{
    divide_type, int_div_type, minus_type, modulo_type, multiply_type, negate_type, plus_type,
};
pub use ch_type::{AggregateType, ChType, EnumValues, IntervalUnit, TupleFields};
pub use error::{ErrorCode, Result, SqlError};
pub use float::{EXACT_FLOATS, parse_float, scientific};
pub use json_type::JsonType;
pub use parse::TypeError;
pub use quote::{quote_identifier, quote_string};
pub use supertype::{or_variant, supertype};
pub use variant::similar_alternatives;
