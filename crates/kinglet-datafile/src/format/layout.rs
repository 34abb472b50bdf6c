//! How units are laid out as lines.

use super::unit::Unit;
use super::value::{engine_value, indented, list, tags, token};
use crate::column::Column;
use crate::schema::read_columns;
use crate::text::{SourceText, is_space};

/// Lines that stand together without a blank line between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Block,
    Tokens,
    Engine,
    Node,
    Type,
    Settings,
}

/// A laid out unit.
pub(super) struct Piece {
    pub(super) group: Group,
    pub(super) text: String,
}

/// Formats the text of a query; `None` leaves it as it is.
pub(super) type FormatSql<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Lays out a unit.
pub(super) fn piece(unit: &Unit<'_>, in_pipe: bool, format_sql: FormatSql<'_>) -> Piece {
    let (group, body) = match unit.name.as_str() {
        "description" => (Group::Block, description(unit)),
        "schema" => (Group::Block, schema(unit)),
        "indexes" => (Group::Block, indexes(unit)),
        "sql" | "forward_query" => (Group::Block, query(unit, format_sql)),
        "shared_with" => (Group::Block, shared_with(unit)),
        "token" => (Group::Tokens, format!("TOKEN {}", token(unit))),
        "tags" => (Group::Settings, format!("TAGS {}", tags(unit))),
        "node" | "scope" => (Group::Node, format!("NODE {}", unit.joined())),
        "type" if in_pipe => (Group::Type, format!("TYPE {}", unit.joined().to_ascii_uppercase())),
        name if name == "engine" || name.starts_with("engine_") => {
            (Group::Engine, format!("{} {}", name.to_ascii_uppercase(), engine_value(unit)))
        }
        "copy_mode" | "mode" => (Group::Type, format!("COPY_MODE {}", unit.joined())),
        name => {
            let line = format!("{} {}", name.to_ascii_uppercase(), other(unit));
            (if in_pipe { Group::Type } else { Group::Settings }, line.trim_end_matches(is_space).to_owned())
        }
    };
    let mut text = String::new();
    for comment in &unit.comments {
        text.push_str(&format!("{comment}\n"));
    }
    match unit.tail {
        Some(tail) if body.contains('\n') => text.push_str(&format!("{tail}\n{body}")),
        Some(tail) => text.push_str(&format!("{body} {tail}")),
        None => text.push_str(&body),
    }
    Piece { group, text }
}

fn other(unit: &Unit<'_>) -> String {
    match &unit.body {
        Some(_) => format!(">\n{}", indented(unit)),
        None => unit.joined(),
    }
}

/// A description is always a block; each line of a block loses its indentation.
fn description(unit: &Unit<'_>) -> String {
    if unit.body.is_none() {
        let text = unit.joined();
        let text = text.trim_matches(is_space);
        return if text.is_empty() { "DESCRIPTION".to_owned() } else { format!("DESCRIPTION >\n    {text}") };
    }
    format!("DESCRIPTION >\n{}", indented(unit)).trim_end_matches(is_space).to_owned()
}

/// The columns in their normal form, one a line; as they are where comments stand between them.
fn schema(unit: &Unit<'_>) -> String {
    let content = unit.content();
    let has_comments = unit.has_inner_comments() || content.iter().any(|line| line.text.contains("--"));
    if unit.body.is_none() {
        return format!("SCHEMA {}", unit.joined());
    }
    let columns = read_columns(&SourceText::from_lines(&content), 0);
    if has_comments || columns.has_errors() || columns.value.is_empty() {
        return format!("SCHEMA >\n{}", indented(unit)).trim_end_matches(is_space).to_owned();
    }
    let lines: Vec<String> = columns.value.iter().map(Column::to_line).collect();
    format!("SCHEMA >\n    {}", lines.join(",\n    "))
}

fn indexes(unit: &Unit<'_>) -> String {
    let Some(body) = &unit.body else { return format!("INDEXES {}", unit.joined()) };
    let lines = body.iter().map(|line| line.text.trim_matches(is_space)).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.map(|line| format!("\n    {}", index_line(line))).collect();
    format!("INDEXES >{}", lines.concat())
}

/// An index without its optional keyword and trailing commas.
fn index_line(line: &str) -> &str {
    if line.starts_with('#') {
        return line;
    }
    let line = line.trim_end_matches([',', ' ']);
    line.strip_prefix("INDEX ").map_or(line, str::trim_start)
}

fn shared_with(unit: &Unit<'_>) -> String {
    if unit.has_inner_comments() {
        return format!("SHARED_WITH >\n{}", indented(unit));
    }
    let lines: Vec<String> = list(unit).into_iter().map(|name| format!("\n    {name}")).collect();
    format!("SHARED_WITH >{}", lines.concat())
}

/// A query with four spaces before each line. A template that is not formatted is moved only where no
/// string goes over several lines.
fn query(unit: &Unit<'_>, format_sql: FormatSql<'_>) -> String {
    let directive = unit.name.to_ascii_uppercase();
    let content = unit.content();
    let sql = SourceText::from_lines(&content).dedented(&content);
    // Lines lose the white space at their ends, some of which is none to SQL.
    let as_left =
        || sql.text.lines().map(|line| line.trim_end_matches(is_space)).collect::<Vec<_>>().join("\n");
    let formatted = match unit.has_inner_comments() {
        true => None,
        false => format_sql(&sql.text).or_else(|| format_sql(&as_left())),
    };
    // A line that came to start with the sign would be a comment of the file and no part of the query.
    let is_comment = |line: &str| line.trim_start_matches(is_space).starts_with('#');
    let formatted = formatted.filter(|text| !text.lines().any(is_comment));
    let body = match formatted {
        Some(formatted) => {
            let lines: Vec<String> = formatted.trim_end().lines().map(|line| format!("    {line}")).collect();
            lines.join("\n")
        }
        None => indented(unit),
    };
    format!("{directive} >\n{body}").trim_end_matches(is_space).to_owned()
}
