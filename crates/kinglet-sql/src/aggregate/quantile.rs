//! `quantile`: a quantile of a random sample.

use std::sync::Arc;

use kinglet_types::Result;

use super::reservoir;
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct Quantile;

static SPEC: Spec = Spec {
    name: "quantile",
    aliases: &["median"],
    category: "aggregate",
    syntax: "quantile(level)(number)",
    summary: "The value below which that share of the values lies, interpolated. Exact up to 8,192 values; a random sample of that size above, drawn as ClickHouse draws it.",
    arguments: &[("number", "Integer, Float, Decimal, Date or DateTime")],
    returns: "Float64; the type of dates, times and decimals; nan for no rows.",
    examples: &[Example { sql: "SELECT quantile(0.5)(number) FROM numbers(11)", answer: "5" }],
    ..Spec::EMPTY
};

impl Aggregate for Quantile {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        reservoir::bind(call, false)
    }
}
