//! Calls of scalar functions.

use datafusion::logical_expr::{BinaryExpr, Expr, Operator};
use kinglet_diagnostic::Span;
use kinglet_types::{ChType, ErrorCode, Result, SqlError, similar_alternatives};

use super::{Binder, Typed};
use crate::function::{
    Args, Column, Function, Functions, Lambda, Stability, evaluate_call, result_type, udf,
};
use crate::operator::INTERNAL_CAST;

impl Binder<'_> {
    /// A call of a function by its ClickHouse name.
    ///
    /// # Errors
    /// 46 for an unknown function; what the function refuses.
    pub(super) fn call(&self, name: &str, args: Vec<Typed>, span: Span) -> Result<Typed> {
        let Some(function) = Functions::get().find(name) else { return Err(unknown_function(name).at(span)) };
        self.call_function(function, name, args, Vec::new(), span)
    }

    /// A call; `lambdas` is empty or has one entry per argument.
    pub(super) fn call_function(
        &self,
        function: &'static dyn Function,
        name: &str,
        args: Vec<Typed>,
        lambdas: Vec<Option<(Lambda, Vec<Typed>)>>,
        span: Span,
    ) -> Result<Typed> {
        let args = self.json_as_text(function, args)?;
        let mut list: Vec<_> = args.iter().map(Typed::arg).collect();
        for (arg, lambda) in list.iter_mut().zip(&lambdas) {
            arg.is_lambda = lambda.is_some();
        }
        let environment = &self.environment;
        let ty = result_type(function, &Args { name, list: &list, environment }).map_err(|e| e.at(span))?;
        if let ("CAST", Some((a, b))) = (function.spec().name, similar_alternatives(&ty))
            && name != INTERNAL_CAST
            && !self.settings.borrow().flag("allow_suspicious_variant_types", false)
        {
            let message = format!(
                "Cannot create column with type '{ty}' because variants '{a}' and '{b}' have similar types and working with values of these types may lead to ambiguity. Set setting allow_suspicious_variant_types = 1 in order to allow it"
            );
            return Err(SqlError::new(ErrorCode::ILLEGAL_COLUMN, message).at(span));
        }
        let has_lambdas = lambdas.iter().any(Option::is_some);
        if !has_lambdas && let Some(native) = native(name, &args, &ty) {
            return Ok(native);
        }
        let stable =
            function.spec().stability != Stability::PerRow && name != "materialize" && name != "identity";
        let constant = stable && !has_lambdas && args.iter().all(|arg| arg.constant.is_some());
        if constant {
            let columns: Vec<Column> = args.iter().filter_map(|arg| arg.constant.clone()).collect();
            let array =
                evaluate_call(function, name, &columns, &[], &ty, 1, environment).map_err(|e| e.at(span))?;
            if array.len() == 1 {
                return Typed::constant(Column::constant(ty, array));
            }
        }
        let mut places: Vec<Option<Lambda>> = vec![None; args.len()];
        let mut captured = Vec::new();
        for (place, lambda) in places.iter_mut().zip(lambdas) {
            if let Some((lambda, captures)) = lambda {
                *place = Some(lambda);
                captured.extend(captures);
            }
        }
        let values: Vec<Typed> = args
            .into_iter()
            .zip(&places)
            .filter(|(_, lambda)| lambda.is_none())
            .map(|(arg, _)| arg)
            .chain(captured)
            .collect();
        let types = values.iter().map(|value| value.ty.clone()).collect();
        let udf = udf(function, name, types, places, ty.clone(), environment);
        let exprs = values.iter().map(Typed::value).collect();
        Ok(Typed::new(udf.call(exprs), ty))
    }
}

impl Binder<'_> {
    /// Functions that read JSON texts take values of type JSON as their texts.
    fn json_as_text(&self, function: &dyn Function, mut args: Vec<Typed>) -> Result<Vec<Typed>> {
        let spec = function.spec();
        let reads = spec.arguments.first().is_some_and(|(_, what)| what.starts_with("String"));
        if let Some(first) = args.first_mut()
            && matches!(first.ty.bare(), ChType::Json(_))
            && spec.category == "json"
            && reads
        {
            *first = self.coerce(first, &ChType::String.nullable_if(first.ty.is_nullable()))?;
        }
        Ok(args)
    }
}

