//! A project: its files as resources.

use std::collections::BTreeMap;

use kinglet_datafile::{
    Connection, Datasource, EndpointTest, Options, Parsed, Pipe, Problem, parse_connection, parse_datasource,
    parse_pipe,
};
use kinglet_diagnostic::Span;

use crate::include::expand;
use crate::name::name_objection;
use crate::node_query::NodeQueries;
use crate::origin::Origin;
use crate::path::{FileKind, file_name, normal_path, resource_name, vendor_workspace};
use crate::query::QueryOptions;
use crate::readers::{ReadQuery, Readers};
use crate::secrets::Secrets;

/// A resource and the file it is defined in.
#[derive(Clone, Debug)]
pub struct Resource<T> {
    /// Name of the resource, from the file's name.
    pub name: String,
    /// Path of the file.
    pub path: String,
    /// The workspace a vendored resource belongs to; it is read as `workspace.name`.
    pub workspace: Option<String>,
    /// The resource.
    pub value: T,
    /// The text it was read from: the file's, with includes in place and secrets filled in.
    pub text: String,
    /// Whether the file has no errors of its own.
    pub is_valid: bool,
    origin: Origin,
}

impl<T> Resource<T> {
    /// The file and the span in it that a span of the resource comes from: where the text was filled in
    /// for a tag, that of the tag.
    pub fn origin(&self, span: Span) -> (&str, Span) {
        let (path, span, _) = self.origin.place(&self.path, span);
        (path, span)
    }

    /// The file and the span in it where the very text of a span of the resource stands, if any.
    pub(crate) fn written(&self, span: Span) -> Option<(&str, Span)> {
        let (path, span, literal) = self.origin.place(&self.path, span);
        literal.then_some((path, span))
    }

    /// Whether queries read the resource by this name.
    pub fn is_called(&self, name: &str) -> bool {
        match &self.workspace {
            None => self.name == name,
            Some(workspace) => name
                .strip_prefix(workspace.as_str())
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| rest == self.name),
        }
    }

    /// The name by which queries read the resource.
    pub fn full_name(&self) -> String {
        match &self.workspace {
            Some(workspace) => format!("{workspace}.{}", self.name),
            None => self.name.clone(),
        }
    }
}

/// Rows for a data source, used by tests and by builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixture {
    /// The data source the rows are for, from the file's name.
    pub name: String,
    /// Path of the file.
    pub path: String,
}

/// A finding and the file it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// Path of the file.
    pub path: String,
    /// The finding; its span lies in that file.
    pub problem: Problem,
    /// The message as Tinybird prints it, quoting the source where Tinybird does.
    pub text: String,
}

/// What reading a project depends on besides its files.
#[derive(Clone, Debug, Default)]
pub struct ProjectOptions {
    /// Environment variables for `$NAME` in datafiles.
    pub environment: BTreeMap<String, String>,
    /// The workspace's secrets.
    pub secrets: Secrets,
    /// Whether secrets that are not known are let pass: tags stay as they are written. For editing.
    pub ignore_secrets: bool,
}

/// The resources of a project.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Data sources, by path.
    pub datasources: Vec<Resource<Datasource>>,
    /// Pipes, by path.
    pub pipes: Vec<Resource<Pipe>>,
    /// Connections, by path.
    pub connections: Vec<Resource<Connection>>,
    /// Endpoint tests; the name is the pipe's.
    pub tests: Vec<Resource<Vec<EndpointTest>>>,
    /// Fixtures, by path.
    pub fixtures: Vec<Fixture>,
    /// What was found in the files one by one and between them.
    pub problems: Vec<FileProblem>,
    pub(crate) queries: NodeQueries,
}

impl Project {
    /// Reads a project from its files, by path. Never fails: what is wrong is in the problems.
    pub fn load(files: &BTreeMap<String, String>, options: &ProjectOptions) -> Self {
        Self::load_with(files, options, &Readers::full())
    }

    /// Reads a project as [`load`](Self::load) does, for an editor: `read_query` says what a query reads
    /// and what is wrong with it, secrets stay as they are written, tests are looked at for mistakes alone.
    pub fn load_for_editing(files: &BTreeMap<String, String>, read_query: ReadQuery<'_>) -> Self {
        let options = ProjectOptions { ignore_secrets: true, ..ProjectOptions::default() };
        Self::load_with(files, &options, &Readers::for_editing(read_query))
    }

    fn load_with(files: &BTreeMap<String, String>, options: &ProjectOptions, readers: &Readers<'_>) -> Self {
        let mut project = Self::default();
        for path in files.keys() {
            project.add_file(path, files, options, readers);
        }
        project.check_names();
        let mut queries = QueryOptions { ignore_secrets: options.ignore_secrets, ..QueryOptions::default() };
        queries.secrets.extend(options.secrets.keys().cloned());
        project.read_queries(&queries, readers.query);
        crate::check::check(&mut project);
        project
    }

    /// Whether nothing stands against a deployment.
    pub fn is_valid(&self) -> bool {
        !self.problems.iter().any(|found| found.problem.is_error())
    }

    /// A data source of the project by the name queries read it by.
    pub fn datasource(&self, name: &str) -> Option<&Resource<Datasource>> {
        self.datasources.iter().find(|resource| resource.is_called(name))
    }

    /// A pipe of the project by name.
    pub fn pipe(&self, name: &str) -> Option<&Resource<Pipe>> {
        self.pipes.iter().find(|resource| resource.is_called(name))
    }

