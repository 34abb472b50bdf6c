//! Values of a JSON text: one after the other (NDJSON among them), or the elements of one array.

/// Whether a text is one array whose elements are the rows.
pub(super) fn is_array(text: &str) -> bool {
    text.trim_start().starts_with('[')
}

/// The texts of at most `limit` rows. A row that is cut off at the end is left out; what is no JSON is passed over
/// up to the next line.
pub(super) fn elements(text: &str, limit: usize) -> Vec<&str> {
    let trimmed = text.trim_start();
    let mut rest = if is_array(text) { trimmed.get(1..).unwrap_or("") } else { trimmed };
    let mut found = Vec::new();
    while found.len() < limit {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let opens = rest.starts_with(['{', '[']);
        match opens.then(|| container_length(rest)).flatten() {
            Some(length) => {
                found.push(rest.get(..length).unwrap_or(""));
                rest = rest.get(length..).unwrap_or("");
            }
            None if opens => return found,
            None => {
                let length = rest.find('\n').unwrap_or(rest.len());
                rest = rest.get(length..).unwrap_or("");
            }
        }
    }
    found
}

/// Length of the object or array at the start, or `None` when it is cut off.
fn container_length(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, b) in text.bytes().enumerate() {
        if in_string {
            match b {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match b {
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::elements;

    #[test]
    fn rows() {
        assert_eq!(elements("{\"a\":1}\n{\"a\":\"}\"}\n{\"a\":", 9), ["{\"a\":1}", "{\"a\":\"}\"}"]);
        assert_eq!(elements("[{\"a\":1},\n {\"b\":[2]} ]", 9), ["{\"a\":1}", "{\"b\":[2]}"]);
        assert_eq!(elements("oops\n{}\n{}", 1), ["{}"]);
    }
}
