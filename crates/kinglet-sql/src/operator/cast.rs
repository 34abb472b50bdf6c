//! `CAST(value, 'Type')` and its accurate forms.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::conversion::{Failure, convert, parse_variants};
use crate::function::{Args, Call, Case, Example, Function, Nulls, Spec};

/// The name of conversions that the binder inserts, which leave a text a text.
pub(crate) const INTERNAL_CAST: &str = "_CAST";

pub(super) struct Cast {
    pub(super) accurate: bool,
    pub(super) null: bool,
}

static CAST: Spec = Spec {
    name: "CAST",
    aliases: &[INTERNAL_CAST],
    case: Case::Insensitive,
    category: "conversion",
    syntax: "CAST(value AS Type), CAST(value, 'Type') or value::Type",
    summary: "The value as another type. Texts are parsed; numbers out of range wrap.",
    arguments: &[("value", "Any type"), ("Type", "A type's name as a constant text")],
    returns: "The type.",
    examples: &[Example { sql: "CAST('42' AS UInt8)", answer: "42" }],
    ..Spec::EMPTY
};

static ACCURATE: Spec = Spec {
    name: "accurateCast",
    category: "conversion",
    syntax: "accurateCast(value, 'Type')",
    summary: "As CAST, but an error where the value does not fit.",
    arguments: &[("value", "Any type"), ("Type", "A type's name as a constant text")],
    returns: "The type.",
    examples: &[Example { sql: "accurateCast(200, 'UInt8')", answer: "200" }],
    ..Spec::EMPTY
};

static ACCURATE_OR_NULL: Spec = Spec {
    name: "accurateCastOrNull",
    category: "conversion",
    syntax: "accurateCastOrNull(value, 'Type')",
    summary: "As CAST, but NULL where the value does not fit.",
    arguments: &[("value", "Any type"), ("Type", "A type's name as a constant text")],
    returns: "Nullable of the type.",
    examples: &[Example { sql: "accurateCastOrNull(300, 'UInt8')", answer: "\\N" }],
    ..Spec::EMPTY
};

impl Function for Cast {
    fn spec(&self) -> &'static Spec {
        match (self.accurate, self.null) {
            (false, _) => &CAST,
            (true, false) => &ACCURATE,
            (true, true) => &ACCURATE_OR_NULL,
        }
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
        let text = args.constant_text(1).map_err(|_| {
            let message = format!("Second argument of {} must be a constant type name", args.name);
            SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
        })?;
        let ty = parse_type(&text)?;
        let ty = if self.null { ty.nullable() } else { ty };
        if args.ty(0).is_only_null() && !ty.is_nullable() {
            let message = "Cannot convert NULL to a non-nullable type";
            return Err(SqlError::new(ErrorCode::CANNOT_CONVERT_TYPE, message));
        }
        Ok(ty)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let value = call.arg(0)?;
        let failure = match (self.accurate, self.null) {
            // A text that does not parse is NULL where the type has one.
            (false, _) if value.ty.is_text() && is_read(call.result) => Failure::AccurateNull,
            (false, _) => Failure::Error,
            (true, false) => Failure::Accurate,
            (true, true) => Failure::AccurateNull,
        };
        if let (ChType::String, ChType::Variant(types), false) =
            (value.ty.bare(), call.result.bare(), call.name == INTERNAL_CAST)
        {
            return parse_variants(&value.expanded(call.rows), types, call.environment);
        }
        convert(&value.expanded(call.rows), &value.ty, call.result, failure, call.environment)
    }
}

/// Whether a type is Nullable and its values are read from texts.
fn is_read(ty: &ChType) -> bool {
    ty.is_nullable()
        && (ty.is_number()
            || ty.is_date()
            || ty.is_date_time()
            || matches!(ty.bare(), ChType::Uuid | ChType::Ipv4 | ChType::Ipv6))
        && *ty.bare() != ChType::Bool
}

/// The type of a name, or ClickHouse's error about it.
///
/// # Errors
/// 50 for an unknown name, 62 for text that is no type.
pub(crate) fn parse_type(text: &str) -> Result<ChType> {
    ChType::parse(text).map_err(|error| {
        let code = match error.unknown_type {
            // More than one word is no name of a type.
            true if text.split('(').next().is_some_and(|name| !name.chars().all(is_name)) => {
                ErrorCode::SYNTAX_ERROR
            }
            true => ErrorCode::UNKNOWN_TYPE,
            false if error.message.contains("'max_types'") || error.message.contains(" of JSON") => {
                ErrorCode::from_name("UNEXPECTED_AST_STRUCTURE").unwrap_or(ErrorCode::SYNTAX_ERROR)
            }
            false if error.refused => ErrorCode::BAD_ARGUMENTS,
            false if error.message.contains("cannot be inside") => ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT,
            false if error.message.contains("out of bounds") => ErrorCode::ARGUMENT_OUT_OF_BOUND,
            false => ErrorCode::SYNTAX_ERROR,
        };
        SqlError::new(code, error.message)
    })
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}
