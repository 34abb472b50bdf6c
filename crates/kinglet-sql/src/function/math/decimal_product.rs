//! `multiplyDecimal`, `divideDecimal`: products and quotients of Decimals with 76 digits.

use arrow::array::ArrayRef;
use arrow::datatypes::i256;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::column_builder::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use crate::text::decimal_at;

/// A product or quotient.
pub(in crate::function) struct DecimalProduct {
    spec: &'static Spec,
    divides: bool,
}

pub(in crate::function) static MULTIPLY_DECIMAL: DecimalProduct = DecimalProduct {
    spec: &Spec {
        name: "multiplyDecimal",
        category: "math",
        syntax: "multiplyDecimal(a, b[, scale])",
        summary: "The product of two Decimals with 76 digits, cut to a scale.",
        arguments: &[
            ("a", "Decimal"),
            ("b", "Decimal"),
            ("scale", "Integer, constant; the larger of both if left out"),
        ],
        returns: "Decimal(76, scale)",
        examples: &[Example {
            sql: "multiplyDecimal(toDecimal64(-12, 0), toDecimal32(-2.1, 1), 1)",
            answer: "25.2",
        }],
        ..Spec::EMPTY
    },
    divides: false,
};

pub(in crate::function) static DIVIDE_DECIMAL: DecimalProduct = DecimalProduct {
    spec: &Spec {
        name: "divideDecimal",
        category: "math",
        syntax: "divideDecimal(a, b[, scale])",
        summary: "The quotient of two Decimals with 76 digits, cut to a scale.",
        arguments: &[
            ("a", "Decimal"),
            ("b", "Decimal"),
            ("scale", "Integer, constant; the larger of both if left out"),
        ],
        returns: "Decimal(76, scale)",
        examples: &[Example {
            sql: "divideDecimal(toDecimal64(-12, 0), toDecimal32(2.1, 1), 10)",
            answer: "-5.7142857142",
        }],
        ..Spec::EMPTY
    },
    divides: true,
};

fn scale_of(ty: &ChType) -> u8 {
    if let ChType::Decimal(_, scale) = ty.bare() { *scale } else { 0 }
}

impl Function for DecimalProduct {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_decimal)?;
        args.expect(1, ChType::is_decimal)?;
        let scale = match args.len() {
            3 => args.constant_int(2)?,
            _ => scale_of(args.ty(0)).max(scale_of(args.ty(1))).into(),
        };
        let scale = u8::try_from(scale).ok().filter(|scale| *scale <= 76);
        let scale = scale
            .ok_or_else(|| SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, "The scale must be 0 to 76"))?;
        Ok(ChType::Decimal(76, scale))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.arg(0)?, call.arg(1)?);
        let [a, b, wanted] = [&left.ty, &right.ty, call.result].map(|ty| i32::from(scale_of(ty)));
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let x = decimal_at(&left.array, left.index(row));
            let y = decimal_at(&right.array, right.index(row));
            if self.divides && y == i256::ZERO {
                return Err(SqlError::new(ErrorCode::ILLEGAL_DIVISION, "Division by zero"));
            }
            let value =
                if self.divides { divided(x, y, wanted + b - a) } else { multiplied(x, y, a + b - wanted) };
            let overflow = || {
                SqlError::new(ErrorCode::DECIMAL_OVERFLOW, "Numeric overflow: result bigger that Decimal256")
            };
            builder.append_wide(value.ok_or_else(overflow)?);
        }
        builder.finish()
    }
}

fn power(digits: i32) -> Option<i256> {
    i256::from_i128(10).checked_pow(u32::try_from(digits).ok()?)
}

/// The product without its last `cut` digits, or with more.
fn multiplied(x: i256, y: i256, cut: i32) -> Option<i256> {
    let product = x.checked_mul(y)?;
    if cut >= 0 { product.checked_div(power(cut)?) } else { product.checked_mul(power(-cut)?) }
}

/// The quotient with `more` digits after those of the plain one.
fn divided(x: i256, y: i256, more: i32) -> Option<i256> {
    if more >= 0 {
        return x.checked_mul(power(more)?)?.checked_div(y);
    }
    x.checked_div(y)?.checked_div(power(-more)?)
}
