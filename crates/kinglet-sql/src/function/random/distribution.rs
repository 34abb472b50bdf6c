//! Random numbers of a distribution.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::stream::Stream;
use crate::function::{Args, Call, Column, Function, Spec, result};

/// A function that draws from a distribution of at most two parameters.
pub(in crate::function) struct Distribution {
    pub(super) spec: &'static Spec,
    pub(super) parameters: usize,
    pub(super) ty: ChType,
    /// Whether parameters are none of the distribution.
    pub(super) wrong: fn(f64, f64) -> bool,
    pub(super) draw: fn(&mut Stream, f64, f64) -> f64,
}

impl Function for Distribution {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(self.parameters..=self.parameters + 1)?;
        let at = |at: usize| -> Result<f64> {
            if at >= self.parameters {
                return Ok(0.0);
            }
            args.constant(at).and_then(Column::float_value).ok_or_else(|| {
                let message =
                    format!("Parameter {} of function {} must be a constant number", at + 1, args.name);
                SqlError::new(ErrorCode::ILLEGAL_COLUMN, message)
            })
        };
        if (self.wrong)(at(0)?, at(1)?) {
            let message = format!("The parameters of function {} are out of range", args.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        Ok(self.ty.clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let at = |at: usize| {
            let column = call.args.get(at).filter(|_| at < self.parameters);
            column.and_then(Column::float_value).unwrap_or(0.0)
        };
        let (a, b) = (at(0), at(1));
        let mut random = Stream::of(call);
        if self.ty == ChType::Float64 {
            return result::floats(call.result, call.rows, |_| Ok((self.draw)(&mut random, a, b)));
        }
        result::ints(call.result, call.rows, |_| Ok((self.draw)(&mut random, a, b) as i64))
    }
}
