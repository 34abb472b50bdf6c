//! `currentDatabase`: the database of names without one.

use crate::function::{Args, Call, Case, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct CurrentDatabase;

static SPEC: Spec = Spec {
    name: "currentDatabase",
    aliases: &["current_database", "DATABASE", "SCHEMA"],
    case: Case::Insensitive,
    category: "other",
    syntax: "currentDatabase()",
    summary: "The database of names without one.",
    arguments: &[],
    returns: "String",
    examples: &[Example { sql: "currentDatabase()", answer: "default" }],
    stability: Stability::PerQuery,
};

impl Function for CurrentDatabase {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(call.environment.database.as_bytes());
            Ok(())
        })
    }
}
