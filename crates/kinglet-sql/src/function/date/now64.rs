//! `now64`: the time of the query with a fraction.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::per_second;
use crate::function::{Args, Call, Case, Example, Function, Spec, Stability, result};

pub(in crate::function) struct Now64;

static SPEC: Spec = Spec {
    name: "now64",
    case: Case::Insensitive,
    category: "date",
    syntax: "now64([precision[, zone]])",
    summary: "The time of the query with the given number of digits of a second, 3 if not given.",
    arguments: &[("precision", "0 to 9, constant"), ("zone", "String, constant")],
    returns: "DateTime64",
    examples: &[Example { sql: "toTypeName(now64())", answer: "DateTime64(3)" }],
    stability: Stability::PerQuery,
    ..Spec::EMPTY
};

impl Function for Now64 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=2)?;
        let precision = if args.is_empty() { 3 } else { args.constant_int(0)? };
        let precision = u8::try_from(precision).ok().filter(|precision| *precision <= 9);
        let precision = precision.ok_or_else(|| args.illegal(0))?;
        let zone = if args.len() > 1 { Some(args.constant_text(1)?.as_str().into()) } else { None };
        Ok(ChType::DateTime64(precision, zone))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let unit = per_second(call.result).unwrap_or(1);
        let now = call.environment.now.div_euclid(1_000_000_000 / unit);
        result::ints(call.result, call.rows, |_| Ok(now))
    }
}
