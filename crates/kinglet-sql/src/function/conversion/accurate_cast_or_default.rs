//! `accurateCastOrDefault`: the value as another type, or a default where it does not fit.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct AccurateCastOrDefault;

static SPEC: Spec = Spec {
    name: "accurateCastOrDefault",
    category: "conversion",
    syntax: "accurateCastOrDefault(value, type[, default])",
    summary: "The value as another type, or a default where it does not fit.",
    arguments: &[
        ("value", "Any type"),
        ("type", "Name of a type, constant"),
        ("default", "A value of that type"),
    ],
    returns: "That type",
    examples: &[
        Example { sql: "accurateCastOrDefault(300, 'UInt8')", answer: "0" },
        Example { sql: "accurateCastOrDefault(-1, 'UInt8', 5::UInt8)", answer: "5" },
    ],
    ..Spec::EMPTY
};

impl Function for AccurateCastOrDefault {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        let ty = crate::operator::parse_type(&args.constant_text(1)?)?;
        super::or_default::expect_default(args, 2, &ty)?;
        Ok(ty)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::or_default::or_default(call, call.result, call.args.get(2), call.environment)
    }
}
