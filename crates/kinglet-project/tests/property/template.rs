//! Templates: reading and rendering end, within their bounds, and places lie in the texts.

use kinglet_template::{Context, Limits, Template, Value};

const LONGEST: usize = 4_096;

pub(super) fn holds(text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let (template, found) = Template::parse(text);
    assert_eq!(found.iter().any(|diagnostic| diagnostic.is_error()), template.error().is_some());
    assert!(found.iter().all(|diagnostic| diagnostic.span.end as usize <= text.len()));
    assert!(template.parameters().iter().all(|parameter| parameter.span.end as usize <= text.len()));
    let _ = (template.constant_tables(), template.parameter_name_error());
    let mut context = Context::with_variables([
        ("a", Value::from("1,2")),
        ("b", Value::List(vec![Value::Null, Value::Float(f64::NAN), Value::from("'")])),
        ("c", Value::Object(vec![("k".to_owned(), Value::Int(i128::MAX))])),
        ("x", Value::from("2024-01-02 03:04:05")),
    ]);
    context.secrets = ["s".to_owned()].into();
    context.limits = Limits { fuel: 20_000, output_bytes: 100_000 };
    for test_mode in [false, true] {
        context.test_mode = test_mode;
        match template.render(&context) {
            Err(error) => assert!(error.span.end as usize <= text.len()),
            Ok(rendered) => {
                assert!(rendered.sql.len() <= 110_000);
                let mut end = 0;
                for segment in rendered.source_map.segments() {
                    assert!(
                        segment.rendered.start >= end && segment.rendered.end as usize <= rendered.sql.len()
                    );
                    assert!(segment.template.end as usize <= text.len());
                    end = segment.rendered.end;
                }
            }
        }
    }
}
