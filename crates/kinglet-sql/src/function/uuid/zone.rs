//! Constant time zones.

use std::sync::Arc;

use kinglet_types::{ErrorCode, Result, SqlError};

use crate::function::Args;

/// The zone named by argument `at`, if it is there.
pub(super) fn zoned(args: &Args<'_>, at: usize) -> Result<Option<Arc<str>>> {
    if args.len() <= at {
        return Ok(None);
    }
    let name = args.constant_text(at)?;
    if name.parse::<chrono_tz::Tz>().is_err() {
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, format!("Cannot load time zone {name}")));
    }
    Ok(Some(name.as_str().into()))
}
