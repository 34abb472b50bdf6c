//! Expressions.

use std::rc::Rc;

use arrow::array::{
    Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, UInt8Array, UInt16Array, UInt32Array,
    UInt64Array,
};
use kinglet_parser::ast::{Expr, ExprKind, Function, Literal, Syntax, Value};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};
use std::sync::Arc;

use super::{Binder, Scope, Typed};
use crate::aggregate::Aggregates;
use crate::function::{Column, Functions};

/// Where an expression stands, which decides what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Context {
    /// Aggregates may occur.
    pub(crate) aggregates: bool,
    /// Window functions may occur.
    pub(crate) windows: bool,
    /// Inside the argument of an aggregate.
    pub(crate) in_aggregate: bool,
    /// The clause, for messages.
    pub(crate) clause: &'static str,
}

impl Context {
    /// Neither aggregates nor window functions: WHERE, GROUP BY, ON.
    pub(crate) const fn rows(clause: &'static str) -> Self {
        Self { aggregates: false, windows: false, in_aggregate: false, clause }
    }

    /// Both: SELECT, ORDER BY.
    pub(crate) const fn all(clause: &'static str) -> Self {
        Self { aggregates: true, windows: true, in_aggregate: false, clause }
    }
}

impl Binder<'_> {
    /// Binds an expression.
    ///
    /// # Errors
    /// ClickHouse's error, at the part of the text it is about.
    pub(crate) fn expr(&self, scope: &Rc<Scope>, expr: &Expr, context: Context) -> Result<Typed> {
        if let Some(key) = self.nullable_key(scope, expr, context)? {
            return Ok(key);
        }
        let bound = match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::Identifier(path) => self.identifier(scope, path, context),
            ExprKind::Function(function) => self.function(scope, function, expr, context),
            ExprKind::Subquery(query) => self.scalar_subquery(scope, query, context),
            ExprKind::Parameter(parameter) => self.query_parameter(parameter),
            ExprKind::Asterisk(_) | ExprKind::Columns(_) => {
                let message = "An asterisk is not allowed here";
                Err(SqlError::new(ErrorCode::UNSUPPORTED_METHOD, message))
            }
            ExprKind::Settings(_) | ExprKind::Error => {
                Err(SqlError::new(ErrorCode::SYNTAX_ERROR, "Expected an expression"))
            }
        }
        .map_err(|error| error.at(expr.span))?;
        let keys = scope.nullable_keys.borrow();
        if context.aggregates && !context.in_aggregate && keys.contains(&bound.expr) {
            let ty = bound.ty.clone().nullable();
            return Ok(bound.retyped(ty));
        }
        Ok(bound)
    }

    /// A key of GROUP BY written as it is there, whose parts are not the keys it may hold.
    fn nullable_key(&self, scope: &Rc<Scope>, expr: &Expr, context: Context) -> Result<Option<Typed>> {
        let is_call = matches!(expr.kind, ExprKind::Function(_));
        if !is_call || !context.aggregates || context.in_aggregate || scope.nullable_texts.borrow().is_empty()
        {
            return Ok(None);
        }
        let text = kinglet_parser::expr_to_string(&super::aliases::plain(expr));
        if !scope.nullable_texts.borrow().contains(&text) {
            return Ok(None);
        }
        let (keys, texts) = (scope.nullable_keys.take(), scope.nullable_texts.take());
        let bound = self.expr(scope, expr, context);
        *scope.nullable_keys.borrow_mut() = keys;
        *scope.nullable_texts.borrow_mut() = texts;
        let bound = bound?;
        if !scope.nullable_keys.borrow().contains(&bound.expr) {
            return Ok(None);
        }
        let ty = bound.ty.clone().nullable();
        Ok(Some(bound.retyped(ty)))
    }

    /// Binds all of `exprs`.
    pub(super) fn exprs(&self, scope: &Rc<Scope>, exprs: &[Expr], context: Context) -> Result<Vec<Typed>> {
        exprs.iter().map(|expr| self.expr(scope, expr, context)).collect()
    }

    pub(super) fn literal(&self, literal: &Literal) -> Result<Typed> {
        Typed::constant(match &literal.value {
            Value::Null => Column::null(ChType::Nothing.nullable()),
            Value::Bool(value) => {
                Column::constant(ChType::Bool, Arc::new(arrow::array::BooleanArray::from(vec![*value])))
            }
            Value::UInt64(value) => unsigned(*value),
            Value::Int64(value) => signed(*value),
            Value::Float64(value) => {
                Column::constant(ChType::Float64, Arc::new(Float64Array::from(vec![*value])))
            }
            Value::String(bytes) => {
                let array = arrow::array::BinaryViewArray::from_iter_values([bytes.as_slice()]);
                Column::constant(ChType::String, Arc::new(array))
            }
        })
    }

    fn query_parameter(&self, parameter: &kinglet_parser::ast::QueryParameter) -> Result<Typed> {
        let name = &parameter.name.name;
        let ty = ChType::parse(&kinglet_parser::data_type_to_string(&parameter.data_type))
            .map_err(|error| SqlError::new(ErrorCode::UNKNOWN_TYPE, error.message))?;
        let Some(text) = self.parameter(name) else {
            let message = format!("Substitution `{name}` is not set");
            return Err(SqlError::new(ErrorCode::UNKNOWN_QUERY_PARAMETER, message));
        };
        let mut builder = crate::ColumnBuilder::new(&ty);
        if text == "\\N" && ty.is_nullable() {
            builder.append_null();
        } else {
            crate::text::read_text(text.as_bytes(), &mut builder, &self.environment).map_err(|_| {
                let message = format!("Value {text} cannot be parsed as {ty} for query parameter '{name}'");
                SqlError::new(ErrorCode::BAD_QUERY_PARAMETER, message)
            })?;
        }
        Typed::constant(Column::constant(ty, builder.finish()?))
    }

    fn function(
        &self,
        scope: &Rc<Scope>,
        function: &Function,
        expr: &Expr,
        context: Context,
    ) -> Result<Typed> {
        let name = function.effective_name();
        let name = name.as_ref();
        if function.over.is_some() {
            return self.window_call(scope, function, context);
        }
        if let Some(bound) = self.named_lambda(scope, function, context)? {
            return Ok(bound);
        }
        if let Some(bound) = self.special(scope, function, expr, context)? {
            return Ok(bound);
        }
        if function.syntax == Syntax::Lambda {
            let message = "A lambda is only allowed as argument of a higher-order function";
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let known_scalar = Functions::get().find(name).is_some();
        if !known_scalar
            && (Aggregates::get().contains(name) || name.to_ascii_lowercase().starts_with("countdistinct"))
        {
            if name.starts_with("exponentialTimeDecayed") {
                return Err(window_only(name));
            }
            return self.aggregate_call(scope, function, context);
        }
        if crate::aggregate::find_window(name).is_some() {
            return Err(window_only(name));
        }
        let Some(found) = Functions::get().find(name) else {
            return Err(super::call::unknown_function(name).at(function.name.span));
        };
        if function
            .arguments
            .iter()
            .any(|arg| matches!(&arg.kind, ExprKind::Function(f) if f.syntax == Syntax::Lambda))
        {
            return self.higher_order(scope, found, function, context, expr.span);
        }
        let mut args = Vec::new();
        for argument in &function.arguments {
            match &argument.kind {
                ExprKind::Asterisk(_) | ExprKind::Columns(_) => {
                    args.extend(self.expanded(scope, argument, context)?.into_iter().map(|(_, typed)| typed));
                }
                _ => args.push(self.expr(scope, argument, context)?),
            }
        }
        // Parameters of a scalar function come before its arguments.
        if let Some(parameters) = &function.parameters {
            let _ = parameters;
            let message = format!("Function {name} is not parametric");
            return Err(SqlError::new(
                ErrorCode::from_name("FUNCTION_CANNOT_HAVE_PARAMETERS").unwrap_or(ErrorCode::BAD_ARGUMENTS),
                message,
            ));
        }
        if let [a, b] = args.as_slice()
            && let Some(compared) = self.tuple_comparison(name, a, b)?
        {
            return Ok(compared);
        }
        let args = self.aligned(name, args)?;
        if let Some(value) = self.random_call(scope, found, &args, context)? {
            return Ok(value);
        }
        // The elements of a tuple keep their types, LowCardinality too.
        let types = args.iter().map(|arg| arg.ty.clone());
        let tuple = (found.spec().name == "tuple").then(|| ChType::tuple(types));
        let called = self.call_function(found, name, args, Vec::new(), expr.span)?;
        Ok(match tuple {
            Some(ty) => called.retyped(ty),
            None => called,
        })
    }

    /// `f(x)` where `f` is the alias of a lambda, and `arrayMap(f, list)`.
    fn named_lambda(
        &self,
        scope: &Rc<Scope>,
        function: &Function,
        context: Context,
    ) -> Result<Option<Typed>> {
        if let Some(lambda) = self.lambda_alias(scope, &function.name.name)
            && let Some((names, body)) = lambda.as_function().and_then(Function::as_lambda)
        {
            if names.len() != function.arguments.len() {
                let count = names.len().to_string();
                return Err(SqlError::wrong_argument_count(
                    &function.name.name,
                    function.arguments.len(),
                    &count,
                ));
            }
            let mut parameters = Vec::new();
            for (name, argument) in names.iter().zip(&function.arguments) {
                let value = self.expr(scope, argument, context)?;
                let (name, ty) = (name.name.clone(), value.ty.clone());
                parameters.push(super::scope::Parameter { name, id: String::new(), ty, value: Some(value) });
            }
            let resolving = function.name.name.clone();
            scope.resolving.borrow_mut().push(resolving);
            scope.lambdas.borrow_mut().push(parameters);
            let bound = self.nested(|| self.expr(scope, body, context));
            scope.lambdas.borrow_mut().pop();
            scope.resolving.borrow_mut().pop();
            return bound.map(Some);
        }
        let named = |argument: &Expr| {
            let path = argument.as_identifier()?.as_single()?;
            self.lambda_alias(scope, &path.name)
        };
        if !function.arguments.iter().any(|argument| named(argument).is_some()) {
            return Ok(None);
        }
        let mut call = function.clone();
        for argument in &mut call.arguments {
            if let Some(lambda) = named(argument) {
                *argument = lambda.as_ref().clone();
            }
        }
        let expr = Expr::new(ExprKind::Function(Box::new(call)), function.name.span);
        self.nested(|| self.expr(scope, &expr, context)).map(Some)
    }

    /// The lambda of an alias, here or in a query around.
    fn lambda_alias(&self, scope: &Rc<Scope>, name: &str) -> Option<Rc<Expr>> {
        if scope.resolving.borrow().iter().any(|known| known == name) || scope.parameter(name).is_some() {
            return None;
        }
        let known = scope.with_aliases.borrow().get(name).cloned();
        let known = known.or_else(|| scope.aliases.borrow().get(name).cloned());
        match known {
            Some(found) => found.as_function().is_some_and(|f| f.as_lambda().is_some()).then_some(found),
            None => self.lambda_alias(scope.parent.as_ref()?, name),
        }
    }

    /// A call of a random function with constant arguments: a column that equal calls share.
    fn random_call(
        &self,
        scope: &Rc<Scope>,
        function: &'static dyn crate::function::Function,
        args: &[Typed],
        context: Context,
    ) -> Result<Option<Typed>> {
        let name = function.spec().name;
        let random = name.starts_with("rand") || name.starts_with("generateU");
        let rows =
            ["SELECT", "WHERE", "PREWHERE", "HAVING", "ORDER BY", "GROUP BY"].contains(&context.clause);
        let constant = args.iter().all(|arg| arg.constant.is_some());
        if !random || !rows || !constant || !scope.lambdas.borrow().is_empty() {
            return Ok(None);
        }
        let written: Vec<String> = args.iter().map(|arg| arg.expr.to_string()).collect();
        let text = format!("{name}({})", written.join(", "));
        let known = scope.random.borrow().iter().position(|call| call.text == text);
        let column = |call: &super::scope::RandomCall| {
            Typed::new(super::resolve::plan_column(&call.id), call.value.ty.clone())
        };
        if let Some(at) = known {
            return Ok(scope.random.borrow().get(at).map(column));
        }
        let value = self.call_function(function, name, args.to_vec(), Vec::new(), Default::default())?;
        let call = super::scope::RandomCall { text, id: self.id(), value };
        let typed = column(&call);
        scope.random.borrow_mut().push(call);
        Ok(Some(typed))
    }

    /// Arguments of comparisons with texts given the type of the other side.
    fn aligned(&self, name: &str, args: Vec<Typed>) -> Result<Vec<Typed>> {
        let comparison = matches!(
            name,
            "equals"
                | "notEquals"
                | "less"
                | "greater"
                | "lessOrEquals"
                | "greaterOrEquals"
                | "isNotDistinctFrom"
                | "isDistinctFrom"
        );
        match args.as_slice() {
            [a, b] if comparison => {
                let (a, b) = self.aligned_pair(a, b)?;
                let container =
                    |t: &Typed| matches!(t.ty.bare(), ChType::Array(_) | ChType::Tuple(_) | ChType::Map(..));
                if container(&a) != container(&b) && !a.ty.is_only_null() && !b.ty.is_only_null() {
                    let message =
                        format!("Illegal types of arguments ({}, {}) of function {name}", a.ty, b.ty);
                    return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
                }
                Ok(vec![a, b])
            }
            _ => Ok(args),
        }
    }

    /// Two sides of a comparison: a constant text takes the type of the other side, numbers of different
    /// types their common one.
    pub(super) fn aligned_pair(&self, a: &Typed, b: &Typed) -> Result<(Typed, Typed)> {
        let (x, y) = (a.ty.bare(), b.ty.bare());
        if x == y || *x == ChType::Nothing || *y == ChType::Nothing || x.is_tagged() || y.is_tagged() {
            return Ok((a.clone(), b.clone()));
        }
        let parsed = |t: &Typed, ty: &ChType| {
            self.coerce(t, &ty.clone().nullable_if(t.ty.is_nullable())).map_err(|error| {
                match ty.is_number() {
                    true => SqlError { code: ErrorCode::TYPE_MISMATCH, ..error },
                    false => error,
                }
            })
        };
        let text = |t: &Typed, other: &ChType| {
            *t.ty.bare() == ChType::String && t.constant.is_some() && !other.is_text()
        };
        let typed = |ty: &ChType, like: &Typed| ty.clone().nullable_if(like.ty.is_nullable());
        if text(a, y) {
            return Ok((parsed(a, y)?, b.clone()));
        }
        if text(b, x) {
            return Ok((a.clone(), parsed(b, x)?));
        }
        match (&a.constant, &b.constant) {
            (None, Some(constant)) => {
                if let Some(fitted) = self.beside_decimal(constant, x) {
                    return Ok((a.clone(), fitted));
                }
            }
            (Some(constant), None) => {
                if let Some(fitted) = self.beside_decimal(constant, y) {
                    return Ok((fitted, b.clone()));
                }
            }
            _ => {}
        }
        let floats = x.is_float() || y.is_float();
        let temporal = |ty: &ChType| ty.is_date() || ty.is_date_time();
        if (x.is_integer() && y.is_integer()
            || x.is_decimal() && y.is_decimal()
            || temporal(x) && temporal(y))
            && !floats
            && let Some(common) = kinglet_types::supertype(&[x.clone(), y.clone()])
            && common.integer_bits().is_none_or(|(bits, _)| bits <= 64)
        {
            // A constant that fits the other side's type goes there, so that the column stays bare.
            if let Some(pair) = self.constant_fitted(a, b)? {
                return Ok(pair);
            }
            return Ok((self.coerce(a, &typed(&common, a))?, self.coerce(b, &typed(&common, b))?));
        }
        Ok((a.clone(), b.clone()))
    }

    fn constant_fitted(&self, a: &Typed, b: &Typed) -> Result<Option<(Typed, Typed)>> {
        use crate::conversion::{Failure, convert};
        let fit = |constant: &Column, ty: &ChType| {
            let wanted = ty.clone().nullable();
            let array =
                convert(&constant.array, &constant.ty, &wanted, Failure::AccurateNull, &self.environment)
                    .ok()?;
            if array.is_null(0) || !ty.is_integer() {
                return None;
            }
            Typed::constant(Column::constant(ty.clone(), array)).ok()
        };
        Ok(match (&a.constant, &b.constant) {
            (None, Some(constant)) => fit(constant, a.ty.bare()).map(|b| (a.clone(), b)),
            (Some(constant), None) => fit(constant, b.ty.bare()).map(|a| (a, b.clone())),
            _ => None,
        })
    }
}

