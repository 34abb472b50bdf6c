//! Typed parameters: `String(name, default)`, `Int32(…)`, `Date(…)`, `Boolean(…)`, `JSON(…)`.

use std::sync::Arc;

use crate::eval::{Args, Evaluator};
use crate::integer::Integer;
use crate::object::exception::{Cause, Outcome, Raised, Stop, TEMPLATE_EXCEPTION, template_error};
use crate::object::{Cast, Number, Object, convert, float, integer, json as json_text};

/// What a parameter type accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    /// Bits, and whether there is a sign.
    Int(u32, bool),
    Float,
    Date,
    DateTime,
    DateTime64,
}

/// Types by the name that error texts and `Array` use.
const KINDS: [(&str, Kind); 20] = [
    ("String", Kind::String),
    ("Int8", Kind::Int(8, true)),
    ("Int16", Kind::Int(16, true)),
    ("Int32", Kind::Int(32, true)),
    ("Int64", Kind::Int(64, true)),
    ("Int128", Kind::Int(128, true)),
    ("Int256", Kind::Int(256, true)),
    ("UInt8", Kind::Int(8, false)),
    ("UInt16", Kind::Int(16, false)),
    ("UInt32", Kind::Int(32, false)),
    ("UInt64", Kind::Int(64, false)),
    ("UInt128", Kind::Int(128, false)),
    ("UInt256", Kind::Int(256, false)),
    ("Int", Kind::Int(32, true)),
    ("Integer", Kind::Int(32, true)),
    ("Float32", Kind::Float),
    ("Float64", Kind::Float),
    ("Date", Kind::Date),
    ("DateTime", Kind::DateTime),
    ("DateTime64", Kind::DateTime64),
];

