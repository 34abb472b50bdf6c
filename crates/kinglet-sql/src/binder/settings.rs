//! Settings of a query.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use kinglet_parser::ast::{Setting, SettingValue, Value};
use kinglet_types::{ErrorCode, Result, SqlError};

/// Names, types and defaults of ClickHouse's settings: those that change no answer here are accepted.
static KNOWN: &str = include_str!("settings.tsv");

/// Name, type and default of every setting, by name.
pub(super) fn known_settings() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    KNOWN.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?, fields.next().unwrap_or("")))
    })
}

/// The type of a setting.
fn type_of(name: &str) -> Option<&'static str> {
    static TYPES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let types = TYPES.get_or_init(|| known_settings().map(|(name, ty, _)| (name, ty)).collect());
    types.get(name).copied()
}

/// Checks that a text is a value of a setting's type.
///
/// # Errors
/// What ClickHouse says of a text that is none.
fn checked(ty: &str, value: &str) -> Result<()> {
    let wrong = |code: &str, message: String| {
        Err(SqlError::new(ErrorCode::from_name(code).unwrap_or(ErrorCode::BAD_ARGUMENTS), message))
    };
    match ty {
        "Bool" => match value.to_ascii_lowercase().as_str() {
            "0" | "1" | "true" | "false" | "" => Ok(()),
            other if other.parse::<i64>().is_ok() => {
                wrong("CANNOT_CONVERT_TYPE", format!("Field value {value} is out of range of bool type"))
            }
            _ => wrong("CANNOT_PARSE_BOOL", format!("Cannot parse bool from string '{value}'")),
        },
        "UInt64" | "NonZeroUInt64" | "MaxThreads" => match value.parse::<f64>() {
            Ok(number) if number < 0.0 => wrong(
                "CANNOT_CONVERT_TYPE",
                format!("Field value {value} is out of range of unsigned long type"),
            ),
            Ok(_) => Ok(()),
            Err(_) if value.starts_with(|c: char| c.is_ascii_digit()) || value.starts_with("auto") => Ok(()),
            Err(_) => wrong(
                "CANNOT_PARSE_INPUT_ASSERTION_FAILED",
                format!("Cannot parse input: expected 'eof' before: '{value}'"),
            ),
        },
        "Float" | "Double" | "Seconds" | "Milliseconds" => match value.parse::<f64>() {
            Ok(_) => Ok(()),
            Err(_) => wrong("CANNOT_PARSE_NUMBER", format!("Cannot read floating point value here: {value}")),
        },
        "TotalsMode" => {
            let modes =
                ["after_having_auto", "after_having_exclusive", "after_having_inclusive", "before_having"];
            match modes.contains(&value) {
                true => Ok(()),
                false => wrong(
                    "UNKNOWN_TOTALS_MODE",
                    format!("Unexpected value of TotalsMode: '{value}'. Must be one of {modes:?}"),
                ),
            }
        }
        "SetOperationMode" => match ["DISTINCT", "ALL", ""].contains(&value) {
            true => Ok(()),
            false => wrong(
                "UNKNOWN_UNION",
                format!(
                    "Unexpected value of SetOperationMode: '{value}'. Must be one of ['DISTINCT', 'ALL', '']"
                ),
            ),
        },
        _ => Ok(()),
    }
}

/// Names and values of settings; values are texts as a client sends them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    values: BTreeMap<String, String>,
}

impl Settings {
    pub(crate) fn new(values: &BTreeMap<String, String>) -> Result<Self> {
        let mut settings = Self::default();
        for (name, value) in values {
            settings.set(name, value.clone())?;
        }
        Ok(settings)
    }

    /// # Errors
    /// 115 for a setting that ClickHouse does not have; others for a value that is none of the setting's type.
    pub(crate) fn set(&mut self, name: &str, value: String) -> Result<()> {
        let Some(ty) = type_of(name) else {
            return Err(SqlError::new(ErrorCode::UNKNOWN_SETTING, format!("Unknown setting '{name}'")));
        };
        checked(ty, &value)?;
        self.values.insert(name.to_owned(), value);
        Ok(())
    }

    /// Takes over the SETTINGS clause of a query.
    pub(crate) fn add(&mut self, list: &[Setting]) -> Result<()> {
        for setting in list {
            let value = match &setting.value {
                SettingValue::Literal(Value::UInt64(v)) => v.to_string(),
                SettingValue::Literal(Value::Int64(v)) => v.to_string(),
                SettingValue::Literal(Value::Float64(v)) => v.to_string(),
                SettingValue::Literal(Value::Bool(v)) => u8::from(*v).to_string(),
                SettingValue::Literal(Value::String(v)) => String::from_utf8_lossy(v).into_owned(),
                SettingValue::Implied => "1".to_owned(),
                _ => continue,
            };
            self.set(&setting.name.name, value).map_err(|error| error.at(setting.name.span))?;
        }
        Ok(())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        match self.text(name) {
            None => default,
            Some(text) => !matches!(text, "0" | "false" | ""),
        }
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.text(name).and_then(|text| text.parse().ok())
    }
}

impl Settings {
    /// All names and values.
    pub(crate) fn into_values(self) -> BTreeMap<String, String> {
        self.values
    }
}
