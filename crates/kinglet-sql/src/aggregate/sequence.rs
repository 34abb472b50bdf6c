//! `sequenceMatch` and `sequenceCount`: patterns of events in order of time.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt8Array, UInt64Array};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, OverRows};
use super::levels::stored;
use super::sequence_pattern::{Moment, Pattern};
use super::{Aggregate, Bound, Call, Empty};
use crate::function::result::internal;
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
        bind(call, false)
    }

    fn empty(&self) -> Empty {
        Empty::Default
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
        bind(call, true)
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

fn bind(call: &Call<'_>, count: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(2..=33)?;
    call.expect(0, |ty| ty.is_date() || ty.is_date_time() || ty.is_integer())?;
    for at in 1..call.types.len() {
        call.expect(at, ChType::is_integer)?;
    }
    let pattern = call.text_parameter(0)?.ok_or_else(|| {
        let message = format!("Aggregate function {} needs a pattern as parameter", call.name);
        SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message)
    })?;
    let pattern = Pattern::parse(&pattern, call.types.len() - 1)?;
    Ok(kept_rows::bound(call.types, Arc::new(Sequence { pattern, count }), false))
}

#[derive(Debug)]
struct Sequence {
    pattern: Pattern,
    count: bool,
}

impl OverRows for Sequence {
    fn result_type(&self) -> ChType {
        if self.count { ChType::UInt64 } else { ChType::UInt8 }
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let (time, conditions) = columns.split_first().ok_or_else(|| internal("no column"))?;
        let time = stored(time)?;
        let mut answers = Vec::with_capacity(groups.len());
        for rows in groups {
            let mut events: Vec<Moment> = Vec::new();
            for row in rows.clone() {
                let met = conditions.iter().enumerate().filter(|(_, column)| int_at(column, row) != 0);
                let met = met.fold(0, |bits, (at, _)| bits | 1 << at);
                if met != 0 {
                    events.push((time.get(row).copied().unwrap_or(0), met));
                }
            }
            events.sort_by_key(|(time, _)| *time);
            let mut found = 0_u64;
            let mut start = 0;
            while let Some(end) = self.pattern.find(&events, start)? {
                found += 1;
                if !self.count {
                    break;
                }
                start = end.max(start + 1);
            }
            answers.push(found);
        }
        if self.count {
            return Ok(Arc::new(UInt64Array::from(answers)));
        }
        Ok(Arc::new(UInt8Array::from_iter_values(answers.into_iter().map(|found| found as u8))))
    }
}
