//! Checks of the queries of a pipe: templates render without parameters, and what they render to is SQL.

use std::collections::BTreeSet;

use kinglet_datafile::{Node, Pipe, Problem, SourceText};
use kinglet_diagnostic::Span;
use kinglet_parser::ast::StatementKind;
use kinglet_template::{Context, SourceMap, Template};

/// What checking a query depends on besides its text.
#[derive(Clone, Debug, Default)]
pub struct QueryOptions {
    /// Names of the workspace's secrets.
    pub secrets: BTreeSet<String>,
    /// Whether secrets that are not known are let pass.
    pub ignore_secrets: bool,
}

/// A query as it would run without parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct RenderedQuery {
    /// The SQL. For a template, rendered with placeholders for parameters.
    pub sql: String,
    /// Uses of parameter names that the API consumes itself, in order.
    pub reserved_parameters: Vec<String>,
}

/// The first problem of each node's query, in the order of the nodes, with warnings about parameter
/// names the API needs for itself. `file_name` appears in messages.
pub fn check_queries(pipe: &Pipe, file_name: &str, options: &QueryOptions) -> Vec<Problem> {
    let checked = |node: &Node| query_problems(node, &check_query(node, file_name, options));
    pipe.nodes.iter().flat_map(checked).collect()
}

/// What there is to say about a query that was checked.
pub(crate) fn query_problems(node: &Node, checked: &Result<RenderedQuery, Problem>) -> Vec<Problem> {
    let span = node.sql.as_ref().map_or(node.name_span, |sql| sql.span);
    match checked {
        Err(problem) => vec![problem.clone()],
        Ok(rendered) => rendered.reserved_parameters.iter().map(|name| reserved(name, span)).collect(),
    }
}

/// Code of the warnings that [`check_queries`] gives; their message ends in the name.
const RESERVED_PARAMETER: &str = "project/reserved-parameter";

fn reserved(name: &str, span: Span) -> Problem {
    let message = format!("The API uses this parameter itself, so the query may not see it: {name}");
    Problem::warning(RESERVED_PARAMETER, span, message)
}

/// Renders the query of a node without parameters and parses it.
///
/// # Errors
/// What is wrong, in Tinybird's words where it has any.
pub fn check_query(node: &Node, file_name: &str, options: &QueryOptions) -> Result<RenderedQuery, Problem> {
    let Some(sql) = node.sql.as_ref().filter(|sql| !sql.text.trim().is_empty()) else {
        return Err(in_node(node, file_name, node.name_span, "Empty query"));
    };
    let (rendered, map) = render(node, sql, file_name, options)?;
    parse(&rendered.sql, map.as_ref(), node, sql, file_name)?;
    Ok(rendered)
}

fn in_node(node: &Node, file_name: &str, span: Span, what: &str) -> Problem {
    let message = format!("error parsing node \"{}\" from pipe \"{file_name}\": {what}", node.name);
    Problem::error("project/query", span, message)
}

/// The query without parameters and, for a template, the way back from the SQL.
fn render(
    node: &Node,
    sql: &SourceText,
    file_name: &str,
    options: &QueryOptions,
) -> Result<(RenderedQuery, Option<SourceMap>), Problem> {
    if !Template::is_template(&sql.text) {
        return Ok((RenderedQuery { sql: sql.text.clone(), reserved_parameters: Vec::new() }, None));
    }
    let (template, _) = Template::parse_named(&sql.text, &node.name);
    if let Some(error) = template.error() {
        let span = sql.file_span(error.span);
        let message =
            unclosed_block(&error.message, &sql.text, node, file_name).unwrap_or(error.message.clone());
        return Err(with_line(Problem::error("project/template", span, message), &error.message));
    }
    if let Some(problem) = parameter_name(&template, sql, file_name) {
        return Err(problem);
    }
    let context = Context {
        secrets: options.secrets.clone(),
        test_mode: true,
        secrets_in_test_mode: options.ignore_secrets,
        node: Some(node.name.clone()),
        ..Context::default()
    };
    let rendered = template.render(&context).map_err(|error| {
        let message =
            format!("error parsing {file_name}: {} + SQL(value error): {}", error.message, sql.text);
        Problem::error("project/template", sql.file_span(error.span), message)
    })?;
    if rendered.sql.trim().is_empty() {
        let what = "Template renders to an empty query without parameters";
        return Err(in_node(node, file_name, sql.span, what));
    }
    let query = RenderedQuery { sql: rendered.sql, reserved_parameters: rendered.reserved_warnings };
    Ok((query, Some(rendered.source_map)))
}

/// What is wrong with the tags of a query that does not start with `%`.
fn broken_template(node: &Node, sql: &SourceText) -> Option<Problem> {
    let (template, _) = Template::parse_body(&sql.text, &node.name);
    let error = template.error()?;
    let problem = Problem::error("project/template", sql.file_span(error.span), error.message.clone());
    Some(with_line(problem, &error.message))
}