    /// A connection of the project by name.
    pub fn connection(&self, name: &str) -> Option<&Resource<Connection>> {
        self.connections.iter().find(|resource| resource.is_called(name))
    }

    fn add_file(
        &mut self,
        path: &str,
        files: &BTreeMap<String, String>,
        options: &ProjectOptions,
        readers: &Readers<'_>,
    ) {
        let secrets = (!options.ignore_secrets).then_some(&options.secrets);
        match FileKind::of(path) {
            FileKind::Datasource => {
                let read = self.read(path, files, (options, readers), secrets, parse_datasource);
                self.datasources.extend(read);
            }
            FileKind::Pipe => {
                let read = self.read(path, files, (options, readers), None, parse_pipe);
                self.pipes.extend(read);
            }
            FileKind::Connection => {
                let read = self.read(path, files, (options, readers), secrets, parse_connection);
                self.connections.extend(read);
            }
            FileKind::Test => {
                let parse = |text: &str, _: &Options| (readers.tests)(text);
                let read = self.read(path, files, (options, readers), None, parse);
                self.tests.extend(read);
            }
            FileKind::Fixture => {
                self.fixtures.push(Fixture { name: resource_name(path).to_owned(), path: path.to_owned() });
            }
            FileKind::Include | FileKind::Other => {}
        }
    }

    /// Reads one file: puts includes in place, fills in secrets, parses.
    fn read<T>(
        &mut self,
        path: &str,
        files: &BTreeMap<String, String>,
        (options, readers): (&ProjectOptions, &Readers<'_>),
        secrets: Option<&Secrets>,
        parse: impl Fn(&str, &Options) -> Parsed<T>,
    ) -> Option<Resource<T>> {
        let (text, origin, is_whole) = self.prepare(path, files, secrets, readers)?;
        let settings = Options {
            environment: options.environment.clone(),
            expand: readers.secrets.is_some(),
            ..Options::new(file_name(path))
        };
        let parsed = parse(&text, &settings);
        let resource = Resource {
            name: resource_name(path).to_owned(),
            path: path.to_owned(),
            workspace: vendor_workspace(path).map(str::to_owned),
            is_valid: is_whole && !parsed.has_errors(),
            value: parsed.value,
            text,
            origin,
        };
        for problem in parsed.problems {
            self.problems.push(located(&resource, problem));
        }
        Some(resource)
    }

    /// The text to parse, the way back to files, and whether includes and secrets were all found.
    fn prepare(
        &mut self,
        path: &str,
        files: &BTreeMap<String, String>,
        secrets: Option<&Secrets>,
        readers: &Readers<'_>,
    ) -> Option<(String, Origin, bool)> {
        let own = files.get(path)?;
        let mut expanded = expand(path, files);
        let mut problems = std::mem::take(&mut expanded.problems);
        let mut text = std::mem::take(&mut expanded.text);
        let mut origin = Origin::default();
        if text != *own {
            origin.included = Some(Box::new(expanded));
        }
        let filled = secrets.zip(readers.secrets);
        match filled.map(|(secrets, fill)| fill(&text, file_name(path), secrets)) {
            Some(Ok(Some((rendered, runs)))) => {
                text = rendered;
                origin.rendered = Some(runs);
            }
            Some(Err(problem)) => problems.push((path.to_owned(), problem)),
            _ => {}
        }
        let is_whole = problems.is_empty();
        for (path, problem) in problems {
            let text = problem.text(files.get(&path).map_or("", String::as_str));
            self.problems.push(FileProblem { path, problem, text });
        }
        Some((text, origin, is_whole))
    }

    fn check_names(&mut self) {
        let mut found = Vec::new();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let datasources = self.datasources.iter().map(|r| (r.full_name(), &r.name, &r.path));
        let pipes = self.pipes.iter().map(|r| (r.full_name(), &r.name, &r.path));
        for (full_name, name, path) in datasources.chain(pipes) {
            found.extend(name_problem(name, path));
            found.extend(taken_problem(&mut taken, full_name, path));
        }
        let mut taken = BTreeMap::new();
        for connection in &self.connections {
            found.extend(taken_problem(&mut taken, connection.full_name(), &connection.path));
        }
        self.problems.extend(found);
    }
}

/// A finding about a resource, its span moved to the file it is about.
pub(crate) fn located<T>(resource: &Resource<T>, mut problem: Problem) -> FileProblem {
    let text = problem.text(&resource.text);
    let (path, span) = resource.origin(problem.diagnostic.span);
    problem.diagnostic.span = span;
    FileProblem { path: path.to_owned(), problem, text }
}

/// A finding about a file as a whole.
pub(crate) fn whole_file(path: &str, code: &'static str, message: String) -> FileProblem {
    FileProblem {
        path: path.to_owned(),
        text: message.clone(),
        problem: Problem::error(code, Span::at(0), message),
    }
}

fn name_problem(name: &str, path: &str) -> Option<FileProblem> {
    let why = name_objection(name)?;
    Some(whole_file(path, "project/name", format!("'{name}' cannot be the name of a resource: {why}")))
}

fn taken_problem(taken: &mut BTreeMap<String, String>, name: String, path: &str) -> Option<FileProblem> {
    if let Some(other) = taken.get(&name) {
        let message = format!("'{name}' is defined twice, here and in {other}");
        return Some(whole_file(path, "project/duplicate", message));
    }
    taken.insert(name, path.to_owned());
    None
}

/// The files of a project under normal paths.
pub fn normal_files(files: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, String> {
    files.into_iter().map(|(path, text)| (normal_path(&path), text)).collect()
}
