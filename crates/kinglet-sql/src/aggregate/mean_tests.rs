//! Tests whether means differ: Student's, Welch's and the z test.

use std::sync::Arc;

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::distribution::{normal, normal_quantile, student_quantile, student_two_sided};
use super::family::Member;
use super::sums::{self, Formula, MOST, Width, expect_numbers, named};
use super::{Bound, Call};
use crate::function::{Example, Spec};

const SAMPLES: Spec = Spec {
    category: "aggregate",
    arguments: &[("value", "Number"), ("sample", "0 for the first sample, else the second")],
    returns: "Tuple of the statistic, the p-value and, with a confidence level, the bounds of the interval.",
    ..Spec::EMPTY
};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "studentTTest",
            syntax: "studentTTest[(confidence)](value, sample)",
            summary: "Student's t test of two samples with equal variances.",
            examples: &[Example {
                sql: "SELECT round(studentTTest(number, number % 2).p_value, 4) FROM numbers(10)",
                answer: "0.6305",
            }],
            ..SAMPLES
        },
        |call| two_samples(call, Kind::Student),
    ),
    Member::new(
        &Spec {
            name: "welchTTest",
            syntax: "welchTTest[(confidence)](value, sample)",
            summary: "Welch's t test of two samples whose variances may differ.",
            examples: &[Example {
                sql: "SELECT round(welchTTest(number, number % 2).p_value, 4) FROM numbers(10)",
                answer: "0.6305",
            }],
            ..SAMPLES
        },
        |call| two_samples(call, Kind::Welch),
    ),
    Member::new(
        &Spec {
            name: "studentTTestOneSample",
            syntax: "studentTTestOneSample[(confidence)](value, mean)",
            summary: "Student's t test whether the mean is the one given.",
            arguments: &[("value", "Number"), ("mean", "Number, constant")],
            examples: &[Example {
                sql: "SELECT round(studentTTestOneSample(number, 4).p_value, 4) FROM numbers(10)",
                answer: "0.6141",
            }],
            ..SAMPLES
        },
        |call| two_samples(call, Kind::OneSample),
    ),
    Member::new(
        &Spec {
            name: "meanZTest",
            syntax: "meanZTest(variance_x, variance_y, confidence)(value, sample)",
            summary: "The z test of the means of two samples with known variances.",
            examples: &[Example {
                sql: "SELECT round(meanZTest(1., 1., 0.95)(number, number % 2).p_value, 4) FROM numbers(10)",
                answer: "0.1138",
            }],
            ..SAMPLES
        },
        |call| {
            if call.parameters.len() != 3 {
                let message = format!("Aggregate function {} requires three parameter.", call.name);
                let code = ErrorCode::from_name("NUMBER_OF_ARGUMENTS_DOESNT_MATCH");
                return Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message));
            }
            expect_numbers(call, 2)?;
            let parameter = |at| call.float_parameter(at, 1.0);
            let test = Test {
                kind: Kind::Z(parameter(0)?, parameter(1)?),
                confidence: Some(confidence(call, parameter(2)?)?),
            };
            Ok(sums::bound(call.types, Arc::new(test)))
        },
    ),
];

fn confidence(call: &Call<'_>, level: f64) -> Result<f64> {
    if level > 0.0 && level < 1.0 {
        return Ok(level);
    }
    let message =
        format!("Confidence level parameter must be between 0 and 1 in aggregate function {}.", call.name);
    Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message))
}

fn two_samples(call: &Call<'_>, kind: Kind) -> Result<Arc<dyn Bound>> {
    expect_numbers(call, 2)?;
    let confidence = match call.parameters.is_empty() {
        true => None,
        false => Some(confidence(call, call.float_parameter(0, 0.95)?)?),
    };
    Ok(sums::bound(call.types, Arc::new(Test { kind, confidence })))
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Student,
    Welch,
    OneSample,
    /// With the two variances.
    Z(f64, f64),
}

/// Counts, sums and sums of squares of both samples; of one sample count, sum, sum of squares and the mean tested.
#[derive(Debug)]
struct Test {
    kind: Kind,
    confidence: Option<f64>,
}

impl Formula for Test {
    fn layout(&self) -> &[Width] {
        match self.kind {
            Kind::OneSample | Kind::Z(..) => &[Width::Float; 4],
            _ => &[Width::Float; 6],
        }
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        let [value, second] = row else { return };
        if self.kind == Kind::OneSample {
            state[0] += 1.0;
            state[1] += value;
            state[2] += value * value;
            state[3] = *second;
            return;
        }
        let place = usize::from(*second != 0.0);
        state[place] += 1.0;
        state[2 + place] += value;
        state[4 + place] += value * value;
    }

    fn merge(&self, state: &mut [f64; MOST], other: &[f64; MOST]) {
        let mean = if other[0] > 0.0 { other[3] } else { state[3] };
        state.iter_mut().zip(other).for_each(|(a, b)| *a += b);
        if self.kind == Kind::OneSample {
            state[3] = mean;
        }
    }

    fn result_type(&self) -> ChType {
        let statistic = if matches!(self.kind, Kind::Z(..)) { "z_statistic" } else { "t_statistic" };
        match self.confidence {
            None => named(&[statistic, "p_value"]),
            Some(_) => named(&[statistic, "p_value", "confidence_interval_low", "confidence_interval_high"]),
        }
    }

    fn finish(&self, state: &[f64; MOST], out: &mut Vec<f64>) {
        let [n_x, n_y, sum_x, sum_y, xx, yy, ..] = *state;
        let (mean_x, mean_y) = (sum_x / n_x, sum_y / n_y);
        // The squared standard error, the degrees of freedom and the difference.
        let (error, freedom, difference) = match self.kind {
            Kind::Z(x, y) => (x / n_x + y / n_y, f64::INFINITY, mean_x - mean_y),
            Kind::OneSample => {
                let [n, sum, squares, mean, ..] = *state;
                ((squares - sum * sum / n) / (n - 1.0) / n, n - 1.0, sum / n - mean)
            }
            Kind::Student => {
                let squares = (xx - mean_x * sum_x) + (yy - mean_y * sum_y);
                let freedom = n_x + n_y - 2.0;
                (squares / freedom * (1.0 / n_x + 1.0 / n_y), freedom, mean_x - mean_y)
            }
            Kind::Welch => {
                let x = (xx - mean_x * sum_x) / (n_x - 1.0) / n_x;
                let y = (yy - mean_y * sum_y) / (n_y - 1.0) / n_y;
                let freedom = (x + y) * (x + y) / (x * x / (n_x - 1.0) + y * y / (n_y - 1.0));
                (x + y, freedom, mean_x - mean_y)
            }
        };
        let deviation = error.sqrt();
        let statistic = difference / deviation;
        let p = match self.kind {
            Kind::Z(..) => 2.0 * normal(-statistic.abs()),
            _ => student_two_sided(statistic, freedom),
        };
        out.extend([statistic, p]);
        if let Some(level) = self.confidence {
            let quantile = match self.kind {
                Kind::Z(..) => normal_quantile(f64::midpoint(1.0, level)),
                _ => student_quantile(1.0 - level, freedom),
            };
            let middle = if self.kind == Kind::OneSample { state[1] / state[0] } else { difference };
            out.extend([middle - quantile * deviation, middle + quantile * deviation]);
        }
    }
}
