//! `arrayWithConstant`: an array of one value repeated.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayWithConstant;

static SPEC: Spec = Spec {
    name: "arrayWithConstant",
    category: "array",
    syntax: "arrayWithConstant(length, value)",
    summary: "An array of one value repeated.",
    arguments: &[("length", "Integer"), ("value", "Any type")],
    returns: "Array",
    examples: &[Example { sql: "arrayWithConstant(3, 'a')", answer: "['a','a','a']" }],
    ..Spec::EMPTY
};

impl Function for ArrayWithConstant {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(0, ChType::is_integer)?;
            Ok(ChType::array(args.list.get(1).map_or(ChType::Nothing, |arg| arg.ty.clone())))
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::shift::repeated(call)
    }
}
