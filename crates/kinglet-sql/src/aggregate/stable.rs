//! Variance, covariance and correlation by Welford's method, which keeps its precision far from zero.

use std::sync::Arc;

use kinglet_types::{ChType, Result};

use super::family::Member;
use super::sums::{self, Formula, MOST, Width, expect_numbers};
use super::{Bound, Call};
use crate::function::{Example, Spec};

const NUMBER: Spec = Spec { category: "aggregate", returns: "Float64", ..Spec::EMPTY };
const ONE: Spec = Spec { arguments: &[("value", "Number")], ..NUMBER };
const TWO: Spec = Spec { arguments: &[("x", "Number"), ("y", "Number")], ..NUMBER };

macro_rules! stable {
    ($base:expr, $name:literal, $arguments:literal, $answer:expr, $summary:literal, $example:literal = $value:literal) => {
        Member::new(
            &Spec {
                name: $name,
                syntax: concat!($name, $arguments),
                summary: $summary,
                examples: &[Example { sql: $example, answer: $value }],
                ..$base
            },
            |call| stable(call, $answer),
        )
    };
}

pub(super) static MEMBERS: &[Member] = &[
    stable!(
        ONE,
        "varPopStable",
        "(value)",
        Answer::VarPop,
        "The variance, computed without loss of precision.",
        "SELECT varPopStable(1e9 + number) FROM numbers(5)" = "2"
    ),
    stable!(
        ONE,
        "varSampStable",
        "(value)",
        Answer::VarSamp,
        "The variance of a sample, computed without loss of precision.",
        "SELECT varSampStable(1e9 + number) FROM numbers(5)" = "2.5"
    ),
    stable!(
        ONE,
        "stddevPopStable",
        "(value)",
        Answer::StddevPop,
        "The standard deviation, computed without loss of precision.",
        "SELECT round(stddevPopStable(1e9 + number), 4) FROM numbers(5)" = "1.4142"
    ),
    stable!(
        ONE,
        "stddevSampStable",
        "(value)",
        Answer::StddevSamp,
        "The standard deviation of a sample, computed without loss of precision.",
        "SELECT round(stddevSampStable(1e9 + number), 4) FROM numbers(5)" = "1.5811"
    ),
    stable!(
        TWO,
        "covarPopStable",
        "(x, y)",
        Answer::CovarPop,
        "The covariance, computed without loss of precision.",
        "SELECT covarPopStable(number, 2 * number) FROM numbers(5)" = "4"
    ),
    stable!(
        TWO,
        "covarSampStable",
        "(x, y)",
        Answer::CovarSamp,
        "The covariance of a sample, computed without loss of precision.",
        "SELECT covarSampStable(number, 2 * number) FROM numbers(5)" = "5"
    ),
    stable!(
        TWO,
        "corrStable",
        "(x, y)",
        Answer::Corr,
        "The correlation, computed without loss of precision.",
        "SELECT corrStable(number, 2 * number) FROM numbers(5)" = "1"
    ),
];

fn stable(call: &Call<'_>, answer: Answer) -> Result<Arc<dyn Bound>> {
    expect_numbers(call, answer.arguments())?;
    call.expect_no_parameters()?;
    Ok(sums::bound(call.types, Arc::new(answer)))
}

/// What is computed of count, means, squared distances and their product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    VarPop,
    VarSamp,
    StddevPop,
    StddevSamp,
    CovarPop,
    CovarSamp,
    Corr,
}

impl Answer {
    fn arguments(self) -> usize {
        if matches!(self, Self::CovarPop | Self::CovarSamp | Self::Corr) { 2 } else { 1 }
    }

    /// Where the means, squared distances and the product of distances stand in a state.
    fn places(self) -> [usize; 5] {
        match self.arguments() {
            1 => [1, 6, 2, 6, 7],
            _ => [1, 2, 4, 5, 3],
        }
    }
}

impl Formula for Answer {
    fn layout(&self) -> &[Width] {
        use Width::{Float, Varint};
        match self {
            Self::CovarPop | Self::CovarSamp => &[Varint, Float, Float, Float],
            Self::Corr => &[Varint, Float, Float, Float, Float, Float],
            _ => &[Varint, Float, Float],
        }
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        let x = row.first().copied().unwrap_or_default();
        let y = row.get(1).copied().unwrap_or_default();
        let [mean_x, mean_y, xx, yy, xy] = self.places();
        state[0] += 1.0;
        let (dx, dy) = (x - state[mean_x], y - state[mean_y]);
        state[mean_x] += dx / state[0];
        state[mean_y] += dy / state[0];
        state[xx] += dx * (x - state[mean_x]);
        state[yy] += dy * (y - state[mean_y]);
        state[xy] += dx * (y - state[mean_y]);
    }

    fn merge(&self, state: &mut [f64; MOST], other: &[f64; MOST]) {
        let (a, b) = (state[0], other[0]);
        if b == 0.0 {
            return;
        }
        let [mean_x, mean_y, xx, yy, xy] = self.places();
        let (dx, dy) = (other[mean_x] - state[mean_x], other[mean_y] - state[mean_y]);
        let factor = a * b / (a + b);
        state[0] += b;
        state[mean_x] += dx * b / (a + b);
        state[mean_y] += dy * b / (a + b);
        state[xx] += other[xx] + dx * dx * factor;
        state[yy] += other[yy] + dy * dy * factor;
        state[xy] += other[xy] + dx * dy * factor;
    }

    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn finish(&self, state: &[f64; MOST], out: &mut Vec<f64>) {
        let [_, _, xx, yy, xy] = self.places();
        let count = state[0];
        let over = |sum: f64, divisor: f64| if divisor > 0.0 { sum / divisor } else { f64::INFINITY };
        out.push(match self {
            Self::VarPop => over(state[xx], count),
            Self::VarSamp => over(state[xx], count - 1.0),
            Self::StddevPop => over(state[xx], count).sqrt(),
            Self::StddevSamp => over(state[xx], count - 1.0).sqrt(),
            Self::CovarPop => over(state[xy], count),
            Self::CovarSamp => over(state[xy], count - 1.0),
            Self::Corr if count < 2.0 => f64::INFINITY,
            Self::Corr => state[xy] / (state[xx] * state[yy]).sqrt(),
        });
    }
}
