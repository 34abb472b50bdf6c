//! What a request changed, told to those who follow the workspace.

use kinglet_api::Method;
use serde::Serialize;

/// `Change` of protocol.ts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// What kind of thing changed, as in the request's path: `datasources`, `pipes`, `events`, `deploy`.
    pub(crate) kind: String,
    /// Its name where the path or the query tells, else empty.
    pub(crate) name: String,
}

/// The change that a request of this kind makes when it succeeds; none for one that reads.
pub(crate) fn change_of(method: Method, target: &str) -> Option<Change> {
    if matches!(method, Method::Get | Method::Head | Method::Options) {
        return None;
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut segments = path.split('/').filter(|segment| !segment.is_empty()).skip(1);
    let kind = segments.next()?;
    let named = segments.next().unwrap_or_default();
    // Queries, endpoint calls and questions about files may be sent by POST.
    if matches!(kind, "sql" | "analyze") || (kind == "pipes" && named.contains('.')) {
        return None;
    }
    let name = if named.is_empty() { parameter(query, "name") } else { named };
    Some(Change { kind: kind.to_owned(), name: name.to_owned() })
}

fn parameter<'q>(query: &'q str, name: &str) -> &'q str {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(key, value)| (key == name).then_some(value)).unwrap_or_default()
}
