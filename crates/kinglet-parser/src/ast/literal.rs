//! Literals.

/// A literal: its value and the text it was written as.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    /// What it means.
    pub value: Value,
    /// How it was written, quotes and sign included (`0xFF`, `1_000`, `'it''s'`).
    pub text: String,
}

/// The value of a literal, typed as ClickHouse's parser types it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `NULL`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number from 0 to 2^64 - 1.
    UInt64(u64),
    /// A negative whole number down to -2^63.
    Int64(i64),
    /// Any other number: with a point or exponent, too large for 64 bits, `inf`, `nan`.
    Float64(f64),
    /// A string, unescaped. ClickHouse strings are bytes.
    String(Vec<u8>),
}

impl Value {
    /// The string's bytes as text, if the value is a string of valid UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }
}
