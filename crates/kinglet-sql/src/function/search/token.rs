//! A word looked for among the words of texts.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::shape::expect_texts;
use crate::function::string::words;
use crate::function::{Args, Call, Function, Spec, result};

/// Whether a word occurs.
pub(in crate::function) struct Token {
    pub(super) spec: &'static Spec,
    pub(super) any_case: bool,
    /// Whether a word that holds separators answers NULL instead of an error.
    pub(super) null: bool,
}

impl Function for Token {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_texts(args, 2)?;
        args.expect_constant(1)?;
        Ok(if self.null { ChType::UInt8.nullable() } else { ChType::UInt8 })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (texts, wanted) = (call.bytes(0)?, call.bytes(1)?);
        result::nullable_ints(call.result, call.rows, |row| {
            let wanted = wanted.get(row);
            if !wanted.iter().all(|byte| words::is_word(*byte)) {
                let message = "Needle must not contain whitespace or separator characters";
                let refused = SqlError::new(ErrorCode::BAD_ARGUMENTS, message);
                return if self.null { Ok(None) } else { Err(refused) };
            }
            let found = words::words(texts.get(row))
                .any(|word| word == wanted || self.any_case && word.eq_ignore_ascii_case(wanted));
            Ok(Some(found.into()))
        })
    }
}