/// A whole number in the narrowest unsigned type.
pub(super) fn unsigned(value: u64) -> Column {
    if let Ok(value) = u8::try_from(value) {
        Column::constant(ChType::UInt8, Arc::new(UInt8Array::from(vec![value])))
    } else if let Ok(value) = u16::try_from(value) {
        Column::constant(ChType::UInt16, Arc::new(UInt16Array::from(vec![value])))
    } else if let Ok(value) = u32::try_from(value) {
        Column::constant(ChType::UInt32, Arc::new(UInt32Array::from(vec![value])))
    } else {
        Column::constant(ChType::UInt64, Arc::new(UInt64Array::from(vec![value])))
    }
}

/// A whole number in the narrowest signed type.
fn signed(value: i64) -> Column {
    if let Ok(value) = i8::try_from(value) {
        Column::constant(ChType::Int8, Arc::new(Int8Array::from(vec![value])))
    } else if let Ok(value) = i16::try_from(value) {
        Column::constant(ChType::Int16, Arc::new(Int16Array::from(vec![value])))
    } else if let Ok(value) = i32::try_from(value) {
        Column::constant(ChType::Int32, Arc::new(Int32Array::from(vec![value])))
    } else {
        Column::constant(ChType::Int64, Arc::new(Int64Array::from(vec![value])))
    }
}

/// Error 36 about a window function without a window.
fn window_only(name: &str) -> SqlError {
    let message = format!(
        "The function '{name}' can only be used as a window function, not as an aggregate function; put OVER (..) behind it"
    );
    SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
}
