//! `INSERT INTO data_source [(columns)] FORMAT … | VALUES … | SELECT …`.

use super::native::blocks;
use super::{ClickhouseCall, Summary};
use crate::error::{Error, Result};
use crate::query::Asking;
use crate::resource::Datasource;
use crate::service::Operation;
use crate::token::Access;
use crate::workspace::Workspace;
use arrow::array::RecordBatch;
use kinglet_parser::ast::{Insert, InsertSource, InsertTarget};
use kinglet_sql::OutputColumn;
use kinglet_storage::Durability;
use kinglet_types::{ErrorCode, quote_identifier, quote_string};
use std::rc::Rc;
use std::sync::Arc;

/// Columns and rows that are to be inserted.
type Rows = (Vec<OutputColumn>, Vec<RecordBatch>);

impl Workspace {
    /// Adds the rows of an `INSERT` in one commit, with the materialized views they feed.
    pub(super) async fn insert_statement(
        self: &Rc<Self>,
        access: &Access,
        insert: &Insert,
        call: &ClickhouseCall,
    ) -> Result<Summary> {
        let datasource = self.insert_target(access, insert)?;
        let names = column_names(&datasource, insert)?;
        let (columns, batches) = self.insert_rows(access, insert, call, &datasource, &names).await?;
        let mut summary = Summary::default();
        let mut rows = Vec::with_capacity(batches.len());
        for batch in batches {
            summary.written_rows += batch.num_rows() as u64;
            summary.written_bytes += batch.get_array_memory_size() as u64;
            rows.push(self.in_layout_of(&datasource, &columns, batch)?);
        }
        let token = call.settings.get("insert_deduplication_token").filter(|token| !token.is_empty());
        let _inside = self.inserts.enter().await;
        let mut transaction = self.shared.store.begin();
        for (at, rows) in rows.into_iter().enumerate() {
            let token = token.map(|token| format!("{token}/{at}"));
            self.insert(&mut transaction, &self.project(), &datasource, rows, token.as_deref()).await?;
        }
        transaction.commit(Durability::Flushed).await?;
        self.note_operation(&Operation {
            rows: summary.written_rows,
            ..Operation::new("append", &datasource.name)
        });
        Ok(summary)
    }

    fn insert_target(&self, access: &Access, insert: &Insert) -> Result<Arc<Datasource>> {
        let InsertTarget::Table(path) = &insert.target else {
            return Err(coded(
                "inserting into a table function is not possible here",
                ErrorCode::NOT_IMPLEMENTED,
            ));
        };
        let name = path.last().map(|name| name.name.as_str()).unwrap_or_default();
        let database = path.qualifier().last().map(|database| database.name.as_str());
        let is_ours = database.is_none_or(|database| database == "default" || database == self.name());
        let found = self.project().datasources.get(name).cloned().filter(|_| is_ours);
        if !access.may_append(name) {
            let text = format!("The token does not have the scope DATASOURCES:APPEND:{name}");
            return Err(Error::forbidden(text).with_code(i32::from(ErrorCode::ACCESS_DENIED.0)));
        }
        found.ok_or_else(|| {
            Error::not_found(format!("Table {name} does not exist"))
                .with_code(i32::from(ErrorCode::UNKNOWN_TABLE.0))
        })
    }

    async fn insert_rows(
        self: &Rc<Self>,
        access: &Access,
        insert: &Insert,
        call: &ClickhouseCall,
        datasource: &Datasource,
        names: &[String],
    ) -> Result<Rows> {
        let (format, data) = match &insert.source {
            InsertSource::Query(query) => {
                let sql = kinglet_parser::query_to_string(query);
                let (columns, batches) = self.insert_query(access, &sql, call).await?;
                return renamed(names, columns, batches);
            }
            InsertSource::Format(format, _) => (format.name.as_str(), data_behind(call, format.span.end)),
            InsertSource::Values(span) => ("Values", data_behind(call, span.start)),
            InsertSource::None => ("Values", call.data.to_vec()),
        };
        if format.eq_ignore_ascii_case("Native") {
            return blocks(&data);
        }
        let data = String::from_utf8(data).map_err(|_| {
            coded(format!("the data in the format {format} is not UTF-8"), ErrorCode::INCORRECT_DATA)
        })?;
        let structure: Vec<String> = names
            .iter()
            .filter_map(|name| datasource.column(name))
            .map(|column| format!("{} {}", quote_identifier(&column.name), column.ty))
            .collect();
        let sql = format!(
            "SELECT * FROM format({}, {}, {})",
            quote_string(format),
            quote_string(&structure.join(", ")),
            quote_string(&data)
        );
        self.insert_query(access, &sql, call).await
    }

    async fn insert_query(
        self: &Rc<Self>,
        access: &Access,
        sql: &str,
        call: &ClickhouseCall,
    ) -> Result<Rows> {
        let catalog = self.clickhouse_catalog(access)?;
        let asking = Asking {
            settings: call.settings.clone(),
            parameters: call.parameters.clone(),
            database: Some(self.name()),
            ..Asking::default()
        };
        let prepared = self.bind(sql, &catalog, &asking)?;
        let columns = prepared.columns().to_vec();
        let batches = prepared.execute()?.collect().await?;
        Ok((columns, batches))
    }
}

fn coded(message: impl Into<String>, code: ErrorCode) -> Error {
    Error::invalid(message).with_code(i32::from(code.0))
}

/// The data behind a place in the statement, and that sent apart from it. Blanks and one line
/// end part the statement from its data, which may itself begin with any byte.
fn data_behind(call: &ClickhouseCall, place: u32) -> Vec<u8> {
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    let mut behind = call.statement.get(place..).unwrap_or_default();
    while let [b' ' | b'\t' | b'\x0c', rest @ ..] = behind {
        behind = rest;
    }
    behind = behind.strip_prefix(b"\r").unwrap_or(behind);
    behind = behind.strip_prefix(b"\n").unwrap_or(behind);
    [behind, &call.data].concat()
}

/// The names of the columns that rows are given for.
fn column_names(datasource: &Datasource, insert: &Insert) -> Result<Vec<String>> {
    let Some(columns) = insert.columns.as_ref().filter(|columns| !columns.items.is_empty()) else {
        return Ok(datasource.columns.iter().map(|column| column.name.clone()).collect());
    };
    let name = |item: &kinglet_parser::ast::Expr| {
        let name = item.as_identifier().map(|path| path.full_name());
        let name = name.ok_or_else(|| {
            coded("columns of an INSERT are given by their names", ErrorCode::NOT_IMPLEMENTED)
        })?;
        if datasource.column(&name).is_none() {
            let text = format!("No such column {name} in table {}", datasource.name);
            return Err(coded(text, ErrorCode::NO_SUCH_COLUMN_IN_TABLE));
        }
        Ok(name)
    };
    columns.items.iter().map(name).collect()
}

/// A query's columns are taken in their order, whatever they are called.
fn renamed(names: &[String], columns: Vec<OutputColumn>, batches: Vec<RecordBatch>) -> Result<Rows> {
    if names.len() != columns.len() {
        let text = format!(
            "Number of columns doesn't match (source: {} and result: {})",
            columns.len(),
            names.len()
        );
        return Err(coded(text, ErrorCode(20)));
    }
    let renamed = columns.into_iter().zip(names);
    Ok((renamed.map(|(column, name)| OutputColumn { name: name.clone(), ..column }).collect(), batches))
}
