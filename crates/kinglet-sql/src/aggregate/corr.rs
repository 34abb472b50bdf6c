//! `corr`: the correlation of two numbers.

use std::sync::Arc;

use kinglet_types::Result;

use super::spread::{self, Spread};
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct Corr;

static SPEC: Spec = Spec {
    name: "corr",
    category: "aggregate",
    syntax: "corr(x, y)",
    summary: "The correlation of two numbers.",
    arguments: &[("x", "number"), ("y", "number")],
    returns: "Float64; nan for too few rows.",
    examples: &[Example { sql: "SELECT corr(number, number) FROM numbers(5)", answer: "1" }],
    ..Spec::EMPTY
};

impl Aggregate for Corr {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        spread::bind(call, Spread::Corr)
    }
}
