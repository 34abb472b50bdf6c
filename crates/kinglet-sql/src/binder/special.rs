//! Functions that are more than a call: conditions evaluated lazily, logic, types, arrayJoin, grouping.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::logical_expr::{BinaryExpr, Case, Expr, Operator};
use kinglet_parser::ast::{self, Function, Syntax};
use kinglet_types::{ChType, ErrorCode, Result, SqlError, or_variant};

use super::expr::Context;
use super::scope::PendingArrayJoin;
use super::{Binder, Scope, Typed};
use crate::function::Column;

impl Binder<'_> {
    /// The call if it is one of those, else `None`.
    pub(super) fn special(
        &self,
        scope: &Rc<Scope>,
        function: &Function,
        expr: &ast::Expr,
        context: Context,
    ) -> Result<Option<Typed>> {
        let args = &function.arguments;
        let lower = function.name.name.to_ascii_lowercase();
        let exact = function.name.name.as_str();
        let bound = || self.exprs(scope, args, context);
        Ok(Some(match (lower.as_str(), args.as_slice()) {
            ("and", _) if args.len() >= 2 => self.logic(&bound()?, Operator::And, "and")?,
            ("or", _) if args.len() >= 2 => self.logic(&bound()?, Operator::Or, "or")?,
            ("not", [one]) => {
                let one = self.expr(scope, one, context)?;
                self.not(&one)?
            }
            ("xor", _) if args.len() >= 2 => self.xor(&bound()?)?,
            ("if", [_, _, _]) => {
                let bound = bound()?;
                self.case(&bound)?
            }
            ("if", _) if exact == "if" => return Err(SqlError::wrong_argument_count("if", args.len(), "3")),
            ("multiif", _) if args.len() < 3 || args.len().is_multiple_of(2) => {
                return Err(SqlError::wrong_argument_count("multiIf", args.len(), "an odd number from 3"));
            }
            ("multiif", _) if args.len() >= 3 && args.len() % 2 == 1 => self.case(&bound()?)?,
            ("casewithexpression", [subject, rest @ ..]) => {
                let subject = self.expr(scope, subject, context)?;
                let rest = self.exprs(scope, rest, context)?;
                self.case_of(&subject, &rest)?
            }
            ("isnull", [one]) => {
                let one = self.expr(scope, one, context)?;
                self.is_null(&one, false)?
            }
            ("isnotnull", [one]) => {
                let one = self.expr(scope, one, context)?;
                self.is_null(&one, true)?
            }
            ("between", [x, low, high]) if function.syntax == Syntax::Between => {
                let x = self.expr(scope, x, context)?;
                let (low, high) = (self.expr(scope, low, context)?, self.expr(scope, high, context)?);
                let above = self.compare("greaterOrEquals", &x, &low)?;
                let below = self.compare("lessOrEquals", &x, &high)?;
                self.logic(&[above, below], Operator::And, "and")?
            }
            ("notbetween", [x, low, high]) if function.syntax == Syntax::NotBetween => {
                let x = self.expr(scope, x, context)?;
                let (low, high) = (self.expr(scope, low, context)?, self.expr(scope, high, context)?);
                let below = self.compare("less", &x, &low)?;
                let above = self.compare("greater", &x, &high)?;
                self.logic(&[below, above], Operator::Or, "or")?
            }
            ("in" | "globalin", [left, right]) => self.in_call(scope, left, right, false, context)?,
            ("notin" | "globalnotin", [left, right]) => self.in_call(scope, left, right, true, context)?,
            ("exists", [one])
                if function.syntax == Syntax::Exists || matches!(one.kind, ast::ExprKind::Subquery(_)) =>
            {
                self.exists(scope, one, context)?
            }
            ("grouping", [_, ..]) => {
                let keys = self.exprs(scope, args, Context::rows("GROUPING"))?;
                self.grouping(scope, keys)
            }
            ("arrayjoin", [one]) => {
                let array = self.expr(scope, one, context)?;
                self.array_join_call(scope, array)?
            }
            ("totypename", [one]) if exact == "toTypeName" => {
                let one = self.expr(scope, one, context)?;
                text(&shown(&one.ty, 1))?
            }
            ("isconstant", [one]) => {
                let one = self.expr(scope, one, context)?;
                number(u64::from(one.constant.is_some()))?
            }
            ("tocolumntypename", [one]) if exact == "toColumnTypeName" => {
                let one = self.expr(scope, one, context)?;
                text(&one.ty.to_string())?
            }
            ("formatrow" | "formatrownonewline", [format, values @ ..]) if !values.is_empty() => {
                self.format_row(scope, exact, format, values, context)?
            }
            ("getsetting", [name, ..]) if exact == "getSetting" => self.get_setting(scope, name, context)?,
            ("ignore", _) if exact == "ignore" => {
                bound()?;
                number(0)?
            }
            ("tuple", [_, ..])
                if exact == "tuple" && function.syntax == Syntax::Call && self.named_tuples() =>
            {
                let _ = expr;
                return Ok(None);
            }
            _ => return Ok(None),
        }))
    }

    /// `formatRow` with the names of its values.
    fn format_row(
        &self,
        scope: &Rc<Scope>,
        name: &str,
        format: &ast::Expr,
        values: &[ast::Expr],
        context: Context,
    ) -> Result<Typed> {
        let mut named = Vec::new();
        for value in values {
            match &value.kind {
                ast::ExprKind::Asterisk(_) | ast::ExprKind::Columns(_) => {
                    named.extend(self.expanded(scope, value, context)?);
                }
                _ => named.push((super::name::column_name(value), self.expr(scope, value, context)?)),
            }
        }
        let names = named.iter().map(|(name, _)| text(name)).collect::<Result<Vec<Typed>>>()?;
        let names = self.call("array", names, Default::default())?;
        let mut args = vec![self.expr(scope, format, context)?, names];
        args.extend(named.into_iter().map(|(_, value)| value));
        self.call(&format!("__{name}"), args, Default::default())
    }

    fn named_tuples(&self) -> bool {
        false
    }

    /// `getSetting('name')`: the value of a setting in its type.
    fn get_setting(&self, scope: &Rc<Scope>, name: &ast::Expr, context: Context) -> Result<Typed> {
        let bound = self.expr(scope, name, context)?;
        let wanted = bound.constant.as_ref().and_then(Column::text_value).ok_or_else(|| {
            let message = "The argument of function getSetting must be the name of a setting as a constant";
            SqlError::new(ErrorCode::ILLEGAL_COLUMN, message)
        })?;
        let known = super::settings::known_settings().find(|(name, ..)| *name == wanted);
        let Some((_, kind, default)) = known else {
            return Err(SqlError::new(ErrorCode::UNKNOWN_SETTING, format!("Unknown setting '{wanted}'")));
        };
        let settings = self.settings.borrow();
        let value = settings.text(&wanted).unwrap_or(default);
        let ty = match kind {
            "Bool" => ChType::Bool,
            "Int64" | "Int32" => ChType::Int64,
            "Float" | "Double" => ChType::Float64,
            kind if kind.contains("UInt64") && value.parse::<u64>().is_ok() => ChType::UInt64,
            _ => ChType::String,
        };
        self.coerce(&text(value)?, &ty)
    }

    /// A comparison of two bound sides.
    pub(super) fn compare(&self, name: &str, a: &Typed, b: &Typed) -> Result<Typed> {
        let (a, b) = self.aligned_pair(a, b)?;
        self.call(name, vec![a, b], Default::default())
    }

    /// A comparison of two tuples of one length, element by element; `None` for anything else.
    pub(super) fn tuple_comparison(&self, name: &str, a: &Typed, b: &Typed) -> Result<Option<Typed>> {
        let (ChType::Tuple(x), ChType::Tuple(y)) = (a.ty.bare(), b.ty.bare()) else { return Ok(None) };
        let nullable = x.iter().chain(y.iter()).any(|(_, ty)| ty.is_nullable());
        if x.len() != y.len() || x.is_empty() || !nullable {
            return Ok(None);
        }
        let element = |tuple: &Typed, at: usize| {
            let place = number(at as u64 + 1)?;
            self.call("tupleElement", vec![tuple.clone(), place], Default::default())
        };
        let strict = match name {
            "equals" | "notEquals" => None,
            "less" | "lessOrEquals" => Some("less"),
            "greater" | "greaterOrEquals" => Some("greater"),
            _ => return Ok(None),
        };
        let mut compared: Option<Typed> = None;
        let mut nulls = Vec::new();
        for at in (0..x.len()).rev() {
            let (l, r) = (element(a, at)?, element(b, at)?);
            nulls.push(self.is_null(&l, false)?);
            nulls.push(self.is_null(&r, false)?);
            compared = Some(match (strict, compared) {
                (None, None) => self.compare(name, &l, &r)?,
                (None, Some(rest)) => {
                    let op = if name == "equals" { Operator::And } else { Operator::Or };
                    self.logic(&[self.compare(name, &l, &r)?, rest], op, "and")?
                }
                (Some(_), None) => self.compare(name, &l, &r)?,
                (Some(strict), Some(rest)) => {
                    let equal = self.logic(&[self.compare("equals", &l, &r)?, rest], Operator::And, "and")?;
                    self.logic(&[self.compare(strict, &l, &r)?, equal], Operator::Or, "or")?
                }
            });
        }
        let Some(compared) = compared else { return Ok(None) };
        // A NULL anywhere makes the whole comparison NULL.
        let any = self.logic(&nulls, Operator::Or, "or")?;
        let null = Typed::constant(Column::null(ChType::Nothing.nullable()))?;
        let compared = self.case(&[any, null, compared])?;
        Ok(Some(if compared.ty.is_only_null() {
            compared.retyped(ChType::UInt8.nullable())
        } else {
            compared
        }))
    }

    /// `and` or `or` of all arguments.
    pub(super) fn logic(&self, args: &[Typed], op: Operator, name: &str) -> Result<Typed> {
        let mut nullable = false;
        let mut conditions = Vec::new();
        for (at, arg) in args.iter().enumerate() {
            nullable |= arg.ty.is_nullable();
            let numeric = arg.ty.is_number() || arg.ty.is_only_null();
            let condition = arg.condition().ok().filter(|_| numeric);
            conditions.push(condition.ok_or_else(|| SqlError::illegal_type(name, at + 1, &arg.ty))?);
        }
        let bools = args.iter().any(|arg| arg.ty == ChType::Bool);
        if let Some(values) = args.iter().map(truth).collect::<Option<Vec<_>>>() {
            let folded = values.into_iter().reduce(|a, b| match (op, a, b) {
                (Operator::And, Some(false), _) | (Operator::And, _, Some(false)) => Some(false),
                (Operator::And, Some(true), Some(true)) => Some(true),
                (Operator::Or, Some(true), _) | (Operator::Or, _, Some(true)) => Some(true),
                (Operator::Or, Some(false), Some(false)) => Some(false),
                _ => None,
            });
            return flag(folded.flatten(), nullable, bools);
        }
        if bools && let Some(expr) = balanced(&conditions, op) {
            return Ok(Typed::new(expr, ChType::Bool.nullable_if(nullable)));
        }
        let joined = balanced(&conditions, op);
        joined
            .map(|expr| Typed::boolean(expr, nullable))
            .ok_or_else(|| SqlError::wrong_argument_count(name, 0, "2 or more"))
    }

    fn not(&self, arg: &Typed) -> Result<Typed> {
        if arg.ty.is_only_null() {
            return Ok(arg.clone());
        }
        if arg.ty.is_tagged() {
            return self.compare("equals", arg, &number(0)?);
        }
        let condition = arg.condition().ok().filter(|_| arg.ty.is_number());
        let condition = condition.ok_or_else(|| SqlError::illegal_type("not", 1, &arg.ty))?;
        let bools = *arg.ty.bare() == ChType::Bool;
        if let Some(value) = truth(arg) {
            return flag(value.map(|v| !v), arg.ty.is_nullable(), bools);
        }
        if bools {
            return Ok(Typed::new(Expr::Not(Box::new(condition)), arg.ty.without_low_cardinality().clone()));
        }
        Ok(Typed::boolean(Expr::Not(Box::new(condition)), arg.ty.is_nullable()))
    }

    fn xor(&self, args: &[Typed]) -> Result<Typed> {
        let nullable = args.iter().any(|arg| arg.ty.is_nullable());
        let conditions = args.iter().map(Typed::condition).collect::<Result<Vec<_>>>()?;
        let joined = conditions.into_iter().reduce(|a, b| a.not_eq(b));
        let bools = args.iter().any(|arg| arg.ty == ChType::Bool);
        joined
            .map(|expr| match bools {
                true => Typed::new(expr, ChType::Bool.nullable_if(nullable)),
                false => Typed::boolean(expr, nullable),
            })
            .ok_or_else(|| SqlError::wrong_argument_count("xor", 0, "2"))
    }

    pub(super) fn is_null(&self, arg: &Typed, negated: bool) -> Result<Typed> {
        if let Some(constant) = &arg.constant {
            return number(u64::from(constant.is_null(0) != negated));
        }
        if !arg.ty.is_nullable() {
            return number(u64::from(negated));
        }
        let value = Box::new(arg.value());
        Ok(Typed::boolean(if negated { Expr::IsNotNull(value) } else { Expr::IsNull(value) }, false))
    }

    /// `multiIf(condition, value, .., otherwise)`.
    fn case(&self, args: &[Typed]) -> Result<Typed> {
        let Some((otherwise, pairs)) = args.split_last() else {
            return Err(SqlError::wrong_argument_count("multiIf", 0, "3 or more"));
        };
        let branches: Vec<(&Typed, &Typed)> =
            pairs.chunks(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?))).collect();
        for (at, (condition, _)) in branches.iter().enumerate() {
            if !condition.ty.is_integer() && !condition.ty.is_only_null() {
                let name = if args.len() == 3 { "if" } else { "multiIf" };
                return Err(SqlError::illegal_type(name, at * 2 + 1, &condition.ty));
            }
        }
        let conditions: Vec<Expr> = branches.iter().map(|(c, _)| c.condition()).collect::<Result<_>>()?;
        let values: Vec<&Typed> = branches.iter().map(|(_, value)| *value).chain([otherwise]).collect();
        let list: Vec<_> = values.iter().map(|value| value.arg()).collect();
        let candidates = crate::function::common_candidates(&list);
        let ty = or_variant(&candidates);
        if matches!(ty, ChType::Variant(_))
            && !candidates.iter().any(ChType::is_tagged)
            && !self.settings.borrow().flag("use_variant_as_common_type", true)
        {
            let names: Vec<String> = candidates.iter().map(ToString::to_string).collect();
            let message = format!("There is no supertype for types {}", names.join(", "));
            return Err(SqlError::new(ErrorCode::NO_COMMON_TYPE, message));
        }
        // Constant conditions choose a branch while binding.
        let truths: Option<Vec<_>> = branches.iter().map(|(condition, _)| truth(condition)).collect();
        if let Some(truths) = truths {
            let taken = truths.iter().position(|value| *value == Some(true));
            let chosen = taken.and_then(|at| values.get(at)).or(values.last());
            if let Some(chosen) = chosen {
                return self.coerce(chosen, &ty);
            }
        }
        let mut branch_exprs = Vec::new();
        let mut results = Vec::new();
        for value in &values {
            results.push(self.coerce(value, &ty)?.value());
        }
        let last = results.pop();
        for (condition, result) in conditions.into_iter().zip(results) {
            branch_exprs.push((Box::new(condition), Box::new(result)));
        }
        let case = Case { expr: None, when_then_expr: branch_exprs, else_expr: last.map(Box::new) };
        Ok(Typed::new(Expr::Case(case), ty))
    }

    /// `CASE subject WHEN value THEN result ..`.
    fn case_of(&self, subject: &Typed, rest: &[Typed]) -> Result<Typed> {
        let mut args = Vec::with_capacity(rest.len());
        for pair in rest.chunks(2) {
            match pair {
                [value, result] => {
                    args.push(self.compare("equals", subject, value)?);
                    args.push(result.clone());
                }
                [otherwise] => args.push(otherwise.clone()),
                _ => {}
            }
        }
        self.case(&args)
    }

    fn array_join_call(&self, scope: &Rc<Scope>, array: Typed) -> Result<Typed> {
        let element = match array.ty.bare() {
            ChType::Map(key, value) => ChType::Tuple(Arc::from([
                (Some("keys".into()), key.as_ref().clone()),
                (Some("values".into()), value.as_ref().clone()),
            ])),
            other => other.element().ok_or_else(|| {
                let message = "Argument of function arrayJoin must be Array or Map";
                SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
            })?,
        };
        let mut pending = scope.array_joins.borrow_mut();
        if let Some(same) = pending.iter().find(|other| other.array.expr == array.expr) {
            return Ok(Typed::new(super::resolve::plan_column(&same.id), same.element.clone()));
        }
        let id = self.id();
        pending.push(PendingArrayJoin { array, id: id.clone(), element: element.clone() });
        Ok(Typed::new(super::resolve::plan_column(&id), element))
    }
}

