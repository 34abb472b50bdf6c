//! `flattenTuple`: A tuple with the elements of the tuples inside it, named by their paths.

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use arrow::array::{AsArray, StructArray};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};
use std::sync::Arc;

pub(in crate::function) struct FlattenTuple;

static SPEC: Spec = Spec {
    name: "flattenTuple",
    category: "tuple",
    syntax: "flattenTuple(tuple)",
    summary: "A tuple with the elements of the tuples inside it, named by their paths.",
    arguments: &[("tuple", "Tuple with names")],
    returns: "Tuple",
    examples: &[Example {
        sql: "flattenTuple(CAST((1, (2, 'x')), 'Tuple(a UInt8, b Tuple(c UInt8, d String))'))",
        answer: "(1,2,'x')",
    }],
    ..Spec::EMPTY
};

impl Function for FlattenTuple {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let mut fields = Vec::new();
        flat_types(args.ty(0), "", &mut fields).ok_or_else(|| args.illegal(0))?;
        Ok(ChType::Tuple(fields.into()))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?.expanded(call.rows);
        let mut columns = Vec::new();
        flat_columns(&column, call.ty(0), &mut columns);
        let DataType::Struct(fields) = crate::arrow_type(call.result) else {
            return Err(call.illegal_column(0));
        };
        Ok(Arc::new(StructArray::try_new(fields, columns, None).map_err(internal)?))
    }
}
fn flat_types(ty: &ChType, path: &str, out: &mut Vec<(Option<Arc<str>>, ChType)>) -> Option<()> {
    let ChType::Tuple(fields) = ty else { return None };
    for (name, ty) in fields.iter() {
        let name = name.as_ref()?;
        let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        if let ChType::Tuple(_) = ty {
            flat_types(ty, &path, out)?;
        } else {
            out.push((Some(path.into()), ty.clone()));
        }
    }
    Some(())
}

fn flat_columns(array: &ArrayRef, ty: &ChType, out: &mut Vec<ArrayRef>) {
    let (ChType::Tuple(fields), Some(parts)) = (ty, array.as_struct_opt()) else { return };
    for (column, (_, ty)) in parts.columns().iter().zip(fields.iter()) {
        if let ChType::Tuple(_) = ty { flat_columns(column, ty, out) } else { out.push(Arc::clone(column)) }
    }
}
