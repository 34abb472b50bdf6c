//! The engine: text in, typed batches out.

mod evaluate;
mod execute;
mod options;
mod prepared;
mod scratch;
mod session;
mod statement;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use evaluate::RowExpression;
pub use execute::{Execution, Statistics};
pub use options::{Checkpoint, QueryOptions};
pub use prepared::{OutputColumn, Prepared};
pub use scratch::{Scratch, ScratchFile};

use kinglet_parser::ast::{Statement, StatementKind};
use kinglet_types::{ErrorCode, Result, SqlError};

use crate::binder::{Binder, Settings, last_select};

/// Prepares queries. It holds no state; everything a query needs comes in its [`QueryOptions`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Engine;

impl Engine {
    /// An engine.
    pub fn new() -> Self {
        Self
    }

    /// Parses and binds a query.
    ///
    /// # Errors
    /// ClickHouse's error with the place in the text: 62 for syntax, 47 for an unknown name, ..
    pub fn prepare(&self, sql: &str, options: &QueryOptions<'_>) -> Result<Prepared> {
        let statements = kinglet_parser::parse(sql).into_result().map_err(syntax)?;
        let [statement] = statements.as_slice() else {
            let message = "Expected one query";
            return Err(SqlError::new(ErrorCode::SYNTAX_ERROR, message));
        };
        self.prepare_statement(statement, options)
    }

    /// Binds a parsed query.
    ///
    /// # Errors
    /// As [`Engine::prepare`]; 48 for a statement that is no query.
    pub fn prepare_statement(&self, statement: &Statement, options: &QueryOptions<'_>) -> Result<Prepared> {
        if let Some(text) = statement::as_query(statement, &options.environment.database)? {
            let mut query = kinglet_parser::parse(&text).into_result().map_err(syntax)?;
            let mut query = query.pop().ok_or_else(|| SqlError::new(ErrorCode::LOGICAL_ERROR, "no query"))?;
            query.output = statement.output.clone();
            return self.prepare_statement(&query, options);
        }
        let described = match &statement.kind {
            StatementKind::Query(_) | StatementKind::Explain(_) | StatementKind::Show(_) => None,
            StatementKind::Describe(describe) => Some(&describe.table),
            _ => {
                let message = "Only queries, DESCRIBE, EXPLAIN, EXISTS and SHOW are executed here";
                return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message).at(statement.span));
            }
        };
        let mut settings = Settings::new(&options.settings)?;
        if let StatementKind::Query(query) = &statement.kind {
            for (name, value) in query_settings(query)? {
                settings.set(&name, value)?;
            }
        }
        settings.add(&statement.output.settings)?;
        let mut environment = options.environment.clone();
        if let Some(zone) = settings.text("session_timezone").filter(|zone| !zone.is_empty()) {
            environment.time_zone = zone.parse().map_err(|_| {
                SqlError::new(ErrorCode::BAD_ARGUMENTS, format!("Cannot load time zone {zone}"))
            })?;
        }
        environment.quote_64_bit_integers = settings.flag("output_format_json_quote_64bit_integers", false);
        environment.settings = Arc::new(settings.clone().into_values());
        let environment = Arc::new(environment);
        let binder = Binder::new(options.catalog, Arc::clone(&environment), &options.parameters, settings);
        let binder = match &statement.kind {
            StatementKind::Query(query) => binder.naming(query),
            _ => binder,
        };
        let relation = match (&statement.kind, described) {
            (StatementKind::Query(query), _) => binder.query(None, query)?,
            (_, Some(table)) => binder.described(table)?,
            (StatementKind::Explain(explain), _) => {
                let (titles, rows) = self.explained(explain, options)?;
                binder.sheet(&titles, rows)?
            }
            (StatementKind::Show(show), _) => statement::shown(show, &binder, statement.span)?,
            _ => return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, "Not a query")),
        };
        let format = statement.output.format.as_ref().map(|format| format.name.clone());
        Ok(Prepared::new(relation, binder, options, format))
    }
}

/// The SETTINGS of the outermost query, which hold before anything is bound.
fn query_settings(query: &kinglet_parser::ast::Query) -> Result<BTreeMap<String, String>> {
    let mut settings = Settings::default();
    if let Some(select) = last_select(&query.body) {
        settings.add(&select.settings)?;
    }
    Ok(settings.into_values())
}

/// A syntax error as ClickHouse numbers it.
pub(crate) fn syntax(error: kinglet_diagnostic::Diagnostic) -> SqlError {
    let code = match error.code.as_ref() {
        "sql/too-deep" => ErrorCode::TOO_DEEP_RECURSION,
        other => other
            .strip_prefix("sql/")
            .and_then(|name| ErrorCode::from_name(&name.to_ascii_uppercase().replace('-', "_")))
            .unwrap_or(ErrorCode::SYNTAX_ERROR),
    };
    SqlError::new(code, error.message).at(error.span)
}
