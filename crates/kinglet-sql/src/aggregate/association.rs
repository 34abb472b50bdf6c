//! How far two values go together, from the counts of their pairs: Cramér's V, Theil's U, the contingency.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use kinglet_types::{ChType, Result};

use super::family::Member;
use super::kept_rows::{self, OverRows};
use super::{Bound, Call};
use crate::function::{Example, Spec, comparable};

const PAIR: Spec = Spec {
    category: "aggregate",
    arguments: &[("a", "Any type"), ("b", "Any type")],
    returns: "Float64",
    ..Spec::EMPTY
};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "cramersV",
            syntax: "cramersV(a, b)",
            summary: "Cramér's V, from 0 for independent values to 1.",
            examples: &[Example { sql: "SELECT cramersV(number, number) FROM numbers(5)", answer: "1" }],
            ..PAIR
        },
        |call| bind(call, Measure::CramersV),
    ),
    Member::new(
        &Spec {
            name: "cramersVBiasCorrected",
            syntax: "cramersVBiasCorrected(a, b)",
            summary: "Cramér's V with Bergsma's correction for small numbers.",
            examples: &[Example {
                sql: "SELECT round(cramersVBiasCorrected(number % 2, number % 2), 3) FROM numbers(20)",
                answer: "1",
            }],
            ..PAIR
        },
        |call| bind(call, Measure::CramersVBiasCorrected),
    ),
    Member::new(
        &Spec {
            name: "contingency",
            syntax: "contingency(a, b)",
            summary: "The contingency coefficient.",
            examples: &[Example {
                sql: "SELECT round(contingency(number % 2, number % 2), 4) FROM numbers(20)",
                answer: "0.7071",
            }],
            ..PAIR
        },
        |call| bind(call, Measure::Contingency),
    ),
    Member::new(
        &Spec {
            name: "theilsU",
            syntax: "theilsU(a, b)",
            summary: "Theil's U: how much knowing b says about a, from 0 to -1 as ClickHouse signs it.",
            examples: &[Example { sql: "SELECT theilsU(number, number) FROM numbers(4)", answer: "1" }],
            ..PAIR
        },
        |call| bind(call, Measure::TheilsU),
    ),
];

#[derive(Clone, Copy, Debug)]
enum Measure {
    CramersV,
    CramersVBiasCorrected,
    Contingency,
    TheilsU,
}

fn bind(call: &Call<'_>, measure: Measure) -> Result<Arc<dyn Bound>> {
    call.expect_count(2..=2)?;
    call.expect_no_parameters()?;
    Ok(kept_rows::bound(call.types, Arc::new(measure), false))
}

impl OverRows for Measure {
    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let keys = columns.iter().map(|column| comparable(column, false)).collect::<Result<Vec<_>>>()?;
        let answers = groups.iter().map(|rows| {
            let mut numbers: [HashMap<_, usize>; 2] = [HashMap::new(), HashMap::new()];
            let mut single: [Vec<f64>; 2] = [Vec::new(), Vec::new()];
            let mut pairs: HashMap<(usize, usize), f64> = HashMap::new();
            for row in rows.clone() {
                let mut pair = [0, 0];
                for (((keys, numbers), counts), place) in
                    keys.iter().zip(&mut numbers).zip(&mut single).zip(&mut pair)
                {
                    let next = numbers.len();
                    *place = *numbers.entry(keys.row(row)).or_insert(next);
                    counts.resize(counts.len().max(*place + 1), 0.0);
                    if let Some(count) = counts.get_mut(*place) {
                        *count += 1.0;
                    }
                }
                *pairs.entry((pair[0], pair[1])).or_default() += 1.0;
            }
            let mut pairs: Vec<_> = pairs.into_iter().collect();
            pairs.sort_by_key(|(pair, _)| *pair);
            self.of(&pairs, &single, rows.len() as f64)
        });
        Ok(Arc::new(Float64Array::from_iter_values(answers.collect::<Vec<_>>())))
    }
}

impl Measure {
    fn of(self, pairs: &[((usize, usize), f64)], [a, b]: &[Vec<f64>; 2], count: f64) -> f64 {
        if count < 2.0 {
            return f64::NAN;
        }
        let of = |counts: &[f64], at: usize| counts.get(at).copied().unwrap_or(1.0);
        let squares: f64 = pairs.iter().map(|((x, y), n)| n * n / (of(a, *x) * of(b, *y))).sum();
        let phi = (squares - 1.0).max(0.0);
        let (width_a, width_b) = (a.len() as f64, b.len() as f64);
        match self {
            Self::CramersV => (phi / (width_a - 1.0).min(width_b - 1.0)).sqrt(),
            Self::CramersVBiasCorrected => {
                let corrected = (phi - (width_a - 1.0) * (width_b - 1.0) / (count - 1.0)).max(0.0);
                let width = |width: f64| width - (width - 1.0).powi(2) / (count - 1.0);
                (corrected / (width(width_a) - 1.0).min(width(width_b) - 1.0)).sqrt()
            }
            Self::Contingency => (phi / (1.0 + phi)).sqrt(),
            Self::TheilsU => {
                let entropy =
                    |counts: &[f64]| -> f64 { counts.iter().map(|n| -(n / count) * (n / count).ln()).sum() };
                let of_a = entropy(a);
                let given_b: f64 = pairs.iter().map(|((_, y), n)| -(n / count) * (n / of(b, *y)).ln()).sum();
                (of_a - given_b) / of_a
            }
        }
    }
}
