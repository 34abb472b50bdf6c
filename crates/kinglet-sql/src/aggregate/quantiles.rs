//! `quantiles`: several quantiles of a random sample.

use std::sync::Arc;

use kinglet_types::Result;

use super::reservoir;
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct Quantiles;

static SPEC: Spec = Spec {
    name: "quantiles",
    category: "aggregate",
    syntax: "quantiles(level, ..)(number)",
    summary: "The value below which that share of the values lies, interpolated. Exact up to 8,192 values; a random sample of that size above, drawn as ClickHouse draws it.",
    arguments: &[("number", "Integer, Float, Decimal, Date or DateTime")],
    returns: "Array(Float64)",
    examples: &[Example { sql: "SELECT quantiles(0.5, 0.9)(number) FROM numbers(11)", answer: "[5,9]" }],
    ..Spec::EMPTY
};

impl Aggregate for Quantiles {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        reservoir::bind(call, true)
    }
}
