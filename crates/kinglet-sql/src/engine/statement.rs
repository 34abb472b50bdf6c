//! Statements about the engine: EXPLAIN, EXISTS and SHOW.

use datafusion::catalog::Session;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::datasource::source_as_provider;
use datafusion::logical_expr::LogicalPlan;
use kinglet_diagnostic::Span;
use kinglet_parser::ast::{Explain, ExplainKind, Path, Show, ShowKind, ShowLike, Statement, StatementKind};
use kinglet_types::{ErrorCode, Result, SqlError, quote_string};

use super::session::QuerySession;
use super::{Engine, Prepared, QueryOptions};
use crate::binder::{Binder, Relation};
use crate::fault::from_datafusion;
use crate::plan::TableScanSource;

/// Database and table of a path; `database` where none is written.
fn parts(path: &Path, database: &str) -> (String, String) {
    let full = path.full_name();
    match full.split_once('.') {
        Some((database, table)) => (database.to_owned(), table.to_owned()),
        None => (database.to_owned(), full),
    }
}

fn like(column: &str, like: Option<&ShowLike>) -> String {
    let Some(like) = like else { return String::new() };
    let operator = if like.case_insensitive { "ILIKE" } else { "LIKE" };
    let not = if like.negated { "NOT " } else { "" };
    format!(" AND {column} {not}{operator} {}", quote_string(&like.pattern))
}

/// The query over system tables that a statement stands for, if it is one of these.
///
/// # Errors
/// 48 for something that is not shown here.
pub(super) fn as_query(statement: &Statement, database: &str) -> Result<Option<String>> {
    let show = match &statement.kind {
        StatementKind::Exists(exists) => {
            let (database, table) = parts(&exists.name, database);
            return Ok(Some(format!(
                "SELECT toUInt8(count() > 0) AS result FROM system.tables WHERE database = {} AND name = {}",
                quote_string(&database),
                quote_string(&table)
            )));
        }
        StatementKind::Show(show) => show,
        _ => return Ok(None),
    };
    let of = show.database.as_ref().map_or(database, |name| name.name.as_str());
    let mut text = match &show.kind {
        ShowKind::Tables { full, .. } => format!(
            "SELECT name{} FROM system.tables WHERE database = {}{}",
            if *full { ", engine AS table_type" } else { "" },
            quote_string(of),
            like("name", show.like.as_ref())
        ),
        ShowKind::Databases => {
            format!("SELECT name FROM system.databases WHERE 1{}", like("name", show.like.as_ref()))
        }
        ShowKind::Functions => {
            format!("SELECT * FROM system.functions WHERE 1{}", like("name", show.like.as_ref()))
        }
        ShowKind::Settings { changed } => format!(
            "SELECT name, type, value FROM system.settings WHERE {}{}",
            if *changed { "changed" } else { "1" },
            like("name", show.like.as_ref())
        ),
        ShowKind::Setting(name) => {
            format!("SELECT value FROM system.settings WHERE name = {}", quote_string(&name.name))
        }
        ShowKind::Columns { table, full, .. } => {
            let (database, table) = parts(table, of);
            let more = if *full { ", NULL AS collation, comment, '' AS privileges" } else { "" };
            format!(
                "SELECT name AS field, type, if(startsWith(type, 'Nullable('), 'YES', 'NO') AS null, if(is_in_primary_key, 'PRI', '') AS key, CAST(NULL, 'Nullable(String)') AS default, '' AS extra{more} FROM system.columns WHERE database = {} AND table = {}{}",
                quote_string(&database),
                quote_string(&table),
                like("name", show.like.as_ref())
            )
        }
        ShowKind::Dictionaries | ShowKind::ProcessList | ShowKind::Indexes { .. } => {
            "SELECT name FROM system.tables WHERE 0".to_owned()
        }
        ShowKind::Engines => "SELECT DISTINCT engine AS name FROM system.tables WHERE 1".to_owned(),
        ShowKind::Create { .. } => return Ok(None),
        ShowKind::Other(what) => {
            let message = format!("SHOW {what} is not possible here");
            return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message).at(statement.span));
        }
    };
    if let Some(filter) = &show.filter {
        text.push_str(&format!(" AND ({})", kinglet_parser::expr_to_string(filter)));
    }
    text.push_str(" ORDER BY ALL");
    if let Some(limit) = &show.limit {
        text.push_str(&format!(" LIMIT {}", kinglet_parser::expr_to_string(limit)));
    }
    Ok(Some(text))
}

