//! A bound expression.

use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Cast, Expr, lit};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::arrow_type;
use crate::function::{ArgType, Column};

/// An expression with its ClickHouse type.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// The expression; of Arrow type Boolean where `boolean`, else in the layout of `ty`.
    pub(crate) expr: Expr,
    pub(crate) ty: ChType,
    /// The value, if it is constant.
    pub(crate) constant: Option<Column>,
    /// A UInt8 (or Nullable) that is still a Boolean.
    boolean: bool,
}

impl Typed {
    pub(crate) fn new(expr: Expr, ty: ChType) -> Self {
        Self { expr, ty, constant: None, boolean: false }
    }

    /// A predicate: Boolean to Arrow, UInt8 to ClickHouse.
    pub(crate) fn boolean(expr: Expr, nullable: bool) -> Self {
        Self { expr, ty: ChType::UInt8.nullable_if(nullable), constant: None, boolean: true }
    }

    /// A predicate of another type of the same layout: `LowCardinality(UInt8)`.
    pub(crate) fn of_type(mut self, ty: &ChType) -> Self {
        self.ty = ty.clone();
        self
    }

    /// A constant; `column` has one value.
    pub(crate) fn constant(column: Column) -> Result<Self> {
        let scalar = column.to_scalar().ok_or_else(|| {
            SqlError::new(ErrorCode::LOGICAL_ERROR, format!("No literal of type {}", column.ty))
        })?;
        let ty = column.ty.clone();
        let column = Column { constant: true, ..column };
        Ok(Self { expr: Expr::Literal(scalar, None), ty, constant: Some(column), boolean: false })
    }

    /// The expression in the layout of its type.
    pub(crate) fn value(&self) -> Expr {
        if self.boolean {
            Expr::Cast(Cast::new(Box::new(self.expr.clone()), arrow_type(&self.ty)))
        } else {
            self.expr.clone()
        }
    }

    /// The expression as a condition of Arrow type Boolean.
    ///
    /// # Errors
    /// 59 when the type is no condition.
    pub(crate) fn condition(&self) -> Result<Expr> {
        if self.boolean || *self.ty.bare() == ChType::Bool {
            return Ok(self.expr.clone());
        }
        if self.ty.is_only_null() {
            return Ok(Expr::Literal(ScalarValue::Boolean(None), None));
        }
        if let Some(value) = self.constant.as_ref().filter(|_| self.ty.is_number()) {
            return Ok(match value.float_value() {
                Some(number) => lit(number != 0.0),
                None => Expr::Literal(ScalarValue::Boolean(None), None),
            });
        }
        if let Some(condition) = crate::function::as_condition(&self.expr) {
            return Ok(condition);
        }
        if self.ty.integer_bits().is_some_and(|(bits, _)| bits <= 64) || self.ty.is_float() {
            let zero = ScalarValue::new_zero(&arrow_type(self.ty.bare()));
            let zero = zero.map_err(crate::fault::from_datafusion)?;
            return Ok(self.expr.clone().not_eq(Expr::Literal(zero, None)));
        }
        let message =
            format!("Illegal type {} of filter or condition. Must be UInt8 or Nullable(UInt8)", self.ty);
        Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER, message))
    }

    /// The same value under another type of the same layout.
    pub(crate) fn retyped(mut self, ty: ChType) -> Self {
        if self.boolean && arrow_type(&ty) != arrow_type(&self.ty) {
            self = Self { expr: self.value(), boolean: false, ..self };
        }
        if let Some(constant) = &mut self.constant {
            constant.ty = ty.clone();
        }
        self.ty = ty;
        self
    }

    /// The same with the expression replaced by `expr`, which has the same layout as before.
    pub(crate) fn with_expr(&self, expr: Expr) -> Self {
        Self { expr, ..self.clone() }
    }

    /// What a function sees of it at binding time.
    pub(crate) fn arg(&self) -> ArgType {
        ArgType { ty: self.ty.clone(), constant: self.constant.clone(), is_lambda: false }
    }

    /// Whether the expression is Boolean to Arrow.
    pub(crate) fn is_boolean(&self) -> bool {
        self.boolean
    }
}
