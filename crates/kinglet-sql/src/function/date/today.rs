//! `today`: the date of the query.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::today_of::today;
use crate::function::{Args, Call, Case, Example, Function, Spec, Stability, result};

pub(in crate::function) struct Today;

static SPEC: Spec = Spec {
    name: "today",
    aliases: &["CURRENT_DATE", "curdate"],
    case: Case::Insensitive,
    category: "date",
    syntax: "today()",
    summary: "The date of the query.",
    arguments: &[],
    returns: "Date",
    examples: &[Example { sql: "toTypeName(today())", answer: "Date" }],
    stability: Stability::PerQuery,
};

impl Function for Today {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::Date)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |_| Ok(today(call.environment)))
    }
}
