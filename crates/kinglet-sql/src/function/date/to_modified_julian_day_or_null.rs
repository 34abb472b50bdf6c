//! `toModifiedJulianDayOrNull`: the Modified Julian Day of a date written as YYYY-MM-DD; NULL for another text.

use super::julian::from_text;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToModifiedJulianDayOrNull;

static SPEC: Spec = Spec {
    name: "toModifiedJulianDayOrNull",
    category: "date",
    syntax: "toModifiedJulianDayOrNull(date)",
    summary: "The Modified Julian Day of a date written as YYYY-MM-DD; NULL for another text.",
    arguments: &[("date", "String")],
    returns: "Nullable(Int32)",
    examples: &[Example { sql: "toModifiedJulianDayOrNull('2020-11-01')", answer: "59154" }],
    ..Spec::EMPTY
};

impl Function for ToModifiedJulianDayOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        crate::function::shape::expect_texts(args, 1)?;
        Ok(ChType::Int32.nullable())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::nullable_ints(call.result, call.rows, |row| Ok(from_text(texts.get(row))))
    }
}
