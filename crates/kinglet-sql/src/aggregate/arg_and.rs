//! `argAndMin` and `argAndMax`: the argument at the least or greatest value, with that value.

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use super::arg_extreme::{self, ArgValues};
use super::family::Member;
use super::single_value::Choice;
use super::{Bound, Call, Groups, Rows};
use crate::arrow_type;
use crate::column_builder::struct_array;
use crate::function::result::internal;
use crate::function::{Example, Spec};

const PAIR: Spec = Spec {
    category: "aggregate",
    arguments: &[("argument", "Any type"), ("value", "Any type that can be compared")],
    returns: "Tuple of the argument and the value.",
    ..Spec::EMPTY
};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "argAndMax",
            syntax: "argAndMax(argument, value)",
            summary: "The argument of the first row with the greatest value, and the value.",
            examples: &[Example {
                sql: "SELECT argAndMax(number, -number) FROM numbers(3)",
                answer: "(0,0)",
            }],
            ..PAIR
        },
        |call| bind(call, Choice::Greatest),
    ),
    Member::new(
        &Spec {
            name: "argAndMin",
            syntax: "argAndMin(argument, value)",
            summary: "The argument of the first row with the least value, and the value.",
            examples: &[Example {
                sql: "SELECT argAndMin(number, -number) FROM numbers(3)",
                answer: "(2,-2)",
            }],
            ..PAIR
        },
        |call| bind(call, Choice::Least),
    ),
];

fn bind(call: &Call<'_>, choice: Choice) -> Result<Arc<dyn Bound>> {
    arg_extreme::bind(call, choice)?;
    Ok(Arc::new(BoundPair { argument: call.ty(0).clone(), value: call.ty(1).clone(), choice }))
}

#[derive(Debug)]
struct BoundPair {
    argument: ChType,
    value: ChType,
    choice: Choice,
}

impl Bound for BoundPair {
    fn result_type(&self) -> ChType {
        ChType::tuple([self.argument.clone(), self.value.clone()])
    }

    fn groups(&self) -> Box<dyn Groups> {
        match ArgValues::new(&self.argument, &self.value, self.choice) {
            Ok(held) => Box::new(Pairs { held, ty: self.result_type() }),
            Err(error) => Box::new(super::refused::Refused(error)),
        }
    }
}

struct Pairs {
    held: ArgValues,
    ty: ChType,
}

impl Groups for Pairs {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.held.update(rows)
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.held.merge(rows)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let (arguments, values) = self.held.both(count)?;
        match arrow_type(&self.ty) {
            DataType::Struct(fields) => struct_array(&fields, vec![arguments, values], count),
            _ => Err(internal("a tuple that is none")),
        }
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        self.held.states(count)
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        self.held.state_length(bytes)
    }

    fn len(&self) -> usize {
        self.held.len()
    }

    fn size(&self) -> usize {
        self.held.size()
    }
}
