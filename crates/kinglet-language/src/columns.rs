//! The columns that a query answers, and those it can name at a place.

use kinglet_diagnostic::Span;
use kinglet_parser::ast::{
    ExceptColumns, Expr, ExprKind, Function, Path, Query, QueryBody, Select, StatementKind, Syntax,
    TableElement, TableSource, Transformer, Value, WithItem,
};
use kinglet_parser::{Visitor, column_name_without_alias, walk_query};

use crate::analysis::Analysis;
use crate::catalog::{Columns, TableKind};
use crate::workspace::Column;

/// Queries inside queries that are followed.
const MAX_DEPTH: usize = 32;

/// Finds a table by the name a query has for it.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<(TableKind, Columns)>;

/// A table that a query can name columns of.
#[derive(Clone, Debug)]
pub struct TableInScope {
    /// The name it is read by; empty for a subquery.
    pub name: String,
    /// What qualifies its columns: the alias, or the name.
    pub qualifier: String,
    /// What the name stands for; `None` for subqueries, functions, common table expressions and unknown names.
    pub kind: Option<TableKind>,
    /// Its columns.
    pub columns: Columns,
    /// Whether the columns are all there are.
    pub is_known: bool,
}

/// A common table expression or an alias.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it is given, in the query.
    pub span: Span,
    /// Columns, when it is a query.
    pub columns: Columns,
    /// Whether it is a query.
    pub is_table: bool,
    /// The type of an alias, where it is known.
    pub type_name: String,
}

/// What can be named at a place of a query.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Tables, those of the innermost query first.
    pub tables: Vec<TableInScope>,
    /// Common table expressions and aliases, the innermost last.
    pub named: Vec<Named>,
}

/// The columns that the last statement answers, each with its place in the query.
pub fn output_columns(analysis: &Analysis, lookup: Lookup<'_>) -> Vec<(Column, Span)> {
    let Some(StatementKind::Query(query)) = analysis.statements.last().map(|statement| &statement.kind)
    else {
        return Vec::new();
    };
    Reader { analysis, lookup }.query(query, &[], MAX_DEPTH)
}

/// What can be named at an offset of a query.
pub fn scope_at(analysis: &Analysis, lookup: Lookup<'_>, offset: usize) -> Scope {
    Scopes::of(analysis, lookup).at(analysis, offset)
}

/// What can be named in each `SELECT` of a query.
#[derive(Clone, Debug, Default)]
pub struct Scopes {
    levels: Vec<Level>,
}

/// One `SELECT`.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    span: Span,
    /// Its own tables.
    pub(crate) tables: Vec<TableInScope>,
    /// Common table expressions that it and those around it define.
    common: Vec<Named>,
    /// What else it gives names to.
    aliases: Vec<Named>,
    is_outermost: bool,
}

impl Scopes {
    /// Reads the tables of all `SELECT`s of a query.
    pub fn of(analysis: &Analysis, lookup: Lookup<'_>) -> Self {
        let mut finder = Finder { reader: Reader { analysis, lookup }, levels: Vec::new() };
        for statement in &analysis.statements {
            if let StatementKind::Query(query) = &statement.kind {
                walk_query(query, &mut finder);
            }
        }
        Self { levels: finder.levels }
    }

    /// The `SELECT`s around an offset, the innermost first.
    pub(crate) fn around(&self, analysis: &Analysis, offset: usize) -> Vec<&Level> {
        // What follows the last word belongs to the query that the word is in.
        let before = analysis.masked.get(..offset).unwrap_or(&analysis.masked);
        let offset = before.trim_end().len();
        let covers =
            |level: &&Level| level.span.start as usize <= offset && offset <= level.span.end as usize;
        let mut around: Vec<&Level> = self.levels.iter().rev().filter(covers).collect();
        if around.is_empty() {
            // An unfinished query may go on behind what could be read of it.
            let started = |level: &&Level| level.is_outermost && level.span.start as usize <= offset;
            around.extend(self.levels.iter().rev().find(started).or(self.levels.first()));
        }
        around
    }

    /// What can be named at an offset.
    pub fn at(&self, analysis: &Analysis, offset: usize) -> Scope {
        let around = self.around(analysis, offset);
        let tables = around.iter().flat_map(|level| level.tables.iter().cloned()).collect();
        let common = around.first().map(|level| level.common.clone()).unwrap_or_default();
        let aliases = around.iter().rev().flat_map(|level| level.aliases.iter().cloned());
        Scope { tables, named: common.into_iter().chain(aliases).collect() }
    }
}

struct Finder<'a> {
    reader: Reader<'a>,
    levels: Vec<Level>,
}

