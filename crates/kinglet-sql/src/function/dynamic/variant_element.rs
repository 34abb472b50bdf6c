//! `variantElement`: the values of one type of a Variant column.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use crate::operator::parse_type;
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use kinglet_types::{ErrorCode, SqlError};

pub(in crate::function) struct VariantElement;

static SPEC: Spec = Spec {
    name: "variantElement",
    category: "dynamic",
    syntax: "variantElement(value, 'Type')",
    summary: "The value where it is of a type; NULL, or the default of a type that has no NULL, where it is of another.",
    arguments: &[("value", "Variant"), ("Type", "The name of a type, constant")],
    returns: "Nullable of the type where that exists",
    examples: &[
        Example { sql: "variantElement(CAST('x', 'Variant(UInt8, String)'), 'String')", answer: "x" },
        Example { sql: "variantElement(CAST([1], 'Variant(UInt8, Array(UInt8))'), 'UInt8')", answer: "\\N" },
    ],
    ..Spec::EMPTY
};

impl Function for VariantElement {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        let holder = super::inner_type(args.ty(0));
        if !matches!(holder, ChType::Variant(_)) {
            return Err(args.illegal(0));
        }
        let ty = parse_type(&args.constant_text(1)?)?;
        if let ChType::Variant(types) = holder
            && !types.contains(&ty)
        {
            let message = format!("{holder} doesn't contain variant with type {ty}");
            return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
        }
        Ok(super::around(args.ty(0), ty.nullable()))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::elements_of_type(&call.arg(0)?.expanded(call.rows), call.result)
    }
}
