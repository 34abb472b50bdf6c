//! The functions behind operators and syntax: arithmetic, comparison, conditions, conversions,
//! constructors and element access. They follow the same contract as [`crate::function`].

mod arithmetic;
mod array;
mod cast;
mod collation;
mod compare;
mod compound;
mod condition;
mod date_arithmetic;
mod element;
mod lanes;
mod map;
mod negate;
mod nullable;
mod states;

pub(crate) use cast::{INTERNAL_CAST, parse_type};
pub(crate) use date_arithmetic::add_interval;
pub(crate) use nullable::filled;
mod to_type;
mod tuple;

use crate::function::Function;

/// All functions of this module.
pub(crate) fn all() -> impl Iterator<Item = &'static dyn Function> {
    let singles: [&'static dyn Function; 23] = [
        &array::Array,
        &cast::Cast { accurate: false, null: false },
        &cast::Cast { accurate: true, null: false },
        &cast::Cast { accurate: true, null: true },
        &condition::Coalesce { two: false },
        &condition::Coalesce { two: true },
        &condition::NullIf,
        &element::ArrayElement,
        &element::TupleElement,
        &map::Map,
        &negate::Negate,
        &nullable::AssumeNotNull,
        &nullable::ToNullable,
        &nullable::FillDefault,
        &collation::CollationKey,
        &tuple::Tuple,
        &to_type::DATE,
        &to_type::TO_STRING,
        &to_type::TO_FIXED_STRING,
        &to_type::TO_DATE_TIME_64,
        &to_type::TO_DATE_TIME_64_OR_NULL,
        &to_type::TO_DATE_TIME_64_OR_ZERO,
        &condition::Identity,
    ];
    singles
        .into_iter()
        .chain(arithmetic::ALL.iter().map(|f| f as &dyn Function))
        .chain(compare::ALL.iter().map(|f| f as &dyn Function))
        .chain(to_type::CONVERSIONS.iter().map(|f| f as &dyn Function))
        .chain(to_type::SINGLE.iter().map(|f| f as &dyn Function))
        .chain(to_type::WITH_DEFAULTS.iter().map(|f| f as &dyn Function))
        .chain(to_type::INTERVALS.iter().map(|f| f as &dyn Function))
}
