//! `arrayElement` and `tupleElement`: `array[n]`, `map[key]`, `tuple.n`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, UInt32Array};
use arrow::compute::take;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::nullable::filled;
use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Args, Call, Column, Example, Function, Nulls, Spec, evaluate_call};

pub(super) struct ArrayElement;
pub(super) struct TupleElement;

static ARRAY: Spec = Spec {
    name: "arrayElement",
    category: "array",
    syntax: "array[n] or map[key]",
    summary: "The element at a position from 1, from the end when it is negative; or the value of a key. The type's default where there is none.",
    arguments: &[("array", "Array or Map"), ("n", "A whole number, or a key")],
    returns: "The element's type.",
    examples: &[
        Example { sql: "[10, 20][-1]", answer: "20" },
        Example { sql: "map('a', 1)['b']", answer: "0" },
    ],
    ..Spec::EMPTY
};

impl Function for ArrayElement {
    fn spec(&self) -> &'static Spec {
        &ARRAY
    }

    fn keeps_inner_types(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        match args.ty(0) {
            ChType::Json(of) => {
                args.constant_text(1)?;
                Ok(ChType::Dynamic(of.max_types))
            }
            ChType::Map(key, value) => {
                let text = |ty: &ChType| ty.is_text() || ty.enum_values().is_some();
                args.expect(1, |ty| text(ty) == text(key))?;
                Ok(value.as_ref().clone())
            }
            other => {
                let element = other.element().ok_or_else(|| args.illegal(0))?;
                args.expect(1, ChType::is_integer)?;
                if args.constant(1).and_then(Column::int_value) == Some(0) {
                    let message = "Array indices are 1-based";
                    return Err(SqlError::new(ErrorCode::ZERO_ARRAY_OR_TUPLE_INDEX, message));
                }
                Ok(element)
            }
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        match call.ty(0) {
            ChType::Map(..) => return by_key(call),
            ChType::Json(_) => return json_member(call),
            _ => {}
        }
        let lists = call.lists(0)?;
        let places = call.ints(1)?;
        let indices: UInt32Array = (0..call.rows)
            .map(|row| {
                let (range, place) = (lists.range(row), places.get(row));
                let from_front = usize::try_from(place).ok().and_then(|p| p.checked_sub(1));
                let from_back =
                    usize::try_from(place.checked_neg()?).ok().and_then(|p| range.len().checked_sub(p));
                let at = if place > 0 { from_front } else { from_back }?;
                (at < range.len()).then(|| (range.start + at) as u32)
            })
            .collect();
        let taken = take(lists.elements(), &indices, None).map_err(internal)?;
        defaulted(&taken, call.result)
    }
}

/// The value of a path of a JSON, or the object there.
fn json_member(call: &Call<'_>) -> Result<ArrayRef> {
    let (column, path) = (call.arg(0)?, call.arg(1)?.text_value().unwrap_or_default());
    let ChType::Json(of) = column.ty.bare() else { return Err(call.illegal_column(0)) };
    crate::json::member(&column.expanded(call.rows), of, &path)
}

/// Missing elements are NULL where the type has it, else the default.
fn defaulted(array: &ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    let ty = ty.without_low_cardinality();
    if ty.is_nullable() || matches!(ty, ChType::Nothing) { Ok(Arc::clone(array)) } else { filled(array, ty) }
}

fn by_key(call: &Call<'_>) -> Result<ArrayRef> {
    let (column, key) = (call.arg(0)?, call.arg(1)?);
    let ChType::Map(key_type, _) = &column.ty else { return Err(call.illegal_column(0)) };
    let map = column.array.as_map();
    let wanted = convert(&key.expanded(call.rows), &key.ty, key_type, Failure::Error, call.environment)?;
    let compare = arrow::array::make_comparator(map.keys(), &wanted, Default::default()).map_err(internal)?;
    let offsets = map.value_offsets();
    let indices: UInt32Array = (0..call.rows)
        .map(|row| {
            let at = column.index(row);
            let (start, end) = (*offsets.get(at)? as usize, *offsets.get(at + 1)? as usize);
            (start..end).find(|place| compare(*place, row).is_eq()).map(|place| place as u32)
        })
        .collect();
    let taken = take(map.values(), &indices, None).map_err(internal)?;
    defaulted(&taken, call.result)
}

