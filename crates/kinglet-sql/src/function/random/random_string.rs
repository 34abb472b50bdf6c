//! `randomString`: A text of random bytes.

use super::stream::Stream;
use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct RandomString;

static SPEC: Spec = Spec {
    name: "randomString",
    category: "random",
    syntax: "randomString(length[, tag])",
    summary: "A text of random bytes.",
    arguments: &[("length", "Integer"), ("tag", "Any value")],
    returns: "String",
    examples: &[Example { sql: "length(randomString(5))", answer: "5" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for RandomString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_integer)?;

        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lengths = call.ints(0)?;
        let mut random = Stream::of(call);
        result::texts_of(call.result, call.rows, |row, out| {
            let length = usize::try_from(lengths.get(row)).ok().filter(|length| *length <= 1 << 24);
            let length = length.ok_or_else(|| {
                let message = format!("Too large string size in function {}", call.name);
                SqlError::new(ErrorCode::TOO_LARGE_STRING_SIZE, message)
            })?;
            out.extend(std::iter::repeat_with(|| random.next() as u8).take(length));
            Ok(())
        })
    }
}
