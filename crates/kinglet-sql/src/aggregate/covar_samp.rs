//! `covarSamp`: the covariance estimated from a sample.

use std::sync::Arc;

use kinglet_types::Result;

use super::spread::{self, Spread};
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct CovarSamp;

static SPEC: Spec = Spec {
    name: "covarSamp",
    aliases: &["COVAR_SAMP"],
    category: "aggregate",
    syntax: "covarSamp(x, y)",
    summary: "The covariance estimated from a sample.",
    arguments: &[("x", "number"), ("y", "number")],
    returns: "Float64; nan for too few rows.",
    examples: &[Example { sql: "SELECT covarSamp(number, number) FROM numbers(5)", answer: "2.5" }],
    ..Spec::EMPTY
};

impl Aggregate for CovarSamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        spread::bind(call, Spread::CovarSamp)
    }
}
