//! The SQL that is being written, and what values look like in it.

use kinglet_diagnostic::Span;

use super::Evaluator;
use crate::object::escape;
use crate::object::exception::{Outcome, Stop, template_error};
use crate::object::{Heap, Object, text};
use crate::source_map::{Origin, SourceMap};
use crate::tree::Whitespace;

/// SQL with the places it came from.
pub(super) struct Output {
    pub(super) sql: String,
    pub(super) map: SourceMap,
    limit: usize,
}

impl Output {
    pub(super) fn new(limit: usize) -> Self {
        Self { sql: String::new(), map: SourceMap::default(), limit }
    }

    fn push(&mut self, piece: &str, span: Span, origin: Origin) -> Outcome<()> {
        let start = self.sql.len();
        if start + piece.len() > self.limit {
            return Err(Stop::Limit("the rendered query is too long"));
        }
        self.sql.push_str(piece);
        self.map.push(Span::new(start, self.sql.len()), span, origin);
        Ok(())
    }

    pub(super) fn expression(&mut self, sql: &str, span: Span) -> Outcome<()> {
        self.push(sql, span, Origin::Expression)
    }

    pub(super) fn text(&mut self, piece: &str, span: Span, whitespace: Whitespace) -> Outcome<()> {
        let reduced = match whitespace {
            _ if piece.contains("<pre>") => return self.push(piece, span, Origin::Text),
            Whitespace::All => return self.push(piece, span, Origin::Text),
            Whitespace::Single => single_spaced(piece),
            Whitespace::OneLine => on_one_line(piece),
        };
        let origin = if reduced == piece { Origin::Text } else { Origin::Expression };
        self.push(&reduced, span, origin)
    }
}

/// Runs of white space become a line break where they have one, otherwise a blank.
fn single_spaced(text: &str) -> String {
    runs(text, |run| {
        if run.contains('\n') {
            "\n".to_owned()
        } else {
            let mut out = String::new();
            for c in run.chars() {
                match c {
                    ' ' | '\t' if out.ends_with(' ') => {}
                    ' ' | '\t' => out.push(' '),
                    other => out.push(other),
                }
            }
            out
        }
    })
}

fn on_one_line(text: &str) -> String {
    runs(text, |_| " ".to_owned())
}

fn runs(text: &str, replace: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_whitespace) {
        let (before, from) = rest.split_at(start);
        let (run, after) = from.split_at(from.find(|c: char| !c.is_whitespace()).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(&replace(run));
        rest = after;
    }
    out + rest
}

impl Evaluator<'_> {
    /// What `{{ }}` inserts for a value; `code` is the text of the expression.
    pub(super) fn printed(&self, value: &Object, code: impl FnOnce() -> String) -> Outcome<String> {
        match value {
            plain if self.context.secret_values.is_some() => text::str(plain, &self.heap),
            Object::None => {
                let code = code();
                let shown: String = code.chars().take(20).collect();
                let dots = if shown.len() < code.len() { "..." } else { "" };
                template_error(format!("expression \"{shown}{dots}\" evaluated to null"))
            }
            Object::List(id) if self.context.flags.split_to_array_escape => {
                array_literal(self.heap.items(*id), &self.heap)
            }
            other => sql_text(other, &self.heap),
        }
    }
}

/// A value as SQL: text is quoted, fragments stay as they are, everything else is its Python text.
pub(crate) fn sql_text(value: &Object, heap: &Heap<'_>) -> Outcome<String> {
    match value {
        Object::Str(text) => Ok(escape::quoted(text)),
        Object::Placeholder => Ok("'__no_value__'".to_owned()),
        // An exception's text may repeat what a request sent.
        Object::Exception(raised) => Ok(escape::quoted(&raised.text())),
        other => text::str(other, heap),
    }
}

/// A list as a SQL array with quotes doubled.
fn array_literal(items: &[Object], heap: &Heap<'_>) -> Outcome<String> {
    let mut out = String::from("[");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        match item.as_text() {
            Some(text) => out.push_str(&format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))),
            None => out.push_str(&text::str(item, heap)?),
        }
    }
    out.push(']');
    Ok(out)
}
