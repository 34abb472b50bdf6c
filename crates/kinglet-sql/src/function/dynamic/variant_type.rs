//! `variantType`: the name of the type of a Variant value.

use super::value_type;
use crate::function::result;
use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::EnumValues;
use kinglet_types::{ChType, Result};
use std::sync::Arc;

pub(in crate::function) struct VariantType;

static SPEC: Spec = Spec {
    name: "variantType",
    category: "dynamic",
    syntax: "variantType(value)",
    summary: "The name of the type of a Variant value; None for NULL.",
    arguments: &[("value", "Variant")],
    returns: "Enum8 of the names of the types",
    examples: &[
        Example { sql: "variantType(CAST(1, 'Variant(UInt8, String)'))", answer: "UInt8" },
        Example {
            sql: "SELECT variantType(if(number = 0, 1, 'a')) FROM numbers(2)",
            answer: "UInt8\nString",
        },
    ],
    ..Spec::EMPTY
};

impl Function for VariantType {
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
        args.expect_count(1..=1)?;
        let ChType::Variant(types) = args.ty(0) else { return Err(args.illegal(0)) };
        let names = types.iter().enumerate().map(|(at, ty)| (Arc::from(ty.to_string()), at as i16));
        let values = EnumValues::new(names.chain([(Arc::from("None"), -1)]).collect());
        values.map(|values| ChType::Enum8(Arc::new(values))).ok_or_else(|| args.illegal(0))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ChType::Variant(types) = call.ty(0) else { return Err(call.illegal_column(0)) };
        result::ints(call.result, call.rows, |row| {
            let ty = value_type(call.arg(0)?, row)?;
            let at = ty.and_then(|ty| types.iter().position(|known| *known == ty));
            Ok(at.map_or(-1, |at| at as i64))
        })
    }
}
