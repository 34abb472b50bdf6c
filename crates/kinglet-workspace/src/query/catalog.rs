//! What the names in a query stand for: data sources, nodes, pipes, and `_`.

use super::names::{Mark, Marked};
use super::origin::{Origin, Source};
use super::table::{BlockTable, StoredTable};
use crate::error::{Error, ErrorPlace};
use crate::resource::{Node, Pipe, Project};
use crate::service::{ServiceTable, derived};
use crate::token::{Access, Scope};
use crate::workspace::Workspace;
use kinglet_diagnostic::Span;
use kinglet_sql::{Catalog, Table, TableRef};
use kinglet_storage::Snapshot;
use kinglet_template::{Context, SourceMap, Value};
use send_wrapper::SendWrapper;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// The tables of one query. Nodes are rendered when they are reached, with the query's
/// parameters; nodes that it does not reach are never rendered.
pub(crate) struct QueryCatalog {
    project: Arc<Project>,
    snapshot: Snapshot,
    /// Parameters of templates.
    context: Context,
    /// Who asks; `None` where everything may be read.
    access: Option<Access>,
    mark: Mark,
    /// What `_` stands for.
    underscore: Option<String>,
    /// The pipe whose nodes the query itself may name.
    scope: Option<Arc<Pipe>>,
    /// Tables that hide data sources: the block that a materialized view sees.
    blocks: Vec<(String, Arc<dyn Table>)>,
    /// Whose service data sources are read.
    workspace: Option<SendWrapper<Rc<Workspace>>>,
    /// Databases that hold the workspace's own tables; the first is the one that is shown.
    databases: Vec<String>,
    /// The first failure of a template, unknown name, or refusal.
    fault: Mutex<Option<Error>>,
    /// The text that the query is a part of, and where it starts there.
    whole: Option<(String, usize)>,
    /// Queries and where they were written.
    origins: Mutex<Vec<Origin>>,
    /// The first place in a view's query that cannot be bound.
    failed: Mutex<Option<ErrorPlace>>,
}

impl QueryCatalog {
    /// The catalog of a query that may read everything.
    pub(crate) fn new(project: Arc<Project>, snapshot: Snapshot, context: Context) -> QueryCatalog {
        let mut mark = Mark::default();
        mark.share(project.vendored.keys().map(|(workspace, _)| workspace.clone()).collect());
        QueryCatalog {
            project,
            snapshot,
            context,
            access: None,
            mark,
            underscore: None,
            scope: None,
            blocks: Vec::new(),
            workspace: None,
            databases: Vec::new(),
            fault: Mutex::new(None),
            whole: None,
            origins: Mutex::new(Vec::new()),
            failed: Mutex::new(None),
        }
    }

    /// Notes the query that was sent, `sql` being what it rendered to.
    pub(crate) fn set_sent(&mut self, sent: &str, sql: &str, map: Option<SourceMap>) {
        let source = Source::Sent(sent.to_owned());
        self.note(Origin { bound: sql.to_owned(), edits: Vec::new(), map, source });
    }

    /// The query that is bound is the part of `sql` from `start` on.
    pub(crate) fn set_whole(&mut self, sql: &str, start: usize) {
        self.whole = Some((sql.to_owned(), start));
    }

