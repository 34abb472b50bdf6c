//! `hostName`: the name of the machine; here always `localhost`.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct HostName;

static SPEC: Spec = Spec {
    name: "hostName",
    aliases: &["hostname", "FQDN", "fullHostName"],
    case: Case::Insensitive,
    category: "other",
    syntax: "hostName()",
    summary: "The name of the machine; here always `localhost`.",
    arguments: &[],
    returns: "String",
    examples: &[Example { sql: "hostName()", answer: "localhost" }],
    ..Spec::EMPTY
};

impl Function for HostName {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(b"localhost");
            Ok(())
        })
    }
}