/// The truth value of a constant condition; the outer `None` says it is not constant.
pub(super) fn truth(arg: &Typed) -> Option<Option<bool>> {
    let constant = arg.constant.as_ref()?;
    if constant.is_null(0) {
        return Some(None);
    }
    constant.float_value().map(|value| Some(value != 0.0))
}

/// A constant UInt8 (or Bool) of 0, 1 or NULL.
fn flag(value: Option<bool>, nullable: bool, boolean: bool) -> Result<Typed> {
    let ty = if boolean { ChType::Bool } else { ChType::UInt8 };
    let mut builder = crate::ColumnBuilder::new(&ty.clone().nullable());
    match value {
        None => builder.append_null(),
        Some(value) => builder.append_int(value.into()),
    }
    let ty = ty.nullable_if(nullable || value.is_none());
    Typed::constant(Column::constant(ty, builder.finish()?))
}

/// A tree of logarithmic depth.
pub(super) fn balanced(conditions: &[Expr], op: Operator) -> Option<Expr> {
    match conditions {
        [] => None,
        [one] => Some(one.clone()),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            let (left, right) = (balanced(left, op)?, balanced(right, op)?);
            Some(Expr::BinaryExpr(BinaryExpr::new(Box::new(left), op, Box::new(right))))
        }
    }
}

