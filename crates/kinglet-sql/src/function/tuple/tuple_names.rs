//! `tupleNames`: the names of the elements of a tuple, their positions where they have none.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct TupleNames;

static SPEC: Spec = Spec {
    name: "tupleNames",
    category: "tuple",
    syntax: "tupleNames(tuple)",
    summary: "The names of the elements of a tuple, their positions where they have none.",
    arguments: &[("tuple", "Tuple")],
    returns: "Array(String)",
    examples: &[Example { sql: "tupleNames((1, 'a'))", answer: "['1','2']" }],
    ..Spec::EMPTY
};

impl Function for TupleNames {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Tuple(_)))?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ChType::Tuple(fields) = call.ty(0) else { return Err(call.illegal_column(0)) };
        crate::function::shape::text_lists(call, |_, visit| {
            for (at, (name, _)) in fields.iter().enumerate() {
                match name {
                    Some(name) => visit(name.as_bytes()),
                    None => visit((at + 1).to_string().as_bytes()),
                }
            }
            Ok(())
        })
    }
}
