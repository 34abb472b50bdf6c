//! Whether a query can be read.

use kinglet_diagnostic::{Diagnostic, Severity, Span};
use kinglet_parser::ast::StatementKind;
use kinglet_template::{Skeleton, Template};

use super::words;
use crate::document::Embedded;
use crate::tag::tags;

/// What is wrong with the template and the SQL of a query. `is_statement`: the query may be any statement,
/// and several; otherwise it is a node's.
pub(super) fn diagnostics(query: &Embedded, is_statement: bool) -> Vec<Diagnostic> {
    let sql = query.sql.as_str();
    if sql.trim().is_empty() {
        // The datafile says so itself.
        return Vec::new();
    }
    if Template::is_template(sql) {
        return template(query, is_statement);
    }
    let found = of_sql(sql, is_statement);
    if found.is_empty() || !(sql.contains("{{") || sql.contains("{%")) {
        return found;
    }
    let at = sql.find("{{").into_iter().chain(sql.find("{%")).min().unwrap_or(0);
    let message = "Template tags need a % before the query";
    vec![
        Diagnostic::error("project/not-a-template", Span::new(at, at + 2), message)
            .with_help("put a line with % alone above the query"),
    ]
}

/// What is wrong with a text of SQL.
fn of_sql(sql: &str, is_statement: bool) -> Vec<Diagnostic> {
    let parsed = kinglet_parser::parse_lenient(sql);
    let mut found: Vec<Diagnostic> = Vec::new();
    for finding in parsed.diagnostics {
        let finding = words::of_parser(finding, sql);
        // One mistake can be met twice on the way on.
        if !found.iter().any(|known| known.span == finding.span) {
            found.push(finding);
        }
    }
    if is_statement || !found.is_empty() {
        return found;
    }
    match parsed.value.unwrap_or_default().as_slice() {
        [] => found.push(Diagnostic::error("sql/empty", Span::at(0), "The query is empty")),
        [only] => {
            if !matches!(only.kind, StatementKind::Query(_) | StatementKind::Describe(_)) {
                let message = "A node can only SELECT or DESCRIBE";
                found.push(Diagnostic::error("project/sql", only.span, message));
            }
            if let Some(format) = &only.output.format {
                let message = "A node has no FORMAT; the request chooses it";
                found.push(Diagnostic::warning("project/format", format.span, message));
            }
        }
        [_, second, ..] => {
            let message = "A node has one query";
            let finding = Diagnostic::error("project/sql", second.span, message);
            found.push(finding.with_help("put the second query into a node of its own"));
        }
    }
    found
}

fn template(query: &Embedded, is_statement: bool) -> Vec<Diagnostic> {
    let name = query.node.as_deref().unwrap_or("query");
    let (template, mut found) = Template::parse_named(&query.sql, name);
    if let Some(error) = template.parameter_name_error() {
        // More than the advice that there is about it.
        found.retain(|advice| advice.span != error.span);
        found.push(error.to_diagnostic());
    }
    for finding in &mut found {
        finding.message = words::without_place(&finding.message, name);
        if finding.message.starts_with("Missing {% end %} block") {
            // The finding is about the tag in front of the text that lacks its end.
            let opens = tags(&query.sql).into_iter().find(|tag| tag.span.end == finding.span.start);
            finding.span = opens.map_or(finding.span, |tag| tag.span);
            finding.message.truncate(finding.message.find(" in the node").unwrap_or(finding.message.len()));
        }
        if finding.span.is_empty() {
            finding.span = visible(finding.span, &query.sql);
        }
    }
    if template.error().is_some() {
        return found;
    }
    let [bare, given] = [false, true].map(|given| template.skeleton(given));
    if bare.sql.trim().is_empty() && bare.is_certain {
        let message = "Without parameters, the query is empty";
        found.push(Diagnostic::error("sql/empty", visible(Span::at(query.sql.len()), &query.sql), message));
        return found;
    }
    let [of_bare, of_given] = [&bare, &given].map(|skeleton| located(skeleton, is_statement, &query.sql));
    if of_bare.is_empty() {
        // Right without parameters; with them, only what is certain to be printed can be judged.
        if given.is_certain {
            found.extend(of_given.into_iter().map(|finding| {
                let finding = Diagnostic { severity: Severity::Warning, ..finding };
                if finding.help.is_some() {
                    finding
                } else {
                    finding.with_help("this is so when the parameters are given")
                }
            }));
        }
    } else if bare.is_certain || !of_given.is_empty() {
        found.extend(of_bare);
    }
    found
}

/// What is wrong with SQL in place of a template, with places in the template.
fn located(skeleton: &Skeleton, is_statement: bool, source: &str) -> Vec<Diagnostic> {
    let mut found = of_sql(&skeleton.sql, is_statement);
    for finding in &mut found {
        let span = skeleton.source_map.template_range(finding.span).unwrap_or_default();
        finding.span = if span.is_empty() { visible(span, source) } else { span };
    }
    found
}

/// An empty span as one of the word before or after it, so that it can be seen.
fn visible(span: Span, source: &str) -> Span {
    let at = span.start as usize;
    let before = source.get(..at).unwrap_or("").trim_end();
    let length = before.chars().next_back().map_or(0, char::len_utf8);
    Span::new(before.len() - length, before.len())
}
