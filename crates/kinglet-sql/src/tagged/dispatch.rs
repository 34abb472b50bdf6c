//! Functions over tagged values: evaluated for each type that occurs, as ClickHouse does.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, UInt32Array};
use arrow::compute::take;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::{alternatives, assemble, tag};
use crate::conversion::{Failure, convert};
use crate::function::result::{internal, nulls};
use crate::function::{ArgType, Args, Call, Column, Function, evaluate_call, result_type};

/// Types a Dynamic value is tried as, to find out whether a function's result depends on its argument's.
fn candidates() -> [ChType; 13] {
    [
        ChType::Int64,
        ChType::Float64,
        ChType::String,
        ChType::Bool,
        ChType::Date,
        ChType::DateTime(None),
        ChType::DateTime64(9, None),
        ChType::array(ChType::Int64),
        ChType::array(ChType::Float64),
        ChType::array(ChType::String),
        ChType::map(ChType::String, ChType::Int64),
        ChType::Uuid,
        ChType::json(),
    ]
}

/// The place of the argument a call is dispatched on.
fn place<'a>(function: &dyn Function, types: impl Iterator<Item = &'a ChType>) -> Option<usize> {
    if function.takes_tagged() { None } else { types.map(ChType::bare).position(ChType::is_tagged) }
}

/// The type of a call with Variant or Dynamic arguments; `None` for any other call.
///
/// # Errors
/// The function's own when it takes none of the types.
pub(crate) fn dispatched(function: &dyn Function, args: &Args<'_>) -> Option<Result<ChType>> {
    if args.list.iter().any(|arg| arg.is_lambda) {
        return None;
    }
    let at = place(function, args.list.iter().map(|arg| &arg.ty))?;
    let ty = args.list.get(at)?.ty.bare().clone();
    let tried = match &ty {
        ChType::Variant(types) => types.to_vec(),
        _ => candidates().to_vec(),
    };
    let mut results: Vec<ChType> = Vec::new();
    let mut refused = None;
    for candidate in tried {
        match typed_as(function, args, at, candidate) {
            Ok(result) => {
                let bare = without_null(result);
                if !results.contains(&bare) {
                    results.push(bare);
                }
            }
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    let result = match (results.as_slice(), refused) {
        ([], Some(error)) => return Some(Err(error)),
        ([one], _)
            if matches!(ty, ChType::Variant(_)) || one.can_be_nullable() && !is_arithmetic(function) =>
        {
            one.clone().nullable()
        }
        _ if matches!(ty, ChType::Dynamic(_)) => ChType::dynamic(),
        (several, _) if several.iter().any(|ty| matches!(ty, ChType::Dynamic(_))) => ChType::dynamic(),
        (several, _) => variant_of(several),
    };
    Some(Ok(result))
}

/// Whether the result's type follows from the arguments', even where it is the same for all that were tried.
fn is_arithmetic(function: &dyn Function) -> bool {
    function.spec().category == "arithmetic"
}

fn typed_as(function: &dyn Function, args: &Args<'_>, at: usize, ty: ChType) -> Result<ChType> {
    let mut list = args.list.to_vec();
    if let Some(arg) = list.get_mut(at) {
        *arg = ArgType { ty, constant: None, is_lambda: false };
    }
    result_type(function, &Args { list: &list, ..*args })
}

fn without_null(ty: ChType) -> ChType {
    match ty {
        ChType::LowCardinality(inner) => without_null(inner.as_ref().clone()),
        ChType::Nullable(inner) => inner.as_ref().clone(),
        other => other,
    }
}

/// The Variant of several types, those of Variants among them taken apart.
fn variant_of(types: &[ChType]) -> ChType {
    let mut all: Vec<ChType> = Vec::new();
    for ty in types {
        match ty {
            ChType::Variant(inner) => all.extend(inner.iter().cloned()),
            ChType::Nothing => {}
            other => all.push(other.clone()),
        }
    }
    all.sort_by_cached_key(ToString::to_string);
    all.dedup();
    ChType::Variant(all.into())
}

/// Evaluates a call with Variant or Dynamic arguments type by type; `None` for any other call.
///
/// # Errors
/// What the function raises for a type that occurs, refusals included.
pub(crate) fn evaluate_tagged(function: &dyn Function, call: &Call<'_>) -> Option<Result<ArrayRef>> {
    if (0..call.args.len()).any(|at| call.is_lambda(at)) {
        return None;
    }
    let at = place(function, call.args.iter().map(|arg| &arg.ty))?;
    Some(by_alternative(function, call, at))
}

fn by_alternative(function: &dyn Function, call: &Call<'_>, at: usize) -> Result<ArrayRef> {
    let column = call.arg(at)?;
    let rows = if column.constant { 1 } else { call.rows };
    let mut parts = Vec::new();
    for alternative in alternatives(&column.array)? {
        let count = if column.constant { call.rows } else { alternative.rows.len() };
        let chosen = UInt32Array::from(alternative.rows.clone());
        let mut args = Vec::with_capacity(call.args.len());
        for (place, other) in call.args.iter().enumerate() {
            args.push(if place == at {
                let one = Column { array: Arc::clone(&alternative.values), ..other.clone() };
                // A value of a tagged column is never taken for a literal.
                Column::new(alternative.ty.clone(), one.expanded(count))
            } else if other.constant || column.constant || count == call.rows {
                other.clone()
            } else {
                Column::new(other.ty.clone(), take(&other.array, &chosen, None).map_err(internal)?)
            });
        }
        if function.spec().category == "comparison" {
            align_constants(&mut args, call)?;
        }
        let inner = inner_type(function, call, &args)?;
        let values = evaluate_call(function, call.name, &args, &[], &inner, count, call.environment)?;
        let values = if call.result.bare().is_tagged() {
            tag(&values, &inner)?
        } else {
            convert(&values, &inner, call.result, Failure::Error, call.environment)?
        };
        if column.constant {
            return Ok(values);
        }
        parts.push((alternative.rows, values));
    }
    if column.constant {
        return Ok(nulls(call.result, call.rows));
    }
    assemble(&parts, rows, call.result)
}

/// Constant texts that are compared with another type are read as that type.
fn align_constants(args: &mut [Column], call: &Call<'_>) -> Result<()> {
    let [a, b] = args else { return Ok(()) };
    align(a, b, call)?;
    align(b, a, call)
}

fn align(text: &mut Column, other: &Column, call: &Call<'_>) -> Result<()> {
    let other = other.ty.bare();
    let plain = !other.is_text() && !other.is_tagged() && *other != ChType::Nothing;
    if plain && text.constant && *text.ty.bare() == ChType::String && text.array.null_count() == 0 {
        let array = convert(&text.array, &text.ty, other, Failure::Error, call.environment);
        let array = array.map_err(|error| match other.is_number() {
            true => SqlError { code: ErrorCode::TYPE_MISMATCH, ..error },
            false => error,
        });
        *text = Column::constant(other.clone(), array?);
    }
    Ok(())
}

fn inner_type(function: &dyn Function, call: &Call<'_>, args: &[Column]) -> Result<ChType> {
    let list: Vec<ArgType> = args
        .iter()
        .map(|column| ArgType {
            ty: column.ty.clone(),
            constant: column.constant.then(|| column.clone()),
            is_lambda: false,
        })
        .collect();
    result_type(function, &Args { name: call.name, list: &list, environment: call.environment })
}
