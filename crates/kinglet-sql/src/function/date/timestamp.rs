//! `timestamp`: the time of a text or date; a time of the day in the second argument is added.

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Case, Column, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Timestamp;

static SPEC: Spec = Spec {
    name: "timestamp",
    case: Case::Insensitive,
    category: "date",
    syntax: "timestamp(time[, clock])",
    summary: "The time of a text or date; a time of the day in the second argument is added.",
    arguments: &[("time", "String, Date or DateTime"), ("clock", "String: hh:mm:ss with a fraction")],
    returns: "DateTime64(6)",
    examples: &[Example {
        sql: "timestamp('2023-12-31 12:00:00', '12:00:00.11')",
        answer: "2024-01-01 00:00:00.110000",
    }],
    ..Spec::EMPTY
};

impl Function for Timestamp {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, |ty| ty.is_text() || ty.is_date() || ty.is_date_time())?;
        if args.len() > 1 {
            args.expect(1, ChType::is_text)?;
        }
        Ok(ChType::DateTime64(6, None))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let array = convert(&column.array, &column.ty, call.result, Failure::Error, call.environment)?;
        let base = [Column { ty: call.result.clone(), array, constant: column.constant }];
        let base = Call { args: &base, ..*call }.ints(0)?;
        let clocks = if call.args.len() > 1 { Some(call.bytes(1)?) } else { None };
        result::ints(call.result, call.rows, |row| {
            let added = match &clocks {
                Some(clocks) => micros(clocks.get(row)).ok_or_else(|| {
                    let message =
                        format!("Cannot parse the time '{}'", String::from_utf8_lossy(clocks.get(row)));
                    SqlError::new(ErrorCode::CANNOT_PARSE_DATETIME, message)
                })?,
                None => 0,
            };
            Ok(base.get(row).saturating_add(added))
        })
    }
}
fn micros(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut total = 0_f64;
    for part in text.split(':') {
        total = total * 60.0 + part.parse::<f64>().ok().filter(|part| *part >= 0.0)?;
    }
    let micros = (total * 1e6).round() as i64;
    Some(if negative { -micros } else { micros })
}
