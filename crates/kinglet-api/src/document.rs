//! The JSON documents of resources, as clients know them.

pub(crate) mod datasource;
pub(crate) mod deployment;
pub(crate) mod job;
pub(crate) mod pipe;

use kinglet_workspace::timestamp_text;
use serde_json::{Map, Value};

/// A v0 timestamp with six digits behind the second; null for no time.
pub(crate) fn time(micros: i64) -> Value {
    if micros == 0 { Value::Null } else { timestamp_text(micros).into() }
}

/// The members of `document` that `attrs` names, when it names any.
pub(crate) fn only(document: Value, attrs: Option<&str>) -> Value {
    let Some(attrs) = attrs.filter(|attrs| !attrs.trim().is_empty()) else {
        return document;
    };
    let Value::Object(members) = document else {
        return document;
    };
    let wanted: Vec<&str> = attrs.split(',').map(str::trim).collect();
    let kept: Map<String, Value> =
        members.into_iter().filter(|(name, _)| wanted.contains(&name.as_str())).collect();
    Value::Object(kept)
}
