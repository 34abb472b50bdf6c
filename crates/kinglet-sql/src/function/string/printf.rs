//! `printf`: the values written by the conversions of a pattern, as in C.

use super::conversion::{Part, parts};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Printf;

static SPEC: Spec = Spec {
    name: "printf",
    category: "string",
    syntax: "printf(pattern, value, ..)",
    summary: "The values written by the conversions of a pattern, as in C.",
    arguments: &[("pattern", "String"), ("value", "Numbers and texts")],
    returns: "String",
    examples: &[Example {
        sql: "printf('%5d|%-5s|%.2f|%x|%%', 12, 'ab', 1.5, 255)",
        answer: "   12|ab   |1.50|ff|%",
    }],
    ..Spec::EMPTY
};

impl Function for Printf {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        args.expect(0, ChType::is_text)?;
        for at in 1..args.len() {
            args.expect(at, |ty| ty.is_text() || ty.is_number() && !ty.is_decimal())?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let patterns = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            let mut next = 1;
            for part in parts(patterns.get(row))? {
                match part {
                    Part::Text(text) => out.extend_from_slice(text),
                    Part::Value(conversion) => {
                        let column = call.args.get(next).ok_or_else(|| {
                            let message = format!(
                                "There are not enough arguments for the pattern of function {}",
                                call.name
                            );
                            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
                        })?;
                        conversion.write(column, row, out)?;
                        next += 1;
                    }
                }
            }
            Ok(())
        })
    }
}
