//! `errorCodeToName`: the name of an error's number.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result};

pub(in crate::function) struct ErrorCodeToName;

static SPEC: Spec = Spec {
    name: "errorCodeToName",
    category: "other",
    syntax: "errorCodeToName(code)",
    summary: "The name of an error's number.",
    arguments: &[("code", "Integer")],
    returns: "LowCardinality(String)",
    examples: &[Example { sql: "errorCodeToName(43)", answer: "ILLEGAL_TYPE_OF_ARGUMENT" }],
    ..Spec::EMPTY
};

impl Function for ErrorCodeToName {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_integer)?;
        Ok(crate::function::low_cardinality(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let codes = call.ints(0)?;
        result::texts(call.rows, |row, out| {
            let name = u16::try_from(codes.get(row)).map_or("", |code| ErrorCode(code).name());
            out.extend_from_slice(if name == "UNKNOWN" { "" } else { name }.as_bytes());
            Ok(())
        })
    }
}
