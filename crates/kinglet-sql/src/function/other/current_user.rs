//! `currentUser`: the user; here always `default`.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct CurrentUser;

static SPEC: Spec = Spec {
    name: "currentUser",
    aliases: &["user", "current_user", "session_user"],
    case: Case::Insensitive,
    category: "other",
    syntax: "currentUser()",
    summary: "The user; here always `default`.",
    arguments: &[],
    returns: "String",
    examples: &[Example { sql: "currentUser()", answer: "default" }],
    ..Spec::EMPTY
};

impl Function for CurrentUser {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(b"default");
            Ok(())
        })
    }
}
