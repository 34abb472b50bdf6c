//! `covarPop`: the covariance of a whole population.

use std::sync::Arc;

use kinglet_types::Result;

use super::spread::{self, Spread};
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec};

pub(super) struct CovarPop;

static SPEC: Spec = Spec {
    name: "covarPop",
    aliases: &["COVAR_POP"],
    category: "aggregate",
    syntax: "covarPop(x, y)",
    summary: "The covariance of a whole population.",
    arguments: &[("x", "number"), ("y", "number")],
    returns: "Float64; nan for too few rows.",
    examples: &[Example { sql: "SELECT covarPop(number, number) FROM numbers(5)", answer: "2" }],
    ..Spec::EMPTY
};

impl Aggregate for CovarPop {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        spread::bind(call, Spread::CovarPop)
    }
}
