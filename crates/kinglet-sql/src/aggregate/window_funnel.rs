//! `windowFunnel`: how far a chain of events was followed within a window.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt8Array};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, Codec, OverRows};
use super::levels::stored;
use super::wire::{Reader, read_int, write_int};
use super::{Aggregate, Bound, Call};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};
use crate::text::int_at;

pub(super) struct WindowFunnel;

static SPEC: Spec = Spec {
    name: "windowFunnel",
    category: "aggregate",
    syntax: "windowFunnel(window[, mode, ..])(time, condition, ..)",
    summary: "The most conditions that were met one after the other within the window after the first.",
    arguments: &[
        ("window", "Whole number, in units of the time"),
        ("mode", "String: strict_deduplication, strict_order, strict_increase"),
        ("time", "Date, DateTime or unsigned number"),
        ("condition", "UInt8"),
    ],
    returns: "UInt8",
    examples: &[Example {
        sql: "SELECT windowFunnel(10)(number, number = 1, number = 3, number = 2) FROM numbers(5)",
        answer: "2",
    }],
    ..Spec::EMPTY
};

impl Aggregate for WindowFunnel {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(2..=33)?;
        call.expect(0, |ty| ty.is_date() || ty.is_date_time() || ty.is_integer())?;
        for at in 1..call.types.len() {
            call.expect(at, ChType::is_integer)?;
        }
        let window = call.uint_parameter(0)?.ok_or_else(|| {
            let message = format!("Aggregate function {} needs a window as parameter", call.name);
            SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message)
        })?;
        let time = call.ty(0).clone();
        let mut funnel = Funnel { window, time, deduplicate: false, order: false, increase: false };
        for at in 1..call.parameters.len() {
            match call.text_parameter(at)?.as_deref() {
                Some("strict_deduplication" | "strict") => funnel.deduplicate = true,
                Some("strict_order") => funnel.order = true,
                Some("strict_increase") => funnel.increase = true,
                mode => {
                    let mode = mode.unwrap_or_default();
                    let message = format!("Aggregate function {} has no mode {mode}", call.name);
                    return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
                }
            }
        }
        Ok(kept_rows::bound(call.types, Arc::new(funnel), false))
    }
}

#[derive(Debug)]
struct Funnel {
    window: u64,
    /// The type of the time.
    time: ChType,
    deduplicate: bool,
    order: bool,
    increase: bool,
}

impl OverRows for Funnel {
    fn result_type(&self) -> ChType {
        ChType::UInt8
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let levels = columns.len().saturating_sub(1);
        let mut answers = Vec::with_capacity(groups.len());
        for rows in groups {
            let mut events = self.events(columns, rows.clone())?;
            events.sort_unstable();
            answers.push(self.level(&events, levels) as u8);
        }
        Ok(Arc::new(UInt8Array::from(answers)))
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(self)
    }
}

/// Whether the events came in order, their number, then time and level of each.
impl Codec for Funnel {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let events = self.events(columns, 0..rows)?;
        out.push(u8::from(events.is_sorted()));
        out.extend((events.len() as u64).to_le_bytes());
        for (time, level) in events {
            write_int(time, &self.time, out);
            out.push(level as u8);
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        bytes.take(1)?;
        let count = u64::from_le_bytes(bytes.array()?);
        let (times, conditions) = out.split_first_mut().ok_or_else(|| internal("no column"))?;
        for _ in 0..count {
            times.append_int(read_int(bytes, &self.time)?);
            let [level] = bytes.array()?;
            for (at, column) in conditions.iter_mut().enumerate() {
                column.append_int(i64::from(at + 1 == usize::from(level)));
            }
        }
        Ok(count)
    }
}

impl Funnel {
    /// The events among some rows: time and level of each condition that was met, the last condition first.
    fn events(&self, columns: &[ArrayRef], rows: Range<usize>) -> Result<Vec<(i64, usize)>> {
        let (time, conditions) = columns.split_first().ok_or_else(|| internal("no column"))?;
        let time = stored(time)?;
        let mut events = Vec::new();
        for row in rows {
            let at = time.get(row).copied().unwrap_or(0);
            let before = events.len();
            let met = |level: &usize| conditions.get(*level).is_some_and(|column| int_at(column, row) != 0);
            events.extend((0..conditions.len()).rev().filter(met).map(|level| (at, level + 1)));
            if self.order && events.len() == before {
                events.push((at, 0));
            }
        }
        Ok(events)
    }

    /// The level reached by events in order of time and level; their levels count from 1, 0 is none of them.
    fn level(&self, events: &[(i64, usize)], levels: usize) -> usize {
        if levels == 1 && !self.order {
            return usize::from(!events.is_empty());
        }
        // Time of the chain's first event and of its last, by level.
        let mut reached: Vec<Option<(i64, i64)>> = vec![None; levels];
        let at = |reached: &[Option<(i64, i64)>], level: usize| reached.get(level).copied().flatten();
        let mut before = 0;
        for (time, event) in events {
            let last_event = std::mem::replace(&mut before, *event);
            let started = at(&reached, 0).is_some();
            let Some(level) = event.checked_sub(1) else {
                if self.order && started {
                    break;
                }
                continue;
            };
            let Some(previous) = level.checked_sub(1) else {
                reached.iter_mut().take(1).for_each(|first| *first = Some((*time, *time)));
                continue;
            };
            if self.deduplicate && at(&reached, level).is_some() {
                return last_event;
            }
            match at(&reached, previous) {
                None if self.order && started => {
                    return reached.iter().position(Option::is_none).unwrap_or(levels);
                }
                None => {}
                Some((first, last)) => {
                    let within = u64::try_from(time.saturating_sub(first)).is_ok_and(|t| t <= self.window);
                    if within && !(self.increase && last >= *time) {
                        reached.iter_mut().skip(level).take(1).for_each(|r| *r = Some((first, *time)));
                        if level + 1 == levels {
                            return levels;
                        }
                    }
                }
            }
        }
        reached.iter().rposition(Option::is_some).map_or(0, |level| level + 1)
    }
}
