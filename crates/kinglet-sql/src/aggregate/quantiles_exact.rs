//! `quantilesExact`: several quantiles, exactly.

use std::sync::Arc;

use kinglet_types::Result;

use super::exact_quantile;
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct QuantilesExact;

static SPEC: Spec = Spec {
    name: "quantilesExact",
    category: "aggregate",
    syntax: "quantilesExact(level, ..)(number)",
    summary: "The value at that share of the sorted values; all of them are kept.",
    arguments: &[("number", "Integer, Float, Decimal, Date or DateTime")],
    returns: "Array of the type of the number",
    examples: &[Example { sql: "SELECT quantilesExact(0.5, 0.9)(number) FROM numbers(11)", answer: "[5,9]" }],
    ..Spec::EMPTY
};

impl Aggregate for QuantilesExact {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        exact_quantile::bind(call, true, exact_quantile::Rule::Exact)
    }
}
