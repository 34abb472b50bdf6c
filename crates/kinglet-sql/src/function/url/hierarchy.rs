//! URLs cut after each part of their path.

use crate::function::shape::Visit;

/// Calls `visit` with the URL, or with `path` its path and query, cut after each separator and whole.
pub(super) fn each(url: &[u8], path: bool, visit: Visit<'_>) {
    let rest = |at: usize| url.get(at..).unwrap_or_default();
    // Past `scheme://host/`.
    let mut at = url.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let absolute = rest(at).starts_with(b"://");
    if absolute {
        at += 3;
        at += rest(at).iter().take_while(|byte| !matches!(byte, b'/' | b'?' | b'#')).count();
    } else {
        at = 0;
    }
    let start = if path { at } else { 0 };
    if path && !absolute {
        return;
    }
    if at >= url.len() {
        if !url.is_empty() && !path {
            visit(url);
        }
        return;
    }
    if absolute {
        at += 1;
        if !path {
            visit(&url[..at]);
        }
    }
    while at < url.len() {
        let step = rest(at).iter().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
        let mut end = step.map_or(url.len(), |step| at + step + 1);
        // Separators in a row are one.
        while end < url.len() && step.is_some() && url[end] == url[end - 1] {
            end += 1;
        }
        visit(&url[start..end]);
        at = end;
    }
}
