//! `quantileExact`: a quantile, exactly.

use std::sync::Arc;

use kinglet_types::Result;

use super::exact_quantile;
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct QuantileExact;

static SPEC: Spec = Spec {
    name: "quantileExact",
    aliases: &["medianExact"],
    category: "aggregate",
    syntax: "quantileExact(level)(number)",
    summary: "The value at that share of the sorted values; all of them are kept.",
    arguments: &[("number", "Integer, Float, Decimal, Date or DateTime")],
    returns: "The type of the number.",
    examples: &[
        Example { sql: "SELECT quantileExact(0.5)(number) FROM numbers(11)", answer: "5" },
        Example {
            sql: "SELECT quantileExact(0.5)(toDecimal128(number, 2) / 4) FROM numbers(4)",
            answer: "0.5",
        },
    ],
    ..Spec::EMPTY
};

impl Aggregate for QuantileExact {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        exact_quantile::bind(call, false, exact_quantile::Rule::Exact)
    }
}
