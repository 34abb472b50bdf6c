//! `IN`.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use arrow::array::{Array, ArrayRef, AsArray};
use datafusion::logical_expr::{Expr, expr::InList};
use kinglet_parser::ast::{self, ExprKind, Syntax};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::{Binder, Pending, PendingKind, Scope, Typed, planned};
use crate::arrow_type;
use crate::conversion::{Failure, convert};
use crate::plan::{ValueSet, in_set};

impl Binder<'_> {
    /// `left IN right`: a list, an array, a table or a subquery.
    pub(super) fn in_call(
        &self,
        scope: &Rc<Scope>,
        left: &ast::Expr,
        right: &ast::Expr,
        negated: bool,
        context: Context,
    ) -> Result<Typed> {
        let value = self.expr(scope, left, context)?;
        if matches!(value.ty, ChType::Dynamic(_)) {
            let message = "Illegal type Dynamic of argument of function in";
            return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message).at(left.span));
        }
        if self.settings.borrow().flag("transform_null_in", false)
            && let Some(found) = self.in_with_nulls(scope, &value, right, negated, context)?
        {
            return Ok(found);
        }
        match &right.kind {
            ExprKind::Subquery(query) => return self.in_query(scope, &value, query, negated),
            ExprKind::Identifier(path) => {
                let as_value = self.identifier(scope, path, context);
                let is_value =
                    as_value.as_ref().is_ok_and(|found| !matches!(found.ty.bare(), ChType::Nothing));
                if !is_value {
                    let table = self.table_query(scope, path)?;
                    return self.in_relation(&value, &table, negated);
                }
                if let Ok(found) = as_value
                    && found.constant.is_none()
                    && found.ty.element().is_some()
                {
                    return self.has(&found, &value, negated);
                }
            }
            _ => {}
        }
        // `x IN (1, 2)` is a tuple of values; `x IN (a)` one value, `x IN [1, 2]` an array of them.
        let parts: Vec<&ast::Expr> = match &right.kind {
            ExprKind::Function(f) if matches!(f.syntax, Syntax::Tuple) || f.name.name == "tuple" => {
                f.arguments.iter().collect()
            }
            _ => vec![right],
        };
        let mut elements = Vec::new();
        for part in &parts {
            elements.push(self.expr(scope, part, context)?);
        }
        let row = matches!(value.ty.bare(), ChType::Tuple(fields) if fields.len() == elements.len())
            && elements
                .iter()
                .all(|element| !matches!(element.ty.bare(), ChType::Tuple(_) | ChType::Array(_)));
        if row {
            elements = vec![self.call("tuple", elements, right.span)?];
        }
        self.in_values(&value, elements, parts.len() == 1 || row, negated)
    }

    /// `IN` over a list with NULL equal to NULL (`transform_null_in`); `None` for a right side that is no list.
    fn in_with_nulls(
        &self,
        scope: &Rc<Scope>,
        value: &Typed,
        right: &ast::Expr,
        negated: bool,
        context: Context,
    ) -> Result<Option<Typed>> {
        let ExprKind::Function(list) = &right.kind else { return Ok(None) };
        if list.name.name != "tuple" {
            return Ok(None);
        }
        let elements = self.exprs(scope, &list.arguments, context)?;
        let found = elements
            .iter()
            .map(|element| self.compare("isNotDistinctFrom", value, element))
            .collect::<Result<Vec<_>>>()?;
        let any = match found.as_slice() {
            [one] => one.clone(),
            many => self.logic(many, datafusion::logical_expr::Operator::Or, "or")?,
        };
        let condition = any.condition()?;
        let expr = if negated { Expr::Not(Box::new(condition)) } else { condition };
        Ok(Some(Typed::boolean(expr, false)))
    }

    fn has(&self, array: &Typed, value: &Typed, negated: bool) -> Result<Typed> {
        let found = self.call("has", vec![array.clone(), value.clone()], Default::default())?;
        let condition = found.condition()?;
        Ok(Typed::boolean(if negated { Expr::Not(Box::new(condition)) } else { condition }, true))
    }

    fn in_values(&self, value: &Typed, elements: Vec<Typed>, single: bool, negated: bool) -> Result<Typed> {
        let wanted = value.ty.bare().clone();
        let target = match &wanted {
            ChType::Tuple(_) | ChType::Array(_) | ChType::Map(..) => wanted.clone(),
            _ => wanted.clone().nullable(),
        };
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for element in &elements {
            let Some(constant) = &element.constant else {
                return self.in_columns(value, &elements, negated);
            };
            let bare = constant.ty.bare();
            let list = match (bare, &wanted) {
                // A single array as right side is the list itself.
                (ChType::Array(inner), wanted)
                    if single
                        && (!matches!(wanted, ChType::Array(_))
                            || matches!(inner.bare(), ChType::Array(_))) =>
                {
                    Some((constant.array.as_list::<i32>().value(0), inner.as_ref().clone()))
                }
                (ChType::Tuple(fields), ChType::Tuple(wanted))
                    if fields.len() != wanted.len() || nested_tuple(fields, wanted) =>
                {
                    None
                }
                _ => None,
            };
            match list {
                Some((values, inner)) => arrays.push(self.fitted(&values, &inner, &target)?),
                None => match (bare, &wanted) {
                    (ChType::Tuple(fields), other) if !matches!(other, ChType::Tuple(_)) && single => {
                        for (at, (_, ty)) in fields.iter().enumerate() {
                            let column = constant.array.as_struct().column(at);
                            arrays.push(self.fitted(column, ty, &target)?);
                        }
                    }
                    (ChType::Tuple(fields), ChType::Tuple(have)) if nested_tuple(fields, have) => {
                        for (at, (_, ty)) in fields.iter().enumerate() {
                            let column = constant.array.as_struct().column(at);
                            arrays.push(self.fitted(column, ty, &target)?);
                        }
                    }
                    _ => arrays.push(self.fitted(&constant.array, &constant.ty, &target)?),
                },
            }
        }
        let scalar =
            !matches!(wanted, ChType::Tuple(_) | ChType::Array(_) | ChType::Map(..)) && !wanted.is_float();
        if scalar && value.constant.is_none() {
            let mut list = Vec::new();
            for array in &arrays {
                for row in 0..array.len() {
                    if array.is_valid(row) {
                        let literal = planned(datafusion::common::ScalarValue::try_from_array(array, row))?;
                        list.push(Expr::Literal(literal, None));
                    }
                }
            }
            if list.is_empty() {
                return super::special::number(u64::from(negated));
            }
            let expr = Expr::InList(InList::new(Box::new(value.value()), list, negated));
            return Ok(Typed::boolean(expr, value.ty.is_nullable()));
        }
        let types: Vec<_> = match &wanted {
            ChType::Tuple(fields) => fields.iter().map(|(_, ty)| arrow_type(ty)).collect(),
            other => vec![arrow_type(other)],
        };
        let mut set = planned(ValueSet::new(&types))?;
        for array in arrays {
            let columns = match &wanted {
                ChType::Tuple(_) => array.as_struct().columns().to_vec(),
                _ => vec![array],
            };
            planned(set.add(&columns))?;
        }
        let source = Arc::new(OnceLock::new());
        let _ = source.set(set);
        self.in_source(value, source, negated)
    }

    /// Values of a list in the type of the left side; those it cannot hold become NULL, which never matches.
    fn fitted(&self, array: &ArrayRef, from: &ChType, to: &ChType) -> Result<ArrayRef> {
        if from.is_only_null() || *from == ChType::Nothing {
            return Ok(arrow::array::new_null_array(&arrow_type(to), array.len()));
        }
        let text = from.is_text() && !to.is_text();
        let failure = if text { Failure::Error } else { Failure::AccurateNull };
        match convert(array, from, to, failure, &self.environment) {
            Err(error) if error.code == ErrorCode::CANNOT_CONVERT_TYPE => {
                let message = format!("Type mismatch in IN: cannot convert {from} to {to}");
                Err(SqlError::new(ErrorCode::TYPE_MISMATCH, message))
            }
            other => other,
        }
    }

    /// A list with values that differ from row to row: an `or` of comparisons.
    fn in_columns(&self, value: &Typed, elements: &[Typed], negated: bool) -> Result<Typed> {
        if let [one] = elements
            && one.ty.element().is_some()
        {
            return self.has(one, value, negated);
        }
        let compared =
            elements.iter().map(|e| self.compare("equals", value, e)).collect::<Result<Vec<_>>>()?;
        let any = match compared.as_slice() {
            [one] => one.clone(),
            many => self.logic(many, datafusion::logical_expr::Operator::Or, "or")?,
        };
        let found = any.condition()?;
        // An element that is NULL is no match, and no reason to answer NULL.
        let found = match value.ty.is_nullable() {
            false if any.ty.is_nullable() => Expr::IsTrue(Box::new(found)),
            _ => found,
        };
        Ok(Typed::boolean(if negated { Expr::Not(Box::new(found)) } else { found }, true))
    }

    fn in_query(&self, scope: &Rc<Scope>, value: &Typed, query: &ast::Query, negated: bool) -> Result<Typed> {
        let ty = value.ty.bare().to_string();
        let key = (Rc::as_ptr(scope) as usize, kinglet_parser::query_to_string(query), ty);
        let known = self.bound_sets.borrow().get(&key).cloned();
        if let Some(source) = known {
            return self.in_source(value, source, negated);
        }
        let relation = self.query(Some(scope), query)?;
        if !super::decorrelate::outer_references(&relation.plan).is_empty() {
            let message = "Correlated subqueries are not supported as IN function arguments yet";
            return Err(super::unsupported(message));
        }
        let source = self.set_of(value, &relation)?;
        self.bound_sets.borrow_mut().insert(key, Arc::clone(&source));
        self.in_source(value, source, negated)
    }

    pub(super) fn in_relation(
        &self,
        value: &Typed,
        relation: &super::Relation,
        negated: bool,
    ) -> Result<Typed> {
        let source = self.set_of(value, relation)?;
        self.in_source(value, source, negated)
    }

    /// A set that is filled with the rows of `relation`.
    fn set_of(&self, value: &Typed, relation: &super::Relation) -> Result<crate::plan::SetSource> {
        let (types, source) = (self.set_types(value, relation)?, Arc::new(OnceLock::new()));
        self.pending.borrow_mut().push(Pending {
            plan: relation.plan.clone(),
            kind: PendingKind::Set {
                target: Arc::clone(&source),
                from: relation.columns.iter().map(|column| column.ty.clone()).collect(),
                to: types,
                nulls: self.settings.borrow().flag("transform_null_in", false),
            },
        });
        Ok(source)
    }

    /// The types rows of the set are compared in.
    fn set_types(&self, value: &Typed, relation: &super::Relation) -> Result<Vec<ChType>> {
        let wanted = value.ty.bare();
        let count = relation.columns.len();
        match wanted {
            ChType::Tuple(fields) if fields.len() == count && count > 1 => {
                Ok(fields.iter().map(|(_, ty)| ty.bare().clone()).collect())
            }
            ChType::Tuple(fields)
                if count == 1
                    && matches!(relation.columns.first().map(|c| c.ty.bare()), Some(ChType::Tuple(_))) =>
            {
                Ok(fields.iter().map(|(_, ty)| ty.bare().clone()).collect())
            }
            ChType::Tuple(fields) if fields.len() == 1 && count == 1 => {
                Ok(fields.iter().map(|(_, ty)| ty.bare().clone()).collect())
            }
            _ if count == 1 && !matches!(wanted, ChType::Tuple(_)) => Ok(vec![wanted.clone()]),
            _ => {
                let message =
                    format!("Number of columns in section IN doesn't match: {count} at right, 1 at left");
                Err(SqlError::new(
                    ErrorCode::from_name("NUMBER_OF_COLUMNS_DOESNT_MATCH")
                        .unwrap_or(ErrorCode::BAD_ARGUMENTS),
                    message,
                ))
            }
        }
    }

    /// The values a set of rows is asked for: the elements of a tuple, or the one value.
    fn set_values(&self, value: &Typed) -> Result<Vec<Expr>> {
        let ChType::Tuple(fields) = value.ty.bare() else { return Ok(vec![value.value()]) };
        (0..fields.len())
            .map(|at| {
                let place = super::special::number(at as u64 + 1)?;
                let element = self.call("tupleElement", vec![value.clone(), place], Default::default())?;
                Ok(element.value())
            })
            .collect()
    }

    fn in_source(&self, value: &Typed, source: crate::plan::SetSource, negated: bool) -> Result<Typed> {
        if self.settings.borrow().flag("transform_null_in", false) {
            return Ok(Typed::boolean(in_set(source, self.set_values(value)?, negated), false));
        }
        // NULL on the left makes the answer NULL, as a comparison would.
        let expr = in_set(source, self.set_values(value)?, negated);
        if value.ty.is_nullable() && !value.ty.is_only_null() {
            let case = Expr::Case(datafusion::logical_expr::Case {
                expr: None,
                when_then_expr: vec![(Box::new(Expr::IsNotNull(Box::new(value.value()))), Box::new(expr))],
                else_expr: None,
            });
            return Ok(Typed::boolean(case, true));
        }
        Ok(Typed::boolean(expr, false))
    }
}

/// Whether the elements of a tuple are themselves rows to compare with.
fn nested_tuple(fields: &[(Option<Arc<str>>, ChType)], wanted: &[(Option<Arc<str>>, ChType)]) -> bool {
    fields.iter().all(|(_, ty)| matches!(ty, ChType::Tuple(inner) if inner.len() == wanted.len()))
}