/// `SHOW CREATE TABLE`.
pub(super) fn shown(show: &Show, binder: &Binder<'_>, span: Span) -> Result<Relation> {
    let ShowKind::Create { name, .. } = &show.kind else {
        return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, "This is not shown here").at(span));
    };
    let (database, table) = parts(name, &binder.database);
    let text = binder.created(&database, &table).ok_or_else(|| {
        let message = format!("There is no metadata of table {table} in database {database}");
        SqlError::new(ErrorCode::UNKNOWN_TABLE, message).at(span)
    })?;
    binder.sheet(&["statement"], vec![vec![text]])
}

/// Titles and rows of texts.
type Sheet = (Vec<&'static str>, Vec<Vec<String>>);

impl Engine {
    /// What EXPLAIN answers.
    pub(super) fn explained(&self, explain: &Explain, options: &QueryOptions<'_>) -> Result<Sheet> {
        let lines = |text: &str| (vec!["explain"], text.lines().map(|line| vec![line.to_owned()]).collect());
        match explain.kind {
            ExplainKind::Ast => {
                let text = kinglet_parser::explain_ast(&explain.statement).unwrap_or_default();
                Ok(lines(&text))
            }
            ExplainKind::Syntax => Ok(lines(&kinglet_parser::statement_to_string(&explain.statement))),
            ExplainKind::Plan | ExplainKind::Pipeline | ExplainKind::QueryTree => {
                let prepared = self.prepare_statement(&explain.statement, options)?;
                let mut out = Vec::new();
                steps(&prepared.plan, 0, &mut out);
                Ok((vec!["explain"], out.into_iter().map(|line| vec![line]).collect()))
            }
            ExplainKind::Estimate => {
                let prepared = self.prepare_statement(&explain.statement, options)?;
                let rows = estimates(&prepared)?;
                Ok((vec!["database", "table", "parts", "rows", "marks"], rows))
            }
            other => {
                let message = format!("{} is not possible here", other.words());
                Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message))
            }
        }
    }
}

/// A row for each table read: parts, rows and marks to read, as far as the tables can tell.
fn estimates(prepared: &Prepared) -> Result<Vec<Vec<String>>> {
    let session = QuerySession::new(None, None).map_err(from_datafusion)?;
    let pending = prepared.pending.iter().map(|pending| &pending.plan);
    let mut rows: Vec<(String, String, [u64; 3])> = Vec::new();
    for plan in pending.chain([&prepared.plan]) {
        let plan = session.optimize(plan).map_err(from_datafusion)?;
        let walked = plan.apply_with_subqueries(|node| {
            if let LogicalPlan::TableScan(scan) = node
                && let Ok(provider) = source_as_provider(&scan.source)
                && let Some(source) = provider.downcast_ref::<TableScanSource>()
                && let Some(((database, table), found)) =
                    source.estimate(scan.projection.as_ref(), &scan.filters)
            {
                let more = [found.parts, found.rows, found.marks];
                match rows.iter_mut().find(|(d, t, _)| *d == database && *t == table) {
                    Some((.., sum)) => sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more),
                    None => rows.push((database, table, more)),
                }
            }
            Ok(TreeNodeRecursion::Continue)
        });
        walked.map_err(from_datafusion)?;
    }
    let row = |(database, table, [parts, rows, marks]): (String, String, [u64; 3])| {
        vec![database, table, parts.to_string(), rows.to_string(), marks.to_string()]
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Deepest step shown.
const DEEPEST: usize = 200;

/// The steps of a plan, the last first, under ClickHouse's names.
fn steps(plan: &LogicalPlan, depth: usize, out: &mut Vec<String>) {
    if depth > DEEPEST {
        return;
    }
    let step = match plan {
        LogicalPlan::Projection(_) => "Expression".to_owned(),
        LogicalPlan::Filter(_) => "Filter".to_owned(),
        LogicalPlan::Aggregate(aggregate) if aggregate.group_expr.is_empty() => "Aggregating".to_owned(),
        LogicalPlan::Aggregate(aggregate) => format!("Aggregating (keys: {})", aggregate.group_expr.len()),
        LogicalPlan::Sort(_) => "Sorting (Sorting for ORDER BY)".to_owned(),
        LogicalPlan::Limit(_) => "Limit".to_owned(),
        LogicalPlan::Join(join) => format!("Join ({})", join.join_type),
        LogicalPlan::TableScan(scan) => format!("ReadFromStorage ({})", scan.table_name.table()),
        LogicalPlan::EmptyRelation(_) => "ReadFromPreparedSource".to_owned(),
        LogicalPlan::Extension(extension) => extension.node.name().to_owned(),
        LogicalPlan::Union(_) => "Union".to_owned(),
        other => other.display().to_string(),
    };
    out.push(format!("{}{step}", "  ".repeat(depth)));
    plan.inputs().into_iter().for_each(|input| steps(input, depth + 1, out));
}
