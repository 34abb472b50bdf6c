//! `arrayEnumerateUniq`: how often each element has come up to its place.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use std::collections::HashMap;

use super::gather::comparable;
use crate::function::array_map::Zipped;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayEnumerateUniq;

static SPEC: Spec = Spec {
    name: "arrayEnumerateUniq",
    category: "array",
    syntax: "arrayEnumerateUniq(array, ..)",
    summary: "For each element the number of equal elements up to it, itself included; of several arrays their elements together.",
    arguments: &[("array", "Array")],
    returns: "Array(UInt32)",
    examples: &[Example { sql: "arrayEnumerateUniq([1, 2, 1])", answer: "[1,1,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayEnumerateUniq {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        for at in 0..args.len() {
            args.ty(at).element().ok_or_else(|| args.illegal(at))?;
        }
        Ok(ChType::array(ChType::UInt32))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let zipped = Zipped::read(call, 0)?;
        let keys =
            zipped.elements.iter().map(|array| comparable(array, false)).collect::<Result<Vec<_>>>()?;
        let mut numbers = Vec::new();
        for pair in zipped.offsets.windows(2) {
            let mut seen: HashMap<_, i64> = HashMap::new();
            for at in pair[0] as usize..pair[1] as usize {
                let key: Vec<_> = keys.iter().map(|keys| keys.row(at)).collect();
                let count = seen.entry(key).or_default();
                *count += 1;
                numbers.push(*count);
            }
        }
        let numbers =
            result::ints(&ChType::UInt32, numbers.len(), |at| Ok(numbers.get(at).copied().unwrap_or(0)))?;
        result::lists_like(call.result, numbers, &zipped.offsets)
    }
}
