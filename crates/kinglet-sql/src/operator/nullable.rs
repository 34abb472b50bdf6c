//! `assumeNotNull`, `toNullable`, and the defaults that outer joins fill in.

use arrow::array::{Array, ArrayRef};
use arrow::compute::is_not_null;
use arrow::compute::kernels::zip::zip;
use kinglet_types::{ChType, Result};

use crate::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Args, Call, Column, Example, Function, Nulls, Spec};

pub(super) struct AssumeNotNull;
pub(super) struct ToNullable;
/// Internal: a column that a join made NULL where nothing matched, with the type's default there.
pub(super) struct FillDefault;

static ASSUME: Spec = Spec {
    name: "assumeNotNull",
    category: "null",
    syntax: "assumeNotNull(value)",
    summary: "The value with a type that has no NULL; a NULL becomes some value of the type.",
    arguments: &[("value", "Any type")],
    returns: "The type without Nullable.",
    examples: &[Example { sql: "toTypeName(assumeNotNull(toNullable(1)))", answer: "UInt8" }],
    ..Spec::EMPTY
};

static TO_NULLABLE: Spec = Spec {
    name: "toNullable",
    category: "null",
    syntax: "toNullable(value)",
    summary: "The value with a Nullable type.",
    arguments: &[("value", "Any type")],
    returns: "Nullable of the type.",
    examples: &[Example { sql: "toTypeName(toNullable(1))", answer: "Nullable(UInt8)" }],
    ..Spec::EMPTY
};

static FILL: Spec = Spec {
    name: "__fillDefault",
    category: "internal",
    syntax: "__fillDefault(value)",
    summary: "The value, or the default of its type where a join found no match.",
    arguments: &[("value", "Any type")],
    returns: "The same type.",
    examples: &[Example { sql: "__fillDefault(1)", answer: "1" }],
    ..Spec::EMPTY
};

/// The values, and the default of `ty` where there is none.
pub(crate) fn filled(array: &ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    if array.logical_null_count() == 0 {
        return Ok(array.clone());
    }
    let mut builder = ColumnBuilder::new(ty);
    builder.append_default();
    let default = Column::constant(ty.clone(), builder.finish()?).expanded(array.len());
    zip(&is_not_null(array).map_err(internal)?, array, &default).map_err(internal)
}

impl Function for AssumeNotNull {
    fn spec(&self) -> &'static Spec {
        &ASSUME
    }

    fn keeps_inner_types(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        Ok(match args.ty(0) {
            ChType::Nullable(inner) => inner.as_ref().clone(),
            other => other.clone(),
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        filled(&call.arg(0)?.expanded(call.rows), call.result.without_low_cardinality())
    }
}

impl Function for ToNullable {
    fn spec(&self) -> &'static Spec {
        &TO_NULLABLE
    }

    fn keeps_inner_types(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| !matches!(ty, ChType::Array(_) | ChType::Map(..)))?;
        Ok(args.ty(0).clone().nullable())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        Ok(call.arg(0)?.expanded(call.rows))
    }
}

impl Function for FillDefault {
    fn spec(&self) -> &'static Spec {
        &FILL
    }

    fn keeps_inner_types(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        Ok(args.ty(0).clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        filled(&call.arg(0)?.expanded(call.rows), call.result.without_low_cardinality())
    }
}
