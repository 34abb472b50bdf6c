//! `arrayUniq`: number of different elements.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use std::collections::HashSet;

use super::gather::comparable;
use crate::function::array_map::Zipped;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayUniq;

static SPEC: Spec = Spec {
    name: "arrayUniq",
    category: "array",
    syntax: "arrayUniq(array, ..)",
    summary: "Number of different elements, or of different combinations of several arrays.",
    arguments: &[("array", "Arrays of equal lengths")],
    returns: "UInt32",
    examples: &[Example { sql: "arrayUniq([1, 2, 1])", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ArrayUniq {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        for at in 0..args.len() {
            args.ty(at).element().ok_or_else(|| args.illegal(at))?;
        }
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let zipped = Zipped::read(call, 0)?;
        let keys =
            zipped.elements.iter().map(|elements| comparable(elements, false)).collect::<Result<Vec<_>>>()?;
        let counts: Vec<i64> = zipped
            .offsets
            .windows(2)
            .map(|pair| {
                let rows = pair[0] as usize..pair[1] as usize;
                let known: HashSet<Vec<_>> =
                    rows.map(|at| keys.iter().map(|key| key.row(at)).collect()).collect();
                known.len() as i64
            })
            .collect();
        result::ints(call.result, call.rows, |row| Ok(counts.get(row).copied().unwrap_or(0)))
    }
}
