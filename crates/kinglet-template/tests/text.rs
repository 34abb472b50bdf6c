//! Literal text and comments.

use kinglet_template::{Context, Template};

#[test]
fn a_query_is_a_template_when_it_starts_with_a_percent_sign() {
    assert!(Template::is_template(" \n% SELECT 1"));
    assert!(!Template::is_template("SELECT 1 % 2"));
}

#[test]
fn literal_text_is_copied_and_comments_are_dropped() {
    let (template, found) = Template::parse("%\nSELECT 1{# note #}, 2 {{!x}}");
    assert!(found.is_empty());
    let rendered = template.render(&Context::default()).unwrap();
    assert_eq!(rendered.sql, "\nSELECT 1, 2 {{x}}");
    let comma = rendered.sql.find(',').unwrap();
    let span = rendered.source_map.template_span(comma).unwrap();
    assert_eq!(span.start, 20);
}

#[test]
fn a_broken_template_is_reported_and_renders_to_its_error() {
    let (template, found) = Template::parse("%\nSELECT 1{% end %}");
    assert_eq!(found.len(), 1);
    let error = template.render(&Context::default()).unwrap_err();
    assert_eq!(error.message, "Extra {% end %} block at <string>:2");
}
