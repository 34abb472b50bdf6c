//! `uniqCombined` and its like: the number of different values.

use std::sync::Arc;

use kinglet_types::Result;

use super::uniq_exact::UniqExact;
use super::{Aggregate, Bound, Call, Empty};
use crate::function::{Example, Spec};

pub(super) struct UniqCombined;

static SPEC: Spec = Spec {
    name: "uniqCombined",
    aliases: &["uniqCombined64", "uniqHLL12"],
    category: "aggregate",
    syntax: "uniqCombined[(precision)](value, ..)",
    summary: "The number of different values. It is exact here, whatever the precision; ClickHouse estimates from some ten thousand on.",
    arguments: &[("precision", "12 to 20"), ("value", "Any types")],
    returns: "UInt64",
    examples: &[Example { sql: "SELECT uniqCombined(number % 3) FROM numbers(10)", answer: "3" }],
    ..Spec::EMPTY
};

impl Aggregate for UniqCombined {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.uint_parameter(0)?;
        UniqExact.bind(&Call { parameters: &[], ..*call })
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}
