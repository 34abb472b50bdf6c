//! No input makes the crate panic: random text, damaged templates, odd values.

use kinglet_template::{Context, Limits, Template, Value};

const CASES: &str = include_str!("../../kinglet-testkit/conformance/datafile/template.jsonl");

/// A small generator of pseudo-random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

const PIECES: [&str; 64] = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{!",
    " ",
    "\n",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "'''",
    "\\",
    ",",
    ":",
    ".",
    "=",
    "==",
    ":=",
    "+=",
    "*",
    "**",
    "//",
    "%",
    "<<",
    "-",
    "~",
    "@",
    "if ",
    "for ",
    "while ",
    "set ",
    "try",
    "except ",
    "else",
    "elif ",
    "end",
    "break",
    "in ",
    "not ",
    "lambda ",
    "and ",
    "is ",
    "a",
    "String",
    "Int32",
    "Array",
    "defined",
    "sql_and",
    "x",
    "f'{",
    "1",
    "0x",
    "1e",
    "é",
    "\u{1F69A}",
    "\u{0}",
    "%!",
];

fn exercise(text: &str) {
    let (template, found) = Template::parse(text);
    assert_eq!(found.iter().any(|diagnostic| diagnostic.is_error()), template.error().is_some());
    assert!(found.iter().all(|diagnostic| diagnostic.span.end as usize <= text.len()));
    for parameter in template.parameters() {
        assert!(parameter.span.end as usize <= text.len());
    }
    let values = [
        ("a", Value::from("1,2")),
        ("x", Value::List(vec![Value::Null, Value::Float(f64::NAN), Value::from("'")])),
        ("p", Value::Object(vec![("k".to_owned(), Value::Int(i128::MAX))])),
    ];
    let mut context = Context::with_variables(values);
    context.limits = Limits { fuel: 20_000, output_bytes: 100_000 };
    for test_mode in [false, true] {
        context.test_mode = test_mode;
        match template.render(&context) {
            Ok(rendered) => {
                for segment in rendered.source_map.segments() {
                    assert!(segment.template.end as usize <= text.len());
                    assert!(segment.rendered.end as usize <= rendered.sql.len());
                }
            }
            Err(error) => assert!(error.span.end as usize <= text.len()),
        }
    }
}

#[test]
fn random_pieces_never_panic() {
    let mut dice = Dice(1);
    for _ in 0..20_000 {
        let length = 1 + dice.roll(24);
        let text: String = (0..length).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
        exercise(&text);
        exercise(&format!("{{{{ {text} }}}}"));
        exercise(&format!("{{% set y = {text} %}}{{{{ y }}}}"));
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut dice = Dice(2);
    for _ in 0..5_000 {
        let length = dice.roll(60);
        let bytes: Vec<u8> = (0..length).map(|_| dice.roll(256) as u8).collect();
        exercise(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn damaged_templates_never_panic() {
    let mut dice = Dice(3);
    for line in CASES.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let template: Vec<char> = case["template"].as_str().unwrap().chars().collect();
        for _ in 0..8 {
            let mut damaged = template.clone();
            for _ in 0..1 + dice.roll(3) {
                let at = dice.roll(damaged.len() + 1);
                match dice.roll(3) {
                    0 if at < damaged.len() => {
                        damaged.remove(at);
                    }
                    1 => damaged.truncate(at),
                    _ => damaged.splice(at..at, PIECES[dice.roll(PIECES.len())].chars()).for_each(drop),
                }
            }
            exercise(&damaged.iter().collect::<String>());
        }
    }
}
