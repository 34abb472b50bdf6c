//! Windows of window functions.

use kinglet_diagnostic::Span;

use super::{Expr, Ident, OrderItem};

/// `WINDOW name AS (specification)`.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedWindow {
    /// The name.
    pub name: Ident,
    /// The window.
    pub window: WindowSpec,
}

/// What stands in the parentheses after `OVER` or `AS`.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowSpec {
    /// The named window this one extends.
    pub parent: Option<Ident>,
    /// `PARTITION BY`.
    pub partition_by: Vec<Expr>,
    /// `ORDER BY`.
    pub order_by: Vec<OrderItem>,
    /// `ROWS`, `RANGE` or `GROUPS`.
    pub frame: Option<WindowFrame>,
    /// Where it is, parentheses included.
    pub span: Span,
}

/// The frame of a window.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowFrame {
    /// The unit.
    pub unit: FrameUnit,
    /// The first row.
    pub start: FrameBound,
    /// The last row; the current row when only a start was written.
    pub end: FrameBound,
}

/// The unit a frame counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameUnit {
    /// `ROWS`.
    Rows,
    /// `RANGE`.
    Range,
    /// `GROUPS`.
    Groups,
}

/// One end of a frame.
#[derive(Clone, Debug, PartialEq)]
pub enum FrameBound {
    /// `UNBOUNDED PRECEDING`.
    UnboundedPreceding,
    /// `UNBOUNDED FOLLOWING`.
    UnboundedFollowing,
    /// `CURRENT ROW`.
    CurrentRow,
    /// `n PRECEDING`.
    Preceding(Expr),
    /// `n FOLLOWING`.
    Following(Expr),
}
