//! Converting bound expressions to other types.

use datafusion::logical_expr::{Cast, Expr};
use kinglet_types::{ChType, Result};

use super::{Binder, Typed};
use crate::arrow_type;
use crate::conversion::{Failure, convert};
use crate::function::{Column, Functions, udf};
use crate::operator::INTERNAL_CAST;

impl Binder<'_> {
    /// The expression as type `to`, by the rules of CAST.
    ///
    /// # Errors
    /// When a constant does not convert.
    pub(super) fn coerce(&self, from: &Typed, to: &ChType) -> Result<Typed> {
        if from.ty == *to {
            return Ok(from.clone());
        }
        if let Some(constant) = &from.constant {
            let array = convert(&constant.array, &constant.ty, to, Failure::Error, &self.environment)?;
            return Typed::constant(Column::constant(to.clone(), array));
        }
        if self.keeps_layout(&from.ty, to) {
            return Ok(from.clone().retyped(to.clone()));
        }
        if widens(&from.ty, to) {
            let cast = Expr::Cast(Cast::new(Box::new(from.value()), arrow_type(to)));
            return Ok(Typed::new(cast, to.clone()));
        }
        self.cast_call(from, to)
    }

    /// Whether values of both types are stored and mean the same, NULLs aside.
    fn keeps_layout(&self, from: &ChType, to: &ChType) -> bool {
        let (a, b) = (from.without_low_cardinality(), to.without_low_cardinality());
        if a.is_nullable() && !b.is_nullable() {
            return false;
        }
        let (a, b) = (a.bare(), b.bare());
        a == b
            || matches!((a, b), (ChType::DateTime(_), ChType::DateTime(_)) | (ChType::Date, ChType::Date32))
    }

    fn cast_call(&self, from: &Typed, to: &ChType) -> Result<Typed> {
        let Some(cast) = Functions::get().find("CAST") else {
            return Err(super::unsupported("CAST is missing"));
        };
        let types = vec![from.ty.clone(), ChType::String];
        let name = Typed::constant(Column { constant: true, ..Column::of_texts([to.to_string().as_str()]) })?;
        let udf = udf(cast, INTERNAL_CAST, types, vec![None, None], to.clone(), &self.environment);
        Ok(Typed::new(udf.call(vec![from.value(), name.expr]), to.clone()))
    }
}

/// Whether Arrow's own cast does what ClickHouse's does: no value changes or fails.
pub(super) fn widens(from: &ChType, to: &ChType) -> bool {
    let (from, to) = (from.without_low_cardinality(), to.without_low_cardinality());
    if from.is_nullable() && !to.is_nullable() {
        return false;
    }
    let (a, b) = (from.bare(), to.bare());
    if *b == ChType::Bool {
        return false;
    }
    match (a.integer_bits(), b.integer_bits()) {
        (Some((x, s)), Some((y, t))) if x <= 64 && y <= 64 => (s == t && x <= y) || (!s && t && x < y),
        (Some((x, _)), None) => x <= 64 && b.is_float(),
        (None, None) => *a == ChType::Float32 && *b == ChType::Float64,
        _ => false,
    }
}
