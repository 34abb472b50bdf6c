//! Names in a query that stand for nothing.

use std::collections::HashSet;

use kinglet_diagnostic::{Diagnostic, Span};
use kinglet_parser::ast::{
    Expr, ExprKind, Function, Path, Select, StatementKind, Syntax, TableElement, TableExpr, TableSource,
    WithItem,
};
use kinglet_parser::{Visitor, walk_query};
use kinglet_project::{nearest, table_uses};

use crate::analysis::Analysis;
use crate::catalog::Catalog;
use crate::columns::{Lookup, Scopes, TableInScope, find_column};
use crate::document::Embedded;

/// Prefixes of tables that every workspace has.
const SERVICE_PREFIXES: [&str; 4] = ["tinybird.", "organization.", "system.", "information_schema."];

/// Unknown names of one kind that are told of: each is compared with all that are known.
const MAX_NAMES: usize = 50;

/// Functions that the parser or the binder knows by itself.
const SPECIAL: [&str; 14] = [
    "array",
    "tuple",
    "lambda",
    "exists",
    "CAST",
    "globalVariable",
    "interval",
    "grouping",
    "identity",
    "columns",
    "untuple",
    "in",
    "arrayJoin",
    "view",
];

/// Unknown tables (`with_tables`: the project has not looked for them), functions and columns of a query.
pub(super) fn diagnostics(catalog: &Catalog<'_>, query: &Embedded, with_tables: bool) -> Vec<Diagnostic> {
    let own = query.node.as_deref();
    let mut found = Vec::new();
    if with_tables {
        found.extend(unknown_tables(catalog, own, &query.sql));
    }
    let analysis = Analysis::of(&query.sql);
    let lookup: Lookup<'_> = &|name: &str| catalog.table(own, name);
    for statement in &analysis.statements {
        let StatementKind::Query(statement) = &statement.kind else { continue };
        let mut names = Names::default();
        walk_query(statement, &mut names);
        found.extend(unknown_functions(catalog, &names.functions));
        // Branches of a template are read one after the other; what they name is not judged.
        if analysis.tags.is_empty() {
            found.extend(unknown_columns(&analysis, lookup, &names));
        }
    }
    found
}

fn unknown_tables(catalog: &Catalog<'_>, own: Option<&str>, sql: &str) -> Vec<Diagnostic> {
    let project = catalog.workspace().project();
    let is_known = |name: &str| {
        let base = name.strip_suffix("_quarantine").unwrap_or(name);
        catalog.table(own, name).is_some()
            || catalog.table(own, base).is_some()
            || SERVICE_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    };
    let unknown = table_uses(sql).into_iter().filter(|used| !is_known(&used.name));
    let finding = |name: &str, span: Span| {
        let datasources = project.datasources.iter().map(|resource| resource.full_name());
        let pipes = project.pipes.iter().map(|resource| resource.full_name());
        let known: Vec<String> =
            datasources.chain(pipes).chain(catalog.node_names().map(str::to_owned)).collect();
        let near = nearest(name, known.iter().map(String::as_str));
        let message = ["Resource '", name, "' not found"].concat();
        with_near(Diagnostic::error("project/unknown-table", span, message), near)
    };
    unknown.map(|used| finding(&used.name, used.span)).collect()
}

fn with_near(finding: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => finding.with_help(["Did you mean '", near, "'?"].concat()),
        None => finding,
    }
}

fn unknown_functions(catalog: &Catalog<'_>, used: &[(String, Span)]) -> Vec<Diagnostic> {
    let functions = catalog.workspace().functions();
    if !functions.is_loaded() {
        return Vec::new();
    }
    let is_unknown = |name: &str| {
        functions.find(name).is_none() && !SPECIAL.iter().any(|special| special.eq_ignore_ascii_case(name))
    };
    let unknown = used.iter().filter(|(name, _)| is_unknown(name)).take(MAX_NAMES);
    let finding = |(name, span): &(String, Span)| {
        let near = nearest(name, functions.all().iter().map(|function| function.name.as_str()));
        let message = ["There is no function '", name, "'"].concat();
        with_near(Diagnostic::warning("sql/unknown-function", *span, message), near)
    };
    unknown.map(finding).collect()
}

