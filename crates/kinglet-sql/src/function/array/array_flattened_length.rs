//! `arrayFlattenedLength`: number of elements of an array with all arrays inside it opened.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayFlattenedLength;

static SPEC: Spec = Spec {
    name: "arrayFlattenedLength",
    category: "array",
    syntax: "arrayFlattenedLength(array)",
    summary: "Number of elements of an array with all arrays inside it opened.",
    arguments: &[("array", "Array")],
    returns: "UInt64",
    examples: &[Example { sql: "arrayFlattenedLength([[1, 2], [3]])", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for ArrayFlattenedLength {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        {
            args.expect(0, |ty| matches!(ty, ChType::Array(_)))?;
            Ok(ChType::UInt64)
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let mut offsets = Vec::new();
        let mut array = &column.array;
        while let Some(lists) = arrow::array::AsArray::as_list_opt::<i32>(array) {
            offsets.push(lists.value_offsets());
            array = lists.values();
        }
        result::ints(call.result, call.rows, |row| {
            let (mut start, mut end) = (column.index(row), column.index(row) + 1);
            for offsets in &offsets {
                let at = |place: usize| offsets.get(place).map_or(0, |at| *at as usize);
                (start, end) = (at(start), at(end));
            }
            Ok((end - start) as i64)
        })
    }
}
