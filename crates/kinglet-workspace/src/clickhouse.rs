//! Statements as ClickHouse's own HTTP interface takes them: any query of the engine, in any
//! format, without Tinybird's gate; and inserts. What makes or alters tables is refused: the
//! project's files do that.

mod insert;
mod native;

use crate::error::{Error, Kind, Result};
use crate::query::{Answer, Asking, QueryCatalog};
use crate::service::CallInfo;
use crate::token::Access;
use crate::workspace::Workspace;
use bytes::Bytes;
use kinglet_parser::ast::{Statement, StatementKind};
use kinglet_types::ErrorCode;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A request to the interface.
#[derive(Clone, Debug, Default)]
pub struct ClickhouseCall {
    /// The statement. The data of an `INSERT` may follow it.
    pub statement: Bytes,
    /// What was sent apart from the statement: the data of an `INSERT`, else the statement's
    /// second part.
    pub data: Bytes,
    /// Settings by name.
    pub settings: BTreeMap<String, String>,
    /// Values of `{name:Type}` by name.
    pub parameters: BTreeMap<String, String>,
    /// Format of the answer where the statement names none.
    pub format: String,
    /// Database that is asked for, where one is.
    pub database: Option<String>,
    /// Only statements that change nothing are let through.
    pub is_read: bool,
    /// What is noted of the call when it is over.
    pub info: Option<Rc<CallInfo>>,
}

/// What a query did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows read from tables.
    pub read_rows: u64,
    /// Bytes of the columns that were read.
    pub read_bytes: u64,
    /// Rows of the answer.
    pub result_rows: u64,
    /// Bytes of the answer.
    pub result_bytes: u64,
    /// Rows written.
    pub written_rows: u64,
    /// Bytes that were read to write them.
    pub written_bytes: u64,
    /// Time taken, in nanoseconds.
    pub elapsed_nanos: u64,
}

/// What a statement brings.
pub enum ClickhouseAnswer {
    /// Rows.
    Rows(Answer),
    /// Nothing but what was done.
    Done(Summary),
}

impl Workspace {
    /// Answers a statement.
    ///
    /// # Errors
    /// With ClickHouse's code: what is wrong with the statement, 497 for what the token may
    /// not do, 164 for statements that change more than rows.
    pub async fn ask_clickhouse(
        self: &Rc<Self>,
        access: &Access,
        call: ClickhouseCall,
    ) -> Result<ClickhouseAnswer> {
        self.check_database(call.database.as_deref())?;
        let head = String::from_utf8_lossy(&call.statement).into_owned();
        let statement = match parsed(&head) {
            Ok(statement) => statement,
            // The rest of the statement may have been sent apart.
            Err(error) if call.data.is_empty() => return Err(error),
            Err(_) => parsed(&whole(&head, &call.data)?)?,
        };
        match &statement.kind {
            StatementKind::Insert(insert) if !call.is_read => {
                let started = self.shared.components.clock.steady_nanos();
                let mut summary = self.insert_statement(access, insert, &call).await?;
                let ended = self.shared.components.clock.steady_nanos();
                summary.elapsed_nanos = ended.saturating_sub(started);
                Ok(ClickhouseAnswer::Done(summary))
            }
            // There are no sessions to set anything in.
            StatementKind::Set(_) | StatementKind::Use(_) => Ok(ClickhouseAnswer::Done(Summary::default())),
            StatementKind::Query(_)
            | StatementKind::Describe(_)
            | StatementKind::Explain(_)
            | StatementKind::Exists(_)
            | StatementKind::Show(_) => self.rows_of(access, head, call).await,
            StatementKind::Insert(_) => Err(read_only("send INSERT by POST")),
            _ => Err(read_only("tables are made and altered by deploying the project")),
        }
    }

    fn check_database(&self, name: Option<&str>) -> Result<()> {
        let known = ["default", "system", "information_schema", "INFORMATION_SCHEMA", "tinybird"];
        match name.filter(|name| !known.contains(name) && *name != self.name()) {
            Some(name) => Err(Error::not_found(format!("Database {name} does not exist"))
                .with_code(i32::from(ErrorCode::UNKNOWN_DATABASE.0))),
            None => Ok(()),
        }
    }

    async fn rows_of(
        self: &Rc<Self>,
        access: &Access,
        head: String,
        call: ClickhouseCall,
    ) -> Result<ClickhouseAnswer> {
        let sql = if call.data.is_empty() { head } else { whole(&head, &call.data)? };
        let asking = Asking {
            settings: call.settings,
            parameters: call.parameters,
            database: Some(self.name()),
            format: call.format,
            info: call.info,
        };
        let catalog = self.clickhouse_catalog(access)?;
        Ok(ClickhouseAnswer::Rows(self.answer_any(&sql, catalog, asking)?))
    }

    /// The tables of the workspace, also under its name and as the database `default`.
    fn clickhouse_catalog(self: &Rc<Self>, access: &Access) -> Result<QueryCatalog> {
        let mut catalog = QueryCatalog::new(self.project(), self.snapshot()?, self.template_context());
        catalog.serve(self);
        catalog.restrict(access, crate::host::uuid(&*self.shared.components.random));
        catalog.name_databases(vec![self.name(), "default".to_owned()]);
        Ok(catalog)
    }
}

fn read_only(what: &str) -> Error {
    let text = format!("Cannot execute query in readonly mode: {what}");
    Error::new(Kind::Forbidden, text).with_code(i32::from(ErrorCode::READONLY.0))
}

/// The statement and what was sent apart from it, as one text.
fn whole(head: &str, rest: &[u8]) -> Result<String> {
    let rest = std::str::from_utf8(rest).map_err(|_| {
        Error::invalid("the statement is not UTF-8 text").with_code(i32::from(ErrorCode::SYNTAX_ERROR.0))
    })?;
    Ok(format!("{head}\n{rest}"))
}

fn parsed(sql: &str) -> Result<Statement> {
    let syntax = |message: String| {
        Error::invalid(format!("[Error] {message} (SYNTAX_ERROR)"))
            .with_code(i32::from(ErrorCode::SYNTAX_ERROR.0))
    };
    let mut statements =
        kinglet_parser::parse(sql).into_result().map_err(|problem| syntax(problem.message))?;
    if statements.len() > 1 {
        return Err(syntax("Syntax error (Multi-statements are not allowed)".to_owned()));
    }
    statements.pop().ok_or_else(|| syntax("Syntax error: Empty query".to_owned()))
}
