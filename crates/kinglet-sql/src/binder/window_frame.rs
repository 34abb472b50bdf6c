//! Frames of windows, and which of them ClickHouse refuses.

use std::rc::Rc;

use kinglet_parser::ast::{self, FrameBound};
use kinglet_types::{ErrorCode, Result, SqlError};

use super::expr::Context;
use super::{Binder, Scope};
use crate::plan::{Frame, FrameEnd, FrameUnit};

impl Binder<'_> {
    /// The frame of a window.
    ///
    /// # Errors
    /// 36 for an offset that is no constant, and for a frame that ends before it starts.
    pub(super) fn frame(&self, scope: &Rc<Scope>, spec: &ast::WindowSpec, context: Context) -> Result<Frame> {
        let Some(frame) = &spec.frame else {
            let end = if spec.order_by.is_empty() { FrameEnd::Unbounded } else { FrameEnd::Current };
            return Ok(Frame { unit: FrameUnit::Range, start: FrameEnd::Unbounded, end });
        };
        let unit = match frame.unit {
            ast::FrameUnit::Rows => FrameUnit::Rows,
            ast::FrameUnit::Range => FrameUnit::Range,
            ast::FrameUnit::Groups => FrameUnit::Groups,
        };
        let offset = |expr: &ast::Expr| {
            let bound = self.expr(scope, expr, context)?;
            let value = bound.constant.as_ref().and_then(crate::function::Column::float_value);
            let whole = |value: &f64| *value >= 0.0 && *value <= f64::from(i32::MAX) && value.fract() == 0.0;
            value.filter(whole).ok_or_else(|| {
                let message = "The offset of a window frame must be a constant, nonnegative 32-bit integer";
                SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(expr.span)
            })
        };
        let end = |bound: &FrameBound| {
            Ok(match bound {
                FrameBound::UnboundedPreceding | FrameBound::UnboundedFollowing => FrameEnd::Unbounded,
                FrameBound::CurrentRow => FrameEnd::Current,
                FrameBound::Preceding(n) => FrameEnd::Preceding(offset(n)?),
                FrameBound::Following(n) => FrameEnd::Following(offset(n)?),
            })
        };
        if matches!(frame.start, FrameBound::UnboundedFollowing) {
            return Err(refused("Frame start cannot be UNBOUNDED FOLLOWING."));
        }
        if matches!(frame.end, FrameBound::UnboundedPreceding) {
            return Err(refused("Frame end cannot be UNBOUNDED PRECEDING."));
        }
        let frame = Frame { unit, start: end(&frame.start)?, end: end(&frame.end)? };
        let backwards = match (frame.start, frame.end) {
            (FrameEnd::Unbounded, _) | (_, FrameEnd::Unbounded) => false,
            (FrameEnd::Preceding(start), FrameEnd::Preceding(end)) => start < end,
            (FrameEnd::Following(start), FrameEnd::Following(end)) => start > end,
            (FrameEnd::Following(_), _) | (FrameEnd::Current, FrameEnd::Preceding(_)) => true,
            _ => false,
        };
        if backwards {
            return Err(refused("A window frame must not end before it starts."));
        }
        let offsets = [frame.start, frame.end]
            .iter()
            .any(|end| matches!(end, FrameEnd::Preceding(_) | FrameEnd::Following(_)));
        if offsets && unit == FrameUnit::Range && spec.order_by.len() != 1 {
            let message = format!(
                "The RANGE OFFSET window frame requires exactly one ORDER BY column, {} given.",
                spec.order_by.len()
            );
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        Ok(frame)
    }
}

fn refused(message: &str) -> SqlError {
    SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
}

/// Checks that a function may have the frame that is written behind it: some look at the whole partition.
///
/// # Errors
/// 36 when it may not.
pub(super) fn expect_fitting(name: &str, spec: &ast::WindowSpec, frame: Frame) -> Result<()> {
    if spec.frame.is_none() {
        return Ok(());
    }
    let whole = matches!((frame.start, frame.end), (FrameEnd::Unbounded, FrameEnd::Unbounded));
    match name {
        "lag" | "lead" => {
            let message =
                format!("Window function '{name}' does not expect window frame to be explicitly specified.");
            Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message))
        }
        "ntile" | "percent_rank" | "percentRank" | "cume_dist" if !whole => {
            let message = format!("Unsupported window frame type for function '{name}'.");
            Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message))
        }
        _ => Ok(()),
    }
}