/// Tinybird's text for a block without its end: the line of the last block that was opened, and the SQL.
fn unclosed_block(message: &str, sql: &str, node: &Node, file_name: &str) -> Option<String> {
    if !message.starts_with("Missing {% end %} block") {
        return None;
    }
    let body = sql.trim_start().strip_prefix('%').unwrap_or(sql);
    let opens = |at: &usize| {
        let tag = body.get(at + 2..).unwrap_or("").trim_start();
        ["if", "for", "while", "try", "block"].iter().any(|word| tag.starts_with(word))
    };
    let last = body.match_indices("{%").map(|(at, _)| at).filter(opens).last().unwrap_or(body.len());
    let line = 1 + body.get(..last).unwrap_or("").matches('\n').count();
    Some(format!(
        "Missing {{%end%}} block in parsing node '{}' from pipe '{file_name}':\n Missing in line '{line}' of the SQL:\n \
         '{body}'",
        node.name
    ))
}

/// The problem of a parameter that is named by a literal other than text, or by nothing.
fn parameter_name(template: &Template, sql: &SourceText, file_name: &str) -> Option<Problem> {
    let parameter =
        template.parameters().iter().find(|found| found.literal_name.is_some() || found.name.is_empty())?;
    let message = format!(
        "error parsing {file_name}: \"{}\" can not be used as a variable name + SQL(value error): {}",
        parameter.name, sql.text
    );
    Some(Problem::error("project/parameter-name", sql.file_span(parameter.span), message))
}

/// The line that a template's message ends in, `… at node:3`.
fn with_line(problem: Problem, message: &str) -> Problem {
    let line = message.rsplit_once(" at ").and_then(|(_, place)| place.rsplit_once(':'));
    match line.and_then(|(_, line)| line.parse().ok()) {
        Some(line) => problem.in_line(line),
        None => problem,
    }
}

/// Parses the SQL; an error is placed where its text stands in the file, or the tag that wrote it.
fn parse(
    rendered: &str,
    map: Option<&SourceMap>,
    node: &Node,
    sql: &SourceText,
    file_name: &str,
) -> Result<(), Problem> {
    let parsed = kinglet_parser::parse(rendered);
    let is_template = map.is_some();
    let place = |span: Span| match map {
        Some(map) => map.template_range(span).map_or(sql.span, |span| sql.file_span(span)),
        None => sql.file_span(span),
    };
    let fail = |span, message: String| {
        let text =
            format!("error parsing {file_name}: DB::Exception: {message} + SQL(value error): {}", sql.text);
        Err(Problem::error("project/sql", span, text))
    };
    if let Some(error) = parsed.diagnostics.iter().find(|found| found.is_error()) {
        if !is_template && (sql.text.contains("{{") || sql.text.contains("{%")) {
            if let Some(problem) = broken_template(node, sql) {
                return Err(problem);
            }
            let message = format!(
                "error parsing {file_name}: In order to make a query dynamic, it is necessary to start the query with \
                 a % character.\n** See https://www.tinybird.co/docs/query/query-parameters.html to learn more."
            );
            return Err(Problem::error("project/not-a-template", sql.span, message));
        }
        return fail(place(error.span), error.message.clone());
    }
    match parsed.value.unwrap_or_default().as_slice() {
        [] => fail(sql.span, "Empty query".to_owned()),
        [statement] => match &statement.kind {
            StatementKind::Query(_) | StatementKind::Describe(_) => Ok(()),
            _ => fail(sql.span, "Only SELECT or DESCRIBE queries are supported.".to_owned()),
        },
        [_, second, ..] => {
            fail(place(second.span), "Syntax error (Multi-statements are not allowed)".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use kinglet_datafile::{Options, parse_pipe};

    use super::*;

    /// What the first problem of the only node of a pipe is about.
    fn place(text: &str) -> &str {
        let pipe = parse_pipe(text, &Options::new("a.pipe")).value;
        let problem = check_query(&pipe.nodes[0], "a.pipe", &QueryOptions::default()).unwrap_err();
        problem.diagnostic.span.text(text)
    }

    #[test]
    fn errors_in_rendered_sql_point_into_the_file() {
        assert_eq!(place("NODE a\nSQL >\n    SELECT a FRM t WHERE 1\n"), "t");
        let template = "NODE a\nSQL >\n    %\n    SELECT {{ Int8(x, 1) }} AS a,\n    b FROM t WHER c = 1\n";
        assert_eq!(place(template), "c");
        let tag = "NODE a\nSQL >\n    %\n    SELECT 1 FROM t {{ column('a') }} {{ column('b') }}\n";
        assert_eq!(place(tag), "column('b')");
    }
}
