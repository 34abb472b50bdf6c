//! `now`: the time of the query, the same in all of it.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, Stability, result};

pub(in crate::function) struct Now;

static SPEC: Spec = Spec {
    name: "now",
    aliases: &["CURRENT_TIMESTAMP", "localtimestamp"],
    case: Case::Insensitive,
    category: "date",
    syntax: "now()",
    summary: "The time of the query, the same in all of it.",
    arguments: &[],
    returns: "DateTime",
    examples: &[Example { sql: "toTypeName(now())", answer: "DateTime" }],
    stability: Stability::PerQuery,
};

impl Function for Now {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=1)?;
        if args.len() == 1 {
            let zone = args.constant_text(0)?;
            super::moments::parse_zone(&zone)?;
            return Ok(ChType::DateTime(Some(zone.as_str().into())));
        }
        Ok(ChType::DateTime(None))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |_| Ok(call.environment.now.div_euclid(1_000_000_000)))
    }
}
