//! Endpoint tests as a file.

use super::EndpointTest;
use crate::yaml::{Yaml, load_yaml};

/// A test file that reads back as these tests.
pub fn print_endpoint_tests(tests: &[EndpointTest]) -> String {
    let printed: Vec<String> = tests.iter().map(test).collect();
    if printed.is_empty() { "[]\n".to_owned() } else { printed.join("\n") }
}

fn test(test: &EndpointTest) -> String {
    let mut out = format!("- name: {}\n", scalar(&test.name));
    if let Some(description) = &test.description {
        out.push_str(&format!("  description: {}\n", scalar(description)));
    }
    out.push_str(&format!("  parameters: {}\n", scalar(&test.parameters)));
    if let Some(status) = test.expected_http_status {
        out.push_str(&format!("  expected_http_status: {status}\n"));
    }
    if let Some(expected) = &test.expected_result {
        out.push_str(&format!("  expected_result: {}\n", text(expected)));
    }
    out
}

/// A text as a literal block where it has lines, else as a scalar.
fn text(value: &str) -> String {
    let lines = value.trim_end_matches('\n');
    let breaks = value.len() - lines.len();
    let odd = lines.contains(['\r', '\t', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'])
        || lines.chars().any(|c| c.is_control() && c != '\n')
        || lines.starts_with([' ', '\n']);
    // A block that keeps several line breaks at its end would also keep the blank line before the next test.
    if odd || lines.is_empty() || !value.contains('\n') || breaks > 1 {
        return scalar(value);
    }
    let chomp = if breaks == 0 { "-" } else { "" };
    let body: Vec<String> = lines
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") })
        .collect();
    format!("|{chomp}\n{}", body.join("\n"))
}

/// A text on one line: bare where it reads back as it is, else in quotes.
fn scalar(value: &str) -> String {
    let bare = !value.is_empty() && value.trim() == value && !value.contains('\n');
    let mapping = format!("- a: {value}\n");
    let reads_back = || {
        let loaded = load_yaml(&mapping).ok()?;
        let found = loaded.as_list()?.first()?.get("a").cloned();
        Some(found == Some(Yaml::Text(value.to_owned())))
    };
    if bare && reads_back() == Some(true) {
        return value.to_owned();
    }
    let plain = !value
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'));
    if plain { format!("'{}'", value.replace('\'', "''")) } else { double_quoted(value) }
}

fn double_quoted(value: &str) -> String {
    let mut out = "\"".to_owned();
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testfile::parse_endpoint_tests;

    #[test]
    fn reads_back() {
        let texts = [
            "",
            "a",
            "a=1&b=2",
            "yes",
            "12",
            "1e5",
            "null",
            "~",
            "a: b",
            "a #b",
            "it's",
            "\"q\"",
            "- x",
            "{\"a\":1}\n",
            "{\"a\":1}\n{\"a\":2}\n",
            "a\nb",
            "a\n\n",
            "\na",
            "  a\nb",
            "a\tb\nc",
            "x\r\n",
            "[Error] é 🚕",
            "%a",
            "@a",
            "`a`",
            "a\n\nb\n",
            "!x",
            "&x",
            "*x",
            "| x",
            "> x",
            "? x",
            "2024-01-01",
            "trailing ",
            "'",
            "\\",
            "\u{1}",
            "#",
            "a\n#b\n",
        ];
        let tests: Vec<EndpointTest> = texts
            .iter()
            .map(|text| EndpointTest {
                name: (*text).to_owned(),
                description: Some((*text).to_owned()),
                parameters: text.replace('?', ""),
                expected_result: Some((*text).to_owned()),
                expected_http_status: Some(400),
            })
            .collect();
        let printed = print_endpoint_tests(&tests);
        let parsed = parse_endpoint_tests(&printed);
        assert!(!parsed.has_errors(), "{:?}\n{printed}", parsed.problems);
        for (wanted, found) in tests.iter().zip(&parsed.value) {
            assert_eq!(found, wanted);
        }
        assert_eq!(parsed.value.len(), tests.len());
    }

    #[test]
    fn looks_as_people_write_it() {
        let test = EndpointTest {
            name: "first_page".to_owned(),
            description: None,
            parameters: "limit=2".to_owned(),
            expected_result: Some("{\"id\":9}\n{\"id\":8}\n".to_owned()),
            expected_http_status: None,
        };
        assert_eq!(
            print_endpoint_tests(&[test]),
            "- name: first_page\n  parameters: limit=2\n  expected_result: |\n    {\"id\":9}\n    {\"id\":8}\n"
        );
    }
}
