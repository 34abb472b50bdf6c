//! `tupleToNameValuePairs`: the elements of a tuple, all of one type, with their names.

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use arrow::array::{AsArray, BinaryViewArray, StructArray};
use arrow::compute::interleave;
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};
use std::sync::Arc;

pub(in crate::function) struct TupleToNameValuePairs;

static SPEC: Spec = Spec {
    name: "tupleToNameValuePairs",
    category: "tuple",
    syntax: "tupleToNameValuePairs(tuple)",
    summary: "The elements of a tuple, all of one type, with their names.",
    arguments: &[("tuple", "Tuple")],
    returns: "Array(Tuple(String, T))",
    examples: &[Example { sql: "tupleToNameValuePairs((1, 2))", answer: "[('1',1),('2',2)]" }],
    ..Spec::EMPTY
};

impl Function for TupleToNameValuePairs {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let ChType::Tuple(fields) = args.ty(0) else { return Err(args.illegal(0)) };
        let first = fields.first().map(|(_, ty)| ty.clone()).ok_or_else(|| args.illegal(0))?;
        if fields.iter().any(|(_, ty)| *ty != first) {
            return Err(args.illegal(0));
        }
        Ok(ChType::array(ChType::tuple([ChType::String, first])))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ChType::Tuple(fields) = call.ty(0) else { return Err(call.illegal_column(0)) };
        let column = call.arg(0)?.expanded(call.rows);
        let parts = column.as_struct_opt().ok_or_else(|| call.illegal_column(0))?;
        let names: Vec<String> = fields
            .iter()
            .enumerate()
            .map(|(at, (name, _))| {
                name.as_ref().map_or_else(|| (at + 1).to_string(), |name| name.to_string())
            })
            .collect();
        let repeated = (0..call.rows).flat_map(|_| names.iter().map(String::as_bytes));
        let keys = BinaryViewArray::from_iter_values(repeated);
        let columns: Vec<_> = parts.columns().iter().map(AsRef::as_ref).collect();
        let picks: Vec<_> =
            (0..call.rows).flat_map(|row| (0..columns.len()).map(move |at| (at, row))).collect();
        let values = interleave(&columns, &picks).map_err(internal)?;
        let element = call.result.element().unwrap_or(ChType::Nothing);
        let DataType::Struct(pair) = crate::arrow_type(&element) else { return Err(call.illegal_column(0)) };
        let pairs = StructArray::try_new(pair, vec![Arc::new(keys), values], None).map_err(internal)?;
        result::lists(call.result, Arc::new(pairs), vec![names.len(); call.rows])
    }
}
