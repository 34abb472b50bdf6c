//! `YYYYMMDDhhmmssToDateTime64`: the time a number spells; the epoch where there is none.

use super::moments::date_time_like;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct YyyymmddhhmmssToDateTime64;

static SPEC: Spec = Spec {
    name: "YYYYMMDDhhmmssToDateTime64",
    category: "date",
    syntax: "YYYYMMDDhhmmssToDateTime64(number[, precision[, zone]])",
    summary: "The time a number spells; the epoch where there is none.",
    arguments: &[
        ("number", "Number"),
        ("precision", "Integer, constant; 3 if left out"),
        ("zone", "String, constant"),
    ],
    returns: "DateTime64",
    examples: &[Example {
        sql: "YYYYMMDDhhmmssToDateTime64(20230911131415, 3)",
        answer: "2023-09-11 13:14:15.000",
    }],
    ..Spec::EMPTY
};

impl Function for YyyymmddhhmmssToDateTime64 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::decimal_digits::expect_number(args, 3)?;
        let digits = if args.len() > 1 { args.constant_int(1)? } else { 3 };
        let ChType::DateTime(zone) = date_time_like(args, 0, 2)? else { return Err(args.illegal(0)) };
        Ok(ChType::DateTime64(digits.clamp(0, 9) as u8, zone))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::decimal_digits::times(call)
    }
}
