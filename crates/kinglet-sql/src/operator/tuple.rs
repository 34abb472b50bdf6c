//! `tuple`: a tuple of the arguments.

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use crate::arrow_type;
use crate::column_builder::struct_array;
use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Nulls, Spec};

pub(super) struct Tuple;

static SPEC: Spec = Spec {
    name: "tuple",
    category: "tuple",
    syntax: "(a, b, ..)",
    summary: "A tuple of the arguments.",
    arguments: &[("a", "Any type")],
    returns: "Tuple of the arguments' types.",
    examples: &[Example { sql: "(1, 'a')", answer: "(1,'a')" }],
    ..Spec::EMPTY
};

impl Function for Tuple {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn keeps_inner_types(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        Ok(ChType::tuple(args.types()))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let DataType::Struct(fields) = arrow_type(call.result) else {
            return Err(internal("a tuple is a Struct"));
        };
        let columns = call.args.iter().map(|column| column.expanded(call.rows)).collect();
        struct_array(&fields, columns, call.rows)
    }
}
