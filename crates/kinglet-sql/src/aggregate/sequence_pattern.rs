//! Patterns over events: `(?1)(?t<=60).*(?2)`.

use kinglet_types::{ErrorCode, Result, SqlError};

/// A part of a pattern.
#[derive(Clone, Debug)]
enum Part {
    /// A row that meets the condition, counted from 0.
    Event(usize),
    /// Any one row.
    AnyEvent,
    /// Any number of rows.
    AnyEvents,
    /// The time since the event before.
    Time(Comparison, i64),
}

#[derive(Clone, Copy, Debug)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
}

impl Comparison {
    fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
            Comparison::Equal => left == right,
        }
    }
}

/// A parsed pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Vec<Part>);

/// A time and the conditions met then, one bit each.
pub(super) type Moment = (i64, u64);

/// Most steps of one search, so that patterns of many `.*` end.
const MOST_STEPS: usize = 1_000_000;

impl Pattern {
    /// Parses a pattern over `conditions` conditions.
    ///
    /// # Errors
    /// 36 for a text that is no pattern.
    pub(super) fn parse(text: &str, conditions: usize) -> Result<Self> {
        let refused = || {
            let message = format!("Malformed pattern of events '{text}'");
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        };
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix(".*") {
                parts.push(Part::AnyEvents);
                rest = after;
            } else if let Some(after) = rest.strip_prefix('.') {
                parts.push(Part::AnyEvent);
                rest = after;
            } else {
                let (inside, after) =
                    rest.strip_prefix("(?").and_then(|rest| rest.split_once(')')).ok_or_else(refused)?;
                parts.push(match inside.strip_prefix('t') {
                    Some(time) => time_part(time).ok_or_else(refused)?,
                    None => match inside.parse::<usize>() {
                        Ok(number) if (1..=conditions).contains(&number) => Part::Event(number - 1),
                        _ => return Err(refused()),
                    },
                });
                rest = after;
            }
        }
        Ok(Self(parts))
    }

    /// Where a match that starts at or after `start` ends: the first such start, and the place after its
    /// last event.
    ///
    /// # Errors
    /// 36 when the search takes too long.
    pub(super) fn find(&self, events: &[Moment], start: usize) -> Result<Option<usize>> {
        let mut steps = 0;
        for first in start..events.len() {
            if let Some(end) = self.end_of(events, first, &mut steps)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    fn end_of(&self, events: &[Moment], first: usize, steps: &mut usize) -> Result<Option<usize>> {
        // Places still to be tried: part, event and the time of the event before.
        let before = events.get(first).map_or(0, |(time, _)| *time);
        let mut open = vec![(0_usize, first, before)];
        while let Some((part, at, since)) = open.pop() {
            *steps += 1;
            if *steps > MOST_STEPS {
                let message = "Too many steps in the search for a pattern of events";
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
            let event = events.get(at);
            match (self.0.get(part), event) {
                (None, _) => return Ok(Some(at)),
                (Some(Part::AnyEvents), _) => {
                    if event.is_some() {
                        open.push((part, at + 1, since));
                    }
                    open.push((part + 1, at, since));
                }
                (Some(Part::Event(condition)), Some((time, met))) if met >> condition & 1 == 1 => {
                    open.push((part + 1, at + 1, *time));
                }
                (Some(Part::AnyEvent), Some((time, _))) => open.push((part + 1, at + 1, *time)),
                (Some(Part::Time(comparison, length)), Some((time, _))) => {
                    if comparison.holds(time.saturating_sub(since), *length) {
                        open.push((part + 1, at, since));
                    } else if matches!(
                        comparison,
                        Comparison::Greater | Comparison::GreaterOrEqual | Comparison::Equal
                    ) {
                        // Events are passed over until enough time has gone by.
                        open.push((part, at + 1, since));
                    }
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

fn time_part(text: &str) -> Option<Part> {
    let (comparison, number) = if let Some(rest) = text.strip_prefix("<=") {
        (Comparison::LessOrEqual, rest)
    } else if let Some(rest) = text.strip_prefix(">=") {
        (Comparison::GreaterOrEqual, rest)
    } else if let Some(rest) = text.strip_prefix("==") {
        (Comparison::Equal, rest)
    } else if let Some(rest) = text.strip_prefix('<') {
        (Comparison::Less, rest)
    } else {
        (Comparison::Greater, text.strip_prefix('>')?)
    };
    Some(Part::Time(comparison, number.trim().parse().ok()?))
}
