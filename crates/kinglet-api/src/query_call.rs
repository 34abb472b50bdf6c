//! Parameters of queries and endpoints, from query strings, forms and JSON bodies.

use crate::context::Context;
use crate::json_value::template_of;
use crate::params::Params;
use kinglet_workspace::query::Call;
use kinglet_workspace::template::Value;
use kinglet_workspace::{Error, Result};
use std::collections::BTreeMap;

/// Largest body of a query.
const MAX_BODY_BYTES: usize = 8 << 20;

/// Parameters that are ours, and never a template's.
const RESERVED: &[&str] = &[
    "token",
    "q",
    "pipeline",
    "playground",
    "format",
    "from",
    "cli_version",
    "__tb__semver",
    "__tb__deployment",
    "__tb__snapshot",
    "release_replacements",
    "finalize_aggregations",
    "explain",
    "debug",
];

/// What a query is called with.
pub(crate) struct QueryCall {
    /// `q`, from the query string or the body.
    pub(crate) q: Option<String>,
    /// Query string and form parameters.
    pub(crate) params: Params,
    /// Members of a JSON body.
    json: Vec<(String, Value)>,
    /// The deployment that waits is asked.
    staging: bool,
    /// The snapshot that is asked.
    snapshot: Option<String>,
}

impl QueryCall {
    /// Reads the query string and the body. A body that is neither a form nor JSON is
    /// the query itself, where `raw_is_query`.
    pub(crate) async fn of(context: &mut Context, raw_is_query: bool) -> Result<QueryCall> {
        let body = context.take_body().collect(MAX_BODY_BYTES).await?;
        let text =
            String::from_utf8(body.to_vec()).map_err(|_| Error::invalid("the body is not UTF-8 text"))?;
        let mut params = context.query.clone();
        let mut json = Vec::new();
        let mut raw = None;
        let content_type = context.headers.get("content-type").unwrap_or_default();
        let trimmed = text.trim();
        if trimmed.starts_with('{') {
            json = json_members(trimmed)?;
        } else if is_form(content_type, trimmed) {
            params.extend(Params::from_urlencoded(trimmed));
        } else if !trimmed.is_empty() && raw_is_query {
            raw = Some(text);
        }
        let from_json = json.iter().find(|(name, _)| name == "q").and_then(|(_, value)| value.as_str());
        let q = params.get("q").or(from_json).map(str::to_owned).or(raw);
        let snapshot = context.snapshot().map(str::to_owned);
        Ok(QueryCall { q, params, json, staging: context.staging(), snapshot })
    }

    /// The call for the engine; `format` is the answer's where the query names none.
    pub(crate) fn call(&self, format: &str) -> Call {
        let mut params = BTreeMap::new();
        let mut settings = BTreeMap::new();
        for (name, value) in self.params.iter() {
            if name.starts_with("output_format_") {
                settings.insert(name.to_owned(), value.to_owned());
            }
            if RESERVED.contains(&name) {
                continue;
            }
            // Repeated keys are the items of a list.
            params
                .entry(name.to_owned())
                .and_modify(|known: &mut Value| *known = joined(known, value))
                .or_insert_with(|| Value::String(value.to_owned()));
        }
        for (name, value) in &self.json {
            if !RESERVED.contains(&name.as_str()) {
                params.insert(name.clone(), value.clone());
            }
        }
        let finalize = self.params.flag("finalize_aggregations");
        Call {
            params,
            settings,
            format: format.to_owned(),
            finalize,
            info: None,
            staging: self.staging,
            snapshot: self.snapshot.clone(),
        }
    }
}

fn joined(known: &Value, more: &str) -> Value {
    Value::String(format!("{},{more}", known.as_str().unwrap_or_default()))
}

/// Forms are often not called so, and SQL often is: what looks like `name=value` without
/// spaces before the sign, and begins with no word of a query, is one.
fn is_form(content_type: &str, text: &str) -> bool {
    if !content_type.starts_with("application/x-www-form-urlencoded") {
        return text.starts_with("q=");
    }
    let name = text.split('=').next().unwrap_or_default();
    text.contains('=') && !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn json_members(text: &str) -> Result<Vec<(String, Value)>> {
    let document: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| Error::invalid(format!("the body is not valid JSON: {error}")))?;
    let members = document
        .as_object()
        .map(|members| members.iter().map(|(name, value)| (name.clone(), template_of(value))).collect());
    Ok(members.unwrap_or_default())
}
