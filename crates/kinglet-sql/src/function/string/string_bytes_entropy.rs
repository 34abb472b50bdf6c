//! `stringBytesEntropy`: shannon's entropy of the bytes of a text, in bits.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct StringBytesEntropy;

static SPEC: Spec = Spec {
    name: "stringBytesEntropy",
    category: "string",
    syntax: "stringBytesEntropy(text)",
    summary: "Shannon's entropy of the bytes of a text, in bits.",
    arguments: &[("text", "String")],
    returns: "Float64",
    examples: &[Example { sql: "stringBytesEntropy('aabb')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for StringBytesEntropy {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::floats(call.result, call.rows, |row| Ok(entropy(texts.get(row))))
    }
}
fn entropy(text: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    text.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let share = |count: &u32| f64::from(*count) / text.len() as f64;
    counts.iter().filter(|count| **count > 0).map(|count| -share(count) * share(count).log2()).sum()
}
