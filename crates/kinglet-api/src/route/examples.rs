//! `GET /examples/query.http`: a ready address of an endpoint, with its parameters.

use crate::answer;
use crate::context::Context;
use crate::document::pipe::params;
use crate::response::Response;
use crate::route::pipes::readable;
use kinglet_workspace::Result;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// The address as text.
pub(crate) async fn query(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let pipe = readable(&context, &caller, context.query.get("pipe").unwrap_or_default())?;
    let format = context.query.get("format").filter(|format| !format.is_empty()).unwrap_or("json");
    let base = &context.instance.settings().base_url;
    let mut url = format!("{base}/v0/pipes/{}.{format}?", pipe.name);
    let mut push = |name: &str, value: &str| {
        let encoded = utf8_percent_encode(value, NON_ALPHANUMERIC);
        let separator = if url.ends_with('?') { "" } else { "&" };
        url.push_str(&format!("{separator}{name}={encoded}"));
    };
    let mut told: Vec<String> = Vec::new();
    for parameter in pipe.nodes.iter().flat_map(params) {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        let example = ["example", "default"].iter().find_map(|key| parameter.get(*key));
        if told.contains(&name) {
            continue;
        }
        match example {
            Some(Value::String(text)) => push(&name, text),
            Some(Value::Null) | None => push(&name, ""),
            Some(value) => push(&name, &value.to_string()),
        }
        told.push(name);
    }
    for name in ["q", "token"] {
        if let Some(value) = context.query.get(name).filter(|value| !value.is_empty()) {
            push(name, value);
        }
    }
    Ok(answer::file(url))
}
