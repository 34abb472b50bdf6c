//! What may be asked: one SELECT or DESCRIBE, known formats, few settings.

use super::restricted;
use crate::error::{Error, Result};
use kinglet_parser::ast::{QueryBody, Setting, Statement, StatementKind};

/// Formats that a query may end with.
const FORMATS: &[&str] = &[
    "JSON",
    "CSV",
    "CSVWithNames",
    "TSV",
    "TSVWithNames",
    "PrettyCompact",
    "JSONEachRow",
    "Parquet",
    "JSONStrings",
    "Prometheus",
    "Native",
    "RowBinaryWithNamesAndTypes",
    "TabSeparated",
    "JSONCompactEachRowWithNamesAndTypes",
    "TabSeparatedWithNamesAndTypes",
    "JSONCompactEachRow",
    "JSONCompact",
    "JSONStringsEachRowWithProgress",
    "ODBCDriver2",
    "Markdown",
    // Ours: the app's result grid.
    "ArrowStream",
];

/// Settings that a query may change.
const SETTINGS: &[&str] = &[
    "join_algorithm",
    "join_use_nulls",
    "group_by_use_nulls",
    "aggregate_functions_null_for_empty",
    "date_time_output_format",
    "max_parallel_replicas",
    "parallel_replicas_min_number_of_granules_to_enable",
    "parallel_replicas_single_task_marks_count_multiplier",
    "read_from_filesystem_cache_if_exists_otherwise_bypass_cache",
];

/// A query that passed the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The query without `FORMAT`.
    pub sql: String,
    /// Where it starts in the text that passed; `None` where it is not a part of that.
    pub(crate) start: Option<usize>,
    /// The `FORMAT` it asks for, in its usual spelling.
    pub format: Option<&'static str>,
    /// The columns of the query's answer are asked for, not its rows.
    pub describes: bool,
    /// Rows that are skipped, where the query has a `LIMIT`.
    pub limited_after: Option<u64>,
}

impl Gate {
    /// Lets `sql` pass, or says why not.
    ///
    /// # Errors
    /// Kind `Invalid` with the text that Tinybird's gate has for it.
    pub fn pass(sql: &str) -> Result<Gate> {
        let statement = single_statement(sql)?;
        check_kind(&statement)?;
        check_settings(&statement.output.settings)?;
        if let StatementKind::Query(query) = &statement.kind {
            check_body(&query.body)?;
            restricted::check(query)?;
        }
        let format = statement.output.format.as_ref().map(|format| known_format(&format.name)).transpose()?;
        let end = match &statement.output.format {
            Some(format) => format_start(sql, offset(format.span.start)),
            None => offset(statement.span.end),
        };
        let text = sql.get(offset(statement.span.start)..end).unwrap_or(sql).trim_end();
        let start = Some(offset(statement.span.start));
        Ok(match &statement.kind {
            StatementKind::Describe(describe) => {
                let span = describe.table.span;
                let table = span.text(sql);
                let sql = format!("SELECT * FROM {table}");
                Gate { sql, start: None, format, describes: true, limited_after: None }
            }
            StatementKind::Query(query) => {
                let limited_after = limited_after(&query.body);
                Gate { sql: text.to_owned(), start, format, describes: false, limited_after }
            }
            _ => Gate { sql: text.to_owned(), start, format, describes: false, limited_after: None },
        })
    }
}

/// The offset of a query's `LIMIT`; `None` without one.
pub(super) fn limit_of(sql: &str) -> Option<u64> {
    match &single_statement(sql).ok()?.kind {
        StatementKind::Query(query) => limited_after(&query.body),
        _ => None,
    }
}

/// The offset of a `LIMIT`; `None` without one.
fn limited_after(body: &QueryBody) -> Option<u64> {
    match body {
        QueryBody::Select(select) => {
            let limit = select.limit.as_ref().filter(|limit| limit.count.is_some())?;
            let written = limit.offset.as_ref().map(kinglet_parser::expr_to_string);
            Some(written.and_then(|text| text.parse().ok()).unwrap_or(0))
        }
        QueryBody::Nested(query) => limited_after(&query.body),
        QueryBody::Set(_) => None,
    }
}

