//! `compareSubstrings`: -1, 0 or 1: how parts of two texts compare; offsets count from 0.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct CompareSubstrings;

static SPEC: Spec = Spec {
    name: "compareSubstrings",
    category: "string",
    syntax: "compareSubstrings(left, right, left_offset, right_offset, length)",
    summary: "-1, 0 or 1: how parts of two texts compare; offsets count from 0.",
    arguments: &[
        ("left", "String"),
        ("right", "String"),
        ("left_offset", "Integer"),
        ("right_offset", "Integer"),
        ("length", "Integer"),
    ],
    returns: "Int8",
    examples: &[Example { sql: "compareSubstrings('Saxony', 'Anglo-Saxon', 0, 6, 5)", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for CompareSubstrings {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(5..=5)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        for at in 2..5 {
            args.expect(at, ChType::is_integer)?;
        }
        Ok(ChType::Int8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.bytes(0)?, call.bytes(1)?);
        let (left_at, right_at, length) = (call.ints(2)?, call.ints(3)?, call.ints(4)?);
        result::ints(call.result, call.rows, |row| {
            let number = |value: i64| {
                usize::try_from(value).map_err(|_| {
                    let message = format!("Arguments of function {} must not be negative", call.name);
                    SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
                })
            };
            let length = number(length.get(row))?;
            fn part(text: &[u8], at: usize, length: usize) -> &[u8] {
                let rest = text.get(at..).unwrap_or_default();
                &rest[..length.min(rest.len())]
            }
            let left = part(left.get(row), number(left_at.get(row))?, length);
            let right = part(right.get(row), number(right_at.get(row))?, length);
            Ok(left.cmp(right) as i64)
        })
    }
}
