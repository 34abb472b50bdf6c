//! What `SELECT` lists: expressions, asterisks, COLUMNS and their transformers.

use std::rc::Rc;

use kinglet_parser::ast::{self, ColumnsPattern, ExceptColumns, ExprKind, Transformer};
use kinglet_types::{ErrorCode, Result, SqlError};
use regex::Regex;

use super::expr::Context;
use super::name::column_name;
use super::resolve::plan_column;
use super::{Binder, Scope, ScopeColumn, Typed};

/// A name and what it stands for.
pub(super) type Item = (String, Typed);

impl Binder<'_> {
    /// The columns of a select list in order.
    pub(super) fn projection(
        &self,
        scope: &Rc<Scope>,
        list: &[ast::Expr],
        context: Context,
    ) -> Result<Vec<Item>> {
        let mut items = Vec::new();
        for expr in list {
            match &expr.kind {
                ExprKind::Asterisk(_) | ExprKind::Columns(_) => {
                    items.extend(self.expanded(scope, expr, context)?);
                }
                ExprKind::Function(f) if f.name.name == "untuple" => {
                    items.extend(self.untuple(scope, f, expr, context)?);
                }
                _ => {
                    let typed = match (&expr.alias, expr.as_identifier()) {
                        (Some(alias), _) => self.aliased(scope, expr, &alias.name, context)?,
                        (None, _) => self.expr(scope, expr, context)?,
                    };
                    refuse_mixed_array(expr, &typed)?;
                    let name = match self.with_columns_named(scope, expr, context)? {
                        Some(spelled) => self.item_name(scope, &spelled),
                        None => self.item_name(scope, expr),
                    };
                    items.push((name, typed));
                }
            }
        }
        Ok(items)
    }

    /// An expression with an alias does not see its own alias.
    fn aliased(&self, scope: &Rc<Scope>, expr: &ast::Expr, alias: &str, context: Context) -> Result<Typed> {
        scope.resolving.borrow_mut().push(alias.to_owned());
        let bound = self.expr(scope, expr, context);
        scope.resolving.borrow_mut().pop();
        bound
    }

    /// A call without alias whose arguments hold an asterisk or COLUMNS, with the columns in their place.
    fn with_columns_named(
        &self,
        scope: &Rc<Scope>,
        expr: &ast::Expr,
        context: Context,
    ) -> Result<Option<ast::Expr>> {
        let many =
            |argument: &ast::Expr| matches!(argument.kind, ExprKind::Asterisk(_) | ExprKind::Columns(_));
        let ExprKind::Function(call) = &expr.kind else { return Ok(None) };
        if expr.alias.is_some() || call.name.name.to_ascii_lowercase().starts_with("count") {
            return Ok(None);
        }
        if !call.arguments.iter().any(many) {
            let mut spelled = None;
            for (at, argument) in call.arguments.iter().enumerate() {
                let Some(named) = self.with_columns_named(scope, argument, context)? else { continue };
                if let ExprKind::Function(call) = &mut spelled.get_or_insert_with(|| expr.clone()).kind
                    && let Some(place) = call.arguments.get_mut(at)
                {
                    *place = named;
                }
            }
            return Ok(spelled);
        }
        let mut spelled = expr.clone();
        let ExprKind::Function(named) = &mut spelled.kind else { return Ok(None) };
        let mut arguments = Vec::new();
        for argument in &call.arguments {
            if !many(argument) {
                arguments.push(argument.clone());
                continue;
            }
            for (name, _) in self.expanded(scope, argument, context)? {
                let path = kinglet_parser::parse_expression(&format!("`{}`", name.replace('`', "\\`")));
                arguments.extend(path.into_result().ok());
            }
        }
        named.arguments = arguments;
        Ok(Some(spelled))
    }

    fn item_name(&self, scope: &Rc<Scope>, expr: &ast::Expr) -> String {
        super::name::column_name_in(expr, &|path| scope.display_name(path), &self.subqueries)
    }

    fn untuple(
        &self,
        scope: &Rc<Scope>,
        call: &ast::Function,
        expr: &ast::Expr,
        context: Context,
    ) -> Result<Vec<Item>> {
        let Some(argument) = call.arguments.first() else {
            return Err(SqlError::wrong_argument_count("untuple", 0, "1"));
        };
        let tuple = self.expr(scope, argument, context)?;
        let kinglet_types::ChType::Tuple(fields) = tuple.ty.bare().clone() else {
            return Err(SqlError::illegal_type("untuple", 1, &tuple.ty));
        };
        let mut items = Vec::new();
        for (at, (name, _)) in fields.iter().enumerate() {
            let place = super::special::number(at as u64 + 1)?;
            let value = self.call("tupleElement", vec![tuple.clone(), place], expr.span)?;
            let base = match &expr.alias {
                Some(alias) => alias.name.clone(),
                None => format!("tupleElement({}", column_name(argument)),
            };
            let label = match (&expr.alias, name) {
                (Some(_), Some(name)) => format!("{base}.{name}"),
                (Some(_), None) => format!("{base}.{}", at + 1),
                (None, Some(name)) => format!("{base}, '{name}')"),
                (None, None) => format!("{base}, '{}')", at + 1),
            };
            items.push((label, value));
        }
        Ok(items)
    }

    /// The columns an asterisk or COLUMNS stands for.
    pub(super) fn expanded(
        &self,
        scope: &Rc<Scope>,
        expr: &ast::Expr,
        context: Context,
    ) -> Result<Vec<Item>> {
        let (qualifier, transformers, chosen) = match &expr.kind {
            ExprKind::Asterisk(star) => (star.qualifier.as_ref(), &star.transformers, None),
            ExprKind::Columns(columns) => {
                (columns.qualifier.as_ref(), &columns.transformers, Some(&columns.pattern))
            }
            _ => return Err(SqlError::new(ErrorCode::LOGICAL_ERROR, "not an asterisk")),
        };
        let all: Vec<ScopeColumn> =
            scope.columns.borrow().iter().filter(|column| !column.hidden).cloned().collect();
        let table = qualifier.map(|path| path.full_name());
        let mut columns: Vec<ScopeColumn> = match &table {
            None => {
                let (merged, rest): (Vec<&ScopeColumn>, Vec<&ScopeColumn>) =
                    all.iter().filter(|column| !column.shadowed).partition(|column| column.merged);
                merged.into_iter().chain(rest).cloned().collect()
            }
            Some(table) => all
                .iter()
                .filter(|column| {
                    let full =
                        column.database.as_ref().zip(column.table.as_ref()).map(|(d, t)| format!("{d}.{t}"));
                    column.table.as_deref() == Some(table) || full.as_deref() == Some(table)
                })
                .cloned()
                .collect(),
        };
        if let (Some(table), true) = (&table, columns.is_empty()) {
            let message = format!("Unknown table expression `{table}` of a qualified asterisk");
            return Err(SqlError::new(ErrorCode::UNKNOWN_IDENTIFIER, message).at(expr.span));
        }
        match chosen {
            Some(ColumnsPattern::Regexp(pattern)) => {
                let regex = Regex::new(pattern).map_err(|error| {
                    SqlError::new(ErrorCode::CANNOT_COMPILE_REGEXP, error.to_string()).at(expr.span)
                })?;
                columns.retain(|column| regex.is_match(&column.name));
            }
            Some(ColumnsPattern::List(paths)) => {
                let mut listed = Vec::new();
                for path in paths {
                    let name = path.full_name();
                    let found =
                        columns.iter().find(|column| column.name == name).cloned().ok_or_else(|| {
                            let message = format!("Unknown column identifier `{name}` in COLUMNS");
                            SqlError::new(ErrorCode::UNKNOWN_IDENTIFIER, message).at(path.span)
                        })?;
                    listed.push(found);
                }
                columns = listed;
            }
            None => {}
        }
        let mut items: Vec<Item> = Vec::new();
        for column in &columns {
            let name = column.name.clone();
            items.push((name, Typed::new(plan_column(&column.id), column.ty.clone())));
        }
        let mut items = self.transformed(scope, items, transformers, context)?;
        // Columns of several tables that share a name are told apart by their table.
        for (name, value) in &mut items {
            if let datafusion::logical_expr::Expr::Column(plan) = &value.expr
                && let Some(column) =
                    columns.iter().find(|column| column.id == plan.name && column.name == *name)
            {
                let left = column.shadowed && scope.tables.get() <= 2 && is_left(scope, column);
                if !(left || column.merged && table.is_none()) {
                    *name = scope.column_label(column);
                }
            }
        }
        Ok(items)
    }

    fn transformed(
        &self,
        scope: &Rc<Scope>,
        mut items: Vec<Item>,
        transformers: &[Transformer],
        context: Context,
    ) -> Result<Vec<Item>> {
        for transformer in transformers {
            match transformer {
                Transformer::Except { strict, columns } => except(&mut items, columns, *strict)?,
                Transformer::Replace { strict, items: replacements } => {
                    for replacement in replacements {
                        let name = &replacement.name.name;
                        let value = self.aliased(scope, &replacement.expr, name, context)?;
                        match items.iter_mut().find(|(known, _)| known == name) {
                            Some((_, old)) => *old = value,
                            None if *strict => {
                                let message = format!("Columns transformer REPLACE expects column {name}");
                                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
                            }
                            None => {}
                        }
                    }
                }
                Transformer::ApplyFunction { name, parameters, prefix } => {
                    let mut applied = Vec::new();
                    for (label, value) in items {
                        let (shown, value) =
                            self.applied(scope, name, parameters.as_deref(), &label, value, context)?;
                        applied.push((prefix.as_ref().map_or(shown, |p| format!("{p}{label}")), value));
                    }
                    items = applied;
                }
                Transformer::ApplyLambda { lambda, prefix } => {
                    let Some((names, body)) = lambda.as_function().and_then(ast::Function::as_lambda) else {
                        continue;
                    };
                    let mut applied = Vec::new();
                    for (label, value) in items {
                        let bound =
                            self.with_column(scope, &names, &value, || self.expr(scope, body, context))?;
                        let parameter = names.first().map_or("", |n| n.name.as_str());
                        let shown = substituted(&column_name(body), parameter, &label);
                        applied.push((prefix.as_ref().map_or(shown, |p| format!("{p}{label}")), bound));
                    }
                    items = applied;
                }
            }
        }
        Ok(items)
    }

    /// Binds `body` with a lambda's parameter standing for a column.
    fn with_column(
        &self,
        scope: &Rc<Scope>,
        names: &[&ast::Ident],
        value: &Typed,
        body: impl FnOnce() -> Result<Typed>,
    ) -> Result<Typed> {
        use super::scope::Parameter;
        let parameters = names
            .iter()
            .map(|name| Parameter {
                name: name.name.clone(),
                id: String::new(),
                ty: value.ty.clone(),
                value: Some(value.clone()),
            })
            .collect();
        scope.lambdas.borrow_mut().push(parameters);
        let bound = body();
        scope.lambdas.borrow_mut().pop();
        bound
    }

    fn applied(
        &self,
        scope: &Rc<Scope>,
        name: &ast::Ident,
        parameters: Option<&[ast::Expr]>,
        label: &str,
        value: Typed,
        context: Context,
    ) -> Result<(String, Typed)> {
        // The call is bound as if it were written over a column of this name.
        let argument = ast::Ident::new("__applied", name.span);
        let call = ast::Function {
            parameters: parameters.map(<[ast::Expr]>::to_vec),
            ..ast::Function::new(
                name.clone(),
                ast::Syntax::Call,
                vec![ast::Expr::new(ExprKind::Identifier(ast::Path::single(argument.clone())), name.span)],
            )
        };
        let expr = ast::Expr::new(ExprKind::Function(Box::new(call)), name.span);
        let bound = self.with_column(scope, &[&argument], &value, || self.expr(scope, &expr, context))?;
        let shown = match parameters {
            Some(list) => {
                format!("{}({})", name.name, list.iter().map(column_name).collect::<Vec<_>>().join(", "))
            }
            None => name.name.clone(),
        };
        Ok((format!("{shown}({label})"), bound))
    }
}