fn offset(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

impl Gate {
    /// Refuses a query that names one of `secrets` as a parameter: `{name:String}` is how the
    /// nodes of the project read them, and nobody but an admin may ask so. A parameter in a
    /// string counts, too.
    ///
    /// # Errors
    /// Kind `Forbidden`.
    pub(crate) fn check_secrets<'a>(&self, mut secrets: impl Iterator<Item = &'a str>) -> Result<()> {
        let named = |secret: &str| parameters(&self.sql).any(|name| name == secret);
        match secrets.find(|secret| named(secret)) {
            Some(secret) => Err(Error::forbidden(format!(
                "Cannot access secret '{secret}'. Check the secret exists in the Workspace and the token has the required scope."
            ))),
            None => Ok(()),
        }
    }

    /// Refuses functions that no node but a copy's may use. A query that cannot be read is
    /// left to others to refuse.
    ///
    /// # Errors
    /// Kind `Invalid`.
    pub(crate) fn check_functions(sql: &str) -> Result<()> {
        let Ok(statement) = single_statement(sql) else {
            return Ok(());
        };
        match &statement.kind {
            StatementKind::Query(query) => restricted::check(query),
            _ => Ok(()),
        }
    }
}

/// The names before the colon of everything that looks like `{name:`.
fn parameters(sql: &str) -> impl Iterator<Item = &str> {
    sql.split('{').skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once(':')?;
        Some(name.trim().trim_matches(['`', '"']))
    })
}

/// Where the word `FORMAT` before a format's name starts.
fn format_start(sql: &str, name_start: usize) -> usize {
    let before = sql.get(..name_start).unwrap_or_default().trim_end();
    before.len().saturating_sub("FORMAT".len())
}

/// The usual spelling of a format's name.
///
/// # Errors
/// Kind `Invalid` for formats that cannot be asked for.
pub fn known_format(name: &str) -> Result<&'static str> {
    let known = FORMATS.iter().find(|known| known.eq_ignore_ascii_case(name));
    known.copied().ok_or_else(|| {
        Error::invalid(format!("Unknown FORMAT {name}. The supported formats are: {}", FORMATS.join(", ")))
            .with_code(73)
    })
}

fn single_statement(sql: &str) -> Result<Statement> {
    let parsed = kinglet_parser::parse(sql);
    if let Some(problem) = parsed.diagnostics.iter().find(|found| found.is_error()) {
        return Err(syntax_error(&problem.message).with_span(problem.span));
    }
    let mut statements = parsed.value.unwrap_or_default();
    if let Some(second) = statements.get(1) {
        let at = offset(second.span.start);
        let rest = sql.get(at..).unwrap_or_default();
        return Err(Error::invalid(format!(
            "DB::Exception: Syntax error (Multi-statements are not allowed): failed at position {} (end of query): ; {rest}.",
            at + 1
        ))
        .with_code(62));
    }
    statements.pop().ok_or_else(|| syntax_error("Empty query"))
}

fn syntax_error(message: &str) -> Error {
    let prefix = if message.starts_with("Syntax error") { "" } else { "Syntax error: " };
    Error::invalid(format!("DB::Exception: {prefix}{message}")).with_code(62)
}

fn check_kind(statement: &Statement) -> Result<()> {
    let class = match &statement.kind {
        StatementKind::Query(_) | StatementKind::Describe(_) => return Ok(()),
        kind => class_name(kind),
    };
    Err(Error::invalid(format!("DB::Exception: Only SELECT or DESCRIBE queries are supported. Got: {class}")))
}

