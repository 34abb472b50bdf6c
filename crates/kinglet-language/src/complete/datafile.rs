//! Words of a datafile.

use kinglet_datafile::{DatafileKind, Form, Part, directives};
use kinglet_diagnostic::Span;
use kinglet_parser::TokenKind as Lexeme;

use super::{Completion, Completions, query, word_around, words};
use crate::document::Document;
use crate::symbol::directive_summary;
use crate::workspace::Workspace;

/// Kinds of data-skipping index.
const INDEX_TYPES: [&str; 7] = [
    "minmax",
    "set(100)",
    "bloom_filter",
    "tokenbf_v1(256, 2, 0)",
    "ngrambf_v1(3, 256, 2, 0)",
    "text",
    "hypothesis",
];

/// What may follow a column's type.
const AFTER_TYPE: [&str; 3] = ["DEFAULT", "CODEC", "MATERIALIZED"];

/// Words that may stand at an offset of the text.
pub(super) fn complete(
    workspace: &Workspace,
    document: &Document<'_>,
    kind: DatafileKind,
    offset: usize,
) -> Option<Completions> {
    let text = document.text;
    let line = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let prefix = text.get(line..offset)?;
    let parts = document.parts();
    // A word at the start of a line may begin a directive; before that, it belongs to the part above.
    let belongs = |part: &&Part| {
        let start = part.keyword.start as usize;
        start <= offset && (start < line || prefix.contains(' '))
    };
    let part = parts.iter().rev().find(belongs);
    let mut found = part.and_then(|part| in_part(workspace, document, part, line, offset));
    if prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        let words =
            found.get_or_insert_with(|| Completions { span: word_around(text, offset), items: Vec::new() });
        words.items.extend(directive_items(kind));
    }
    found
}

fn directive_items(kind: DatafileKind) -> impl Iterator<Item = Completion> {
    directives(kind).iter().map(|directive| {
        let mut item = Completion::new(directive.name, "directive", 6).with_info(directive.summary);
        item.insert = match directive.form {
            Form::Block => [directive.name, " >\n    "].concat(),
            Form::Line | Form::Either => [directive.name, " "].concat(),
        };
        item
    })
}

fn in_part(
    workspace: &Workspace,
    document: &Document<'_>,
    part: &Part,
    line: usize,
    offset: usize,
) -> Option<Completions> {
    let on_its_line = line <= part.keyword.start as usize;
    let Some(block) = part.block.filter(|_| !on_its_line) else {
        return on_its_line.then(|| values(workspace, document, part, offset)).flatten();
    };
    match part.name.as_str() {
        "sql" | "forward_query" => query::complete(workspace, document, &document.query_at(offset)?, offset),
        "schema" => Some(schema(document.text, block, offset)),
        "indexes" => Some(index(document, line, offset)),
        name if name.starts_with("engine") => {
            Some(Completions { span: word_around(document.text, offset), items: columns(document) })
        }
        _ => None,
    }
}

/// Values of a directive on its line.
fn values(workspace: &Workspace, document: &Document<'_>, part: &Part, offset: usize) -> Option<Completions> {
    if offset <= part.keyword.end as usize {
        return None;
    }
    let text = document.text;
    let project = workspace.project();
    let plain = |word: &str, kind| Completion::new(word, kind, 1);
    let items: Vec<Completion> = match part.name.as_str() {
        "datasource" | "target_datasource" => {
            project.datasources.iter().map(|found| plain(&found.full_name(), "datasource")).collect()
        }
        name if name.ends_with("_connection_name") => {
            project.connections.iter().map(|found| plain(&found.name, "connection")).collect()
        }
        "token" => {
            let named = part.words.first().is_some_and(|(_, span)| (span.end as usize) < offset);
            let rights: &[&str] = if named { &["READ", "APPEND"] } else { &[] };
            rights.iter().map(|word| plain(word, "value")).collect()
        }
        "include" => {
            let paths = workspace.paths().filter(|path| path.ends_with(".incl"));
            paths.map(|path| plain(path, "value")).collect()
        }
        "engine_sorting_key"
        | "engine_partition_key"
        | "engine_primary_key"
        | "engine_sampling_key"
        | "engine_ttl"
        | "engine_ver"
        | "engine_sign"
        | "engine_version"
        | "engine_columns"
        | "engine_is_deleted" => columns(document),
        "copy_schedule" | "export_schedule" => {
            vec![plain("@on-demand", "value"), plain("0 * * * *", "value")]
        }
        name => {
            let kind = if name == "engine" { "engine" } else { "value" };
            let directive = directive_summary(document, &name.to_ascii_uppercase())?;
            directive.values.iter().map(|word| plain(word, kind)).collect()
        }
    };
    let before = text.get(..offset)?;
    let start = before.len()
        - before
            .chars()
            .rev()
            .take_while(|c| !c.is_whitespace() && !"\"',".contains(*c))
            .map(char::len_utf8)
            .sum::<usize>();
    let after = text.get(offset..)?;
    let end = offset + after.find(|c: char| c.is_whitespace() || "\"',".contains(c)).unwrap_or(after.len());
    Some(Completions { span: Span::new(start, end), items })
}

/// The columns of the data source that the text describes.
fn columns(document: &Document<'_>) -> Vec<Completion> {
    let options =
        kinglet_datafile::Options { expand: false, ..kinglet_datafile::Options::new(document.path) };
    let parsed = kinglet_datafile::parse_datasource(document.text, &options);
    let columns = parsed.value.columns.iter();
    columns
        .map(|column| Completion::new(column.name.clone(), "column", 5).with_detail(column.full_type()))
        .collect()
}

fn schema(text: &str, block: Span, offset: usize) -> Completions {
    let span = word_around(text, offset);
    let start = block.start as usize;
    let inside = text.get(start..span.start as usize).unwrap_or("");
    // Names, types and brackets since the last comma between columns.
    let (mut depth, mut count, mut last) = (0usize, 0usize, Lexeme::Comma);
    for token in kinglet_parser::tokens(inside) {
        match token.kind {
            Lexeme::OpenRound => depth += 1,
            Lexeme::CloseRound => depth = depth.saturating_sub(1),
            Lexeme::Comma if depth == 0 => count = 0,
            Lexeme::Word | Lexeme::QuotedIdentifier if depth == 0 => count += 1,
            _ => {}
        }
        last = token.kind;
    }
    let items = match (depth, count) {
        (0, 0) => Vec::new(),
        (0, 1) => words::types().collect(),
        (0, _) => AFTER_TYPE.iter().map(|word| Completion::new(*word, "keyword", 1)).collect(),
        (_, 0 | 1) => words::types().collect(),
        _ if matches!(last, Lexeme::OpenRound | Lexeme::Comma) => words::types().collect(),
        _ => Vec::new(),
    };
    Completions { span, items }
}

fn index(document: &Document<'_>, line: usize, offset: usize) -> Completions {
    let span = word_around(document.text, offset);
    let before = document.text.get(line..span.start as usize).unwrap_or("");
    let last = before.split_whitespace().next_back().unwrap_or("");
    let items = match before.split_whitespace().count() {
        0 => Vec::new(),
        1 => columns(document),
        _ if last.eq_ignore_ascii_case("TYPE") => {
            INDEX_TYPES.iter().map(|word| Completion::new(*word, "value", 1)).collect()
        }
        _ => ["TYPE", "GRANULARITY"].iter().map(|word| Completion::new(*word, "keyword", 1)).collect(),
    };
    Completions { span, items }
}