impl Visitor for Finder<'_> {
    fn select(&mut self, select: &Select) {
        let around = |level: &&Level| {
            level.span.start <= select.span.start
                && select.span.end <= level.span.end
                && level.span != select.span
        };
        let outer = self.levels.iter().rev().find(around);
        let is_outermost = outer.is_none();
        let mut common = outer.map(|level| level.common.clone()).unwrap_or_default();
        self.reader.with_items(select, &mut common, MAX_DEPTH);
        let tables = self.reader.tables(select, &common, MAX_DEPTH);
        let (common, mut aliases): (Vec<Named>, Vec<Named>) =
            common.into_iter().partition(|named| named.is_table);
        for expr in &select.projection {
            if let Some(alias) = &expr.alias {
                aliases.push(Named {
                    name: alias.name.clone(),
                    span: alias.span,
                    columns: Columns::default(),
                    is_table: false,
                    type_name: type_of(expr, &tables),
                });
            }
        }
        self.levels.push(Level { span: select.span, tables, common, aliases, is_outermost });
    }
}

struct Reader<'a> {
    analysis: &'a Analysis,
    lookup: Lookup<'a>,
}

impl Reader<'_> {
    fn query(&self, query: &Query, named: &[Named], depth: usize) -> Vec<(Column, Span)> {
        self.body(&query.body, named, depth)
    }

    fn body(&self, body: &QueryBody, named: &[Named], depth: usize) -> Vec<(Column, Span)> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        match body {
            QueryBody::Select(select) => self.select(select, named, depth),
            QueryBody::Nested(query) => self.body(&query.body, named, depth),
            QueryBody::Set(chain) => self.body(&chain.first, named, depth),
        }
    }

    fn select(&self, select: &Select, named: &[Named], depth: usize) -> Vec<(Column, Span)> {
        let mut named = named.to_vec();
        self.with_items(select, &mut named, depth);
        let tables = self.tables(select, &named, depth);
        select.projection.iter().flat_map(|expr| projected(expr, &tables)).collect()
    }

    /// Adds what the `WITH` of a query defines.
    fn with_items(&self, select: &Select, named: &mut Vec<Named>, depth: usize) {
        for item in select.with.iter().flat_map(|with| &with.items) {
            match item {
                WithItem::Query { name, query, columns, .. } => {
                    let found = self.query(query, named, depth);
                    let mut found: Vec<Column> = found.into_iter().map(|(column, _)| column).collect();
                    for (column, ident) in found.iter_mut().zip(columns) {
                        column.name.clone_from(&ident.name);
                    }
                    named.push(Named {
                        name: name.name.clone(),
                        span: name.span,
                        columns: Columns::new(found),
                        is_table: true,
                        type_name: String::new(),
                    });
                }
                WithItem::Expr(expr) => {
                    if let Some(alias) = &expr.alias {
                        named.push(Named {
                            name: alias.name.clone(),
                            span: alias.span,
                            columns: Columns::default(),
                            is_table: false,
                            type_name: type_of(expr, &[]),
                        });
                    }
                }
            }
        }
    }

    /// The tables in the `FROM` of a query.
    fn tables(&self, select: &Select, named: &[Named], depth: usize) -> Vec<TableInScope> {
        let mut tables = Vec::new();
        for element in &select.from {
            match element {
                TableElement::Table { table, .. } => {
                    let alias = table.alias.as_ref().map(|alias| alias.name.clone());
                    let mut found = self.source(&table.source, named, depth);
                    if let Some(alias) = alias {
                        found.qualifier = alias;
                    }
                    if !table.columns.is_empty() {
                        let mut columns = (*found.columns).clone();
                        for (column, ident) in columns.iter_mut().zip(&table.columns) {
                            column.name.clone_from(&ident.name);
                        }
                        found.columns = Columns::new(columns);
                    }
                    tables.push(found);
                }
                TableElement::ArrayJoin(join) => {
                    let element = |expr: &Expr| {
                        let name = expr.alias.as_ref().map(|alias| alias.name.clone());
                        let name = name.or_else(|| Some(expr.as_identifier()?.last()?.name.clone()))?;
                        let array = type_of(expr, &tables);
                        let inner = array.strip_prefix("Array(").and_then(|rest| rest.strip_suffix(')'));
                        Some(Column { name, type_name: inner.unwrap_or("").to_owned(), place: None })
                    };
                    let columns = join.exprs.iter().filter_map(element).collect();
                    tables.push(TableInScope {
                        name: String::new(),
                        qualifier: String::new(),
                        kind: None,
                        columns: Columns::new(columns),
                        is_known: true,
                    });
                }
            }
        }
        tables
    }

    fn source(&self, source: &TableSource, named: &[Named], depth: usize) -> TableInScope {
        let unnamed = |columns: Vec<Column>, is_known| TableInScope {
            name: String::new(),
            qualifier: String::new(),
            kind: None,
            is_known,
            columns: Columns::new(columns),
        };
        match source {
            TableSource::Subquery(query) => {
                let found: Vec<Column> =
                    self.query(query, named, depth).into_iter().map(|(column, _)| column).collect();
                let is_known = !found.is_empty();
                unnamed(found, is_known)
            }
            TableSource::Function(function) => {
                let (columns, is_known) = function_columns(function);
                unnamed(columns, is_known)
            }
            TableSource::Name(path) => {
                let name = self.analysis.table_name(path);
                let qualifier = path.last().map(|last| last.name.clone()).unwrap_or_default();
                if let Some(common) = named.iter().rev().find(|common| common.is_table && common.name == name)
                {
                    let is_known = !common.columns.is_empty();
                    return TableInScope {
                        name,
                        qualifier,
                        kind: None,
                        columns: common.columns.clone(),
                        is_known,
                    };
                }
                let found = (self.lookup)(&name);
                let kind = found.as_ref().map(|(kind, _)| *kind);
                let columns = found.map(|(_, columns)| columns).unwrap_or_default();
                TableInScope { name, qualifier, kind, is_known: !columns.is_empty(), columns }
            }
        }
    }
}

