//! `YYYYMMDDhhmmssToDateTime`: the time a number spells; the epoch where there is none.

use super::moments::date_time_like;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct YyyymmddhhmmssToDateTime;

static SPEC: Spec = Spec {
    name: "YYYYMMDDhhmmssToDateTime",
    category: "date",
    syntax: "YYYYMMDDhhmmssToDateTime(number[, zone])",
    summary: "The time a number spells; the epoch where there is none.",
    arguments: &[("number", "Number"), ("zone", "String, constant")],
    returns: "DateTime",
    examples: &[Example { sql: "YYYYMMDDhhmmssToDateTime(20230911131415)", answer: "2023-09-11 13:14:15" }],
    ..Spec::EMPTY
};

impl Function for YyyymmddhhmmssToDateTime {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::decimal_digits::expect_number(args, 2)?;
        date_time_like(args, 0, 1)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::decimal_digits::times(call)
    }
}
