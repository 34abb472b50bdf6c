//! YAML values, read with the rules of YAML 1.1 that test files have always been read with:
//! `yes` is true, `12:30:45` is a number, `2024-01-02` is a date.

mod load;
mod marks;
mod plain;

use kinglet_diagnostic::Span;

pub use load::load_yaml;
pub(crate) use load::load_yaml_with_marks;
pub(crate) use marks::EntryMark;

/// A YAML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml {
    /// `null`, `~` or nothing.
    Null,
    /// `true`, `yes`, `on` and their opposites.
    Bool(bool),
    /// An integer.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
    /// A day, `YYYY-MM-DD`.
    Date(String),
    /// A day with a time of day, `YYYY-MM-DD hh:mm:ss`, perhaps with microseconds and an offset.
    DateTime(String),
    /// Text.
    Text(String),
    /// A sequence.
    List(Vec<Yaml>),
    /// A mapping in the order of the file; of equal keys the last value is kept.
    Map(Vec<(Yaml, Yaml)>),
}

impl Yaml {
    /// The value of a key, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(known, _)| known.as_text() == Some(key)).map(|(_, value)| value)
    }

    /// The text, when this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries, when this is a sequence.
    pub fn as_list(&self) -> Option<&[Yaml]> {
        match self {
            Self::List(entries) => Some(entries),
            _ => None,
        }
    }

    /// The integer, when this is one.
    pub fn as_int(&self) -> Option<i128> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }
}

/// Why a text is not YAML that can be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
}
