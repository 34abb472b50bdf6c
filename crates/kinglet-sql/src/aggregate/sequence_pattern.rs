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
        let mut search = Search::default();
        for first in start..events.len() {
            if let Some(end) = search.end_of(&self.0, events, first)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    /// The times of the events of the first match; of none, those of the longest part of one.
    ///
    /// # Errors
    /// 36 when the search takes too long.
    pub(super) fn chain(&self, events: &[Moment]) -> Result<Vec<i64>> {
        let mut search = Search::default();
        for first in 0..events.len() {
            if search.end_of(&self.0, events, first)?.is_some() {
                return Ok(search.chain);
            }
        }
        Ok(search.longest)
    }
}

/// The state of a search.
#[derive(Default)]
struct Search {
    steps: usize,
    /// Times of the events met on the way to where the search is.
    chain: Vec<i64>,
    /// The longest chain that was met.
    longest: Vec<i64>,
}

impl Search {
    fn end_of(&mut self, parts: &[Part], events: &[Moment], first: usize) -> Result<Option<usize>> {
        // Places still to be tried: part, event, the time of the event before and the length of the chain.
        let before = events.get(first).map_or(0, |(time, _)| *time);
        let mut open = vec![(0_usize, first, before, 0_usize)];
        while let Some((part, at, since, met_before)) = open.pop() {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                let message = "Too many steps in the search for a pattern of events";
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
            self.chain.truncate(met_before);
            let event = events.get(at);
            match (parts.get(part), event) {
                (None, _) => return Ok(Some(at)),
                (Some(Part::AnyEvents), _) => {
                    if event.is_some() {
                        open.push((part, at + 1, since, met_before));
                    }
                    open.push((part + 1, at, since, met_before));
                }
                (Some(Part::Event(condition)), Some((time, met))) if met >> condition & 1 == 1 => {
                    self.chain.push(*time);
                    if self.chain.len() > self.longest.len() {
                        self.longest.clone_from(&self.chain);
                    }
                    open.push((part + 1, at + 1, *time, met_before + 1));
                }
                (Some(Part::AnyEvent), Some((time, _))) => {
                    open.push((part + 1, at + 1, *time, met_before));
                }
                (Some(Part::Time(comparison, length)), Some((time, _))) => {
                    if comparison.holds(time.saturating_sub(since), *length) {
                        open.push((part + 1, at, since, met_before));
                    } else if matches!(
                        comparison,
                        Comparison::Greater | Comparison::GreaterOrEqual | Comparison::Equal
                    ) {
                        // Events are passed over until enough time has gone by.
                        open.push((part, at + 1, since, met_before));
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
