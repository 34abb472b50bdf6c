//! `arrayEnumerateDense`: for each element the number, from 1, of its value by first occurrence.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayEnumerateDense;

static SPEC: Spec = Spec {
    name: "arrayEnumerateDense",
    category: "array",
    syntax: "arrayEnumerateDense(array, ..)",
    summary: "For each element the number, from 1, of its value by first occurrence.",
    arguments: &[("array", "Array")],
    returns: "Array(UInt32)",
    examples: &[Example { sql: "arrayEnumerateDense([10, 20, 10, 30])", answer: "[1,2,1,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayEnumerateDense {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        {
            for at in 0..args.len() {
                args.ty(at).element().ok_or_else(|| args.illegal(at))?;
            }
            Ok(ChType::array(ChType::UInt32))
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let zipped = crate::function::array_map::Zipped::read(call, 0)?;
        let keys = zipped
            .elements
            .iter()
            .map(|elements| super::gather::comparable(elements, false))
            .collect::<Result<Vec<_>>>()?;
        let mut numbers = Vec::new();
        for pair in zipped.offsets.windows(2) {
            let mut seen = std::collections::HashMap::new();
            for at in pair[0] as usize..pair[1] as usize {
                let key: Vec<_> = keys.iter().map(|keys| keys.row(at)).collect();
                let next = seen.len() as i64 + 1;
                numbers.push(*seen.entry(key).or_insert(next));
            }
        }
        let elements = result::int_array(&ChType::UInt32, numbers, None)?;
        result::lists_like(call.result, elements, &zipped.offsets)
    }
}