/// The type of that name.
pub(super) fn kind(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// A value that passed the checks of its type.
pub(super) enum Valid {
    Text(String),
    Number(Number),
}

/// Checks text against a type.
pub(super) fn validated(kind: Kind, text: &str) -> Option<Valid> {
    match kind {
        Kind::String => Some(Valid::Text(text.to_owned())),
        Kind::Int(bits, signed) => {
            let value = integer::parse_strict(text, signed || bits > 64)?;
            in_range(&value, bits, signed).then_some(Valid::Number(Number::Int(value)))
        }
        Kind::Float => float::parse(text, false).map(|value| Valid::Number(Number::Float(value))),
        Kind::Date => is_date(text).then(|| Valid::Text(text.to_owned())),
        Kind::DateTime => is_date_time(text, false).then(|| Valid::Text(text.to_owned())),
        Kind::DateTime64 => is_date_time(text, true).then(|| Valid::Text(text.to_owned())),
    }
}

fn in_range(value: &Integer, bits: u32, signed: bool) -> bool {
    let bits = if signed { bits - 1 } else { bits };
    let top = Integer::from(1).shifted_left(u64::from(bits));
    let bottom = if signed { top.clone().negated() } else { Integer::ZERO };
    *value >= bottom && *value < top
}

/// `dddd-dd-dd` and nothing after it but a line break.
fn is_date(text: &str) -> bool {
    let text = text.strip_suffix('\n').unwrap_or(text);
    shaped(text, "0000-00-00") == Some(text.chars().count())
}

/// Starts like a date and time: year first or day first, with a fraction when `fraction`.
fn is_date_time(text: &str, fraction: bool) -> bool {
    let shapes = if fraction {
        ["0000.00.00T00:00:00.000", "00.00.0000.0:0:0.0"]
    } else {
        ["0000.00.00T00:00:00", "00.00.0000.0:0:0"]
    };
    shapes.iter().any(|shape| shaped(text, shape).is_some())
}

/// Number of characters at the start of `text` that have a shape, none when they do not: `0` stands for a digit, `.`
/// for any character but a line break, `T` for the letter or white space, anything else for itself.
fn shaped(text: &str, shape: &str) -> Option<usize> {
    let mut characters = text.chars();
    for expected in shape.chars() {
        let c = characters.next()?;
        let fits = match expected {
            '0' => float::decimal_digit(c).is_some(),
            '.' => c != '\n',
            'T' => c == 'T' || c.is_whitespace(),
            other => c == other,
        };
        if !fits {
            return None;
        }
    }
    Some(shape.len())
}

/// The parameter's value or default, `None` when it has neither and need not have one.
pub(super) fn given(
    value: Object,
    default: Option<Object>,
    defined: Option<Object>,
    evaluator: &Evaluator<'_>,
) -> Outcome<Option<Object>> {
    if !matches!(value, Object::None) {
        return Ok(Some(value));
    }
    match default {
        Some(Object::None) | None => {}
        Some(default) => return Ok(Some(default)),
    }
    if defined.is_some_and(|defined| !defined.is_true(&evaluator.heap)) {
        return Ok(None);
    }
    let mut raised = Raised::new(TEMPLATE_EXCEPTION, "Required parameter is not defined");
    raised.cause = Cause::MissingParameter;
    Err(Stop::from(raised))
}

/// A placeholder's value: the default where it counts as true, otherwise a stand-in.
pub(super) fn placeholder(default: Option<&Object>, stand_in: Object, evaluator: &Evaluator<'_>) -> Object {
    default.filter(|default| default.is_true(&evaluator.heap)).cloned().unwrap_or(stand_in)
}

fn stand_in(kind: Kind) -> Object {
    match kind {
        Kind::String => Object::str("__no_value__"),
        Kind::Int(..) | Kind::Float => Object::int(0),
        Kind::Date => Object::str("2019-01-01"),
        Kind::DateTime => Object::str("2019-01-01 00:00:00"),
        Kind::DateTime64 => Object::str("2019-01-01 00:00:00.000"),
    }
}

/// Reads the arguments every typed function takes and gives the value, if there is one.
fn value_of(evaluator: &mut Evaluator<'_>, args: Args, kind: Kind) -> Outcome<Option<Object>> {
    let names = ["x", "default", "defined", "required", "description", "enum", "example", "format"];
    let [value, default, defined, ..] = args.bind("transform_type.<locals>._f", 1, names)?;
    let value = value.unwrap_or(Object::None);
    if matches!(value, Object::Placeholder) {
        return Ok(Some(placeholder(default.as_ref(), stand_in(kind), evaluator)));
    }
    given(value, default, defined, evaluator)
}

fn typed(evaluator: &mut Evaluator<'_>, args: Args, name: &str, kind: Kind, cast: bool) -> Outcome<Object> {
    let Some(value) = value_of(evaluator, args, kind)? else { return Ok(Object::None) };
    let text = evaluator.text_of(&value)?;
    let Some(valid) = validated(kind, &text) else {
        return template_error(format!("Error validating '{text}' to type {name}"));
    };
    match valid {
        Valid::Text(text) => evaluator.string(text),
        Valid::Number(number) if cast => {
            let shown = match &number {
                Number::Int(value) => integer::to_text(value)?,
                Number::Float(value) => float::repr(*value),
            };
            Ok(Object::Cast(Arc::new(Cast { sql: format!("to{name}('{shown}')").into(), number })))
        }
        Valid::Number(Number::Int(value)) => Ok(Object::Int(value)),
        Valid::Number(Number::Float(value)) => Ok(Object::Float(value)),
    }
}

macro_rules! typed_functions {
    ($($function:ident $name:literal $kind:expr;)*) => {
        $(
            #[doc = concat!("`", $name, "(name, default, …)`.")]
            pub(super) fn $function(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
                typed(evaluator, args, $name, $kind, true)
            }
        )*
    };
}

typed_functions! {
    string "String" Kind::String;
    int8 "Int8" Kind::Int(8, true);
    int16 "Int16" Kind::Int(16, true);
    int32 "Int32" Kind::Int(32, true);
    int64 "Int64" Kind::Int(64, true);
    int128 "Int128" Kind::Int(128, true);
    int256 "Int256" Kind::Int(256, true);
    uint8 "UInt8" Kind::Int(8, false);
    uint16 "UInt16" Kind::Int(16, false);
    uint32 "UInt32" Kind::Int(32, false);
    uint64 "UInt64" Kind::Int(64, false);
    uint128 "UInt128" Kind::Int(128, false);
    uint256 "UInt256" Kind::Int(256, false);
    float32 "Float32" Kind::Float;
    float64 "Float64" Kind::Float;
    date "Date" Kind::Date;
    date_time "DateTime" Kind::DateTime;
    date_time64 "DateTime64" Kind::DateTime64;
}

/// `Int(name, default, …)`: a bare number.
pub(super) fn int(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    typed(evaluator, args, "Int32", Kind::Int(32, true), false)
}

/// Whether a value counts as true for `Boolean`: `0`, `false` and nothing do not.
pub(super) fn truth(value: &Object, evaluator: &Evaluator<'_>) -> bool {
    match value.as_text() {
        Some(text) => !text.is_empty() && &**text != "0" && text.to_lowercase() != "false",
        None => value.is_true(&evaluator.heap),
    }
}

/// `Boolean(name, default)`: 1 or 0.
pub(super) fn boolean(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, default] = args.bind("boolean", 1, ["x", "default"])?;
    let value = value.unwrap_or(Object::None);
    let value = match value {
        Object::None | Object::Placeholder => {
            default.filter(|default| !matches!(default, Object::Placeholder)).unwrap_or(Object::None)
        }
        value => value,
    };
    Ok(Object::int(u8::from(truth(&value, evaluator))))
}

/// `JSON(name, default)`: the value of a JSON document.
pub(super) fn json(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, default] = args.bind("json_type", 1, ["x", "default"])?;
    let default = default.as_ref().and_then(Object::as_text).cloned();
    let document = match value.unwrap_or(Object::None) {
        Object::None => default.unwrap_or_else(|| "{}".into()),
        Object::Placeholder => default.unwrap_or_else(|| "__no_value__".into()),
        Object::Str(text) | Object::Sql(text) => text,
        other => return Ok(other),
    };
    evaluator.spend(document.len() / 4)?;
    match json_text::parse(&document) {
        Ok(value) => Ok(convert::to_object(&value, &mut evaluator.heap)),
        Err(reason) => {
            let shown: String = document.chars().take(16).collect();
            let dots = if shown.len() < document.len() { "..." } else { "" };
            template_error(format!("Error parsing JSON: '{shown}{dots}' - {reason}"))
        }
    }
}
