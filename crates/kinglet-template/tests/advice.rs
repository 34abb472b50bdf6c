//! Warnings about templates that render.

use kinglet_template::Template;

fn codes(sql: &str) -> Vec<(String, String)> {
    let (template, found) = Template::parse(sql);
    assert!(template.error().is_none());
    assert!(found.iter().all(|diagnostic| !diagnostic.is_error() && diagnostic.help.is_some()));
    found
        .iter()
        .map(|diagnostic| (diagnostic.code.to_string(), diagnostic.span.text(sql).to_owned()))
        .collect()
}

fn pair(code: &str, text: &str) -> (String, String) {
    (format!("template/{code}"), text.to_owned())
}

#[test]
fn a_parameter_inside_quotes() {
    let sql =
        "%SELECT 'it''s {{ a }}', {% if a %}'\\'{{ String(b) }}'{% else %}'{% end %}, {{ c }} -- '{{ d }}'";
    assert_eq!(codes(sql), [pair("quoted-parameter", "a"), pair("quoted-parameter", "String(b)")]);
    assert_eq!(codes("%SELECT '{{ symbol(a, '') }}', concat('x', {{ String(b) }})"), []);
}

#[test]
fn names_that_are_taken_or_are_none() {
    assert_eq!(codes("%{{ String(token, 'x') }}"), [pair("reserved-name", "String(token, 'x')")]);
    assert_eq!(codes("%{{ Int32(5) }}"), [pair("parameter-name", "Int32(5)")]);
}

#[test]
fn arguments_that_fail_when_evaluated() {
    assert_eq!(codes("%{{ Int32(a, 1, min=0) }}"), [pair("unknown-argument", "Int32(a, 1, min=0)")]);
    assert_eq!(codes("%{{ Int32(a, 1, description='x', required=True) }}"), []);
}
