//! ORDER BY, LIMIT and constants that clauses take.

use std::rc::Rc;

use datafusion::logical_expr::Expr;
use kinglet_parser::ast;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::projection::Item;
use super::{Binder, Scope, Typed};
use crate::plan::FillKey;

/// A key of ORDER BY.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) value: Typed,
    pub(super) descending: bool,
    pub(super) nulls_first: bool,
    pub(super) fill: Option<FillKey>,
}

/// How much a LIMIT or OFFSET is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Extent {
    /// Rows; counted from the end where negative.
    Rows(i64),
    /// A share of all rows.
    Share(f64),
}

impl Extent {
    pub(super) fn rows(self) -> i64 {
        match self {
            Self::Rows(rows) => rows,
            Self::Share(_) => 0,
        }
    }

    pub(super) fn share(self) -> Option<f64> {
        match self {
            Self::Rows(_) => None,
            Self::Share(share) => Some(share),
        }
    }
}

impl Binder<'_> {
    /// The keys of ORDER BY; tuples are taken apart, positions refer to the select list.
    pub(super) fn order_keys(
        &self,
        scope: &Rc<Scope>,
        order_by: &ast::OrderBy,
        items: &[Item],
    ) -> Result<Vec<Key>> {
        let mut keys = Vec::new();
        let first = order_by.items.first();
        if order_by.all {
            let (descending, nulls) = first.map_or((false, None), |item| (item.descending, item.nulls));
            for (_, value) in items {
                let key = Key {
                    value: value.clone(),
                    descending,
                    nulls_first: nulls == Some(ast::NullsOrder::First),
                    fill: None,
                };
                self.push_key(key, &mut keys)?;
            }
            return Ok(keys);
        }
        for item in &order_by.items {
            let value = match self.positional(&item.expr, items)? {
                Some(value) => value,
                None => self.expr(scope, &item.expr, Context::all("ORDER BY"))?,
            };
            let value = match &item.collate {
                Some(locale) => self.collated(scope, value, locale)?,
                None => value,
            };
            let nulls_first = item.nulls == Some(ast::NullsOrder::First);
            let fill = item
                .fill
                .as_ref()
                .map(|fill| self.fill_key(scope, &value, item.descending, fill, &item.expr))
                .transpose()?;
            self.push_key(Key { value, descending: item.descending, nulls_first, fill }, &mut keys)?;
        }
        Ok(keys)
    }

    fn push_key(&self, key: Key, keys: &mut Vec<Key>) -> Result<()> {
        if key.value.constant.is_some() {
            return Ok(());
        }
        self.refuse_variant(&key.value.ty, "ORDER BY", "allow_suspicious_types_in_order_by")?;
        if let ChType::Tuple(fields) = key.value.ty.bare() {
            for at in 0..fields.len() {
                let place = super::special::number(at as u64 + 1)?;
                let value = self.call("tupleElement", vec![key.value.clone(), place], Default::default())?;
                self.push_key(Key { value, ..key.clone() }, keys)?;
            }
            return Ok(());
        }
        if key.value.ty.is_float() && key.descending != key.nulls_first {
            // NaN stands where NULL does, in both directions.
            let nan = self.call("isNaN", vec![key.value.clone()], Default::default());
            if let Ok(value) = nan {
                keys.push(Key {
                    value,
                    descending: key.nulls_first,
                    nulls_first: key.nulls_first,
                    fill: None,
                });
            }
        }
        if key.value.ty.bare().is_tagged() || matches!(key.value.ty.bare(), ChType::Json(_)) {
            let value = self.call("__orderKey", vec![key.value.clone()], Default::default())?;
            keys.push(Key { value, ..key });
            return Ok(());
        }
        keys.push(key);
        Ok(())
    }

    /// What a text sorts by in a language.
    fn collated(&self, scope: &Rc<Scope>, value: Typed, locale: &ast::Expr) -> Result<Typed> {
        if !value.ty.is_text() {
            let message = format!("Collation could be specified only for String columns, not {}", value.ty);
            let code = ErrorCode::from_name("BAD_COLLATION").unwrap_or(ErrorCode::BAD_ARGUMENTS);
            return Err(SqlError::new(code, message).at(locale.span));
        }
        let locale = self.expr(scope, locale, Context::rows("COLLATE"))?;
        self.call("__collationKey", vec![value, locale], Default::default())
    }

    /// Refuses a key of type Variant or Dynamic, which have no order that means anything, unless a setting allows it.
    pub(super) fn refuse_variant(&self, ty: &ChType, clause: &str, setting: &str) -> Result<()> {
        if !has_tagged(ty) || self.settings.borrow().flag(setting, false) {
            return Ok(());
        }
        let message = format!(
            "Data types Variant/Dynamic are not allowed in {clause} keys, because it can lead to unexpected results. Consider using a subcolumn with a specific data type instead. Set setting {setting} = 1 in order to allow it"
        );
        Err(SqlError::new(ErrorCode::ILLEGAL_COLUMN, message))
    }

    /// The select list's item a position refers to.
    pub(super) fn positional(&self, expr: &ast::Expr, items: &[Item]) -> Result<Option<Typed>> {
        let position = match expr.as_literal().map(|literal| &literal.value) {
            Some(ast::Value::UInt64(position)) => *position as i64,
            Some(ast::Value::Int64(position)) => *position,
            _ => return Ok(None),
        };
        if !self.settings.borrow().flag("enable_positional_arguments", true) {
            return Ok(None);
        }
        let at = if position > 0 { position - 1 } else { items.len() as i64 + position };
        let item = usize::try_from(at).ok().and_then(|at| items.get(at)).filter(|_| position != 0);
        match item {
            Some((_, value)) => Ok(Some(value.clone())),
            None => {
                let message = format!(
                    "Positional argument out of bounds: {position} (expected in range [1, {}])",
                    items.len()
                );
                Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(expr.span))
            }
        }
    }

    /// A LIMIT or OFFSET, which may count from the end.
    pub(super) fn signed_limit(&self, scope: &Rc<Scope>, expr: &ast::Expr) -> Result<Extent> {
        let bound = self.expr(scope, expr, Context::rows("LIMIT"))?;
        let share = bound.constant.as_ref().filter(|c| c.ty.is_float()).and_then(|c| c.float_value());
        if let Some(share) = share.filter(|share| *share > 0.0 && *share < 1.0) {
            return Ok(Extent::Share(share));
        }
        match bound.constant.as_ref().filter(|c| c.ty.is_integer()).and_then(|c| c.int_value()) {
            Some(value) if value < 0 => Ok(Extent::Rows(value)),
            _ => {
                let rows = self.limit_number(scope, expr)?;
                Ok(Extent::Rows(i64::try_from(rows).unwrap_or(i64::MAX)))
            }
        }
    }

    /// The whole number a LIMIT, OFFSET and the like is.
    pub(super) fn limit_number(&self, scope: &Rc<Scope>, expr: &ast::Expr) -> Result<u64> {
        let wrong = || {
            let message =
                "The value of LIMIT and OFFSET must be a constant whole number that is not negative";
            SqlError::new(ErrorCode::INVALID_LIMIT_EXPRESSION, message).at(expr.span)
        };
        let bound = self.expr(scope, expr, Context::rows("LIMIT"))?;
        let constant = bound.constant.ok_or_else(wrong)?;
        if let Some(value) = constant.float_value().filter(|_| constant.ty.is_float()) {
            return if value >= 0.0 && value.fract() == 0.0 { Ok(value as u64) } else { Err(wrong()) };
        }
        match constant.int_value() {
            Some(value) => u64::try_from(value).map_err(|_| wrong()),
            None if constant.ty == ChType::UInt64 => Ok(u64::MAX),
            None => Err(wrong()),
        }
    }
}

/// Whether values of the type carry types of their own, at any depth.
fn has_tagged(ty: &ChType) -> bool {
    match ty.bare() {
        ChType::Array(element) => has_tagged(element),
        ChType::Map(key, value) => has_tagged(key) || has_tagged(value),
        ChType::Tuple(fields) => fields.iter().any(|(_, ty)| has_tagged(ty)),
        bare => bare.is_tagged(),
    }
}

/// A sort expression of DataFusion.
pub(super) fn sort_expr(column: Expr, key: &Key) -> datafusion::logical_expr::SortExpr {
    column.sort(!key.descending, key.nulls_first)
}
