//! `arrayZip`: arrays as one array of tuples.

use arrow::array::{ArrayRef, StructArray};
use kinglet_types::{ChType, Result};

use std::sync::Arc;

use arrow::datatypes::DataType;

use crate::arrow_type;
use crate::function::array_map::Zipped;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayZip;

static SPEC: Spec = Spec {
    name: "arrayZip",
    category: "array",
    syntax: "arrayZip(array, ..)",
    summary: "An array of tuples of the elements at the same places.",
    arguments: &[("array", "Arrays of equal lengths")],
    returns: "Array of Tuple",
    examples: &[Example { sql: "arrayZip([1, 2], ['a', 'b'])", answer: "[(1,'a'),(2,'b')]" }],
    ..Spec::EMPTY
};

impl Function for ArrayZip {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        let elements = (0..args.len()).map(|at| args.ty(at).element().ok_or_else(|| args.illegal(at)));
        Ok(ChType::array(ChType::tuple(elements.collect::<Result<Vec<_>>>()?)))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let zipped = Zipped::read(call, 0)?;
        let element = call.result.element().unwrap_or(ChType::Nothing);
        let DataType::Struct(fields) = arrow_type(&element) else { return Err(call.illegal_column(0)) };
        let tuples = StructArray::try_new(fields, zipped.elements, None).map_err(result::internal)?;
        result::lists_like(call.result, Arc::new(tuples), &zipped.offsets)
    }
}
