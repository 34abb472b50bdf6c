//! Tuples of intervals, one of each unit.

use kinglet_types::{ChType, Result, SqlError};

use crate::function::Column;
use crate::function::composite::Composer;

/// The intervals of `interval`, one or a tuple, with `other` joined to the last one if that has its unit.
pub(super) fn joined(
    composer: &Composer<'_>,
    interval: &Column,
    other: &Column,
    operation: &str,
) -> Result<Column> {
    let mut parts = match &interval.ty {
        ChType::Interval(_) => vec![interval.clone()],
        _ => composer.fields(interval, 0)?,
    };
    if !parts.iter().chain([other]).all(|part| matches!(part.ty, ChType::Interval(_))) {
        return Err(SqlError::illegal_type(composer.name, 2, &other.ty));
    }
    match parts.last_mut() {
        Some(last) if last.ty == other.ty => *last = composer.apply(operation, &[last, other])?,
        _ if operation == "minus" => parts.push(composer.apply("negate", &[other])?),
        _ => parts.push(other.clone()),
    }
    composer.tuple(parts)
}