/// A constant text.
pub(super) fn text(text: &str) -> Result<Typed> {
    Typed::constant(Column { constant: true, ..Column::of_texts([text]) })
}

/// A constant whole number in the narrowest type.
pub(super) fn number(value: u64) -> Result<Typed> {
    Typed::constant(super::expr::unsigned(value))
}

/// A type as `toTypeName` shows it: fields of named tuples on lines of their own.
fn shown(ty: &ChType, depth: usize) -> String {
    match ty {
        ChType::Array(element) => format!("Array({})", shown(element, depth)),
        ChType::Map(key, value) => format!("Map({}, {})", shown(key, depth), shown(value, depth)),
        ChType::Tuple(fields) if depth < 50 && fields.iter().any(|(name, _)| name.is_some()) => {
            let lines: Vec<String> = fields
                .iter()
                .map(|(name, ty)| {
                    let field =
                        ChType::Tuple(std::iter::once((name.clone(), ChType::UInt8)).collect()).to_string();
                    let name =
                        field.strip_prefix("Tuple(").and_then(|f| f.strip_suffix("UInt8)")).unwrap_or("");
                    format!("{}{name}{}", "    ".repeat(depth), shown(ty, depth + 1))
                })
                .collect();
            format!("Tuple(\n{})", lines.join(",\n"))
        }
        other => other.to_string(),
    }
}
