//! `transform`: the element of `to` at the place where `from` holds the value; otherwise the default, or the value.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use std::collections::HashMap;

use arrow::compute::interleave;
use kinglet_types::{ErrorCode, SqlError, supertype};

use crate::conversion::{Failure, convert};
use crate::function::comparable;
use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct Transform;

static SPEC: Spec = Spec {
    name: "transform",
    category: "other",
    syntax: "transform(value, from, to[, default])",
    summary: "The element of `to` at the place where `from` holds the value; otherwise the default, or the value.",
    arguments: &[
        ("value", "Any type"),
        ("from", "Array, constant"),
        ("to", "Array, constant"),
        ("default", "Value for those that are not found"),
    ],
    returns: "The common type of `to` and the default.",
    examples: &[
        Example { sql: "transform('b', ['a', 'b'], [1, 2], 0)", answer: "2" },
        Example { sql: "transform(3, [1, 2], [10, 20])", answer: "3" },
    ],
    ..Spec::EMPTY
};

impl Function for Transform {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=4)?;
        args.ty(1).element().ok_or_else(|| args.illegal(1))?;
        let to = args.ty(2).element().ok_or_else(|| args.illegal(2))?;
        let other = args.ty(if args.len() > 3 { 3 } else { 0 }).clone();
        let text = [&to, &other].iter().any(|ty| ty.bare().is_text());
        let ty = supertype(&[to, other]).ok_or_else(|| args.illegal(2))?;
        Ok(if text && args.len() > 3 { ty.without_low_cardinality().clone() } else { ty })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let from = call.lists(1)?;
        let to = call.lists(2)?;
        if (0..call.rows).any(|row| from.len(row) != to.len(row)) {
            let message = format!("Arrays of function {} must have equal lengths", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let value = call.arg(0)?;
        let (from_ty, to_ty) = match (call.ty(1).element(), call.ty(2).element()) {
            (Some(from), Some(to)) => (from, to),
            _ => return Err(call.illegal_column(1)),
        };
        let common = supertype(&[value.ty.clone(), from_ty.clone()]);
        let common = common.ok_or_else(|| SqlError::illegal_type(call.name, 2, call.ty(1)))?.nullable();
        let same =
            |array: &ArrayRef, ty: &ChType| convert(array, ty, &common, Failure::Null, call.environment);
        let values = comparable(&same(&value.array, &value.ty)?, false)?;
        let keys = comparable(&same(from.elements(), &from_ty)?, false)?;
        let other = call.arg(if call.args.len() > 3 { 3 } else { 0 })?;
        let target =
            |array: &ArrayRef, ty: &ChType| convert(array, ty, call.result, Failure::Error, call.environment);
        let answers = target(to.elements(), &to_ty)?;
        let others = target(&other.array, &other.ty)?;
        let constant = call.arg(1)?.constant;
        let mut known = HashMap::new();
        if constant {
            for at in from.range(0).rev() {
                known.insert(keys.row(at), at - from.range(0).start);
            }
        }
        let picks: Vec<(usize, usize)> = (0..call.rows)
            .map(|row| {
                let wanted = values.row(value.index(row));
                let place = if constant {
                    known.get(&wanted).copied()
                } else {
                    from.range(row).position(|at| keys.row(at) == wanted)
                };
                match place {
                    Some(place) => (0, to.range(row).start + place),
                    None => (1, other.index(row)),
                }
            })
            .collect();
        interleave(&[answers.as_ref(), others.as_ref()], &picks).map_err(internal)
    }
}
