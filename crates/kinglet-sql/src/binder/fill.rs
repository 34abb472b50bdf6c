//! WITH FILL: the bounds and steps of sequences.

use std::rc::Rc;

use kinglet_parser::ast;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::projection::Item;
use super::{Binder, Scope, Typed};
use crate::catalog::TableColumn;
use crate::conversion::{Failure, convert};
use crate::engine::RowExpression;
use crate::function::Column;
use crate::plan::{FillKey, FillStep};
use crate::stored_precision;

impl Binder<'_> {
    /// What fills the key `value`; its column is set later.
    pub(super) fn fill_key(
        &self,
        scope: &Rc<Scope>,
        value: &Typed,
        descending: bool,
        fill: &ast::Fill,
        at: &ast::Expr,
    ) -> Result<FillKey> {
        let ty = value.ty.without_low_cardinality().clone();
        let wrong =
            |message: String| SqlError::new(ErrorCode::INVALID_WITH_FILL_EXPRESSION, message).at(at.span);
        let bare = ty.bare();
        if !(bare.is_integer()
            || bare.is_float()
            || bare.is_date()
            || bare.is_date_time()
            || bare.is_decimal())
        {
            return Err(wrong(format!("WITH FILL needs a number, date or time, not {ty}")));
        }
        let bound = |expr: &Option<ast::Expr>| -> Result<Option<f64>> {
            let Some(expr) = expr else { return Ok(None) };
            let bound = self.expr(scope, expr, Context::rows("WITH FILL"))?;
            let constant =
                bound.constant.ok_or_else(|| wrong("WITH FILL needs constant bounds".to_owned()))?;
            let array = convert(&constant.array, &constant.ty, bare, Failure::Error, &self.environment)?;
            let column = Column::constant(bare.clone(), array);
            let value =
                if bare.is_float() { column.float_value() } else { column.int_value().map(|v| v as f64) };
            value.map(Some).ok_or_else(|| wrong("WITH FILL needs constant bounds".to_owned()))
        };
        let (from, to) = (bound(&fill.from)?, bound(&fill.to)?);
        let step_of = |expr: &ast::Expr, what: &str| {
            let bound = self.expr(scope, expr, Context::rows("WITH FILL"))?;
            let constant =
                bound.constant.ok_or_else(|| wrong(format!("The {what} of WITH FILL must be constant")))?;
            Ok(match (&constant.ty, constant.float_value()) {
                (ChType::Interval(unit), Some(count)) => FillStep::Interval(count as i64, *unit),
                (_, Some(step)) if bare.is_float() => FillStep::Float(step),
                (_, Some(step)) => FillStep::Ticks((step * per_unit(bare) as f64) as i64),
                _ => return Err(wrong(format!("The {what} of WITH FILL must be a number or interval"))),
            })
        };
        let step = match &fill.step {
            None if bare.is_float() => FillStep::Float(if descending { -1.0 } else { 1.0 }),
            None => FillStep::Ticks(per_unit(bare) * if descending { -1 } else { 1 }),
            Some(expr) => step_of(expr, "STEP")?,
        };
        let forward = match step {
            FillStep::Ticks(step) | FillStep::Interval(step, _) => step as f64,
            FillStep::Float(step) => step,
        };
        if forward == 0.0 || (forward < 0.0) != descending {
            let wanted = if descending { "negative" } else { "positive" };
            return Err(wrong(format!("The STEP of WITH FILL must be {wanted} for this sorting direction")));
        }
        if let (Some(from), Some(to)) = (from, to)
            && (if descending { from < to } else { from > to })
        {
            let message = "WITH FILL TO must not be before FROM in this sorting direction";
            return Err(wrong(message.to_owned()));
        }
        let staleness = fill.staleness.as_ref().map(|expr| step_of(expr, "STALENESS")).transpose()?;
        if staleness.is_some() && fill.from.is_some() {
            return Err(wrong("WITH FILL cannot have both FROM and STALENESS".to_owned()));
        }
        Ok(FillKey { column: 0, ty, descending, from, to, step, staleness })
    }

    /// The columns of INTERPOLATE: position among `items` and what computes them from the row before.
    pub(super) fn interpolation(
        &self,
        order_by: &ast::OrderBy,
        items: &[Item],
    ) -> Result<Vec<(usize, RowExpression)>> {
        let Some(list) = &order_by.interpolate else { return Ok(Vec::new()) };
        let columns: Vec<TableColumn> =
            items.iter().map(|(name, value)| TableColumn::new(name.clone(), value.ty.clone())).collect();
        let mut found = Vec::new();
        if list.is_empty() {
            // All columns that are not filled keep the value of the row before.
            for (at, column) in columns.iter().enumerate() {
                let sorted = order_by.items.iter().map(|item| &item.expr).any(|key| {
                    items.get(at).is_some_and(|(name, _)| {
                        super::name::column_name(key) == *name
                            || key.as_identifier().is_some_and(|path| path.full_name() == *name)
                    })
                });
                if !sorted {
                    let text = format!("`{}`", column.name);
                    found.push((at, RowExpression::bind(&text, &columns, &self.environment)?));
                }
            }
            return Ok(found);
        }
        for item in list {
            let at = items.iter().position(|(name, _)| *name == item.column.name).ok_or_else(|| {
                let message = format!("Unknown column `{}` in INTERPOLATE", item.column.name);
                SqlError::new(ErrorCode::UNKNOWN_IDENTIFIER, message).at(item.column.span)
            })?;
            let text = kinglet_parser::expr_to_string(&item.expr);
            let ty = columns.get(at).map_or(ChType::Nothing, |column| column.ty.clone());
            let text = format!("CAST({text}, {})", kinglet_types::quote_string(&ty.to_string()));
            found.push((at, RowExpression::bind(&text, &columns, &self.environment)?));
        }
        Ok(found)
    }
}

/// Stored units of a step of one: a day of a date, a second of a time.
fn per_unit(ty: &ChType) -> i64 {
    match ty {
        ChType::DateTime64(precision, _) => 10_i64.pow(stored_precision(*precision).into()),
        _ => 1,
    }
}
