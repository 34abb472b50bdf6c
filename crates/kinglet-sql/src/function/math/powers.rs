//! Whole powers.

use arrow::array::ArrayRef;
use kinglet_types::{ErrorCode, Result, SqlError};

use crate::function::{Call, result};

/// `base` to the power of argument 1.
pub(super) fn powers(call: &Call<'_>, base: u64) -> Result<ArrayRef> {
    let numbers = call.floats(0)?;
    result::ints(call.result, call.rows, |row| {
        let number = numbers.get(row);
        if number.is_nan() {
            let message = format!("{} must not be called with nan", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        if number < 0.0 {
            return Ok(0);
        }
        let power = if number < 64.0 { base.checked_pow(number as u32) } else { None };
        Ok(power.unwrap_or(u64::MAX) as i64)
    })
}
