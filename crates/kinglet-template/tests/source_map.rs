//! Offsets in rendered SQL lead back to the template.

use kinglet_diagnostic::Span;
use kinglet_template::{Context, Origin, Template};

const TEMPLATE: &str = "%\nSELECT {{ column(c, 'a') }} AS k{# note #}\nFROM t\n{% for x in split_to_array(xs) %}\n  OR b = \
                        {{ String(x) }}\n{% end %}LIMIT 5";

#[test]
fn every_byte_of_text_maps_to_the_same_byte() {
    let template = Template::parse(TEMPLATE).0;
    let rendered = template.render(&Context::with_variables([("xs", "p,q")])).unwrap();
    for (at, byte) in rendered.sql.bytes().enumerate() {
        let segment =
            rendered.source_map.segments().iter().find(|s| s.rendered.range().contains(&at)).unwrap();
        let span = rendered.source_map.template_span(at).unwrap();
        match segment.origin {
            Origin::Text => assert_eq!(TEMPLATE.as_bytes()[span.start as usize], byte),
            Origin::Expression => assert!(["column(c, 'a')", "String(x)"].contains(&span.text(TEMPLATE))),
        }
    }
}

#[test]
fn an_error_of_the_engine_is_shown_where_it_was_written() {
    let template = Template::parse(TEMPLATE).0;
    let rendered = template.render(&Context::with_variables([("xs", "p,q")])).unwrap();
    let second = rendered.sql.rfind("'q'").unwrap();
    let range = rendered.source_map.template_range(Span::new(second, second + 3)).unwrap();
    assert_eq!(range.text(TEMPLATE), "String(x)");
    let limit = rendered.sql.find("LIMIT").unwrap();
    let range = rendered.source_map.template_range(Span::new(limit, limit + 5)).unwrap();
    assert_eq!(range.text(TEMPLATE), "LIMIT");
    let across = rendered.sql.find("`a`").unwrap();
    let range = rendered.source_map.template_range(Span::new(across - 3, across + 5)).unwrap();
    assert_eq!(range.text(TEMPLATE), "CT {{ column(c, 'a') }} A");
}

#[test]
fn offsets_past_the_end_map_to_the_end() {
    let template = Template::parse("%SELECT 1").0;
    let rendered = template.render(&Context::default()).unwrap();
    assert_eq!(rendered.source_map.template_span(99), Some(Span::at(9)));
    assert_eq!(Template::parse("%").0.render(&Context::default()).unwrap().source_map.template_span(0), None);
}

#[test]
fn errors_and_parameters_point_into_the_whole_text() {
    let text = "\n%\nSELECT {{ Int32(n) }}, {{ String(s, 'x') }}";
    let template = Template::parse(text).0;
    let places: Vec<&str> = template.parameters().iter().map(|parameter| parameter.span.text(text)).collect();
    assert_eq!(places, ["Int32(n)", "String(s, 'x')"]);
    let error = template.render(&Context::with_variables([("n", "abc")])).unwrap_err();
    assert_eq!(error.span.text(text), "Int32(n)");
    let broken = "%\nSELECT {{ Int32(n }}";
    let error = Template::parse(broken).0.error().cloned().unwrap();
    assert_eq!(error.span.text(broken), "(");
}
