//! `kolmogorovSmirnovTest`: whether two samples are of one distribution.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::all_numbers;
use super::kept_rows::{self, Codec, OverRows};
use super::sums::{answer_column, named};
use super::{Aggregate, Bound, Call, two_samples};
use crate::function::{Example, Spec};

pub(super) struct KolmogorovSmirnov;

static SPEC: Spec = Spec {
    name: "kolmogorovSmirnovTest",
    category: "aggregate",
    syntax: "kolmogorovSmirnovTest[(alternative[, method])](value, sample)",
    summary: "The test of Kolmogorov and Smirnov whether two samples are of one distribution.",
    arguments: &[
        ("alternative", "'two-sided', 'less' or 'greater'"),
        ("method", "'exact', 'asymp' or 'auto'"),
        ("value", "Number"),
        ("sample", "0 for the first sample, else the second"),
    ],
    returns: "Tuple(d_statistic Float64, p_value Float64)",
    examples: &[Example {
        sql: "SELECT kolmogorovSmirnovTest('greater')(number, number % 2).d_statistic FROM numbers(20)",
        answer: "0.1",
    }],
    ..Spec::EMPTY
};

impl Aggregate for KolmogorovSmirnov {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(2..=2)?;
        (0..2).try_for_each(|at| call.expect(at, ChType::is_number).map(|_| ()))?;
        let refused = |allowed: &str| {
            let message = format!(
                "Unknown parameter in aggregate function {}. It must be one of: {allowed}",
                call.name
            );
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        };
        let side = match call.text_parameter(0)?.as_deref() {
            None | Some("two-sided") => Side::Both,
            Some("less") => Side::Less,
            Some("greater") => Side::Greater,
            Some(_) => return Err(refused("'two-sided', 'less', 'greater'")),
        };
        let method = match call.text_parameter(1)?.as_deref() {
            None | Some("auto") => Method::Auto,
            Some("exact") => Method::Exact,
            Some("asymp" | "asymptotic") => Method::Asymptotic,
            Some(_) => return Err(refused("'auto', 'exact', 'asymp'")),
        };
        let test = Test { types: two_samples::kept(), name: call.name.to_owned(), side, method };
        Ok(kept_rows::bound_as(call.types, two_samples::kept(), Arc::new(test)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Both,
    Less,
    Greater,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Auto,
    Exact,
    Asymptotic,
}

#[derive(Debug)]
struct Test {
    types: Vec<ChType>,
    name: String,
    side: Side,
    method: Method,
}

impl OverRows for Test {
    fn result_type(&self) -> ChType {
        named(&["d_statistic", "p_value"])
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let numbers = all_numbers(columns, &self.types)?;
        let mut answers = Vec::with_capacity(groups.len() * 2);
        for rows in groups {
            let [mut first, mut second] = two_samples::split(&numbers, rows);
            if first.is_empty() || second.is_empty() {
                let message =
                    format!("Aggregate function {} require both samples to be non empty", self.name);
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
            first.sort_by(f64::total_cmp);
            second.sort_by(f64::total_cmp);
            let distance = self.distance(&first, &second);
            answers.extend([distance, self.p_value(distance, first.len(), second.len())]);
        }
        answer_column(&self.result_type(), answers, groups.len())
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(&two_samples::TwoSamples)
    }
}

/// Values that differ by less are equal.
const TOLERANCE: f64 = 1e-12;

/// The largest samples whose p-values are exact unless told otherwise.
const MOST_EXACT: usize = 10_000;

impl Test {
    /// The greatest distance of the distributions of two sorted samples.
    fn distance(&self, first: &[f64], second: &[f64]) -> f64 {
        let (step_up, step_down) = (1.0 / first.len() as f64, 1.0 / second.len() as f64);
        let (mut now, mut most, mut least) = (0.0_f64, f64::MIN_POSITIVE, f64::MAX);
        let (mut a, mut b) = (first.iter().peekable(), second.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek().copied(), b.peek().copied()) {
            if (x - y).abs() >= TOLERANCE {
                if x < y {
                    now += step_up;
                    a.next();
                } else {
                    now -= step_down;
                    b.next();
                }
            } else {
                while a.next_if(|value| (**value - x).abs() < TOLERANCE).is_some() {
                    now += step_up;
                }
                while b.next_if(|value| (**value - x).abs() < TOLERANCE).is_some() {
                    now -= step_down;
                }
            }
            (most, least) = (most.max(now), least.min(now));
        }
        now += step_up * a.len() as f64 - step_down * b.len() as f64;
        (most, least) = (most.max(now), least.min(now));
        match self.side {
            Side::Both => most.abs().max(least.abs()),
            Side::Less => -least,
            Side::Greater => most,
        }
    }

    fn p_value(&self, distance: f64, first: usize, second: usize) -> f64 {
        let divisor = greatest_divisor(first, second);
        let exact = match self.method {
            Method::Auto => first.max(second) <= MOST_EXACT,
            Method::Exact => {
                ((first / divisor) as u64).saturating_mul((second / divisor) as u64) < i32::MAX as u64
            }
            Method::Asymptotic => false,
        };
        if exact { self.exact(distance, first, second) } else { self.asymptotic(distance, first, second) }
    }

    /// The share of all orders of the samples' values with a distance no less, along paths through the lattice of
    /// how many values of each came (Schröer and Trenkler, 1995).
    fn exact(&self, distance: f64, first: usize, second: usize) -> f64 {
        let (m, n) = (first as f64, second as f64);
        let limit = (0.5 + (distance * m * n - 1e-7).floor()) / (m * n);
        let beyond = |i: usize, j: usize| {
            let (x, y) = (i as f64 / m, j as f64 / n);
            match self.side {
                Side::Both => (x - y).abs() >= limit,
                Side::Greater => x - y >= limit,
                Side::Less => y - x >= limit,
            }
        };
        // Probabilities that a path to (i, j) has been beyond the limit, row by row.
        let mut row: Vec<f64> = Vec::with_capacity(second + 1);
        let mut reached = false;
        for j in 0..=second {
            reached |= beyond(0, j);
            row.push(f64::from(u8::from(reached)));
        }
        for i in 1..=first {
            let mut left = 0.0;
            for (j, cell) in row.iter_mut().enumerate() {
                let share = i as f64 / (i + j) as f64;
                *cell = if beyond(i, j) {
                    1.0
                } else if j == 0 {
                    *cell
                } else {
                    share * *cell + (1.0 - share) * left
                };
                left = *cell;
            }
        }
        row.last().copied().unwrap_or(1.0).clamp(0.0, 1.0)
    }

    fn asymptotic(&self, distance: f64, first: usize, second: usize) -> f64 {
        let (n, m) = (first.min(second) as f64, first.max(second) as f64);
        let z = (n * m / (n + m)).sqrt() * distance;
        if self.side != Side::Both {
            let exponent = -2.0 * z * z - 2.0 * z * (m + 2.0 * n) / (m * n * (m + n)).sqrt() / 3.0;
            return exponent.exp().clamp(0.0, 1.0);
        }
        if z <= 0.0 {
            return 1.0;
        }
        if z < 1.0 {
            // The complement by the sum that converges fast here.
            let factor = -std::f64::consts::PI * std::f64::consts::PI / (8.0 * z * z);
            let sum: f64 = (1..40).step_by(2).map(|k| (factor * f64::from(k * k)).exp()).sum();
            return (1.0 - sum * (2.0 * std::f64::consts::PI).sqrt() / z).clamp(0.0, 1.0);
        }
        let term = |k: i32| {
            let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
            sign * (-2.0 * f64::from(k * k) * z * z).exp()
        };
        (1..100).map(term).sum::<f64>().clamp(0.0, 1.0)
    }
}

fn greatest_divisor(a: usize, b: usize) -> usize {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}
