//! `nonNegativeDerivative`: by how much a value rises per time since the row before.

use arrow::array::{ArrayRef, Float64Array};
use kinglet_types::{ChType, Result};
use std::sync::Arc;

use super::family::numbers;
use super::{Call, Partition, Window};
use crate::function::result::internal;
use crate::function::{Example, Spec};
use crate::text::int_at;

pub(super) struct NonNegativeDerivative;

static SPEC: Spec = Spec {
    name: "nonNegativeDerivative",
    category: "window",
    syntax: "nonNegativeDerivative(value, time[, interval]) OVER (..)",
    summary: "The rise of the value since the row before per second, or per interval; 0 where it falls.",
    arguments: &[("value", "Number"), ("time", "DateTime or DateTime64"), ("interval", "Interval, constant")],
    returns: "Float64",
    examples: &[Example {
        sql: "SELECT nonNegativeDerivative(number * 3, toDateTime(number * 2)) OVER (ORDER BY number) FROM numbers(2)",
        answer: "0\n1.5",
    }],
    ..Spec::EMPTY
};

impl Window for NonNegativeDerivative {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn result_type(&self, call: &Call<'_>) -> Result<ChType> {
        call.expect_count(2..=3)?;
        call.expect(0, ChType::is_number)?;
        call.expect(1, ChType::is_date_time)?;
        if call.types.len() > 2 {
            call.expect(2, |ty| matches!(ty, ChType::Interval(_)))?;
        }
        Ok(ChType::Float64)
    }

    fn evaluate(&self, partition: &Partition<'_>, _: &ChType) -> Result<ArrayRef> {
        let [values, times, rest @ ..] = partition.columns else {
            return Err(internal("two columns are needed"));
        };
        let types = partition.types;
        let values = numbers(values, types.first().unwrap_or(&ChType::Nothing))?;
        let times = numbers(times, types.get(1).unwrap_or(&ChType::Nothing))?;
        let per_second = match types.get(1) {
            Some(ChType::DateTime64(precision, _)) => 10_f64.powi(crate::stored_precision(*precision).into()),
            _ => 1.0,
        };
        let interval = match (rest.first(), types.get(2)) {
            (Some(count), Some(unit @ ChType::Interval(_))) if partition.rows > 0 => {
                int_at(count, 0) as f64 * seconds(&unit.to_string())
            }
            _ => 1.0,
        };
        let rise = |row: usize| -> Option<f64> {
            let before = row.checked_sub(1)?;
            let value = values.get(row)? - values.get(before)?;
            let time = (times.get(row)? - times.get(before)?) / per_second;
            (value > 0.0 && time > 0.0).then_some(value / time * interval)
        };
        Ok(Arc::new(Float64Array::from_iter_values((0..partition.rows).map(|row| rise(row).unwrap_or(0.0)))))
    }
}

/// Seconds of an interval's unit.
fn seconds(unit: &str) -> f64 {
    match unit.trim_start_matches("Interval").to_ascii_lowercase().as_str() {
        "nanosecond" => 1e-9,
        "microsecond" => 1e-6,
        "millisecond" => 1e-3,
        "minute" => 60.0,
        "hour" => 3_600.0,
        "day" => 86_400.0,
        "week" => 604_800.0,
        "month" => 2_592_000.0,
        "quarter" => 7_776_000.0,
        "year" => 31_536_000.0,
        _ => 1.0,
    }
}
