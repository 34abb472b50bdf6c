//! `arrayReduce`: the aggregate over the elements; its parameters stand in the name.

use arrow::array::{ArrayRef, AsArray, UInt32Array};
use arrow::compute::take;
use kinglet_types::{ChType, Result};

use crate::aggregate::Rows;
use crate::function::array_map::Zipped;
use crate::function::{Args, Call, Example, Function, Spec, named_aggregate, result};
use crate::text::int_at;

pub(in crate::function) struct ArrayReduce;

static SPEC: Spec = Spec {
    name: "arrayReduce",
    category: "array",
    syntax: "arrayReduce(aggregate, array, ..)",
    summary: "The aggregate over the elements; its parameters stand in the name.",
    arguments: &[("aggregate", "String, constant"), ("array", "Arrays of equal lengths")],
    returns: "The aggregate's type.",
    examples: &[
        Example { sql: "arrayReduce('max', [1, 3, 2])", answer: "3" },
        Example { sql: "arrayReduce('quantileExact(0.5)', [1, 3, 2])", answer: "2" },
    ],
    ..Spec::EMPTY
};

impl Function for ArrayReduce {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        named_aggregate::return_type(args, "Array")
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        named_aggregate::per_row(call, "Array")
    }
}

/// The type of `arrayReduceInRanges`.
pub(super) fn ranges_type(args: &Args<'_>) -> Result<ChType> {
    args.expect(1, |ty| {
        ty.element().is_some_and(|range| matches!(&range, ChType::Tuple(fields) if fields.len() == 2))
    })?;
    let text = args.constant_text(0)?;
    let types: Vec<ChType> = args.list.iter().skip(2).map(|arg| arg.ty.clone()).collect();
    Ok(ChType::array(named_aggregate::bound(&text, "Array", &types, args.environment)?.result_type()))
}

/// The aggregate over each range of argument 2.
pub(super) fn in_ranges(call: &Call<'_>) -> Result<ArrayRef> {
    let text = call.arg(0)?.text_value().ok_or_else(|| call.illegal_column(0))?;
    let types: Vec<ChType> = call.args.iter().skip(2).map(|arg| arg.ty.clone()).collect();
    let bound = named_aggregate::bound(&text, "Array", &types, call.environment)?;
    let ranges = call.lists(1)?;
    let parts = ranges.elements().as_struct_opt().ok_or_else(|| call.illegal_column(1))?;
    let [starts, lengths] = parts.columns() else { return Err(call.illegal_column(1)) };
    let zipped = Zipped::read(call, 2)?;
    // One array per range, cut out of the row's.
    let (mut positions, mut cuts, mut counts) = (Vec::new(), Vec::new(), Vec::with_capacity(call.rows));
    for row in 0..call.rows {
        let (first, end) = (i64::from(zipped.offsets[row]), i64::from(zipped.offsets[row + 1]));
        counts.push(ranges.len(row));
        for at in ranges.range(row) {
            let (start, length) = (int_at(starts, at), int_at(lengths, at).max(0));
            let start = if start > 0 { first.saturating_add(start - 1) } else { end.saturating_add(start) };
            let stop = start.saturating_add(length).clamp(first, end);
            let start = start.clamp(first, end);
            positions.extend((start..stop.max(start)).map(|at| at as u32));
            cuts.push((stop.max(start) - start) as usize);
        }
    }
    let positions = UInt32Array::from(positions);
    let mut columns: Vec<ArrayRef> = Vec::new();
    for (elements, ty) in zipped.elements.iter().zip(&types) {
        let elements = take(elements, &positions, None).map_err(result::internal)?;
        columns.push(result::lists(ty, elements, cuts.clone())?);
    }
    let groups: Vec<usize> = (0..cuts.len()).collect();
    let mut held = bound.groups();
    held.update(&Rows { columns: &columns, groups: &groups, filter: None, total: cuts.len() })?;
    result::lists(call.result, held.finish(cuts.len())?, counts)
}
