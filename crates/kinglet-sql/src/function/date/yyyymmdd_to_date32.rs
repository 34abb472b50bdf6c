//! `YYYYMMDDToDate32`: the date a number spells; the epoch where there is none.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct YyyymmddToDate32;

static SPEC: Spec = Spec {
    name: "YYYYMMDDToDate32",
    category: "date",
    syntax: "YYYYMMDDToDate32(number)",
    summary: "The date a number spells; the epoch where there is none.",
    arguments: &[("number", "Number")],
    returns: "Date32",
    examples: &[Example { sql: "YYYYMMDDToDate32(20230911)", answer: "2023-09-11" }],
    ..Spec::EMPTY
};

impl Function for YyyymmddToDate32 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::decimal_digits::expect_number(args, 1)?;
        Ok(ChType::Date32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::decimal_digits::dates(call)
    }
}
