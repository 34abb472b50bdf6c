//! Straight lines through points: `simpleLinearRegression` and the `regr_` functions of the SQL standard.

use std::sync::Arc;

use kinglet_types::{ChType, Result};

use super::family::Member;
use super::sums::{self, Formula, MOST, Width, expect_numbers, named};
use super::{Bound, Call};
use crate::function::{Case, Example, Spec};

const POINTS: Spec = Spec {
    category: "aggregate",
    arguments: &[("y", "Number"), ("x", "Number")],
    returns: "Float64; nan where it is not defined.",
    case: Case::Insensitive,
    ..Spec::EMPTY
};

/// A `regr_` function.
macro_rules! regr {
    ($name:literal, $answer:expr, $summary:literal, $example:literal = $value:literal) => {
        Member::new(
            &Spec {
                name: $name,
                syntax: concat!($name, "(y, x)"),
                summary: $summary,
                examples: &[Example { sql: $example, answer: $value }],
                ..POINTS
            },
            |call| regr(call, $answer),
        )
    };
}

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "simpleLinearRegression",
            syntax: "simpleLinearRegression(x, y)",
            summary: "The line `k * x + b` with the least squared distance from the points.",
            returns: "Tuple(k Float64, b Float64)",
            case: Case::Sensitive,
            examples: &[Example {
                sql: "SELECT simpleLinearRegression(number, 2 * number + 1) FROM numbers(4)",
                answer: "(2,1)",
            }],
            ..POINTS
        },
        |call| {
            expect_numbers(call, 2)?;
            call.expect_no_parameters()?;
            Ok(sums::bound(call.types, Arc::new(Line)))
        },
    ),
    regr!(
        "regr_count",
        Answer::Count,
        "The number of points.",
        "SELECT regr_count(number, number) FROM numbers(4)" = "4"
    ),
    regr!(
        "regr_slope",
        Answer::Slope,
        "The slope of the regression line.",
        "SELECT regr_slope(number * 2, number) FROM numbers(4)" = "2"
    ),
    regr!(
        "regr_intercept",
        Answer::Intercept,
        "Where the regression line meets x = 0.",
        "SELECT regr_intercept(number * 2 + 1, number) FROM numbers(4)" = "1"
    ),
    regr!(
        "regr_r2",
        Answer::R2,
        "The square of the correlation.",
        "SELECT regr_r2(number * 2, number) FROM numbers(4)" = "1"
    ),
    regr!(
        "regr_avgx",
        Answer::MeanX,
        "The mean of x.",
        "SELECT regr_avgx(number * 2, number) FROM numbers(4)" = "1.5"
    ),
    regr!(
        "regr_avgy",
        Answer::MeanY,
        "The mean of y.",
        "SELECT regr_avgy(number * 2, number) FROM numbers(4)" = "3"
    ),
    regr!(
        "regr_sxx",
        Answer::Sxx,
        "The sum of the squared distances of x from its mean.",
        "SELECT regr_sxx(number * 2, number) FROM numbers(4)" = "5"
    ),
    regr!(
        "regr_syy",
        Answer::Syy,
        "The sum of the squared distances of y from its mean.",
        "SELECT regr_syy(number * 2, number) FROM numbers(4)" = "20"
    ),
    regr!(
        "regr_sxy",
        Answer::Sxy,
        "The sum of the products of the distances from the means.",
        "SELECT regr_sxy(number * 2, number) FROM numbers(4)" = "10"
    ),
];

fn regr(call: &Call<'_>, answer: Answer) -> Result<Arc<dyn Bound>> {
    expect_numbers(call, 2)?;
    call.expect_no_parameters()?;
    Ok(sums::bound(call.types, Arc::new(answer)))
}

/// Count and sums of x, y, x squared and x times y.
#[derive(Debug)]
struct Line;

impl Formula for Line {
    fn layout(&self) -> &[Width] {
        &[Width::Count, Width::Float, Width::Float, Width::Float, Width::Float]
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        if let [x, y] = row {
            for (sum, value) in state.iter_mut().zip([1.0, *x, *y, x * x, x * y]) {
                *sum += value;
            }
        }
    }

    fn result_type(&self) -> ChType {
        named(&["k", "b"])
    }

    fn finish(&self, [count, x, y, xx, xy, ..]: &[f64; MOST], out: &mut Vec<f64>) {
        let divisor = xx * count - x * x;
        let slope = if divisor == 0.0 { f64::NAN } else { (xy * count - x * y) / divisor };
        out.extend([slope, (y - slope * x) / count]);
    }
}

/// What a `regr_` function answers. The state is the count, the first point, and sums of the distances from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Count,
    Slope,
    Intercept,
    R2,
    MeanX,
    MeanY,
    Sxx,
    Syy,
    Sxy,
}

impl Formula for Answer {
    fn layout(&self) -> &[Width] {
        match self {
            Self::Count => &[Width::Count],
            _ => &[
                Width::Count,
                Width::Float,
                Width::Float,
                Width::Float,
                Width::Float,
                Width::Float,
                Width::Float,
                Width::Float,
            ],
        }
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        let ([y, x], [count, first_x, first_y, sum_x, sum_y, xx, yy, xy]) = (row, state) else { return };
        if *count == 0.0 {
            (*first_x, *first_y) = (*x, *y);
        }
        let (x, y) = (x - *first_x, y - *first_y);
        *count += 1.0;
        *sum_x += x;
        *sum_y += y;
        *xx += x * x;
        *yy += y * y;
        *xy += x * y;
    }

    fn merge(&self, state: &mut [f64; MOST], other: &[f64; MOST]) {
        if state[0] == 0.0 {
            *state = *other;
            return;
        }
        let [n, first_x, first_y, x, y, xx, yy, xy] = *other;
        let (dx, dy) = (first_x - state[1], first_y - state[2]);
        let moved = [
            n,
            0.0,
            0.0,
            x + n * dx,
            y + n * dy,
            xx + 2.0 * dx * x + n * dx * dx,
            yy + 2.0 * dy * y + n * dy * dy,
            xy + dx * y + dy * x + n * dx * dy,
        ];
        state.iter_mut().zip(moved).for_each(|(sum, value)| *sum += value);
    }

    fn result_type(&self) -> ChType {
        if *self == Self::Count { ChType::UInt64 } else { ChType::Float64 }
    }

    fn finish(&self, [count, first_x, first_y, x, y, xx, yy, xy]: &[f64; MOST], out: &mut Vec<f64>) {
        let (sxx, syy, sxy) = (xx - x * x / count, yy - y * y / count, xy - x * y / count);
        let (mean_x, mean_y) = (first_x + x / count, first_y + y / count);
        let slope = if sxx == 0.0 { f64::NAN } else { sxy / sxx };
        out.push(match self {
            Self::Count => *count,
            Self::Slope => slope,
            Self::Intercept => mean_y - slope * mean_x,
            Self::R2 if sxx == 0.0 => f64::NAN,
            Self::R2 if syy == 0.0 => 1.0,
            Self::R2 => sxy * sxy / (sxx * syy),
            Self::MeanX => mean_x,
            Self::MeanY => mean_y,
            Self::Sxx => sxx,
            Self::Syy => syy,
            Self::Sxy => sxy,
        });
    }
}
