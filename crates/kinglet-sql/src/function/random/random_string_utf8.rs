//! `randomStringUTF8`: A text of random characters of UTF-8.

use super::stream::Stream;
use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct RandomStringUtf8;

static SPEC: Spec = Spec {
    name: "randomStringUTF8",
    category: "random",
    syntax: "randomStringUTF8(length[, tag])",
    summary: "A text of random characters of UTF-8.",
    arguments: &[("length", "Integer"), ("tag", "Any value")],
    returns: "String",
    examples: &[Example { sql: "lengthUTF8(randomStringUTF8(5))", answer: "5" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for RandomStringUtf8 {
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
            out.extend(
                std::iter::repeat_with(|| char::from_u32(0x20 + random.below(0xd000) as u32).unwrap_or(' '))
                    .take(length)
                    .collect::<String>()
                    .into_bytes(),
            );
            Ok(())
        })
    }
}
