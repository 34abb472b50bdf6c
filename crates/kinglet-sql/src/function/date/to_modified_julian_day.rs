//! `toModifiedJulianDay`: the Modified Julian Day of a date written as YYYY-MM-DD.

use super::julian::from_text;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct ToModifiedJulianDay;

static SPEC: Spec = Spec {
    name: "toModifiedJulianDay",
    category: "date",
    syntax: "toModifiedJulianDay(date)",
    summary: "The Modified Julian Day of a date written as YYYY-MM-DD.",
    arguments: &[("date", "String")],
    returns: "Int32",
    examples: &[Example { sql: "toModifiedJulianDay('2020-11-01')", answer: "59154" }],
    ..Spec::EMPTY
};

impl Function for ToModifiedJulianDay {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        crate::function::shape::expect_texts(args, 1)?;
        Ok(ChType::Int32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| {
            from_text(texts.get(row)).ok_or_else(|| {
                let message = format!("Cannot parse the date '{}'", String::from_utf8_lossy(texts.get(row)));
                SqlError::new(ErrorCode::CANNOT_PARSE_DATE, message)
            })
        })
    }
}
