//! From the syntax tree to a typed plan: names, aliases, types, columns with internal ids.
//!
//! Every column of every plan has a name of its own (`c17`), so that duplicate and qualified names need no
//! care below the root; visible names and ClickHouse types stand beside the plan in [`Relation`].

mod aggregate;
mod aliases;
mod asof;
mod call;
mod coerce;
mod conditions;
mod correlated;
mod decimal;
mod decorrelate;
mod expr;
mod fill;
mod format_binary;
mod format_json;
mod format_rows;
mod from;
mod grouping;
mod in_list;
mod information_schema;
mod join;
mod lambda;
mod name;
mod order;
mod projection;
mod random_rows;
mod recursive;
mod resolve;
mod sample;
mod scope;
mod select;
mod set_operation;
mod settings;
mod sheet;
mod special;
mod subquery;
mod system;
mod table_function;
mod typed;
mod window;
mod window_frame;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::common::DataFusionError;
use datafusion::logical_expr::LogicalPlan;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(crate) use expr::Context;
pub(crate) use scope::{Scope, ScopeColumn};
pub(crate) use set_operation::last_select;
pub(crate) use settings::Settings;
pub(crate) use subquery::{Pending, PendingKind};
pub(crate) use typed::Typed;

use crate::catalog::Catalog;
use crate::fault::from_datafusion;
use crate::plan::ReadCount;
use crate::{Environment, Table};

/// A plan with what is visible of it.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) plan: LogicalPlan,
    /// The columns in order.
    pub(crate) columns: Vec<RelationColumn>,
}

/// A visible column of a relation.
#[derive(Clone, Debug)]
pub(crate) struct RelationColumn {
    /// The name people see.
    pub(crate) name: String,
    pub(crate) ty: ChType,
    /// The plan's name of it.
    pub(crate) id: String,
}

/// What binding one query needs and leaves behind.
pub(crate) struct Binder<'a> {
    pub(crate) catalog: &'a dyn Catalog,
    pub(crate) environment: Arc<Environment>,
    pub(crate) parameters: &'a BTreeMap<String, String>,
    pub(crate) database: String,
    pub(crate) settings: RefCell<Settings>,
    /// Subqueries to run before the query, in order.
    pub(crate) pending: RefCell<Vec<Pending>>,
    /// Names of the tables read.
    pub(crate) tables: RefCell<Vec<(Option<String>, String)>>,
    /// Tables of `WITH TOTALS`: the plan of the totals row.
    pub(crate) totals: RefCell<Option<LogicalPlan>>,
    pub(crate) read: Arc<ReadCount>,
    /// Tables that stand for themselves: the rows of an expression evaluation.
    pub(crate) extra_tables: Vec<(String, Arc<dyn Table>)>,
    /// Subqueries already bound, by the query around them and their text: equal ones run once.
    pub(crate) bound_subqueries: RefCell<BTreeMap<(usize, String), Typed>>,
    pub(crate) bound_sets: RefCell<BTreeMap<(usize, String, String), crate::plan::SetSource>>,
    /// Rows of the round before, of each recursive query being bound.
    pub(crate) work_tables: RefCell<Vec<(String, Relation)>>,
    /// Parameters of the views being bound, the innermost last.
    pub(crate) view_parameters: RefCell<Vec<BTreeMap<String, String>>>,
    /// What unnamed subqueries are called.
    pub(crate) subqueries: name::SubqueryNumbers,
    next_id: Cell<usize>,
    depth: Cell<usize>,
}

/// How deep queries may nest in each other, views included.
const MAX_QUERY_DEPTH: usize = 100;

impl<'a> Binder<'a> {
    pub(crate) fn new(
        catalog: &'a dyn Catalog,
        environment: Arc<Environment>,
        parameters: &'a BTreeMap<String, String>,
        settings: Settings,
    ) -> Self {
        let database = environment.database.to_string();
        Self {
            catalog,
            environment,
            parameters,
            database,
            settings: RefCell::new(settings),
            pending: RefCell::default(),
            tables: RefCell::default(),
            totals: RefCell::default(),
            read: Arc::default(),
            extra_tables: Vec::new(),
            bound_subqueries: RefCell::default(),
            bound_sets: RefCell::default(),
            work_tables: RefCell::default(),
            view_parameters: RefCell::default(),
            subqueries: name::SubqueryNumbers::default(),
            next_id: Cell::new(0),
            depth: Cell::new(0),
        }
    }

    /// The same for a query whose subqueries have numbers.
    pub(crate) fn naming(self, query: &kinglet_parser::ast::Query) -> Self {
        Self { subqueries: name::SubqueryNumbers::new(query), ..self }
    }

    /// The value of a query parameter, as text.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let views = self.view_parameters.borrow();
        let own = views.iter().rev().find_map(|parameters| parameters.get(name).cloned());
        own.or_else(|| self.parameters.get(name).cloned())
    }

    /// A fresh internal column name.
    pub(crate) fn id(&self) -> String {
        let id = self.next_id.get();
        self.next_id.set(id + 1);
        format!("c{id}")
    }

    /// Whether nothing is being bound.
    pub(crate) fn is_outermost(&self) -> bool {
        self.depth.get() == 0
    }

    /// Whether a query inside another is being bound.
    pub(crate) fn is_nested(&self) -> bool {
        self.depth.get() > 1
    }

    /// Runs `bind` one level deeper.
    pub(crate) fn nested<T>(&self, bind: impl FnOnce() -> Result<T>) -> Result<T> {
        let depth = self.depth.get();
        if depth >= MAX_QUERY_DEPTH {
            let message = format!("Queries nest deeper than {MAX_QUERY_DEPTH}");
            return Err(SqlError::new(ErrorCode::TOO_DEEP_RECURSION, message));
        }
        self.depth.set(depth + 1);
        let bound = bind();
        self.depth.set(depth);
        bound
    }
}

/// A planning error of DataFusion as ours.
pub(crate) fn planned<T>(result: Result<T, DataFusionError>) -> Result<T> {
    result.map_err(from_datafusion)
}

/// Error 48.
pub(crate) fn unsupported(what: impl Into<String>) -> SqlError {
    SqlError::new(ErrorCode::NOT_IMPLEMENTED, what)
}
