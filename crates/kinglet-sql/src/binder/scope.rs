//! What names mean inside one SELECT.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use kinglet_parser::ast;
use kinglet_types::ChType;

use super::Typed;
use super::correlated::PendingCorrelated;
use super::grouping::PendingGrouping;
use super::window::PendingWindow;

/// A column that names may refer to.
#[derive(Clone, Debug)]
pub(crate) struct ScopeColumn {
    /// Database and alias or name of the table, the alias alone where there is one.
    pub(crate) database: Option<String>,
    pub(crate) table: Option<String>,
    /// Whether that is an alias.
    pub(crate) aliased: bool,
    /// The table's own name, which may be used too where there is an alias.
    pub(crate) original: Option<String>,
    pub(crate) name: String,
    pub(crate) ty: ChType,
    /// What it is in the plan.
    pub(crate) id: String,
    /// Whether `*` leaves it out (Materialized and Alias columns).
    pub(crate) hidden: bool,
    /// Whether an unqualified name means another column of this name instead (the right side of USING).
    pub(crate) shadowed: bool,
    /// Whether it is named without its table although another column has its name (the left side of USING).
    pub(crate) plain: bool,
    /// Whether it is the one column of a USING name.
    pub(crate) merged: bool,
    /// The expression of an Alias column.
    pub(crate) alias: Option<Rc<ast::Expr>>,
}

/// A common table expression.
#[derive(Clone)]
pub(crate) struct Cte {
    pub(crate) query: Rc<ast::Query>,
    pub(crate) columns: Vec<ast::Ident>,
    /// Where it was defined, which is what its own names refer to.
    pub(crate) scope: Rc<Scope>,
    pub(crate) recursive: bool,
}

/// A lambda parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) ty: ChType,
    /// What it stands for, where it is a name for an expression (`APPLY(x -> ..)`).
    pub(crate) value: Option<Typed>,
}

/// A call of a random function, which is computed once for all calls equal to it.
#[derive(Clone, Debug)]
pub(crate) struct RandomCall {
    /// The call as written, in the function's own name.
    pub(crate) text: String,
    /// The column it is computed as.
    pub(crate) id: String,
    pub(crate) value: Typed,
}

/// An array that `arrayJoin()` unfolds.
#[derive(Clone, Debug)]
pub(crate) struct PendingArrayJoin {
    pub(crate) array: Typed,
    pub(crate) id: String,
    pub(crate) element: ChType,
}

/// The names of one SELECT; `parent` is the query around it.
#[derive(Default)]
pub(crate) struct Scope {
    pub(crate) parent: Option<Rc<Scope>>,
    pub(crate) columns: RefCell<Vec<ScopeColumn>>,
    pub(crate) aliases: RefCell<HashMap<String, Rc<ast::Expr>>>,
    /// Aliases of WITH, which inner queries see too.
    pub(crate) with_aliases: RefCell<HashMap<String, Rc<ast::Expr>>>,
    pub(crate) ctes: RefCell<HashMap<String, Rc<Cte>>>,
    pub(crate) named_windows: RefCell<HashMap<String, Rc<ast::WindowSpec>>>,
    /// Aliases being bound, which do not refer to themselves.
    pub(crate) resolving: RefCell<Vec<String>>,
    pub(crate) bound_aliases: RefCell<HashMap<String, Typed>>,
    pub(crate) lambdas: RefCell<Vec<Vec<Parameter>>>,
    pub(crate) windows: RefCell<Vec<PendingWindow>>,
    pub(crate) array_joins: RefCell<Vec<PendingArrayJoin>>,
    /// Correlated subqueries to join to the rows.
    pub(crate) correlated: RefCell<Vec<PendingCorrelated>>,
    /// Calls of `grouping`.
    pub(crate) groupings: RefCell<Vec<PendingGrouping>>,
    /// Keys of GROUP BY that are Nullable after it (`group_by_use_nulls`): what they are, and how they are written.
    pub(crate) nullable_keys: RefCell<Vec<datafusion::logical_expr::Expr>>,
    pub(crate) nullable_texts: RefCell<Vec<String>>,
    /// Calls of random functions, each with its column: equal ones have one value in a row.
    pub(crate) random: RefCell<Vec<RandomCall>>,
    /// Tables joined so far.
    pub(crate) tables: std::cell::Cell<usize>,
    /// Whether any aggregate was bound.
    pub(crate) aggregated: std::cell::Cell<bool>,
}

impl Scope {
    /// An empty scope inside `parent`.
    pub(crate) fn inside(parent: Option<&Rc<Scope>>) -> Rc<Self> {
        Rc::new(Self { parent: parent.cloned(), ..Self::default() })
    }

    /// The common table expression of a name, here or further out.
    pub(crate) fn cte(&self, name: &str) -> Option<Rc<Cte>> {
        let found = self.ctes.borrow().get(name).cloned();
        found.or_else(|| self.parent.as_ref().and_then(|parent| parent.cte(name)))
    }

    /// What a column is called in an answer: by its own name, or with its table where an earlier column has
    /// that name. With more than two tables the earliest is called with its table too.
    pub(crate) fn column_label(&self, column: &ScopeColumn) -> String {
        let columns = self.columns.borrow();
        let first = columns.iter().find(|other| other.name == column.name && !other.hidden);
        if column.plain && self.tables.get() <= 2 {
            return column.name.clone();
        }
        let ambiguous = || {
            let mut tables: Vec<&str> = columns.iter().filter_map(|other| other.table.as_deref()).collect();
            tables.dedup();
            tables.len() > 2
                && columns.iter().any(|other| {
                    other.name == column.name && other.id != column.id && !other.hidden && !other.merged
                })
        };
        match (&column.table, first) {
            (Some(table), Some(first)) if first.id != column.id || ambiguous() => {
                // The same table twice is told apart by its database.
                let same = |other: &&ScopeColumn| other.table == column.table && other.name == column.name;
                let twice = columns.iter().find(same).is_some_and(|other| other.id != column.id);
                match (&column.database, twice) {
                    (Some(database), true) => format!("{database}.{table}.{}", column.name),
                    _ => format!("{table}.{}", column.name),
                }
            }
            _ => column.name.clone(),
        }
    }

    /// How a qualified identifier shows in a column's name; `None` where it shows as written.
    pub(crate) fn display_name(&self, path: &ast::Path) -> Option<String> {
        let parts: Vec<&str> = path.parts.iter().map(|part| part.name.as_str()).collect();
        if parts.len() < 2 {
            return None;
        }
        let found = self.columns.borrow().iter().find(|column| column.matches(&parts)).cloned()?;
        let label = self.column_label(&found);
        // An alias of the same name is what the name alone would mean.
        let aliases = self.aliases.borrow();
        let same = |expr: &Rc<ast::Expr>| {
            expr.as_identifier().is_some_and(|other| other.full_name() == path.full_name())
        };
        match (&found.table, aliases.get(&label)) {
            (Some(table), Some(alias)) if !same(alias) => Some(format!("{table}.{label}")),
            _ => Some(label),
        }
    }

    /// The lambda parameter of a name, the innermost.
    pub(crate) fn parameter(&self, name: &str) -> Option<Parameter> {
        self.lambdas.borrow().iter().rev().find_map(|frame| frame.iter().find(|p| p.name == name).cloned())
    }
}
