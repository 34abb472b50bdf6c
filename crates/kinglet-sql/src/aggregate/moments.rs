//! Skewness, kurtosis and the slope between extremes.

use std::sync::Arc;

use kinglet_types::{ChType, Result};

use super::family::Member;
use super::sums::{self, Formula, MOST, Width, expect_numbers};
use super::{Bound, Call};
use crate::function::{Example, Spec};

const NUMBER: Spec =
    Spec { category: "aggregate", arguments: &[("value", "Number")], returns: "Float64", ..Spec::EMPTY };

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "skewPop",
            syntax: "skewPop(value)",
            summary: "The skewness of all values.",
            examples: &[Example { sql: "SELECT skewPop(number) FROM numbers(5)", answer: "0" }],
            ..NUMBER
        },
        |call| moment(call, 3, false),
    ),
    Member::new(
        &Spec {
            name: "skewSamp",
            syntax: "skewSamp(value)",
            summary: "The skewness of a sample.",
            examples: &[Example { sql: "SELECT skewSamp(number) FROM numbers(5)", answer: "0" }],
            ..NUMBER
        },
        |call| moment(call, 3, true),
    ),
    Member::new(
        &Spec {
            name: "kurtPop",
            syntax: "kurtPop(value)",
            summary: "The kurtosis of all values.",
            examples: &[Example { sql: "SELECT kurtPop(number) FROM numbers(5)", answer: "1.7" }],
            ..NUMBER
        },
        |call| moment(call, 4, false),
    ),
    Member::new(
        &Spec {
            name: "kurtSamp",
            syntax: "kurtSamp(value)",
            summary: "The kurtosis of a sample.",
            examples: &[Example {
                sql: "SELECT round(kurtSamp(number), 3) FROM numbers(5)",
                answer: "1.088",
            }],
            ..NUMBER
        },
        |call| moment(call, 4, true),
    ),
    Member::new(
        &Spec {
            name: "boundingRatio",
            syntax: "boundingRatio(x, y)",
            summary: "The slope between the points with the least and the greatest x.",
            arguments: &[("x", "Number"), ("y", "Number")],
            examples: &[Example {
                sql: "SELECT boundingRatio(number, number * 2) FROM numbers(4)",
                answer: "2",
            }],
            ..NUMBER
        },
        |call| {
            expect_numbers(call, 2)?;
            call.expect_no_parameters()?;
            Ok(sums::bound(call.types, Arc::new(BoundingRatio)))
        },
    ),
];

fn moment(call: &Call<'_>, order: usize, sample: bool) -> Result<Arc<dyn Bound>> {
    expect_numbers(call, 1)?;
    call.expect_no_parameters()?;
    let single = *call.ty(0) == ChType::Float32;
    Ok(sums::bound(call.types, Arc::new(Moment { order, sample, single })))
}

/// The standardised third or fourth moment, from the sums of powers.
#[derive(Debug)]
struct Moment {
    order: usize,
    sample: bool,
    single: bool,
}

impl Formula for Moment {
    fn layout(&self) -> &[Width] {
        let all: &[Width; 5] = if self.single { &[Width::Single; 5] } else { &[Width::Float; 5] };
        all.get(..=self.order).unwrap_or(all)
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        let value = row.first().copied().unwrap_or_default();
        let mut power = 1.0;
        for sum in state.iter_mut().take(self.order + 1) {
            *sum += power;
            power *= value;
            if self.single {
                *sum = f64::from(*sum as f32);
                power = f64::from(power as f32);
            }
        }
    }

    fn result_type(&self) -> ChType {
        if self.single { ChType::Float32 } else { ChType::Float64 }
    }

    fn finish(&self, [count, m1, m2, m3, m4, ..]: &[f64; MOST], out: &mut Vec<f64>) {
        let divisor = if self.sample { count - 1.0 } else { *count };
        let variance = (m2 - m1 * m1 / count) / divisor;
        let mean = m1 / count;
        out.push(if divisor <= 0.0 || variance.is_nan() || variance <= 0.0 {
            f64::NAN
        } else if self.order == 3 {
            (m3 - (3.0 * m2 - 2.0 * m1 * mean) * mean) / count / variance.powf(1.5)
        } else {
            let fourth = (m4 - (4.0 * m3 - (6.0 * m2 - 3.0 * m1 * mean) * mean) * mean) / count;
            fourth / (variance * variance)
        });
    }
}

/// Whether there is no point, then the leftmost point and the rightmost.
#[derive(Debug)]
struct BoundingRatio;

impl BoundingRatio {
    fn point(state: &mut [f64; MOST], x: f64, y: f64) {
        let [empty, left_x, left_y, right_x, right_y, ..] = state;
        let first = std::mem::take(empty) != 0.0;
        if first || x < *left_x {
            (*left_x, *left_y) = (x, y);
        }
        if first || x > *right_x {
            (*right_x, *right_y) = (x, y);
        }
    }
}

impl Formula for BoundingRatio {
    fn layout(&self) -> &[Width] {
        &[Width::EndFlag, Width::Float, Width::Float, Width::Float, Width::Float]
    }

    fn init(&self) -> [f64; MOST] {
        let mut state = [0.0; MOST];
        state[0] = 1.0;
        state
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        if let [x, y] = row {
            Self::point(state, *x, *y);
        }
    }

    fn merge(&self, state: &mut [f64; MOST], other: &[f64; MOST]) {
        let [empty, left_x, left_y, right_x, right_y, ..] = *other;
        if empty == 0.0 {
            Self::point(state, left_x, left_y);
            Self::point(state, right_x, right_y);
        }
    }

    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn finish(&self, [empty, left_x, left_y, right_x, right_y, ..]: &[f64; MOST], out: &mut Vec<f64>) {
        out.push(if *empty != 0.0 { f64::NAN } else { (right_y - left_y) / (right_x - left_x) });
    }
}
