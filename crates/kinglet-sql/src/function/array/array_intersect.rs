//! `arrayIntersect`: the different elements that all arrays have.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use std::collections::HashSet;

use arrow::array::UInt32Array;
use arrow::compute::take;
use kinglet_types::supertype;

use super::gather::comparable;
use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayIntersect;

static SPEC: Spec = Spec {
    name: "arrayIntersect",
    category: "array",
    syntax: "arrayIntersect(array, ..)",
    summary: "The different elements that all arrays have.",
    arguments: &[("array", "Arrays")],
    returns: "An array.",
    examples: &[Example { sql: "arrayIntersect([1, 2, 3], [2, 3, 4])", answer: "[2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayIntersect {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        let elements = (0..args.len()).map(|at| args.ty(at).element().ok_or_else(|| args.illegal(at)));
        let elements = elements.collect::<Result<Vec<ChType>>>()?;
        let nullable = elements.iter().all(ChType::is_nullable);
        let ty = supertype(&elements).ok_or_else(|| args.illegal(1))?;
        let narrow = elements.iter().filter(|ty| ty.bare().is_integer());
        let narrow = narrow.min_by_key(|ty| ty.bare().integer_bits().map_or(0, |(bits, _)| bits));
        let ty = narrow.map_or(&ty, |ty| ty).bare().clone();
        Ok(ChType::array(if nullable { ty.nullable() } else { ty }))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let element = call.result.element().ok_or_else(|| call.illegal_column(0))?;
        let own: Vec<ChType> = call.args.iter().filter_map(|arg| arg.ty.element()).collect();
        let common = supertype(&own).ok_or_else(|| call.illegal_column(0))?.nullable();
        let mut arrays = Vec::with_capacity(own.len());
        let mut rows = Vec::with_capacity(own.len());
        for (at, ty) in own.iter().enumerate() {
            let lists = call.lists(at)?;
            let elements = convert(lists.elements(), ty, &common, Failure::Null, call.environment)?;
            rows.push(comparable(&elements, false)?);
            arrays.push((lists, elements));
        }
        let (Some((first, elements)), Some(keys)) = (arrays.first(), rows.first()) else {
            return Err(call.illegal_column(0));
        };
        let mut positions = Vec::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let others: Vec<HashSet<_>> = arrays
                .iter()
                .zip(&rows)
                .skip(1)
                .map(|((lists, _), keys)| lists.range(row).map(|at| keys.row(at)).collect())
                .collect();
            let before = positions.len();
            let mut known = HashSet::new();
            positions.extend(
                first
                    .range(row)
                    .filter(|at| {
                        let key = keys.row(*at);
                        others.iter().all(|other| other.contains(&key)) && known.insert(key)
                    })
                    .map(|at| at as u32),
            );
            lengths.push(positions.len() - before);
        }
        let elements = take(elements, &UInt32Array::from(positions), None).map_err(result::internal)?;
        let elements = convert(&elements, &common, &element, Failure::Error, call.environment)?;
        result::lists(call.result, elements, lengths)
    }
}