fn function_columns(function: &Function) -> (Vec<Column>, bool) {
    let column = |name: &str| Column { name: name.to_owned(), type_name: "UInt64".to_owned(), place: None };
    match function.name.name.as_str() {
        "numbers" | "numbers_mt" => (vec![column("number")], true),
        "generate_series" | "generateSeries" => (vec![column("generate_series")], true),
        _ => (Vec::new(), false),
    }
}

/// The columns that one expression of a `SELECT` answers.
fn projected(expr: &Expr, tables: &[TableInScope]) -> Vec<(Column, Span)> {
    match &expr.kind {
        ExprKind::Asterisk(asterisk) => {
            let qualifier = asterisk.qualifier.as_ref().and_then(Path::last).map(|last| last.name.as_str());
            let chosen = tables.iter().filter(|table| qualifier.is_none_or(|name| table.qualifier == name));
            let columns = chosen.flat_map(|table| table.columns.iter().cloned());
            let kept = columns.filter(|column| !is_left_out(&column.name, &asterisk.transformers));
            kept.map(|column| (column, expr.span)).collect()
        }
        ExprKind::Error | ExprKind::Columns(_) => Vec::new(),
        _ => {
            let (name, span) = match (&expr.alias, expr.as_identifier().and_then(Path::last)) {
                (Some(alias), _) => (alias.name.clone(), alias.span),
                (None, Some(last)) => (last.name.clone(), last.span),
                (None, None) => (column_name_without_alias(expr), expr.span),
            };
            vec![(Column { name, type_name: type_of(expr, tables), place: None }, span)]
        }
    }
}

fn is_left_out(name: &str, transformers: &[Transformer]) -> bool {
    transformers.iter().any(|transformer| match transformer {
        Transformer::Except { columns: ExceptColumns::Names(names), .. } => {
            names.iter().any(|path| path.last().is_some_and(|last| last.name == name))
        }
        _ => false,
    })
}

/// The column that a name stands for.
pub(crate) fn find_column<'a>(
    path: &Path,
    tables: &'a [TableInScope],
) -> Option<(&'a TableInScope, &'a Column)> {
    let name = path.last()?;
    let qualifier = path.qualifier().last().map(|ident| ident.name.as_str());
    let by_name = |name: &str, qualifier: Option<&str>| {
        let chosen = tables.iter().filter(|table| qualifier.is_none_or(|wanted| table.qualifier == wanted));
        let mut found = chosen
            .filter_map(|table| Some((table, table.columns.iter().find(|column| column.name == name)?)));
        found.next()
    };
    by_name(&name.name, qualifier).or_else(|| by_name(&path.full_name(), None))
}

/// The type of an expression, as far as it is plain to see; otherwise empty.
pub fn type_of(expr: &Expr, tables: &[TableInScope]) -> String {
    match &expr.kind {
        ExprKind::Identifier(path) => {
            find_column(path, tables).map(|(_, column)| column.type_name.clone()).unwrap_or_default()
        }
        ExprKind::Function(function) => function_type(function, tables),
        ExprKind::Literal(literal) => match literal.value {
            Value::String(_) => "String".to_owned(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn function_type(function: &Function, tables: &[TableInScope]) -> String {
    let argument = |at: usize| function.arguments.get(at).map(|arg| type_of(arg, tables)).unwrap_or_default();
    if let Syntax::Cast(_) = function.syntax {
        let target = function.arguments.get(1).and_then(Expr::as_literal);
        return match target.map(|literal| &literal.value) {
            Some(Value::String(text)) => String::from_utf8_lossy(text).into_owned(),
            _ => String::new(),
        };
    }
    let name = function.name.name.as_str();
    match name {
        "count" | "uniq" | "uniqExact" | "countIf" | "length" | "uniqHLL12" | "uniqCombined" => {
            "UInt64".to_owned()
        }
        "avg" | "avgIf" => "Float64".to_owned(),
        "min" | "max" | "any" | "anyLast" | "argMin" | "argMax" => argument(0),
        "if" => argument(1),
        "lower" | "upper" | "concat" | "substring" | "toString" => "String".to_owned(),
        "now" | "toDateTime" | "toStartOfHour" | "toStartOfMinute" => "DateTime".to_owned(),
        "today" | "yesterday" | "toDate" | "toStartOfMonth" | "toStartOfWeek" | "toStartOfYear"
        | "toMonday" => "Date".to_owned(),
        _ => match name.strip_prefix("to") {
            Some(rest) if ["Int", "UInt", "Float"].iter().any(|kind| rest.starts_with(kind)) => {
                rest.to_owned()
            }
            _ => String::new(),
        },
    }
}
