//! `sequenceMatch`, `sequenceCount` and `sequenceMatchEvents`: patterns of events in order of time.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt8Array, UInt64Array};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, Codec, OverRows};
use super::levels::stored;
use super::sequence_pattern::{Moment, Pattern};
use super::wire::{Reader, read_int, write_int};
use super::{Aggregate, Bound, Call, Empty};
use crate::column_builder::ColumnBuilder;
use crate::function::result::{internal, lists};
use crate::function::{Example, Spec};
use crate::text::int_at;

pub(super) struct SequenceMatch;

static MATCH: Spec = Spec {
    name: "sequenceMatch",
    category: "aggregate",
    syntax: "sequenceMatch(pattern)(time, condition, ..)",
    summary: "Whether events in order of time hold the pattern: `(?1)` is a row that meets the first condition, `.` one row, `.*` any rows, `(?t<=60)` the time since the event before.",
    arguments: &[
        ("pattern", "String"),
        ("time", "Date, DateTime or number"),
        ("condition", "UInt8, up to 32"),
    ],
    returns: "UInt8",
    examples: &[Example {
        sql: "SELECT sequenceMatch('(?1).*(?2)')(number, number = 1, number = 3) FROM numbers(5)",
        answer: "1",
    }],
    ..Spec::EMPTY
};

impl Aggregate for SequenceMatch {
    fn spec(&self) -> &'static Spec {
        &MATCH
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Answer::Match)
    }
}

pub(super) struct SequenceCount;

static COUNT: Spec = Spec {
    name: "sequenceCount",
    category: "aggregate",
    syntax: "sequenceCount(pattern)(time, condition, ..)",
    summary: "How often events in order of time hold the pattern of `sequenceMatch`, one after the other.",
    arguments: &[
        ("pattern", "String"),
        ("time", "Date, DateTime or number"),
        ("condition", "UInt8, up to 32"),
    ],
    returns: "UInt64",
    examples: &[Example {
        sql: "SELECT sequenceCount('(?1)(?2)')(number, number % 2 = 0, number % 2 = 1) FROM numbers(6)",
        answer: "3",
    }],
    ..Spec::EMPTY
};

impl Aggregate for SequenceCount {
    fn spec(&self) -> &'static Spec {
        &COUNT
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Answer::Count)
    }
}

pub(super) struct SequenceMatchEvents;

static EVENTS: Spec = Spec {
    name: "sequenceMatchEvents",
    category: "aggregate",
    syntax: "sequenceMatchEvents(pattern)(time, condition, ..)",
    summary: "The times of the events that matched the conditions of the pattern of `sequenceMatch`, as far as it was matched.",
    arguments: &[
        ("pattern", "String"),
        ("time", "Date, DateTime or number"),
        ("condition", "UInt8, up to 32"),
    ],
    returns: "Array of the type of the time",
    examples: &[Example {
        sql: "SELECT sequenceMatchEvents('(?1).*(?2)')(number, number = 1, number = 4) FROM numbers(6)",
        answer: "[1,4]",
    }],
    ..Spec::EMPTY
};

impl Aggregate for SequenceMatchEvents {
    fn spec(&self) -> &'static Spec {
        &EVENTS
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, Answer::Events)
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Match,
    Count,
    Events,
}

fn bind(call: &Call<'_>, answer: Answer) -> Result<Arc<dyn Bound>> {
    if call.types.len() < 3 {
        let message = format!("Aggregate function {} requires at least 3 arguments.", call.name);
        let code = ErrorCode::from_name("TOO_FEW_ARGUMENTS_FOR_FUNCTION");
        return Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message));
    }
    call.expect_count(3..=33)?;
    call.expect(0, |ty| ty.is_date() || ty.is_date_time() || ty.is_integer())?;
    for at in 1..call.types.len() {
        call.expect(at, ChType::is_integer)?;
    }
    let pattern = call.text_parameter(0)?.ok_or_else(|| {
        let message = format!("Aggregate function {} needs a pattern as parameter", call.name);
        SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message)
    })?;
    let pattern = Pattern::parse(&pattern, call.types.len() - 1)?;
    let sequence = Sequence { pattern, time: call.ty(0).clone(), answer };
    Ok(kept_rows::bound(call.types, Arc::new(sequence), false))
}

#[derive(Debug)]
struct Sequence {
    pattern: Pattern,
    /// The type of the time.
    time: ChType,
    answer: Answer,
}

/// The events among some rows: those that met a condition.
fn events(columns: &[ArrayRef], rows: Range<usize>) -> Result<Vec<Moment>> {
    let (time, conditions) = columns.split_first().ok_or_else(|| internal("no column"))?;
    let time = stored(time)?;
    let mut events: Vec<Moment> = Vec::new();
    for row in rows {
        let met = conditions.iter().enumerate().filter(|(_, column)| int_at(column, row) != 0);
        let met = met.fold(0, |bits, (at, _)| bits | 1 << at);
        if met != 0 {
            events.push((time.get(row).copied().unwrap_or(0), met));
        }
    }
    Ok(events)
}

impl OverRows for Sequence {
    fn result_type(&self) -> ChType {
        match self.answer {
            Answer::Match => ChType::UInt8,
            Answer::Count => ChType::UInt64,
            Answer::Events => ChType::array(self.time.clone()),
        }
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(groups.len());
        let mut times = ColumnBuilder::new(&self.time);
        for rows in groups {
            let mut events = events(columns, rows.clone())?;
            events.sort_by_key(|(time, _)| *time);
            if self.answer == Answer::Events {
                let chain = self.pattern.chain(&events)?;
                answers.push(chain.len() as u64);
                chain.into_iter().for_each(|time| times.append_int(time));
                continue;
            }
            let mut found = 0_u64;
            let mut start = 0;
            while let Some(end) = self.pattern.find(&events, start)? {
                found += 1;
                if self.answer == Answer::Match {
                    break;
                }
                start = end.max(start + 1);
            }
            answers.push(found);
        }
        match self.answer {
            Answer::Count => Ok(Arc::new(UInt64Array::from(answers))),
            Answer::Match => {
                Ok(Arc::new(UInt8Array::from_iter_values(answers.into_iter().map(|found| found as u8))))
            }
            Answer::Events => {
                lists(&self.result_type(), times.finish()?, answers.into_iter().map(|length| length as usize))
            }
        }
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(self)
    }
}

impl Codec for Sequence {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let events = events(columns, 0..rows)?;
        out.push(u8::from(events.is_empty()));
        out.extend((events.len() as u64).to_le_bytes());
        for (time, met) in events {
            write_int(time, &self.time, out);
            out.extend(met.to_le_bytes());
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        bytes.take(1)?;
        let count = u64::from_le_bytes(bytes.array()?);
        let (times, conditions) = out.split_first_mut().ok_or_else(|| internal("no column"))?;
        for _ in 0..count {
            times.append_int(read_int(bytes, &self.time)?);
            let met = u64::from_le_bytes(bytes.array()?);
            let bits = conditions.iter_mut().enumerate();
            bits.for_each(|(at, column)| {
                column.append_int(i64::from(met.checked_shr(at as u32).unwrap_or(0) & 1 == 1));
            });
        }
        Ok(count)
    }
}
