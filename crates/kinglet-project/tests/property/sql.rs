//! SQL: spans lie in the text, printing and reading are inverse, formatting twice changes nothing.

use kinglet_parser::{
    FormatOptions, column_name, expr_to_string, format_sql, parse, parse_data_type, parse_expression,
    parse_lenient, parse_select, referenced_tables, statement_to_string, tokens,
};

/// Texts that are longer say nothing more.
const LONGEST: usize = 4_096;

pub(super) fn holds(text: &str) {
    if text.len() > LONGEST {
        return;
    }
    spans(text);
    let parsed = parse(text);
    if let (Some(statements), []) = (&parsed.value, parsed.diagnostics.as_slice()) {
        let printed: Vec<String> = statements.iter().map(statement_to_string).collect();
        reads_as_itself(&printed.join("; "));
    }
    let expr = parse_expression(text);
    if let (Some(expr), []) = (&expr.value, expr.diagnostics.as_slice()) {
        let _ = (expr_to_string(expr), column_name(expr));
    }
    let _ = parse_data_type(text);
    if let Some(query) = parse_select(text).value {
        let _ = referenced_tables(&query);
    }
    formats_once(text);
}

fn spans(text: &str) {
    let mut end = 0;
    for token in tokens(text) {
        assert!(token.span.start >= end && token.span.end as usize <= text.len());
        assert!(text.is_char_boundary(token.span.end as usize));
        end = token.span.end;
    }
    let lenient = parse_lenient(text);
    for found in parse(text).diagnostics.iter().chain(&lenient.diagnostics) {
        assert!(found.span.start <= found.span.end && found.span.end as usize <= text.len());
    }
    for statement in lenient.value.iter().flatten() {
        let _ = statement_to_string(statement);
    }
}

/// ClickHouse's printed form leaves a few things in a way that it cannot read back; what can be read prints the same.
fn reads_as_itself(printed: &str) {
    // A column called INTERVAL that has an alias, which ClickHouse prints and reads as another thing.
    if printed.contains("INTERVAL AS ") {
        return;
    }
    // The call of a function of that name, which once a sign or brackets are gone is read as the matcher.
    if printed.contains("columns(") {
        return;
    }
    // A call of a function named ON after `|> SELECT DISTINCT`, which is read as the clause.
    if printed.contains("DISTINCT ON(") {
        return;
    }
    let again = parse(printed);
    if let (Some(statements), []) = (&again.value, again.diagnostics.as_slice()) {
        let twice: Vec<String> = statements.iter().map(statement_to_string).collect();
        assert_eq!(twice.join("; "), printed);
    }
}

fn formats_once(text: &str) {
    let options = FormatOptions { width: 40, ..FormatOptions::default() };
    if let Ok(once) = format_sql(text, &options) {
        let twice = format_sql(&once, &options);
        assert_eq!(twice.as_deref(), Ok(once.as_str()));
    }
}
