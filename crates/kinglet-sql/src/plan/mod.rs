//! Operators that DataFusion does not have, and how tables are scanned.

mod array_join;
mod asof;
mod cardinality;
mod concat;
mod distinct;
mod fill;
mod held;
mod join_order;
mod joined_filter;
mod limit_by;
mod matching;
mod operator;
mod paste;
mod rounds;
mod scan;
mod set;
mod tail;
mod text_constants;
mod window;
mod yielding;

pub(crate) use array_join::ArrayJoin;
pub(crate) use asof::{Asof, Nearest};
pub(crate) use concat::Concat;
pub(crate) use fill::{Fill, FillKey, FillStep};
pub(crate) use held::Held;
pub(crate) use join_order::JoinOrder;
pub(crate) use limit_by::LimitBy;
pub(crate) use matching::Matching;
pub(crate) use operator::{Operator, OperatorPlanner, apply};
pub(crate) use paste::Paste;
pub(crate) use rounds::Rounds;
pub(crate) use scan::{ReadCount, TableScanSource};
pub(crate) use set::{SetSource, ValueSet, in_set};
pub(crate) use tail::Tail;
pub(crate) use text_constants::TextConstants;
pub(crate) use window::{Frame, FrameEnd, FrameUnit, SortKey, WindowCall, WindowFunction, WindowOperator};
