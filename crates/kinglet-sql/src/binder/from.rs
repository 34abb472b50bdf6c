//! FROM: tables, subqueries, functions, ARRAY JOIN.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{LogicalPlan, LogicalPlanBuilder, TableScanBuilder};
use kinglet_parser::ast::{self, TableElement, TableExpr, TableSource};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::resolve::plan_column;
use super::scope::Cte;
use super::{Binder, Relation, RelationColumn, Scope, ScopeColumn, Typed, planned};
use crate::arrow_field;
use crate::catalog::{ColumnKind, Table, TableRef};
use crate::plan::{ArrayJoin, TableScanSource, apply};

/// A plan and the columns names may refer to.
pub(super) struct Source {
    pub(super) plan: LogicalPlan,
    pub(super) columns: Vec<ScopeColumn>,
}

impl Source {
    /// The same with columns that belong to no database: those of a common table expression.
    fn outside_databases(mut self) -> Self {
        self.columns.iter_mut().for_each(|column| column.database = None);
        self
    }
}

impl Binder<'_> {
    /// Binds FROM; the scope then holds its columns.
    pub(super) fn from(&self, scope: &Rc<Scope>, elements: &[TableElement]) -> Result<LogicalPlan> {
        let mut current: Option<Source> = None;
        for element in elements {
            if matches!(element, TableElement::Table { .. }) {
                scope.tables.set(scope.tables.get() + 1);
            }
            current = Some(match (element, current) {
                (TableElement::Table { table, .. }, None) => self.table(scope, table)?,
                (TableElement::Table { table, join }, Some(left)) => {
                    self.refuse_unnamed(elements, join.as_deref())?;
                    let right = self.table(scope, table)?;
                    refuse_same_alias(&left, table)?;
                    match join {
                        Some(join) => self.join(scope, left, right, join)?,
                        None => return Err(super::unsupported("tables without a join")),
                    }
                }
                (TableElement::ArrayJoin(join), left) => {
                    let left = match left {
                        Some(left) => left,
                        None => Source {
                            plan: planned(LogicalPlanBuilder::empty(true).build())?,
                            columns: Vec::new(),
                        },
                    };
                    self.array_join(scope, left, join)?
                }
            });
            if let Some(source) = &current {
                *scope.columns.borrow_mut() = source.columns.clone();
                scope.bound_aliases.borrow_mut().clear();
            }
        }
        match current {
            Some(source) => Ok(source.plan),
            None => self.no_table(scope),
        }
    }

    /// A SELECT without FROM reads `system.one`.
    fn no_table(&self, scope: &Rc<Scope>) -> Result<LogicalPlan> {
        let id = self.id();
        scope.columns.borrow_mut().push(ScopeColumn {
            database: Some("system".to_owned()),
            table: Some("one".to_owned()),
            original: None,
            aliased: false,
            name: "dummy".to_owned(),
            ty: ChType::UInt8,
            id: id.clone(),
            hidden: false,
            shadowed: false,
            plain: false,
            merged: false,
            alias: None,
        });
        let zero = datafusion::logical_expr::lit(0_u8).alias(id);
        planned(planned(LogicalPlanBuilder::empty(true).project([zero]))?.build())
    }

    /// What DESCRIBE answers about a table, function or subquery.
    ///
    /// # Errors
    /// When it cannot be bound.
    pub(crate) fn described(&self, table: &TableExpr) -> Result<Relation> {
        let source = self.table(&Scope::inside(None), table)?;
        let titles = [
            "name",
            "type",
            "default_type",
            "default_expression",
            "comment",
            "codec_expression",
            "ttl_expression",
        ];
        let columns: Vec<crate::TableColumn> =
            titles.iter().map(|title| crate::TableColumn::new(*title, ChType::String)).collect();
        let text =
            |values: Vec<String>| crate::function::Column::of_texts(values.iter().map(String::as_str)).array;
        let visible: Vec<&ScopeColumn> = source.columns.iter().collect();
        let mut arrays = vec![
            text(visible.iter().map(|column| column.name.clone()).collect()),
            text(visible.iter().map(|column| column.ty.to_string()).collect()),
        ];
        let kind = |column: &&ScopeColumn| match (&column.alias, column.hidden) {
            (Some(_), _) => "ALIAS",
            (None, true) => "MATERIALIZED",
            _ => "",
        };
        arrays.push(text(visible.iter().map(|column| kind(column).to_owned()).collect()));
        arrays.extend((arrays.len()..titles.len()).map(|_| text(vec![String::new(); visible.len()])));
        let schema = crate::MemoryTable::schema(&columns);
        let batch =
            arrow::array::RecordBatch::try_new(schema, arrays).map_err(crate::function::result::internal)?;
        let table: Arc<dyn Table> = Arc::new(crate::MemoryTable::new(columns, vec![batch]));
        Ok(self.scan(&table, false)?.0)
    }

    /// Subqueries and table functions that are joined need an alias.
    fn refuse_unnamed(&self, elements: &[TableElement], join: Option<&ast::Join>) -> Result<()> {
        if join.is_some_and(|join| join.kind == ast::JoinKind::Paste)
            || !self.settings.borrow().flag("joined_subquery_requires_alias", true)
        {
            return Ok(());
        }
        let unnamed = elements.iter().find_map(|element| match element {
            TableElement::Table { table, .. }
                if table.alias.is_none() && !matches!(table.source, TableSource::Name(_)) =>
            {
                Some(table)
            }
            _ => None,
        });
        match unnamed {
            None => Ok(()),
            Some(table) => {
                let message = "No alias for a subquery or table function in JOIN (set joined_subquery_requires_alias = 0 to allow that)";
                let code = ErrorCode::from_name("ALIAS_REQUIRED").unwrap_or(ErrorCode::BAD_ARGUMENTS);
                Err(SqlError::new(code, message).at(table.span))
            }
        }
    }

    /// One table of FROM.
    fn table(&self, scope: &Rc<Scope>, table: &TableExpr) -> Result<Source> {
        let (relation, database, name, hidden) = match &table.source {
            TableSource::Name(path) => {
                let parts = path.parts.iter().map(|part| self.part_name(part)).collect::<Result<Vec<_>>>()?;
                let (name, database) = match parts.as_slice() {
                    [name] => (name.clone(), None),
                    [database, rest @ ..] => (rest.join("."), Some(database.clone())),
                    [] => return Err(super::unsupported("a table without a name")),
                };
                return self.named_table(scope, table, database, name);
            }
            TableSource::Subquery(query) => {
                let outer = Scope::inside(Some(scope));
                let relation = self.query(Some(&outer), query)?;
                self.refuse_lateral(scope, &relation).map_err(|error| error.at(table.span))?;
                (relation, None, None, Vec::new())
            }
            TableSource::Function(function) => {
                let relation = self.table_function(scope, function)?;
                // The names of the tables that `merge` read are no part of `*`.
                let merge = function.name.name.eq_ignore_ascii_case("merge");
                let hidden = |column: &super::RelationColumn| {
                    merge && ["_table", "_database"].contains(&column.name.as_str())
                };
                let hidden = relation.columns.iter().map(hidden).collect();
                (relation, None, Some(function.name.name.clone()), hidden)
            }
        };
        if table.is_final {
            let message = "FINAL is only possible for tables whose engine combines rows";
            return Err(SqlError::new(ErrorCode::ILLEGAL_FINAL, message).at(table.span));
        }
        self.source(relation, database, name, table, &hidden)
    }

    /// A subquery of FROM does not see the tables beside it.
    fn refuse_lateral(&self, scope: &Scope, relation: &Relation) -> Result<()> {
        let columns = scope.columns.borrow();
        let references = super::decorrelate::outer_references(&relation.plan);
        let beside = references.iter().find_map(|id| columns.iter().find(|column| column.id == *id));
        match beside {
            None => Ok(()),
            Some(column) => {
                let message =
                    format!("A subquery of FROM cannot refer to {}, a column beside it", column.name);
                Err(super::unsupported(message))
            }
        }
    }

    fn named_table(
        &self,
        scope: &Rc<Scope>,
        table: &TableExpr,
        database: Option<String>,
        name: String,
    ) -> Result<Source> {
        if let (None, Some(relation)) = (&database, super::recursive::working(self, &name)) {
            return Ok(self.source(relation, None, Some(name), table, &[])?.outside_databases());
        }
        if database.is_none()
            && let Some(cte) = scope.cte(&name)
        {
            let relation = self.cte(&cte, &name)?;
            return Ok(self.source(relation, None, Some(name), table, &[])?.outside_databases());
        }
        let scan = self.named_relation(database.as_deref(), &name, table)?;
        let mut source = self.source(scan.0, database, Some(name), table, &scan.1)?;
        let label = source.columns.first().and_then(|column| column.table.clone());
        source
            .columns
            .extend(scan.2.into_iter().map(|column| ScopeColumn { table: label.clone(), ..column }));
        Ok(source)
    }

    /// The rows of a table or view; which columns `*` leaves out, and its Alias columns.
    fn named_relation(
        &self,
        database: Option<&str>,
        name: &str,
        table: &TableExpr,
    ) -> Result<(Relation, Vec<bool>, Vec<ScopeColumn>)> {
        let extra = self.extra_tables.iter().find(|(known, _)| known == name && database.is_none());
        let found = match extra {
            Some((_, table)) => Some(TableRef::Table(Arc::clone(table))),
            None => self.catalog.resolve(database, name),
        };
        let found = match found {
            Some(found) => found,
            None => match super::system::system_table(database, name, self)? {
                Some(table) => TableRef::Table(table),
                None => {
                    let full = database.map_or_else(|| name.to_owned(), |d| format!("{d}.{name}"));
                    let message = format!("Unknown table expression identifier '{full}'");
                    return Err(SqlError::new(ErrorCode::UNKNOWN_TABLE, message).at(table.span));
                }
            },
        };
        self.tables.borrow_mut().push((database.map(str::to_owned), name.to_owned()));
        match found {
            TableRef::View { sql } => {
                let query = kinglet_parser::parse_select(&sql).into_result().map_err(|error| {
                    self.catalog.failed_view(&sql, error.span);
                    SqlError::new(ErrorCode::SYNTAX_ERROR, format!("In {name}: {}", error.message))
                })?;
                let relation = self.query(None, &query).map_err(|error| {
                    if let Some(span) = error.span {
                        self.catalog.failed_view(&sql, span);
                    }
                    let message = format!("In {name}: {}", error.message);
                    SqlError { span: Some(table.span), message, ..error }
                })?;
                Ok((relation, Vec::new(), Vec::new()))
            }
            TableRef::Table(source) => {
                let is_final =
                    table.is_final || self.settings.borrow().flag("final", false) && source.supports_final();
                if table.is_final && !source.supports_final() {
                    let message = format!("Storage {} doesn't support FINAL", source.engine());
                    return Err(SqlError::new(ErrorCode::ILLEGAL_FINAL, message).at(table.span));
                }
                if table.stream.is_some() {
                    let message = format!("Storage {} doesn't support STREAM", source.engine());
                    return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message).at(table.span));
                }
                let of = database.unwrap_or(&self.database).to_owned();
                let (relation, hidden, aliases) =
                    self.scan_called(&source, is_final, Some((of, name.to_owned())))?;
                let relation = match &table.sample {
                    Some(sample) => {
                        self.sampled(relation, &source, sample).map_err(|error| error.at(table.span))?
                    }
                    None => relation,
                };
                Ok((relation, hidden, aliases))
            }
        }
    }

    /// A scan of all columns of a table; unused ones are pruned later.
    pub(super) fn scan(
        &self,
        table: &Arc<dyn Table>,
        is_final: bool,
    ) -> Result<(Relation, Vec<bool>, Vec<ScopeColumn>)> {
        self.scan_called(table, is_final, None)
    }

    /// [`Binder::scan`] of a table that is known by a database and a name.
    fn scan_called(
        &self,
        table: &Arc<dyn Table>,
        is_final: bool,
        name: Option<(String, String)>,
    ) -> Result<(Relation, Vec<bool>, Vec<ScopeColumn>)> {
        let (mut columns, mut fields, mut hidden, mut aliases) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (place, column) in table.columns().iter().enumerate() {
            if let ColumnKind::Alias(text) = &column.kind {
                let expr = kinglet_parser::parse_expression(text).into_result();
                let expr = expr.map_err(|error| SqlError::new(ErrorCode::SYNTAX_ERROR, error.message))?;
                aliases.push(ScopeColumn {
                    database: None,
                    table: None,
                    original: None,
                    aliased: false,
                    name: column.name.clone(),
                    ty: column.ty.clone(),
                    id: self.id(),
                    hidden: true,
                    shadowed: false,
                    plain: false,
                    merged: false,
                    alias: Some(Rc::new(expr)),
                });
                continue;
            }
            let id = self.id();
            fields.push((place, arrow_field(&id, &column.ty)));
            hidden.push(matches!(column.kind, ColumnKind::Materialized(_)));
            columns.push(RelationColumn { name: column.name.clone(), ty: column.ty.clone(), id });
        }
        let source = TableScanSource::new(Arc::clone(table), fields, is_final, Arc::clone(&self.read));
        let source = source.called(name);
        let scan = TableScanBuilder::new("t", provider_as_source(Arc::new(source)));
        let scan = LogicalPlan::TableScan(planned(scan.build())?);
        // The scan qualifies its columns; plans here know no qualifiers.
        let exprs = columns.iter().map(|column| {
            datafusion::logical_expr::Expr::Column(datafusion::common::Column::new(
                Some("t"),
                column.id.as_str(),
            ))
            .alias(&column.id)
        });
        let plan = planned(planned(LogicalPlanBuilder::from(scan).project(exprs))?.build())?;
        Ok((Relation { plan, columns }, hidden, aliases))
    }

    /// The query of a common table expression, bound where it was defined.
    fn cte(&self, cte: &Cte, name: &str) -> Result<Relation> {
        if cte.recursive {
            let mut relation = self.nested(|| self.recursive(cte, name))?;
            for (column, name) in relation.columns.iter_mut().zip(&cte.columns) {
                column.name.clone_from(&name.name);
            }
            return Ok(relation);
        }
        let mut relation = self.query(Some(&cte.scope), &cte.query)?;
        for (column, name) in relation.columns.iter_mut().zip(&cte.columns) {
            column.name.clone_from(&name.name);
        }
        Ok(relation)
    }

    /// The relation a name on the right of IN stands for.
    pub(super) fn table_query(&self, scope: &Rc<Scope>, path: &ast::Path) -> Result<Relation> {
        let table = TableExpr {
            source: TableSource::Name(path.clone()),
            alias: None,
            columns: Vec::new(),
            is_final: false,
            sample: None,
            stream: None,
            span: path.span,
        };
        let source = self.table(scope, &table).map_err(|error| match error.code {
            ErrorCode::UNKNOWN_TABLE => SqlError { code: ErrorCode::UNKNOWN_IDENTIFIER, ..error },
            _ => error,
        })?;
        let columns = source
            .columns
            .into_iter()
            .filter(|column| !column.hidden && column.alias.is_none())
            .map(|column| RelationColumn { name: column.name, ty: column.ty, id: column.id })
            .collect();
        Ok(Relation { plan: source.plan, columns })
    }

    fn source(
        &self,
        relation: Relation,
        database: Option<String>,
        name: Option<String>,
        table: &TableExpr,
        hidden: &[bool],
    ) -> Result<Source> {
        let original = name.clone();
        let (database, label) = match &table.alias {
            Some(alias) => (None, Some(alias.name.clone())),
            None => (database.or_else(|| name.as_ref().map(|_| self.database.clone())), name),
        };
        // Two columns of one name in a subquery: the first is meant, as in ClickHouse.
        let mut columns: Vec<ScopeColumn> = Vec::new();
        for (at, column) in relation.columns.into_iter().enumerate() {
            let shadowed = columns.iter().any(|known| known.name == column.name);
            let name = table.columns.get(at).map_or(column.name, |name| name.name.clone());
            columns.push(ScopeColumn {
                database: database.clone(),
                table: label.clone(),
                aliased: table.alias.is_some(),
                original: original.clone(),
                name,
                ty: column.ty,
                id: column.id,
                hidden: hidden.get(at).copied().unwrap_or(false),
                shadowed,
                plain: false,
                merged: false,
                alias: None,
            });
        }
        Ok(Source { plan: relation.plan, columns })
    }

    fn array_join(&self, scope: &Rc<Scope>, left: Source, join: &ast::ArrayJoin) -> Result<Source> {
        *scope.columns.borrow_mut() = left.columns.clone();
        let mut columns = left.columns;
        // Arrays to unfold, with the internal name of their elements.
        let mut arrays: Vec<(Typed, String, ChType)> = Vec::new();
        for expr in &join.exprs {
            let plain = expr.as_identifier().map(|path| path.full_name());
            let alias = expr.alias.as_ref().map(|alias| alias.name.clone());
            let nested: Vec<ScopeColumn> = match &plain {
                Some(name) if !columns.iter().any(|column| column.name == *name) => {
                    let prefix = format!("{name}.");
                    columns.iter().filter(|column| column.name.starts_with(&prefix)).cloned().collect()
                }
                _ => Vec::new(),
            };
            if let (Some(name), false) = (&plain, nested.is_empty()) {
                for member in nested {
                    let array = Typed::new(plan_column(&member.id), member.ty.clone());
                    let Some(element) = member.ty.element() else { continue };
                    let id = self.id();
                    let suffix = member.name.strip_prefix(name.as_str()).unwrap_or(&member.name).to_owned();
                    place(
                        &mut columns,
                        alias.as_ref().map(|alias| format!("{alias}{suffix}")),
                        &member.name,
                        &id,
                        &element,
                    );
                    arrays.push((array, id, element));
                }
                continue;
            }
            let plain_expr = super::aliases::plain(expr);
            let array = self.expr(scope, &plain_expr, Context::rows("ARRAY JOIN"))?;
            let element = match array.ty.bare() {
                ChType::Map(key, value) => ChType::Tuple(Arc::from([
                    (Some("keys".into()), key.as_ref().clone()),
                    (Some("values".into()), value.as_ref().clone()),
                ])),
                other => other.element().ok_or_else(|| {
                    let message = format!("ARRAY JOIN requires array argument, not {}", array.ty);
                    SqlError::new(ErrorCode::TYPE_MISMATCH, message).at(expr.span)
                })?,
            };
            let id = self.id();
            let name = plain.clone().unwrap_or_else(|| super::name::column_name(expr));
            let label = alias.or_else(|| if plain.is_none() { Some(name.clone()) } else { None });
            let original = plain.as_ref().map_or("", |p| p.rsplit('.').next().unwrap_or(p));
            let known = columns.iter().any(|column| column.name == name);
            place(&mut columns, label, if known { &name } else { original }, &id, &element);
            arrays.push((array, id, element));
        }
        let plan = self.unfolded(left.plan, arrays, join.left)?;
        Ok(Source { plan, columns })
    }

    /// The plan with arrays unfolded into columns of the given names.
    pub(super) fn unfolded(
        &self,
        plan: LogicalPlan,
        arrays: Vec<(Typed, String, ChType)>,
        left: bool,
    ) -> Result<LogicalPlan> {
        let extra = arrays.iter().map(|(array, id, _)| (array.value(), id.clone())).collect();
        let input = self.extended(plan, extra)?;
        let mut fields: Vec<arrow::datatypes::Field> =
            input.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
        let mut places = Vec::new();
        for (_, id, element) in arrays {
            if let Some(at) = fields.iter().position(|field| *field.name() == id) {
                if let Some(field) = fields.get_mut(at) {
                    *field = arrow_field(&id, &element);
                }
                places.push((at, element));
            }
        }
        let operator = ArrayJoin {
            arrays: places,
            left,
            unaligned: self.settings.borrow().flag("enable_unaligned_array_join", false),
        };
        planned(apply(Arc::new(operator), vec![input], arrow::datatypes::Schema::new(fields)))
    }

    /// The plan with computed columns added.
    pub(super) fn extended(
        &self,
        plan: LogicalPlan,
        extra: Vec<(datafusion::logical_expr::Expr, String)>,
    ) -> Result<LogicalPlan> {
        if extra.is_empty() {
            return Ok(plan);
        }
        let have: Vec<_> = plan.schema().fields().iter().map(|field| plan_column(field.name())).collect();
        let exprs = have.into_iter().chain(extra.into_iter().map(|(expr, id)| expr.alias(id)));
        planned(planned(LogicalPlanBuilder::from(plan).project(exprs))?.build())
    }
}

