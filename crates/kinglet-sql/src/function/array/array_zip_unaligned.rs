//! `arrayZipUnaligned`: an array of tuples of the elements at the same places, NULL where an array has none.

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use std::sync::Arc;

pub(in crate::function) struct ArrayZipUnaligned;

static SPEC: Spec = Spec {
    name: "arrayZipUnaligned",
    category: "array",
    syntax: "arrayZipUnaligned(array, ..)",
    summary: "An array of tuples of the elements at the same places, NULL where an array has none.",
    arguments: &[("array", "Arrays")],
    returns: "Array of Tuple of Nullable",
    examples: &[Example { sql: "arrayZipUnaligned([1, 2], ['a'])", answer: "[(1,'a'),(2,NULL)]" }],
    ..Spec::EMPTY
};

impl Function for ArrayZipUnaligned {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        {
            let elements = (0..args.len())
                .map(|at| args.ty(at).element().map(ChType::nullable).ok_or_else(|| args.illegal(at)));
            Ok(ChType::array(ChType::tuple(elements.collect::<Result<Vec<_>>>()?)))
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = (0..call.args.len()).map(|at| call.lists(at)).collect::<Result<Vec<_>>>()?;
        let longest = |row: usize| lists.iter().map(|list| list.len(row)).max().unwrap_or(0);
        let mut columns = Vec::new();
        for list in &lists {
            let places: arrow::array::UInt32Array = (0..call.rows)
                .flat_map(|row| {
                    let range = list.range(row);
                    (0..longest(row)).map(move |at| (at < range.len()).then(|| (range.start + at) as u32))
                })
                .collect();
            columns.push(arrow::compute::take(list.elements(), &places, None).map_err(internal)?);
        }
        let element = call.result.element().unwrap_or(ChType::Nothing);
        let arrow::datatypes::DataType::Struct(fields) = crate::arrow_type(&element) else {
            return Err(call.illegal_column(0));
        };
        let tuples = arrow::array::StructArray::try_new(fields, columns, None).map_err(internal)?;
        result::lists(call.result, Arc::new(tuples), (0..call.rows).map(longest).collect::<Vec<_>>())
    }
}
