//! What Tinybird refuses in the text of a column's type, before and after ClickHouse sees it.

use kinglet_types::ChType;

use super::state_type;

/// Where an error about a type is placed.
pub(super) enum At {
    /// Where the type starts.
    Start,
    /// Just after the type.
    End,
}

/// An objection to a type.
pub(super) struct Objection {
    pub(super) message: String,
    pub(super) hint: Option<&'static str>,
    pub(super) at: At,
}

/// Tinybird's own objection to a type, if it has one.
pub(super) fn objection(text: &str) -> Option<Objection> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("boolean") {
        return Some(Objection {
            message: "Boolean type is not supported".to_owned(),
            hint: Some("Hint: use Bool or UInt8 instead"),
            at: At::End,
        });
    }
    if lacks_precision(&lower) {
        return Some(Objection {
            message: "DateTime64 type without precision is not supported".to_owned(),
            hint: Some("Hint: use DateTime64(3) instead"),
            at: At::End,
        });
    }
    let widths = match text {
        "Int" => "Hint: use one of Int8, Int16, Int32, Int64, Int128, Int256",
        "UInt" => "Hint: use one of UInt8, UInt16, UInt32, UInt64, UInt128, UInt256",
        _ => return None,
    };
    let message = format!("Precision is mandatory for {text} types");
    Some(Objection { message, hint: Some(widths), at: At::Start })
}

/// Whether some `datetime64` is not directly followed by its precision.
fn lacks_precision(lower: &str) -> bool {
    lower
        .match_indices("datetime64")
        .any(|(at, word)| !lower.get(at + word.len()..).is_some_and(|rest| rest.starts_with('(')))
}

/// Why ClickHouse would not take a text as the type of a column.
pub(super) fn clickhouse_objection(text: &str) -> Option<String> {
    match ChType::parse(text) {
        Ok(ty) => state_type::objection(&ty),
        Err(error) if error.unknown_type => Some(error.message),
        Err(error) => Some(format!("Error parsing type: {}", error.message)),
    }
}
