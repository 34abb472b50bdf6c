//! Texts that were damaged at random are answered like any other: nothing panics, places lie in the text.

mod support;

use kinglet_diagnostic::Span;
use kinglet_language::{Document, Workspace, diagnostics, tokens};

/// A generator of numbers that is the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

/// Pieces that texts are damaged with.
const PIECES: [&str; 28] = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "%",
    "'",
    "\"",
    "`",
    "(",
    ")",
    "[",
    ",",
    ".",
    "::",
    "é",
    "𝄞",
    "\n",
    "\r\n",
    "#",
    "--",
    "/*",
    "SELECT ",
    "NODE x\n",
    "SQL >\n",
    "{% end %}",
    "\u{0}",
    "{{ table('t') }}",
];

fn damaged(text: &str, numbers: &mut Numbers) -> String {
    let mut out = text.to_owned();
    for _ in 0..=numbers.below(4) {
        let boundaries: Vec<usize> = out.char_indices().map(|(at, _)| at).chain([out.len()]).collect();
        let at = boundaries.get(numbers.below(boundaries.len())).copied().unwrap_or(0);
        match numbers.below(4) {
            0 => out.insert_str(at, PIECES.get(numbers.below(PIECES.len())).copied().unwrap_or("")),
            1 => out.truncate(at),
            2 => {
                let end = boundaries
                    .iter()
                    .copied()
                    .find(|end| *end >= at + 1 + numbers.below(12))
                    .unwrap_or(out.len());
                out.replace_range(at..end, "");
            }
            _ => {
                let copied = out.get(at..).unwrap_or("").chars().take(20).collect::<String>();
                out.insert_str(at, &copied);
            }
        }
    }
    out
}

fn lies_in(span: Span, text: &str) -> bool {
    text.get(span.range()).is_some()
}

#[test]
fn damaged_texts_are_answered() {
    let long = std::env::var_os("KINGLET_LONG").is_some();
    let turns = if long { 400 } else { 6 };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for path in support::files(&folder) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for case in support::read_cases(&text) {
            for _ in 0..turns {
                let damaged = case.with_text(damaged(case.text(), &mut numbers));
                damaged.ask_everything();
                let (path, text) = (damaged.path(), damaged.text());
                let document = Document { path, text, node: None };
                let mut workspace = Workspace::new();
                workspace.open(&document);
                workspace.refresh();
                for found in diagnostics(&workspace, &document) {
                    assert!(lies_in(found.span, text), "{found:?} in {text:?}");
                }
                for token in tokens(&document) {
                    assert!(lies_in(token.span, text), "{token:?} in {text:?}");
                }
            }
        }
    }
}