/// Error 46, with the name that was probably meant.
pub(super) fn unknown_function(name: &str) -> SqlError {
    let lower = name.to_ascii_lowercase();
    let near = Functions::get().all().map(|f| f.spec().name).find(|known| known.eq_ignore_ascii_case(&lower));
    let hint = near.map(|known| format!(". Maybe you meant: ['{known}']")).unwrap_or_default();
    SqlError::new(ErrorCode::UNKNOWN_FUNCTION, format!("Function with name `{name}` does not exist{hint}"))
}

/// The call as an expression of DataFusion where its kernels do what ClickHouse does.
fn native(name: &str, args: &[Typed], ty: &ChType) -> Option<Typed> {
    let [a, b] = args else { return None };
    if a.constant.is_some() && b.constant.is_some() {
        return None;
    }
    let binary = |left: Expr, op: Operator, right: Expr| {
        Expr::BinaryExpr(BinaryExpr::new(Box::new(left), op, Box::new(right)))
    };
    let comparison = match name {
        "equals" => Some(Operator::Eq),
        "notEquals" => Some(Operator::NotEq),
        "less" => Some(Operator::Lt),
        "lessOrEquals" => Some(Operator::LtEq),
        "greater" => Some(Operator::Gt),
        "greaterOrEquals" => Some(Operator::GtEq),
        _ => None,
    };
    if let Some(op) = comparison {
        let (x, y) = (a.ty.bare(), b.ty.bare());
        let nullable = a.ty.is_nullable() || b.ty.is_nullable();
        if !comparable(x, y) {
            let flipped = op.swap().and_then(|op| super::decimal::against_float(op, b, a));
            let compared = super::decimal::against_float(op, a, b).or(flipped)?;
            return Some(Typed::boolean(compared, nullable).of_type(ty));
        }
        return Some(Typed::boolean(binary(a.value(), op, b.value()), nullable).of_type(ty));
    }
    let op = match name {
        "plus" => Operator::Plus,
        "minus" => Operator::Minus,
        "multiply" => Operator::Multiply,
        "divide" => Operator::Divide,
        _ => return None,
    };
    let numeric = |t: &ChType| {
        t.is_float() || t.integer_bits().is_some_and(|(bits, _)| bits <= 64) && *t.bare() != ChType::Bool
    };
    let plain = numeric(ty) && numeric(&a.ty) && numeric(&b.ty);
    let nullable = ty.is_nullable();
    let bare = ty.bare().clone().nullable_if(nullable);
    let wide = |t: &Typed| t.ty.bare() == ty.bare() || super::coerce::widens(&t.ty, &bare);
    if !plain || !wide(a) || !wide(b) {
        return None;
    }
    let cast = |t: &Typed| {
        if t.ty.bare() == ty.bare() {
            t.value()
        } else if let (Some(value), Expr::Literal(scalar, _)) = (&t.constant, &t.expr)
            && value.ty.is_number()
            && let Ok(cast) = scalar.cast_to(&crate::arrow_type(ty))
        {
            Expr::Literal(cast, None)
        } else {
            Expr::Cast(datafusion::logical_expr::Cast::new(Box::new(t.value()), crate::arrow_type(ty)))
        }
    };
    Some(Typed::new(binary(cast(a), op, cast(b)), ty.clone()))
}

/// Whether Arrow compares values of these types as ClickHouse does.
fn comparable(a: &ChType, b: &ChType) -> bool {
    let same = a == b
        || matches!((a, b), (ChType::DateTime(_), ChType::DateTime(_)))
        || matches!((a, b), (ChType::Date | ChType::Date32, ChType::Date | ChType::Date32))
        || matches!((a, b), (ChType::DateTime64(x, _), ChType::DateTime64(y, _)) if crate::time_unit(*x) == crate::time_unit(*y));
    same && (a.integer_bits().is_some_and(|(bits, _)| bits <= 64)
        || a.is_decimal()
        || a.is_date()
        || a.is_date_time()
        || matches!(a, ChType::String | ChType::FixedString(_) | ChType::Uuid | ChType::Ipv4 | ChType::Ipv6)
        || a.enum_values().is_some())
}
