//! `windowFunnel`: how far a chain of events was followed within a window.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt8Array};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, OverRows};
use super::levels::stored;
use super::{Aggregate, Bound, Call, Empty};
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
        let mut funnel = Funnel { window, deduplicate: false, order: false, increase: false };
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

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

#[derive(Debug)]
struct Funnel {
    window: u64,
    deduplicate: bool,
    order: bool,
    increase: bool,
}

impl OverRows for Funnel {
    fn result_type(&self) -> ChType {
        ChType::UInt8
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let Some((time, conditions)) = columns.split_first() else {
            return Ok(Arc::new(UInt8Array::from(vec![0; groups.len()])));
        };
        let time = stored(time)?;
        let answers = groups.iter().map(|rows| {
            let mut events: Vec<(i64, usize)> = Vec::new();
            for row in rows.clone() {
                let at = time.get(row).copied().unwrap_or(0);
                let before = events.len();
                let met = (0..conditions.len()).rev().filter(|level| {
                    conditions.get(*level).is_some_and(|condition| int_at(condition, row) != 0)
                });
                events.extend(met.map(|level| (at, level + 1)));
                if self.order && events.len() == before {
                    events.push((at, 0));
                }
            }
            events.sort_by_key(|(at, _)| *at);
            self.level(&events, conditions.len()) as u8
        });
        Ok(Arc::new(answers.collect::<UInt8Array>()))
    }
}

impl Funnel {
    /// The level reached by events in order of time; their levels count from 1, 0 is none of them.
    fn level(&self, events: &[(i64, usize)], levels: usize) -> usize {
        // Time of the chain's first event and of its last, by level.
        let mut reached: Vec<Option<(i64, i64)>> = vec![None; levels];
        let highest =
            |reached: &[Option<(i64, i64)>]| reached.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
        for (time, event) in events {
            let previous = event.checked_sub(2).and_then(|at| reached.get(at).copied().flatten());
            match event {
                0 if reached.first().is_some_and(Option::is_some) => return highest(&reached),
                0 => {}
                1 => reached.iter_mut().take(1).for_each(|first| *first = Some((*time, *time))),
                _ if self.deduplicate && reached.get(event - 1).is_some_and(Option::is_some) => {
                    return event - 1;
                }
                _ => match previous {
                    None if self.order && reached.first().is_some_and(Option::is_some) => {
                        return highest(&reached);
                    }
                    None => {}
                    Some((first, last)) => {
                        let within =
                            u64::try_from(time.saturating_sub(first)).is_ok_and(|t| t <= self.window);
                        if within && !(self.increase && last >= *time) {
                            reached
                                .iter_mut()
                                .skip(event - 1)
                                .take(1)
                                .for_each(|r| *r = Some((first, *time)));
                            if *event == levels {
                                return levels;
                            }
                        }
                    }
                },
            }
        }
        highest(&reached)
    }
}