/// What ClickHouse's parser calls a statement.
fn class_name(kind: &StatementKind) -> &'static str {
    match kind {
        StatementKind::Insert(_) => "InsertQuery",
        StatementKind::Create(_) => "CreateQuery",
        StatementKind::Alter(_) => "AlterQuery",
        StatementKind::Drop(_) => "DropQuery",
        StatementKind::Rename(_) => "Rename",
        StatementKind::Delete(_) => "DeleteQuery",
        StatementKind::Update(_) => "UpdateQuery",
        StatementKind::Optimize(_) => "OptimizeQuery",
        StatementKind::Check(_) => "CheckQuery",
        StatementKind::Explain(_) => "ExplainQuery",
        StatementKind::Exists(_) => "ExistsTableQueryIDAndQueryNames",
        StatementKind::Show(_) => "ShowTablesQuery",
        StatementKind::Set(_) => "Set",
        StatementKind::Use(_) => "UseQuery",
        StatementKind::Kill(_) => "KillQueryQuery",
        StatementKind::System(_) => "SYSTEM query",
        _ => "GrantQuery",
    }
}

/// Checks the settings of a query's own SELECTs.
fn check_body(body: &QueryBody) -> Result<()> {
    match body {
        QueryBody::Select(select) => check_settings(&select.settings),
        QueryBody::Nested(query) => check_body(&query.body),
        QueryBody::Set(chain) => {
            check_body(&chain.first)?;
            chain.rest.iter().try_for_each(|step| check_body(&step.operand))
        }
    }
}

fn check_settings(settings: &[Setting]) -> Result<()> {
    match settings.iter().find(|setting| !SETTINGS.contains(&setting.name.name.as_str())) {
        Some(setting) => Err(Error::invalid(format!(
            "DB::Exception: Usage of setting '{}' is restricted",
            setting.name.name
        ))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(sql: &str) -> String {
        Gate::pass(sql).map(|gate| gate.sql).unwrap_err().message().to_owned()
    }

    #[test]
    fn queries_pass_without_their_format() {
        for (sql, format) in [
            ("SELECT 1", None),
            ("SELECT 1 FORMAT json", Some("JSON")),
            ("  SELECT 1\nformat CSVWithNames ; ", Some("CSVWithNames")),
        ] {
            let gate = Gate::pass(sql).unwrap();
            assert_eq!((gate.sql.as_str(), gate.format), ("SELECT 1", format), "{sql}");
        }
        let described = Gate::pass("DESCRIBE TABLE t FORMAT JSON").unwrap();
        assert_eq!((described.sql.as_str(), described.describes), ("SELECT * FROM t", true));
    }

    #[test]
    fn everything_else_is_refused() {
        for (sql, class) in [
            ("INSERT INTO t VALUES (1)", "InsertQuery"),
            ("DROP TABLE t", "DropQuery"),
            ("SHOW TABLES", "ShowTablesQuery"),
            ("EXPLAIN SELECT 1", "ExplainQuery"),
        ] {
            let expected =
                format!("DB::Exception: Only SELECT or DESCRIBE queries are supported. Got: {class}");
            assert_eq!(refusal(sql), expected);
        }
        assert!(refusal("SELECT 1; SELECT 2").contains("Multi-statements are not allowed"));
        assert!(refusal("SELEC 1").starts_with("DB::Exception: Syntax error"));
        assert!(refusal("SELECT 1 FORMAT Xml").contains("Unknown FORMAT Xml"));
        assert!(refusal("SELECT 1 SETTINGS max_threads = 1").contains("'max_threads' is restricted"));
        assert!(refusal("(SELECT 1) UNION ALL (SELECT 2 SETTINGS final = 1)").contains("'final'"));
    }

    #[test]
    fn a_thousand_parentheses_and_five_thousand_ors_do_no_harm() {
        let deep = format!("SELECT {}1{}", "(".repeat(1000), ")".repeat(1000));
        let long = format!("SELECT 1 WHERE {}", vec!["x = 1"; 5000].join(" OR "));
        // Either answer is fine; what counts is that there is one.
        drop(Gate::pass(&deep));
        assert!(Gate::pass(&long).is_ok());
    }
}
