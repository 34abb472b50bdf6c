//! `coalesce`, `ifNull`, `nullIf`. `if` and `multiIf` are bound to CASE, which evaluates lazily.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray};
use arrow::compute::is_not_null;
use arrow::compute::kernels::zip::zip;
use kinglet_types::{ChType, Result, or_variant};

use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Args, Call, Case, Example, Function, Nulls, Spec};

/// `coalesce`, and `ifNull` of exactly two arguments.
pub(super) struct Coalesce {
    pub(super) two: bool,
}

static COALESCE: Spec = Spec {
    name: "coalesce",
    case: Case::Insensitive,
    category: "null",
    syntax: "coalesce(a, b, ..)",
    summary: "The first argument that is not NULL.",
    arguments: &[("a", "Any type")],
    returns: "The common type of the arguments, Nullable if all of them are.",
    examples: &[Example { sql: "coalesce(NULL, 2, 3)", answer: "2" }],
    ..Spec::EMPTY
};

static IF_NULL: Spec = Spec {
    name: "ifNull",
    case: Case::Insensitive,
    category: "null",
    syntax: "ifNull(value, otherwise)",
    summary: "The value, or the other one where it is NULL.",
    arguments: &[("value", "Any type"), ("otherwise", "Any type")],
    returns: "The common type of both.",
    examples: &[Example { sql: "ifNull(NULL, 'a')", answer: "a" }],
    ..Spec::EMPTY
};

impl Function for Coalesce {
    fn spec(&self) -> &'static Spec {
        if self.two { &IF_NULL } else { &COALESCE }
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
        if self.two {
            args.expect_count(2..=2)?;
        }
        // Bare NULLs are skipped, and nothing after an argument without NULL is ever taken.
        let mut types: Vec<ChType> = Vec::new();
        for ty in args.types() {
            if ty.is_only_null() {
                continue;
            }
            let last = !ty.is_nullable();
            types.push(ty);
            if last {
                break;
            }
        }
        let last = types.last().cloned();
        match last {
            None => Ok(ChType::Nothing.nullable()),
            Some(last) if last.is_nullable() => Ok(or_variant(&types)),
            Some(_) => {
                let bare: Vec<ChType> = types
                    .iter()
                    .map(|ty| match ty {
                        ChType::Nullable(inner) => inner.as_ref().clone(),
                        other => other.clone(),
                    })
                    .collect();
                Ok(or_variant(&bare))
            }
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let nullable = call.result.clone().nullable();
        let mut out: Option<ArrayRef> = None;
        for column in call.args.iter().filter(|column| !column.ty.is_only_null()) {
            let next = convert(
                &column.expanded(call.rows),
                &column.ty,
                &nullable,
                Failure::Error,
                call.environment,
            )?;
            out = Some(match out {
                None => next,
                Some(have) => zip(&is_not_null(&have).map_err(internal)?, &have, &next).map_err(internal)?,
            });
            if out.as_ref().is_some_and(|have| have.logical_null_count() == 0) {
                break;
            }
        }
        Ok(out.unwrap_or_else(|| crate::function::result::nulls(call.result, call.rows)))
    }
}

/// `nullIf`: NULL where two values are equal.
pub(super) struct NullIf;

static NULL_IF: Spec = Spec {
    name: "nullIf",
    case: Case::Insensitive,
    category: "null",
    syntax: "nullIf(a, b)",
    summary: "NULL where the arguments are equal, else the first.",
    arguments: &[("a", "Any type"), ("b", "A type that compares with it")],
    returns: "Nullable of the first argument's type.",
    examples: &[Example { sql: "nullIf(1, 1)", answer: "\\N" }],
    ..Spec::EMPTY
};

impl Function for NullIf {
    fn spec(&self) -> &'static Spec {
        &NULL_IF
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
        args.expect_count(2..=2)?;
        args.expect(0, |ty| !ty.is_tagged())?;
        Ok(args.ty(0).clone().nullable())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let equals = crate::function::Functions::get().find("equals");
        let Some(equals) = equals else { return Err(internal("equals is missing")) };
        let value = call.arg(0)?.expanded(call.rows);
        if call.ty(0).is_only_null() || call.ty(1).is_only_null() {
            return Ok(value);
        }
        let flag = ChType::UInt8.nullable_if(call.ty(0).is_nullable() || call.ty(1).is_nullable());
        let equal = crate::function::evaluate_call(
            equals,
            "equals",
            call.args,
            &[],
            &flag,
            call.rows,
            call.environment,
        )?;
        let keep = arrow::compute::cast(&equal, &arrow::datatypes::DataType::Boolean).map_err(internal)?;
        let keep: BooleanArray =
            arrow::array::AsArray::as_boolean(&keep).iter().map(|e| Some(e != Some(true))).collect();
        let nothing = arrow::array::new_null_array(value.data_type(), value.len());
        zip(&keep, &value, &nothing).map_err(internal)
    }
}

/// `identity`: the argument.
pub(super) struct Identity;

static IDENTITY: Spec = Spec {
    name: "identity",
    aliases: &["materialize", "__actionName"],
    category: "other",
    syntax: "identity(value)",
    summary: "The argument as it is; a constant stops being one.",
    arguments: &[("value", "Any type")],
    returns: "The same type.",
    examples: &[Example { sql: "identity('a')", answer: "a" }],
    ..Spec::EMPTY
};

impl Function for Identity {
    fn spec(&self) -> &'static Spec {
        &IDENTITY
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
        Ok(args.ty(0).clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        Ok(Arc::clone(&call.arg(0)?.expanded(call.rows)))
    }
}