fn substituted(text: &str, parameter: &str, label: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        out.push_str(if word == parameter { label } else { &word });
        word.clear();
        out.push(c);
    }
    out.pop();
    out
}

fn except(items: &mut Vec<Item>, columns: &ExceptColumns, strict: bool) -> Result<()> {
    match columns {
        ExceptColumns::Names(paths) => {
            for path in paths {
                let name = path.full_name();
                let before = items.len();
                items.retain(|(known, _)| *known != name);
                if strict && items.len() == before {
                    let message = format!("Columns transformer EXCEPT expects column {name}");
                    return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(path.span));
                }
            }
        }
        ExceptColumns::Regexp(pattern) => {
            let regex = Regex::new(pattern)
                .map_err(|error| SqlError::new(ErrorCode::CANNOT_COMPILE_REGEXP, error.to_string()))?;
            items.retain(|(name, _)| !regex.is_match(name));
        }
    }
    Ok(())
}

/// Whether a column belongs to the first table.
fn is_left(scope: &Scope, column: &ScopeColumn) -> bool {
    let columns = scope.columns.borrow();
    let first = columns.iter().find_map(|known| known.table.as_ref());
    first.is_some() && first == column.table.as_ref()
}

/// An array of constants of which some are texts and some are not has no type of its own in ClickHouse.
fn refuse_mixed_array(expr: &ast::Expr, typed: &Typed) -> Result<()> {
    let is_array = matches!(&expr.kind, ExprKind::Function(f) if f.syntax == ast::Syntax::Array);
    let kinds = match typed.ty.element() {
        Some(kinglet_types::ChType::Variant(kinds)) if is_array && typed.constant.is_some() => kinds,
        _ => return Ok(()),
    };
    let texts = kinds.iter().filter(|kind| kind.is_text()).count();
    if texts == 0 || texts == kinds.len() {
        return Ok(());
    }
    let shown: Vec<String> = kinds.iter().map(ToString::to_string).collect();
    let message = format!(
        "There is no supertype for types {} because some of them are String/FixedString/Enum and some of them are not",
        shown.join(", ")
    );
    Err(SqlError::new(ErrorCode::NO_COMMON_TYPE, message).at(expr.span))
}
