//! `toDecimalString`: the number with that many digits after the point.

use crate::conversion::unscaled;
use crate::function::{Args, Call, Column, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use arrow::datatypes::i256;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct ToDecimalString;

static SPEC: Spec = Spec {
    name: "toDecimalString",
    category: "conversion",
    syntax: "toDecimalString(number, digits)",
    summary: "The number with that many digits after the point.",
    arguments: &[("number", "Number"), ("digits", "Integer from 0 to 77, 60 for floats")],
    returns: "String",
    examples: &[Example { sql: "toDecimalString(2.1456, 2)", answer: "2.15" }],
    ..Spec::EMPTY
};

impl Function for ToDecimalString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_number)?;
        args.expect(1, ChType::is_integer)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (column, digits) = (call.arg(0)?, call.ints(1)?);
        let floats = if column.ty.is_float() { Some(call.floats(0)?) } else { None };
        result::texts(call.rows, |row, out| {
            let most = if floats.is_some() { 60 } else { 77 };
            let digits =
                u8::try_from(digits.get(row)).ok().filter(|digits| *digits <= most).ok_or_else(|| {
                    let message =
                        format!("Number of digits of function {} must be from 0 to {most}", call.name);
                    SqlError::new(ErrorCode(28), message)
                })?;
            match &floats {
                Some(floats) => {
                    let number = floats.get(row);
                    if number.is_finite() {
                        out.extend(format!("{number:.*}", usize::from(digits)).into_bytes());
                    } else {
                        crate::text::write_f64(number, out);
                    }
                }
                None => decimal_text(column, row, digits, out),
            }
            Ok(())
        })
    }
}
fn decimal_text(column: &Column, row: usize, digits: u8, out: &mut Vec<u8>) {
    let scale = if let ChType::Decimal(_, scale) = column.ty.bare() { *scale } else { 0 };
    let value = unscaled(&column.array, column.index(row), &column.ty, scale).unwrap_or(i256::ZERO);
    let ten = i256::from_i128(10);
    let mut kept = value;
    let cut = scale.saturating_sub(digits);
    if cut > 0 {
        let unit = ten.wrapping_pow(cut.into());
        let half = unit.wrapping_div(i256::from_i128(2));
        let rounded = if value < i256::ZERO { value.wrapping_sub(half) } else { value.wrapping_add(half) };
        kept = rounded.wrapping_div(unit);
    }
    let places = scale.min(digits);
    let mut text = kept.wrapping_abs().to_string();
    while text.len() <= usize::from(places) {
        text.insert(0, '0');
    }
    if kept < i256::ZERO {
        out.push(b'-');
    }
    let (whole, fraction) = text.split_at(text.len() - usize::from(places));
    out.extend_from_slice(whole.as_bytes());
    if digits > 0 {
        out.push(b'.');
        out.extend_from_slice(fraction.as_bytes());
        out.extend(std::iter::repeat_n(b'0', usize::from(digits - places)));
    }
}
