//! `largestTriangleThreeBuckets`: a series of fewer points of the same shape (Steinarsson, 2013).

use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::numbers;
use super::kept_rows::{self, Codec, OverRows};
use super::two_samples;
use super::{Aggregate, Bound, Call, Empty};
use crate::arrow_type;
use crate::column_builder::{ColumnBuilder, struct_array};
use crate::function::result::{internal, lists};
use crate::function::{Example, Spec};

pub(super) struct LargestTriangle;

static SPEC: Spec = Spec {
    name: "largestTriangleThreeBuckets",
    aliases: &["lttb"],
    category: "aggregate",
    syntax: "largestTriangleThreeBuckets(count)(x, y)",
    summary: "`count` of the points, in order of x, that keep the shape of their line.",
    arguments: &[
        ("count", "Number of points"),
        ("x", "Number, Date or DateTime"),
        ("y", "Number, Date or DateTime"),
    ],
    returns: "Array of tuples; numbers are Float64",
    examples: &[Example {
        sql: "SELECT largestTriangleThreeBuckets(3)(number, number = 4) FROM numbers(9)",
        answer: "[(0,0),(4,1),(8,0)]",
    }],
    ..Spec::EMPTY
};

impl Aggregate for LargestTriangle {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        if call.parameters.len() != 1 {
            let message = format!("Aggregate function {} require one parameter.", call.name);
            return Err(SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message));
        }
        let count = call.uint_parameter(0)?.unwrap_or(0);
        call.expect_count(2..=2)?;
        let shown = |at: usize| match call.ty(at) {
            ty if ty.is_number() => Ok(ChType::Float64),
            ty if ty.is_date() || ty.is_date_time() => Ok(ty.clone()),
            _ => {
                let message = format!(
                    "Aggregate function {} only supports Date, Date32, DateTime, DateTime64 and Number as argument {}.",
                    call.name,
                    at + 1
                );
                Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message))
            }
        };
        let shown = [shown(0)?, shown(1)?];
        let points = Points { shown, count: usize::try_from(count).unwrap_or(usize::MAX) };
        Ok(kept_rows::bound_as(call.types, two_samples::kept(), Arc::new(points)))
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

#[derive(Debug)]
struct Points {
    /// Types of both coordinates as answered.
    shown: [ChType; 2],
    count: usize,
}

impl OverRows for Points {
    fn result_type(&self) -> ChType {
        ChType::array(ChType::tuple(self.shown.iter().cloned()))
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let [x, y] = columns else { return Err(internal("two columns are needed")) };
        let (xs, ys) = (numbers(x, &ChType::Float64)?, numbers(y, &ChType::Float64)?);
        let mut builders = self.shown.each_ref().map(ColumnBuilder::new);
        let mut lengths = Vec::with_capacity(groups.len());
        for rows in groups {
            let at = |values: &[f64], row: usize| values.get(row).copied().unwrap_or_default();
            let mut order: Vec<usize> =
                rows.clone().filter(|row| !at(&xs, *row).is_nan() && !at(&ys, *row).is_nan()).collect();
            order.sort_by(|a, b| at(&xs, *a).total_cmp(&at(&xs, *b)));
            let points: Vec<(f64, f64)> = order.iter().map(|row| (at(&xs, *row), at(&ys, *row))).collect();
            let chosen = chosen(&points, self.count);
            lengths.push(chosen.len());
            for (x, y) in chosen.into_iter().filter_map(|at| points.get(at)) {
                for ((builder, ty), value) in builders.iter_mut().zip(&self.shown).zip([x, y]) {
                    if ty.is_float() {
                        builder.append_float(*value);
                    } else {
                        builder.append_int(*value as i64);
                    }
                }
            }
        }
        let length = lengths.iter().sum();
        let parts = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
        let element = ChType::tuple(self.shown.iter().cloned());
        let arrow::datatypes::DataType::Struct(fields) = arrow_type(&element) else {
            return Err(internal("a tuple is a struct"));
        };
        lists(&self.result_type(), struct_array(&fields, parts, length)?, lengths)
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(&two_samples::TwoColumns)
    }
}

/// The places of the chosen points among all, which are in order of x.
fn chosen(points: &[(f64, f64)], count: usize) -> Vec<usize> {
    let last = points.len().saturating_sub(1);
    if points.len() <= count {
        return (0..points.len()).collect();
    }
    if count < 3 {
        return [0, last].into_iter().take(count).collect();
    }
    let width = (points.len() - 2) as f64 / (count - 2) as f64;
    let start_of = |bucket: usize| ((width * bucket as f64).floor() as usize + 1).min(points.len());
    let mut chosen = vec![0];
    let mut before = points.first().copied().unwrap_or_default();
    for bucket in 0..count - 2 {
        let own = start_of(bucket)..start_of(bucket + 1);
        let next = points.get(own.end..start_of(bucket + 2)).unwrap_or_default();
        let of_next = next.len() as f64;
        let mean_x = next.iter().map(|(x, _)| x).sum::<f64>() / of_next;
        let mean_y = next.iter().map(|(_, y)| y).sum::<f64>() / of_next;
        let mut best = (own.start, 0.0);
        for at in own {
            let (x, y) = points.get(at).copied().unwrap_or_default();
            let area = 0.5 * (before.0 * (y - mean_y) + x * (mean_y - before.1) + mean_x * (before.1 - y));
            if area.abs() > best.1 {
                best = (at, area.abs());
            }
        }
        chosen.push(best.0);
        before = points.get(best.0).copied().unwrap_or_default();
    }
    chosen.push(last);
    chosen
}
