//! Answers as text, in the form in which the case files have them.

use kinglet_diagnostic::{LineIndex, Severity, Span};
use kinglet_language::{Document, TokenKind, Workspace, diagnostics, tokens};

/// Every question.
pub(crate) const QUESTIONS: &[&str] = &["diagnostics", "tokens"];

/// Asks `what` about a text at a byte offset.
pub(crate) fn answer(what: &str, workspace: &Workspace, document: &Document<'_>, _offset: usize) -> String {
    match what {
        "diagnostics" => said(workspace, document),
        "tokens" => coloured(document),
        other => panic!("nothing answers {other}"),
    }
}

/// `line:column "text"` of a span, both counted from 1 in UTF-16.
fn place(text: &str, span: Span) -> String {
    let at = LineIndex::new(text).utf16(text, span.start as usize);
    format!("{}:{} {:?}", at.line + 1, at.column + 1, span.text(text))
}

fn said(workspace: &Workspace, document: &Document<'_>) -> String {
    let lines = diagnostics(workspace, document).into_iter().map(|found| {
        let severity = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let help = found.help.map(|help| format!(" ({help})")).unwrap_or_default();
        let place = place(document.text, found.span);
        format!("{place} {severity} {}: {}{help}", found.code, found.message.replace('\n', " / "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn coloured(document: &Document<'_>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let index = LineIndex::new(document.text);
    let mut last = None;
    let mut end = 0;
    for token in tokens(document) {
        assert!(
            token.span.start >= end && token.span.start < token.span.end,
            "tokens are in order and apart"
        );
        end = token.span.end;
        let line = index.bytes(token.span.start as usize).line;
        let name = TokenKind::NAMES.get(token.kind as usize).copied().unwrap_or("?");
        let shown = format!("{}:{name}", token.span.text(document.text).replace('\n', "⏎"));
        match lines.last_mut().filter(|_| last == Some(line)) {
            Some(known) => known.push_str(&format!("  {shown}")),
            None => lines.push(shown),
        }
        last = Some(line);
    }
    lines.join("\n")
}
