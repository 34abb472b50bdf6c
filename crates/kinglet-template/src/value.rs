//! JSON-like values that go into a template (request parameters) and come out of it (metadata, error bodies).

use crate::object::{float, json};

/// A JSON-like value. Strings as they come from a query string are [`Value::String`]; a JSON body keeps its types.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// JSON `null`; as a parameter it means "not given".
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer of at most 127 bits and a sign.
    Int(i128),
    /// An integer that does not fit [`Value::Int`], in decimal digits with an optional `-`.
    BigInt(String),
    /// A number with a fraction or an exponent; may be infinite or not a number.
    Float(f64),
    /// Text.
    String(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order of its members; a later member of the same name replaces an earlier one.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The text of a [`Value::String`].
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The member `name` of a [`Value::Object`].
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Object(members) => {
                members.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

impl Value {
    /// Reads a JSON document, such as the body of a request. `NaN` and `Infinity` are accepted, as in Python.
    ///
    /// # Errors
    ///
    /// What was expected and where, as in `Expecting value: line 1 column 1 (char 0)`.
    pub fn from_json(text: &str) -> Result<Self, String> {
        json::parse(text)
    }

    /// The value as JSON; a number that JSON does not know becomes `null`.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    fn write_json(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Int(value) => out.push_str(&value.to_string()),
            Self::BigInt(digits) => out.push_str(digits),
            Self::Float(value) if value.is_finite() => out.push_str(&float::repr(*value)),
            Self::Float(_) => out.push_str("null"),
            Self::String(text) => write_json_text(out, text),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    item.write_json(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (name, member)) in members.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    write_json_text(out, name);
                    out.push(':');
                    member.write_json(out);
                }
                out.push('}');
            }
        }
    }
}

fn write_json_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(i128::from(value))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_survives_a_round_trip() {
        let text = "{\"a\":[1,-2.5,null,true],\"b\":\"x\\\"\\n\\u0001é\",\"c\":123456789012345678901234567890123456789012}";
        assert_eq!(Value::from_json(text).unwrap().to_json(), text);
        assert!(Value::from_json("[1,]").is_err());
    }
}
