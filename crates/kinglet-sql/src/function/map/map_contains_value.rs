//! `mapContainsValue`: whether the map has a value.

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result, SqlError, supertype};

pub(in crate::function) struct MapContainsValue;

static SPEC: Spec = Spec {
    name: "mapContainsValue",
    category: "map",
    syntax: "mapContainsValue(map, value)",
    summary: "Whether the map has a value.",
    arguments: &[("map", "Map"), ("value", "Any type")],
    returns: "UInt8",
    examples: &[Example { sql: "mapContainsValue(map('a', 1), 1)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MapContainsValue {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Map(..)))?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let parts = super::parts::Parts::read(call, 0)?;
        let ChType::Map(_, value_type) = call.ty(0).bare() else { return Err(call.illegal_column(0)) };
        let wanted = call.arg(1)?;
        let common = supertype(&[value_type.as_ref().clone(), wanted.ty.clone()]);
        let common = common.ok_or_else(|| SqlError::illegal_type(call.name, 2, &wanted.ty))?.nullable();
        let to = |array: &ArrayRef, ty: &ChType| convert(array, ty, &common, Failure::Null, call.environment);
        let values = crate::function::comparable(&to(&parts.values, value_type)?, false)?;
        let keys = crate::function::comparable(&to(&wanted.array, &wanted.ty)?, false)?;
        result::flags(call.rows, |row| {
            Ok(parts.range(row).any(|at| values.row(at) == keys.row(wanted.index(row))))
        })
    }
}