/// Names that no table of the query has. Not judged where the columns of any table are not known.
fn unknown_columns(analysis: &Analysis, lookup: Lookup<'_>, names: &Names) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    if names.used.is_empty() {
        return found;
    }
    let scopes = Scopes::of(analysis, lookup);
    for path in &names.used {
        if found.len() >= MAX_NAMES {
            break;
        }
        let Some(name) = path.last() else { continue };
        let is_all = name.name.eq_ignore_ascii_case("all");
        if is_all
            || names.given.contains(&name.name)
            || path.parts.first().is_some_and(|first| names.given.contains(&first.name))
        {
            continue;
        }
        let around = scopes.around(analysis, path.span.start as usize);
        let tables = || around.iter().flat_map(|level| level.tables.iter());
        let columns = || tables().flat_map(|table| table.columns.iter());
        if tables().next().is_none() || tables().any(|table| !table.is_known) {
            continue;
        }
        // A quoted name may hold the dot of a nested column.
        let first =
            path.parts.first().map_or("", |first| first.name.split('.').next().unwrap_or(&first.name));
        let nested = |name: &str| {
            let rest = |column: &str| {
                column.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            columns().any(|column| rest(&column.name))
        };
        let is_known = around.iter().any(|level| find_column(path, &level.tables).is_some());
        let is_qualifier = |table: &TableInScope| table.qualifier == first || table.name == first;
        let is_foreign = path.parts.len() > 1 && !tables().any(is_qualifier);
        if is_known || is_foreign || nested(first) || nested(&name.name) {
            continue;
        }
        let near = nearest(&name.name, columns().map(|column| column.name.as_str()));
        let mut told: Vec<&str> = Vec::new();
        for table in tables().filter(|table| !table.name.is_empty()) {
            if !told.contains(&table.name.as_str()) && told.len() < 3 {
                told.push(&table.name);
            }
        }
        let of = if told.is_empty() { String::new() } else { [" in ", &told.join(", ")].concat() };
        let message = ["There is no column '", &path.full_name(), "'", &of].concat();
        found.push(with_near(Diagnostic::warning("sql/unknown-column", name.span, message), near));
    }
    found
}

/// The names in a query.
#[derive(Default)]
struct Names {
    functions: Vec<(String, Span)>,
    used: Vec<Path>,
    /// Aliases, parameters of lambdas and whatever else the query itself names.
    given: HashSet<String>,
}

impl Visitor for Names {
    fn expr(&mut self, expr: &Expr) {
        self.given.extend(expr.alias.iter().map(|alias| alias.name.clone()));
        match &expr.kind {
            ExprKind::Identifier(path) => self.used.push(path.clone()),
            ExprKind::Function(function) => self.function(function),
            _ => {}
        }
    }

    fn table(&mut self, table: &TableExpr) {
        self.given.extend(table.columns.iter().map(|column| column.name.clone()));
        if let TableSource::Function(_) = &table.source {
            self.given.extend(table.alias.iter().map(|alias| alias.name.clone()));
        }
    }

    fn select(&mut self, select: &Select) {
        for item in select.with.iter().flat_map(|with| &with.items) {
            if let WithItem::Query { name, columns, .. } = item {
                self.given.insert(name.name.clone());
                self.given.extend(columns.iter().map(|column| column.name.clone()));
            }
        }
        for element in &select.from {
            if let TableElement::ArrayJoin(join) = element {
                let names = join.exprs.iter().filter_map(|expr| expr.as_identifier()?.last());
                self.given.extend(names.map(|name| name.name.clone()));
            }
        }
    }
}

impl Names {
    fn function(&mut self, function: &Function) {
        if let Some((parameters, _)) = function.as_lambda() {
            self.given.extend(parameters.into_iter().map(|name| name.name.clone()));
        }
        if function.syntax == Syntax::Call {
            self.functions.push((function.name.name.clone(), function.name.span));
        }
        // `x IN table`: the name is judged as a table.
        if function.operator().is_some_and(kinglet_parser::ast::Operator::is_in) {
            let set = function.arguments.get(1).and_then(Expr::as_identifier).and_then(Path::last);
            self.given.extend(set.map(|name| name.name.clone()));
        }
    }
}
