//! The date of a query.

use crate::Environment;
use crate::calendar::{split_day, to_local};

/// Days since 1970-01-01 in the session's zone.
pub(super) fn today(environment: &Environment) -> i64 {
    split_day(to_local(environment.now.div_euclid(1_000_000_000), environment.time_zone)).0
}
