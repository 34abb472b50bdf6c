//! Values of templates as JSON and back.

use kinglet_workspace::template::Value as TemplateValue;
use serde_json::{Map, Number, Value};

/// A template's value as JSON; a float that JSON has no number for is null.
pub(crate) fn json_of(value: &TemplateValue) -> Value {
    match value {
        TemplateValue::Null => Value::Null,
        TemplateValue::Bool(value) => (*value).into(),
        TemplateValue::Int(value) => number(&value.to_string()),
        TemplateValue::BigInt(digits) => number(digits),
        TemplateValue::Float(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
        TemplateValue::String(text) => text.as_str().into(),
        TemplateValue::List(items) => items.iter().map(json_of).collect(),
        TemplateValue::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), json_of(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or(Value::Null)
}

/// A JSON value as a template's.
pub(crate) fn template_of(value: &Value) -> TemplateValue {
    match value {
        Value::Null => TemplateValue::Null,
        Value::Bool(value) => TemplateValue::Bool(*value),
        Value::Number(number) => {
            let text = number.to_string();
            match (text.parse::<i128>(), text.parse::<f64>()) {
                (Ok(value), _) => TemplateValue::Int(value),
                (Err(_), Ok(value)) if text.contains(['.', 'e', 'E']) => TemplateValue::Float(value),
                _ => TemplateValue::BigInt(text),
            }
        }
        Value::String(text) => TemplateValue::String(text.clone()),
        Value::Array(items) => TemplateValue::List(items.iter().map(template_of).collect()),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), template_of(value)));
            TemplateValue::Object(members.collect())
        }
    }
}
