//! `throwIf`: fails the query where the condition is true; otherwise 0.

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use kinglet_types::{ErrorCode, SqlError};

pub(in crate::function) struct ThrowIf;

static SPEC: Spec = Spec {
    name: "throwIf",
    category: "other",
    syntax: "throwIf(condition[, message])",
    summary: "Fails the query where the condition is true; otherwise 0.",
    arguments: &[("condition", "Number"), ("message", "String, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "throwIf(1 = 2, 'boom')", answer: "0" }],
    // Never computed before a condition around it has decided.
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for ThrowIf {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        args.expect(0, ChType::is_number)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let conditions = call.floats(0)?;
        if (0..call.rows).any(|row| conditions.get(row) != 0.0) {
            let message = call.args.get(1).and_then(crate::function::Column::text_value);
            let message =
                message.unwrap_or_else(|| "Value passed to 'throwIf' function is non-zero".to_owned());
            let code = ErrorCode::from_name("FUNCTION_THROW_IF_VALUE_IS_NON_ZERO");
            return Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message));
        }
        result::ints(call.result, call.rows, |_| Ok(0))
    }
}
