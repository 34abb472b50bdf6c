//! `JSONExtractUInt`: a whole number that is not negative from JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use super::scalar::int;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractUint;

static SPEC: Spec = Spec {
    name: "JSONExtractUInt",
    category: "json",
    syntax: "JSONExtractUInt(json[, path ..])",
    summary: "The number at the path; 0 where there is none.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "UInt64",
    examples: &[Example { sql: "JSONExtractUInt('{\"a\": 3}', 'a')", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractUint {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        result::ints(call.result, call.rows, |row| {
            let number = documents
                .value(row)
                .filter(|value| !matches!(value.first(), Some(b't' | b'f')))
                .and_then(int);
            Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0) as i64)
        })
    }
}
