//! `conv`: A whole number written in one base as it is written in another.

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Case, Column, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Conv;

static SPEC: Spec = Spec {
    name: "conv",
    case: Case::Insensitive,
    category: "encoding",
    syntax: "conv(number, from, to)",
    summary: "A whole number written in one base as it is written in another.",
    arguments: &[("number", "String or number"), ("from", "base from 2 to 36"), ("to", "base from 2 to 36")],
    returns: "String",
    examples: &[
        Example { sql: "conv('ff', 16, 10)", answer: "255" },
        Example { sql: "conv(255, 10, 16)", answer: "FF" },
    ],
    ..Spec::EMPTY
};

impl Function for Conv {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        args.expect(0, |ty| ty.is_text() || ty.is_integer())?;
        args.expect(1, ChType::is_integer)?;
        args.expect(2, ChType::is_integer)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let array = convert(&column.array, &column.ty, &ChType::String, Failure::Error, call.environment)?;
        let columns = [Column { ty: ChType::String, array, constant: column.constant }];
        let texts = Call { args: &columns, ..*call }.bytes(0)?;
        let (from, to) = (call.ints(1)?, call.ints(2)?);
        result::texts(call.rows, |row, out| {
            let base = |base: i64| {
                u32::try_from(base).ok().filter(|base| (2..=36).contains(base)).ok_or_else(|| {
                    let message = format!("Base {base} of function {} is not from 2 to 36", call.name);
                    SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
                })
            };
            convert_base(texts.get(row), base(from.get(row))?, base(to.get(row))?, out);
            Ok(())
        })
    }
}
fn convert_base(text: &[u8], from: u32, to: u32, out: &mut Vec<u8>) {
    let text = text.trim_ascii();
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix(b"+").unwrap_or(text)),
    };
    let mut value = 0_u64;
    for digit in digits.iter().map_while(|byte| char::from(*byte).to_digit(from)) {
        value = value.saturating_mul(from.into()).saturating_add(digit.into());
    }
    if negative {
        value = value.wrapping_neg();
    }
    let start = out.len();
    loop {
        let digit = (value % u64::from(to)) as u32;
        out.push(char::from_digit(digit, to).map_or(b'0', |digit| digit.to_ascii_uppercase() as u8));
        value /= u64::from(to);
        if value == 0 {
            break;
        }
    }
    out[start..].reverse();
}