    fn note(&self, origin: Origin) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if origins.iter().all(|known| known.bound != origin.bound) {
            origins.push(origin);
        }
    }

    fn place(&self, sql: &str, place: Span) -> Option<ErrorPlace> {
        let origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        origins.iter().find(|known| known.bound == sql)?.place(place, &self.project)
    }

    /// The error of a query that was bound, with the place where its text was written.
    pub(crate) fn located(&self, error: Error, sql: &str) -> Error {
        match &self.whole {
            Some((whole, start)) => self.placed(error, whole, *start),
            None => self.placed(error, sql, 0),
        }
    }

    /// The error with the place where its text was written, `start` being where the query that was bound starts
    /// in `sql`.
    pub(crate) fn placed(&self, error: Error, sql: &str, start: usize) -> Error {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        let inside = failed.filter(|_| error.message().starts_with("[Error] In "));
        let place = inside.or_else(|| self.place(sql, error.span()?.shifted(start)));
        error.with_place(place)
    }

    /// Lets service data sources tell what happens in a workspace.
    pub(crate) fn serve(&mut self, workspace: &Rc<Workspace>) {
        self.mark.share(workspace.sharing_workspaces());
        self.workspace = Some(SendWrapper::new(workspace.clone()));
    }

    /// Lets tables be named as those of these databases, and be listed as those of the first.
    pub(crate) fn name_databases(&mut self, databases: Vec<String>) {
        self.databases = databases;
    }

    /// Lets the query itself read only what `access` reaches; nodes read what they need.
    /// `secret` is a text that the caller cannot guess.
    pub(crate) fn restrict(&mut self, access: &Access, secret: String) {
        if !access.is_admin() {
            self.access = Some(access.clone());
            self.mark = std::mem::take(&mut self.mark).with_secret(secret);
        }
    }

    /// Lets `_` stand for a rendered query, and the query name the nodes of its pipe.
    pub(crate) fn set_underscore(&mut self, sql: String, pipe: Arc<Pipe>) {
        self.underscore = Some(sql);
        self.scope = Some(pipe);
    }

    /// Lets rows at hand stand for a data source.
    pub(crate) fn add_block(&mut self, name: &str, rows: Arc<dyn Table>) {
        self.blocks.push((name.to_owned(), rows));
    }

    /// What went wrong with a template or a name, and stands behind an engine's error.
    pub(crate) fn take_fault(&self) -> Option<Error> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn blame(&self, error: Error) {
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.get_or_insert(error);
    }

    /// The query of a node, rendered, with the tables it reads qualified.
    pub(crate) fn rendered(&self, pipe: &Pipe, node: &Node) -> Result<String, Error> {
        let (sql, map) = match &node.template {
            None => (node.sql.clone(), None),
            Some(template) => {
                let mut context = Context { node: Some(node.name.clone()), ..self.context.clone() };
                let fixed = self.access.as_ref().map_or(&[][..], |access| access.fixed_params(&pipe.name));
                for (name, value) in fixed {
                    context.variables.insert(name.clone(), Value::String(value.clone()));
                }
                let rendered = template.render(&context).map_err(Error::from)?;
                (rendered.sql, Some(rendered.source_map))
            }
        };
        let (bound, edits) = self.mark.qualify(&sql, pipe, Some(&node.name));
        let source = Source::Node { pipe: pipe.name.clone(), node: node.name.clone() };
        self.note(Origin { bound: bound.clone(), edits, map, source });
        Ok(bound)
    }

    fn view(&self, pipe: &Pipe, node: &Node) -> Option<TableRef> {
        match self.rendered(pipe, node) {
            Ok(sql) => Some(TableRef::View { sql }),
            Err(error) => {
                self.blame(error);
                None
            }
        }
    }

    fn find(&self, database: Option<&str>, name: &str) -> Option<TableRef> {
        if let Some(database) = database.filter(|database| !self.databases.iter().any(|own| own == database))
        {
            if let Some((database, trusted)) = self.mark.read_service(database) {
                return self.service(database, name, trusted);
            }
            if let Some((origin, trusted)) = self.mark.read_shared(database) {
                return self.shared(origin, name, trusted);
            }
            return match self.mark.read(database) {
                Marked::Node(pipe) => {
                    let pipe = self.project.pipes.get(pipe)?;
                    self.view(pipe, pipe.node(name)?)
                }
                Marked::Trusted => self.resource(name),
                Marked::Foreign => None,
            };
        }
        if name == "_"
            && let Some(sql) = &self.underscore
        {
            return Some(TableRef::View { sql: sql.clone() });
        }
        if let Some(pipe) = &self.scope
            && let Some(node) = pipe.node(name)
        {
            return self.view(pipe, node);
        }
        self.check_access(name)?;
        match self.access.as_ref().and_then(|access| access.row_filter(name)) {
            Some(filter) => Some(TableRef::View { sql: self.mark.filtered(name, filter) }),
            None => self.resource(name),
        }
    }

    /// A data source, or the published node of a pipe.
    fn resource(&self, name: &str) -> Option<TableRef> {
        if let Some((_, table)) = self.blocks.iter().find(|(known, _)| known == name) {
            return Some(TableRef::Table(table.clone()));
        }
        if let Some(datasource) = self.project.datasources.get(name) {
            let table = StoredTable::new(self.snapshot.clone(), datasource.clone());
            return Some(TableRef::Table(Arc::new(table)));
        }
        if let Some(pipe) = self.project.pipes.get(name) {
            return self.view(pipe, pipe.published()?);
        }
        self.quarantine(name)
    }

    /// A data source that another workspace shares with this one; an empty one while the
    /// project only has a copy of its file.
    fn shared(&self, origin: &str, name: &str, trusted: bool) -> Option<TableRef> {
        let full = format!("{origin}.{name}");
        if !trusted && !self.access.as_ref().is_none_or(|access| access.may_read_datasource(&full)) {
            self.blame(Error::forbidden(format!(
                "The token does not have the scope DATASOURCES:READ:{full}, or there is no resource '{full}'"
            )));
            return None;
        }
        let theirs =
            self.workspace.as_deref().and_then(|workspace| workspace.shared_datasource(origin, name));
        if let Some((owner, datasource)) = theirs {
            let snapshot = owner.snapshot().map_err(|error| self.blame(error)).ok()?;
            return Some(TableRef::Table(Arc::new(StoredTable::new(snapshot, datasource))));
        }
        let vendored = self.project.vendored.get(&(origin.to_owned(), name.to_owned()))?;
        Some(TableRef::Table(Arc::new(BlockTable::new(vendored, Vec::new()))))
    }

    /// A service data source.
    fn service(&self, database: &str, name: &str, trusted: bool) -> Option<TableRef> {
        let scope = if database == "tinybird" { Scope::WorkspaceReadAll } else { Scope::OrgDatasourcesRead };
        if !trusted && !self.access.as_ref().is_none_or(|access| access.may(scope)) {
            let scope = scope.text();
            self.blame(Error::forbidden(format!(
                "The token does not have the scope {scope}, which {database}.{name} needs"
            )));
            return None;
        }
        let full = format!("{database}.{name}");
        let workspace = self.workspace.as_deref();
        let id = workspace.map(|workspace| workspace.id()).unwrap_or_default();
        if let Some(sql) = derived::query(&full, &self.mark.service_database("tinybird"), id) {
            return Some(TableRef::View { sql });
        }
        let table = ServiceTable::new(&full, &self.snapshot, workspace.map(|workspace| &**workspace))?;
        Some(TableRef::Table(Arc::new(table)))
    }

    /// The quarantine of a data source, empty where no row was ever refused.
    fn quarantine(&self, name: &str) -> Option<TableRef> {
        let owner = self.project.datasources.get(name.strip_suffix("_quarantine")?)?;
        let quarantine = owner.quarantine()?;
        let table: Arc<dyn Table> = match self.snapshot.table(name) {
            Some(_) => Arc::new(StoredTable::new(self.snapshot.clone(), quarantine)),
            None => Arc::new(BlockTable::new(&quarantine, Vec::new())),
        };
        Some(TableRef::Table(table))
    }

    /// `None`, with the blame, when the caller may not read the resource.
    fn check_access(&self, name: &str) -> Option<()> {
        let Some(access) = &self.access else {
            return Some(());
        };
        let is_pipe = self.project.pipes.contains_key(name);
        let may_read = if is_pipe { access.may_read_pipe(name) } else { access.may_read_datasource(name) };
        if !may_read {
            let scope = if is_pipe { "PIPES:READ" } else { "DATASOURCES:READ" };
            self.blame(Error::forbidden(format!(
                "The token does not have the scope {scope}:{name}, or there is no resource '{name}'"
            )));
        }
        may_read.then_some(())
    }
}

impl Catalog for QueryCatalog {
    fn resolve(&self, database: Option<&str>, name: &str) -> Option<TableRef> {
        let found = self.find(database, name);
        if found.is_none() && !database.is_some_and(|database| database.eq_ignore_ascii_case("system")) {
            let full = match database.map(|database| (database, self.mark.read(database))) {
                Some((database, Marked::Foreign)) => format!("{database}.{name}"),
                Some((_, Marked::Node(pipe))) => format!("{pipe}.{name}"),
                Some((_, Marked::Trusted)) | None => name.to_owned(),
            };
            self.blame(Error::invalid(format!("Resource '{full}' not found")).with_code(60));
        }
        found
    }

    fn failed_view(&self, sql: &str, place: Span) {
        let place = self.place(sql, place);
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_none() {
            *failed = place;
        }
    }

    fn names(&self) -> Vec<(String, String)> {
        let readable =
            |name: &&String| self.access.as_ref().is_none_or(|access| access.may_read_datasource(name));
        let database = self.databases.first().map_or("default", String::as_str);
        let names = self.project.datasources.keys().filter(readable);
        names.map(|name| (database.to_owned(), name.clone())).collect()
    }
}
