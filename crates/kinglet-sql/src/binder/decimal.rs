//! Comparisons of decimals with constants of other types, as comparisons of stored numbers.

use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, Operator};
use kinglet_types::ChType;

use super::{Binder, Typed};
use crate::conversion::{Failure, convert};
use crate::function::Column;

impl Binder<'_> {
    /// A whole or decimal constant as a value of the decimal type on the other side, if it is one exactly.
    pub(super) fn beside_decimal(&self, constant: &Column, ty: &ChType) -> Option<Typed> {
        let ChType::Decimal(_, wanted) = ty.bare() else { return None };
        let exact = match constant.ty.bare() {
            ChType::Decimal(_, scale) => scale <= wanted,
            other => other.is_integer(),
        };
        if !exact || constant.is_null(0) {
            return None;
        }
        let array =
            convert(&constant.array, &constant.ty, ty.bare(), Failure::Error, &self.environment).ok()?;
        Typed::constant(Column::constant(ty.bare().clone(), array)).ok()
    }
}

/// A comparison of a decimal with a constant float. ClickHouse compares the decimal as a float; as that grows
/// with the stored number, there is one stored number at which the answer changes.
pub(super) fn against_float(op: Operator, decimal: &Typed, float: &Typed) -> Option<Expr> {
    let ChType::Decimal(precision @ 0..=38, scale) = *decimal.ty.bare() else { return None };
    let wanted = float.constant.as_ref().filter(|_| float.ty.is_float())?.float_value()?;
    if wanted.is_nan() || decimal.constant.is_some() {
        return None;
    }
    let unit = 10_f64.powi(scale.into());
    let (least, greatest) = match precision {
        0..=9 => (i32::MIN.into(), i32::MAX.into()),
        10..=18 => (i64::MIN.into(), i64::MAX.into()),
        _ => (i128::MIN, i128::MAX),
    };
    let first = |reached: &dyn Fn(f64) -> bool| {
        let at = |stored: i128| reached(stored as f64 / unit);
        let (mut low, mut high): (i128, i128) = (least, greatest);
        if at(low) || !at(high) {
            return None;
        }
        // `low` is not there yet, `high` is.
        while high.wrapping_sub(low) != 1 {
            let middle = (low & high) + ((low ^ high) >> 1);
            if at(middle) { high = middle } else { low = middle }
        }
        Some(high)
    };
    let literal = |stored: i128| {
        let value = match precision {
            0..=9 => ScalarValue::Decimal32(Some(stored as i32), precision, scale as i8),
            10..=18 => ScalarValue::Decimal64(Some(stored as i64), precision, scale as i8),
            _ => ScalarValue::Decimal128(Some(stored), precision, scale as i8),
        };
        Expr::Literal(value, None)
    };
    let equal_from = first(&|value| value >= wanted)?;
    let above_from = first(&|value| value > wanted)?;
    let column = decimal.value();
    Some(match op {
        Operator::Lt => column.lt(literal(equal_from)),
        Operator::GtEq => column.gt_eq(literal(equal_from)),
        Operator::LtEq => column.lt(literal(above_from)),
        Operator::Gt => column.gt_eq(literal(above_from)),
        Operator::Eq if above_from - equal_from == 1 => column.eq(literal(equal_from)),
        Operator::NotEq if above_from - equal_from == 1 => column.not_eq(literal(equal_from)),
        _ => return None,
    })
}