/// Two tables cannot have one alias.
fn refuse_same_alias(left: &Source, table: &TableExpr) -> Result<()> {
    let Some(alias) = &table.alias else { return Ok(()) };
    match left
        .columns
        .iter()
        .any(|column| column.table.as_deref() == Some(alias.name.as_str()) && column.aliased)
    {
        false => Ok(()),
        true => {
            let message = format!("Multiple table expressions with same alias {}", alias.name);
            Err(SqlError::new(ErrorCode::MULTIPLE_EXPRESSIONS_FOR_ALIAS, message).at(alias.span))
        }
    }
}

/// Puts an unfolded element among the columns: under its alias, or in place of the array.
fn place(columns: &mut Vec<ScopeColumn>, alias: Option<String>, original: &str, id: &str, ty: &ChType) {
    match alias {
        None => {
            for column in columns.iter_mut().filter(|column| column.name == original) {
                id.clone_into(&mut column.id);
                column.ty = ty.clone();
            }
        }
        Some(name) => {
            for column in columns.iter_mut().filter(|column| column.name == name) {
                column.shadowed = true;
            }
            columns.push(ScopeColumn {
                database: None,
                table: None,
                original: None,
                aliased: false,
                name,
                ty: ty.clone(),
                id: id.to_owned(),
                hidden: true,
                shadowed: false,
                plain: false,
                merged: false,
                alias: None,
            });
        }
    }
}
