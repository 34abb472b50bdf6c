//! Aggregates of floats that are computed from all values at once: skewness, kurtosis, entropy and others.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use kinglet_types::{ChType, Result};

use super::kept_rows::{self, OverRows};
use super::levels::floats;
use super::{Aggregate, Bound, Call};
use crate::function::{Example, Spec, comparable};

/// One of these aggregates.
pub(super) struct Moment {
    spec: Spec,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    SkewPop,
    SkewSamp,
    KurtPop,
    KurtSamp,
    Entropy,
    BoundingRatio,
}

const fn moment(kind: Kind, spec: Spec) -> Moment {
    Moment { spec, kind }
}

const NUMBER: Spec =
    Spec { category: "aggregate", arguments: &[("value", "Number")], returns: "Float64", ..Spec::EMPTY };

pub(super) static SKEW_POP: Moment = moment(
    Kind::SkewPop,
    Spec {
        name: "skewPop",
        syntax: "skewPop(value)",
        summary: "The skewness of all values.",
        examples: &[Example { sql: "SELECT skewPop(number) FROM numbers(5)", answer: "0" }],
        ..NUMBER
    },
);

pub(super) static SKEW_SAMP: Moment = moment(
    Kind::SkewSamp,
    Spec {
        name: "skewSamp",
        syntax: "skewSamp(value)",
        summary: "The skewness of a sample.",
        examples: &[Example { sql: "SELECT skewSamp(number) FROM numbers(5)", answer: "0" }],
        ..NUMBER
    },
);

pub(super) static KURT_POP: Moment = moment(
    Kind::KurtPop,
    Spec {
        name: "kurtPop",
        syntax: "kurtPop(value)",
        summary: "The kurtosis of all values.",
        examples: &[Example { sql: "SELECT kurtPop(number) FROM numbers(5)", answer: "1.7" }],
        ..NUMBER
    },
);

pub(super) static KURT_SAMP: Moment = moment(
    Kind::KurtSamp,
    Spec {
        name: "kurtSamp",
        syntax: "kurtSamp(value)",
        summary: "The kurtosis of a sample.",
        examples: &[Example { sql: "SELECT round(kurtSamp(number), 3) FROM numbers(5)", answer: "1.088" }],
        ..NUMBER
    },
);

pub(super) static ENTROPY: Moment = moment(
    Kind::Entropy,
    Spec {
        name: "entropy",
        syntax: "entropy(value)",
        summary: "Shannon's entropy of the values, in bits.",
        arguments: &[("value", "Any type")],
        examples: &[Example { sql: "SELECT entropy(number) FROM numbers(4)", answer: "2" }],
        ..NUMBER
    },
);

pub(super) static BOUNDING_RATIO: Moment = moment(
    Kind::BoundingRatio,
    Spec {
        name: "boundingRatio",
        syntax: "boundingRatio(x, y)",
        summary: "The slope between the points with the least and the greatest x.",
        arguments: &[("x", "Number"), ("y", "Number")],
        examples: &[Example { sql: "SELECT boundingRatio(number, number * 2) FROM numbers(4)", answer: "2" }],
        ..NUMBER
    },
);

impl Aggregate for Moment {
    fn spec(&self) -> &'static Spec {
        match self.kind {
            Kind::SkewPop => &SKEW_POP.spec,
            Kind::SkewSamp => &SKEW_SAMP.spec,
            Kind::KurtPop => &KURT_POP.spec,
            Kind::KurtSamp => &KURT_SAMP.spec,
            Kind::Entropy => &ENTROPY.spec,
            Kind::BoundingRatio => &BOUNDING_RATIO.spec,
        }
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_no_parameters()?;
        let count = if self.kind == Kind::BoundingRatio { 2 } else { 1 };
        call.expect_count(count..=count)?;
        if self.kind != Kind::Entropy {
            (0..count).try_for_each(|at| call.expect(at, ChType::is_number).map(|_| ()))?;
        }
        Ok(kept_rows::bound(call.types, Arc::new(self.kind), false))
    }
}

impl OverRows for Kind {
    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        if *self == Kind::Entropy {
            return entropies(columns, groups);
        }
        let columns = columns.iter().map(floats).collect::<Result<Vec<_>>>()?;
        let part = |at: usize, rows: &Range<usize>| {
            columns.get(at).and_then(|column| column.get(rows.clone())).unwrap_or_default()
        };
        let answers = groups.iter().map(|rows| match self {
            Kind::BoundingRatio => bounding_ratio(part(0, rows), part(1, rows)),
            _ => self.of(part(0, rows)),
        });
        Ok(Arc::new(Float64Array::from_iter_values(answers)))
    }
}

impl Kind {
    /// The standardised third or fourth moment.
    fn of(self, values: &[f64]) -> f64 {
        let count = values.len() as f64;
        let sum = |power: i32| values.iter().map(|value| value.powi(power)).sum::<f64>();
        let (m1, m2, m3, m4) = (sum(1), sum(2), sum(3), sum(4));
        let sample = matches!(self, Kind::SkewSamp | Kind::KurtSamp);
        let divisor = if sample { count - 1.0 } else { count };
        let variance = (m2 - m1 * m1 / count) / divisor;
        if divisor <= 0.0 || variance.is_nan() || variance <= 0.0 {
            return f64::NAN;
        }
        let mean = m1 / count;
        match self {
            Kind::SkewPop | Kind::SkewSamp => {
                let third = (m3 - (3.0 * m2 - 2.0 * m1 * mean) * mean) / count;
                third / variance.powf(1.5)
            }
            _ => {
                let fourth = (m4 - (4.0 * m3 - (6.0 * m2 - 3.0 * m1 * mean) * mean) * mean) / count;
                fourth / (variance * variance)
            }
        }
    }
}

fn bounding_ratio(x: &[f64], y: &[f64]) -> f64 {
    let mut points = x.iter().zip(y);
    let Some(first) = points.next() else { return f64::NAN };
    let (mut left, mut right) = (first, first);
    for point in points {
        if point.0 < left.0 {
            left = point;
        }
        if point.0 > right.0 {
            right = point;
        }
    }
    (right.1 - left.1) / (right.0 - left.0)
}

fn entropies(columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
    let keys = columns.iter().map(|column| comparable(column, false)).collect::<Result<Vec<_>>>()?;
    let answers = groups.iter().map(|rows| {
        let mut counts: HashMap<_, usize> = HashMap::new();
        let mut order = Vec::new();
        for key in rows.clone().filter_map(|row| keys.first().map(|keys| keys.row(row))) {
            let count = counts.entry(key).or_insert_with(|| {
                order.push(key);
                0
            });
            *count += 1;
        }
        order.iter().filter_map(|key| counts.get(key)).fold(0.0, |sum, count| {
            let share = *count as f64 / rows.len() as f64;
            sum - share * share.log2()
        })
    });
    Ok(Arc::new(Float64Array::from_iter_values(answers)))
}
