//! Numbers about the order of scores, and about series.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Float64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ErrorCode, Result, SqlError};

use crate::function::result::internal;
use crate::function::{Call, Lists, result};

fn floats(lists: &Lists<'_>) -> Result<Float64Array> {
    let floats = cast(lists.elements(), &DataType::Float64).map_err(internal)?;
    Ok(floats.as_primitive::<Float64Type>().clone())
}

/// The area under a curve of the scores in argument 1 and the labels in argument 2.
pub(super) fn area(call: &Call<'_>, measure: fn(&[(f64, bool)]) -> f64) -> Result<ArrayRef> {
    let (scores, labels) = (call.lists(0)?, call.lists(1)?);
    let (score, label) = (floats(&scores)?, floats(&labels)?);
    result::floats(call.result, call.rows, |row| {
        let (a, b) = (scores.range(row), labels.range(row));
        if a.len() != b.len() {
            let message = format!("Arrays passed to function {} must have equal lengths", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let mut points: Vec<(f64, bool)> =
            a.zip(b).map(|(a, b)| (score.value(a), label.value(b) > 0.0)).collect();
        points.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(measure(&points))
    })
}

/// The area under true over false positives, by trapezes.
pub(super) fn roc(points: &[(f64, bool)]) -> f64 {
    let (mut area, mut positives, mut negatives) = (0.0, 0.0, 0.0);
    let (mut last_positives, mut last_negatives) = (0.0, 0.0);
    for (at, (score, positive)) in points.iter().enumerate() {
        if at > 0 && points[at - 1].0 != *score {
            area += (negatives - last_negatives) * (positives + last_positives) / 2.0;
            (last_positives, last_negatives) = (positives, negatives);
        }
        if *positive { positives += 1.0 } else { negatives += 1.0 }
    }
    area += (negatives - last_negatives) * (positives + last_positives) / 2.0;
    if positives == 0.0 || negatives == 0.0 { f64::NAN } else { area / (positives * negatives) }
}

/// The area under precision over recall, by steps.
pub(super) fn precision(points: &[(f64, bool)]) -> f64 {
    let total = points.iter().filter(|(_, positive)| *positive).count() as f64;
    let (mut area, mut positives, mut last) = (0.0, 0.0, 0.0);
    for (at, (score, positive)) in points.iter().enumerate() {
        if *positive {
            positives += 1.0;
        }
        if points.get(at + 1).is_none_or(|next| next.0 != *score) {
            area += positives / (at as f64 + 1.0) * (positives - last);
            last = positives;
        }
    }
    area / total
}

/// The correlation of an array with itself, moved.
pub(super) fn autocorrelation(call: &Call<'_>) -> Result<ArrayRef> {
    let lists = call.lists(0)?;
    let values = floats(&lists)?;
    let lags = if call.args.len() > 1 { Some(call.ints(1)?) } else { None };
    let (mut out, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
    for row in 0..call.rows {
        let own: Vec<f64> = lists.range(row).map(|at| values.value(at)).collect();
        let count = lags
            .as_ref()
            .map_or(own.len(), |lags| usize::try_from(lags.get(row)).unwrap_or(0).min(own.len()));
        let mean = own.iter().sum::<f64>() / own.len() as f64;
        let variance: f64 = own.iter().map(|value| (value - mean) * (value - mean)).sum();
        for lag in 0..count {
            let shifted = own.iter().skip(lag);
            let sum: f64 = own.iter().zip(shifted).map(|(a, b)| (a - mean) * (b - mean)).sum();
            out.push(sum / variance);
        }
        lengths.push(count);
    }
    result::lists(call.result, Arc::new(Float64Array::from(out)), lengths)
}