static TUPLE: Spec = Spec {
    name: "tupleElement",
    category: "tuple",
    syntax: "tuple.n or tuple.name",
    summary: "An element of a tuple by position from 1 or by name; of an array of tuples, the array of the elements.",
    arguments: &[("tuple", "Tuple or Array(Tuple)"), ("n", "A constant position or name")],
    returns: "The element's type.",
    examples: &[Example { sql: "tupleElement((1, 'a'), 2)", answer: "a" }],
    ..Spec::EMPTY
};

impl TupleElement {
    fn place(fields: &[(Option<Arc<str>>, ChType)], key: Option<&Column>, name: &str) -> Result<usize> {
        let missing = |what: String| {
            let message = format!("Tuple doesn't have element {what}");
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        };
        if let Some(text) = key.and_then(Column::text_value) {
            let at = fields.iter().position(|(label, _)| label.as_deref() == Some(text.as_str()));
            let by_number = || text.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < fields.len());
            return at.or_else(by_number).ok_or_else(|| missing(format!("with name '{text}'")));
        }
        let Some(number) = key.and_then(Column::int_value) else {
            let message = format!("Second argument of function {name} must be a constant position or name");
            return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
        };
        let from_back = || fields.len().checked_sub(usize::try_from(number.checked_neg()?).ok()?);
        let at = if number > 0 { usize::try_from(number - 1).ok() } else { from_back() };
        match at {
            Some(at) if at < fields.len() && number != 0 => Ok(at),
            _ => Err(SqlError::new(
                ErrorCode::ARGUMENT_OUT_OF_BOUND,
                format!("Tuple has no element {number}: it has {}", fields.len()),
            )),
        }
    }
}

impl Function for TupleElement {
    fn spec(&self) -> &'static Spec {
        &TUPLE
    }

    fn keeps_inner_types(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        match args.ty(0) {
            ChType::Json(of) => {
                args.constant_text(1)?;
                Ok(ChType::Dynamic(of.max_types))
            }
            ChType::Tuple(fields) => {
                let at = match Self::place(fields, args.constant(1), args.name) {
                    Err(_) if args.len() == 3 => return Ok(args.ty(2).clone()),
                    other => other?,
                };
                fields.get(at).map(|(_, ty)| ty.clone()).ok_or_else(|| args.illegal(1))
            }
            ChType::Array(_) | ChType::Nested(_) => {
                let inner = args.ty(0).element().ok_or_else(|| args.illegal(0))?;
                let mut list = args.list.to_vec();
                if let Some(first) = list.first_mut() {
                    first.ty = inner;
                }
                self.return_type(&Args { list: &list, ..*args }).map(ChType::array)
            }
            _ => Err(args.illegal(0)),
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (column, key) = (call.arg(0)?, call.arg(1)?);
        match &column.ty {
            ChType::Json(_) => json_member(call),
            ChType::Tuple(fields) => match Self::place(fields, Some(key), call.name) {
                Ok(at) => {
                    let all = column.expanded(call.rows);
                    all.as_struct().columns().get(at).cloned().ok_or_else(|| call.illegal_column(0))
                }
                Err(_) if call.args.len() == 3 => Ok(call.arg(2)?.expanded(call.rows)),
                Err(error) => Err(error),
            },
            ty => {
                let element = ty.element().ok_or_else(|| call.illegal_column(0))?;
                let result = call.result.element().ok_or_else(|| call.illegal_column(0))?;
                let all = column.expanded(call.rows);
                let list = all.as_list::<i32>();
                let values = Column::new(element, Arc::clone(list.values()));
                let rows = values.array.len();
                let args = [values, key.clone()];
                let inner = evaluate_call(self, call.name, &args, &[], &result, rows, call.environment)?;
                let arrow::datatypes::DataType::List(field) = crate::arrow_type(call.result) else {
                    return Err(call.illegal_column(0));
                };
                Ok(Arc::new(
                    ListArray::try_new(field, list.offsets().clone(), inner, None).map_err(internal)?,
                ))
            }
        }
    }
}
