//! What must hold between the resources of a project.

use kinglet_datafile::{Column, Datasource, JsonPath, Node, Pipe, Problem, check_index, engine_clause};
use kinglet_diagnostic::{Severity, Span};

use crate::engine_key::unknown_columns;
use crate::graph::{Entity, Graph};
use crate::name::nearest;
use crate::project::{FileProblem, Project, Resource, located, whole_file};
use crate::query::query_problems;
use crate::reference::{CONNECTION_PARAMETERS, Reference, Target, target_parameter};

/// Adds to the project's problems what is wrong between its resources.
pub(crate) fn check(project: &mut Project) {
    let mut found = Vec::new();
    for datasource in project.datasources.iter().filter(|datasource| datasource.is_valid) {
        found.extend(table(&datasource.value).into_iter().map(|problem| located(datasource, problem)));
    }
    for pipe in &project.pipes {
        found.extend(node_names(pipe).into_iter().map(|problem| located(pipe, problem)));
        for node in &pipe.value.nodes {
            if pipe.is_valid
                && let Some(query) = project.query(pipe, node)
            {
                found.extend(
                    query_problems(node, &query.checked).into_iter().map(|problem| located(pipe, problem)),
                );
            }
            found.extend(tables(project, pipe, node).into_iter().map(|problem| located(pipe, problem)));
            found.extend(written(project, node).map(|problem| located(pipe, problem)));
            if pipe.is_valid {
                found.extend(trigger(project, pipe, node).map(|problem| located(pipe, problem)));
            }
        }
    }
    found.extend(connections(project));
    found.extend(tests_and_fixtures(project));
    found.extend(cycle(project));
    project.problems.extend(found);
}

/// What a table cannot be created with: the engine, indexes, columns named twice, paths that do not fit.
fn table(datasource: &Datasource) -> Vec<Problem> {
    let columns = &datasource.columns;
    let mut found: Vec<Problem> = datasource
        .engine
        .iter()
        .filter_map(|engine| Some((engine.span, engine_clause(engine, columns).err()?)))
        .map(|(span, message)| Problem::error("project/engine", span, message))
        .collect();
    found.extend(unknown_columns(datasource));
    for index in &datasource.indexes {
        let message = check_index(index, columns).err();
        found.extend(message.map(|message| Problem::error("project/index", index.span, message.trim_end())));
    }
    for (at, column) in columns.iter().enumerate() {
        if columns.iter().take(at).any(|other| other.name == column.name) {
            let message = format!("Column '{}' is defined twice", column.name);
            found.push(Problem::error("project/duplicate-column", column.name_span, message));
        }
        found.extend(path_problem(column));
    }
    found
}

/// A path that opens more or fewer arrays than the column's type has.
fn path_problem(column: &Column) -> Option<Problem> {
    let path = match JsonPath::parse(column.jsonpath.as_deref()?) {
        Ok(path) => path,
        Err(message) => return Some(Problem::warning("project/json-path", column.span, message)),
    };
    let depth = column.r#type.split("Array(").take_while(|before| before.is_empty()).count();
    let opened = path.array_depth();
    if opened <= depth {
        return None;
    }
    let message = format!(
        "The JSON path of column '{}' opens {opened} arrays, but its type is {}",
        column.name,
        column.full_type()
    );
    Some(Problem::error("project/json-path", column.span, message))
}

/// Two nodes of one name, and nodes named as a resource.
fn node_names(pipe: &Resource<Pipe>) -> Vec<Problem> {
    let nodes = &pipe.value.nodes;
    nodes
        .iter()
        .enumerate()
        .filter(|(at, node)| nodes.iter().take(*at).any(|other| other.name == node.name))
        .map(|(_, node)| {
            let message = format!("The pipe has two nodes named '{}'", node.name);
            Problem::error("project/duplicate-node", node.name_span, message)
        })
        .collect()
}

/// Tables that are not known, and nodes that read themselves. A table that is read only with certain
/// parameters is no error.
fn tables(project: &Project, pipe: &Resource<Pipe>, node: &Node) -> Vec<Problem> {
    let references = project.references(pipe, node);
    let problem = |found: &Reference| match &found.target {
        Target::Unknown(_) => {
            let mut problem = unknown_table(project, pipe, &found.name, found.span);
            if !found.always {
                problem.diagnostic.severity = Severity::Warning;
            }
            Some(problem)
        }
        Target::Node { node: read, .. } if *read == node.name => {
            let message = format!("Node '{}' reads itself", node.name);
            Some(Problem::error("project/self-reference", found.span, message))
        }
        _ => None,
    };
    references.iter().filter_map(problem).collect()
}

fn unknown_table(project: &Project, pipe: &Resource<Pipe>, name: &str, span: Span) -> Problem {
    let datasources = project.datasources.iter().map(Resource::full_name);
    let pipes = project.pipes.iter().map(Resource::full_name);
    let nodes = pipe.value.nodes.iter().map(|node| node.name.clone());
    let known: Vec<String> = datasources.chain(pipes).chain(nodes).collect();
    let problem = Problem::error("project/unknown-table", span, format!("Resource '{name}' not found"));
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => problem.with_hint(format!("Did you mean '{near}'?")),
        None => problem,
    }
}

/// A query that cannot be a materialization.
fn trigger(project: &Project, pipe: &Resource<Pipe>, node: &Node) -> Option<Problem> {
    let message = project.trigger(pipe, node).err()?;
    let span = node.sql.as_ref().map_or(node.name_span, |sql| sql.span);
    Some(Problem::error("project/materialization", span, message))
}

/// A target data source that is not known.
fn written(project: &Project, node: &Node) -> Option<Problem> {
    let parameter = target_parameter(node)?;
    let setting = node.params.setting(parameter)?;
    if project.datasource(&setting.value).is_some() {
        return None;
    }
    let message = format!("Data Source '{}', which node '{}' writes to, not found", setting.value, node.name);
    Some(Problem::error("project/unknown-target", setting.span, message))
}

fn connections(project: &Project) -> Vec<FileProblem> {
    let mut found = Vec::new();
    let unknown = |name: &str, span| {
        Problem::error("project/unknown-connection", span, format!("Connection '{name}' not found"))
    };
    for parameter in CONNECTION_PARAMETERS {
        for datasource in &project.datasources {
            let setting = datasource.value.settings.setting(parameter);
            if let Some(setting) = setting.filter(|setting| project.connection(&setting.value).is_none()) {
                found.push(located(datasource, unknown(&setting.value, setting.span)));
            }
        }
        for pipe in &project.pipes {
            let settings = pipe.value.nodes.iter().filter_map(|node| node.params.setting(parameter));
            for setting in settings.filter(|setting| project.connection(&setting.value).is_none()) {
                found.push(located(pipe, unknown(&setting.value, setting.span)));
            }
        }
    }
    found
}

/// Tests of pipes and fixtures of data sources that do not exist. Only warnings: they are skipped.
fn tests_and_fixtures(project: &Project) -> Vec<FileProblem> {
    let skipped = |path: &str, message: String| {
        let mut found = whole_file(path, "project/unused-file", message);
        found.problem = Problem::warning("project/unused-file", Span::at(0), found.text.clone());
        found
    };
    let tests = project.tests.iter().filter(|test| project.pipe(&test.name).is_none());
    let tests =
        tests.map(|test| skipped(&test.path, format!("All tests skipped ({}.pipe not found)", test.name)));
    let fixtures = project.fixtures.iter().filter(|fixture| {
        let base = fixture.name.rsplit_once('_').map_or("", |(base, _)| base);
        project.datasource(&fixture.name).is_none() && project.datasource(base).is_none()
    });
    let fixtures = fixtures.map(|fixture| {
        skipped(&fixture.path, format!("The fixture is not used: there is no data source '{}'", fixture.name))
    });
    tests.chain(fixtures).collect()
}

/// A cycle in the flow of data.
fn cycle(project: &Project) -> Option<FileProblem> {
    let entities = Graph::of(project).topological_order().err()?;
    if entities.len() < 2 {
        // A node that reads itself is reported where it does.
        return None;
    }
    let names: Vec<String> = entities.iter().map(|entity| format!("'{entity}'")).collect();
    let message = format!(
        "Circular dependencies exist among these items: {{{}}}. Each reads the one before it.",
        names.join(", ")
    );
    let pipe = entities.iter().find_map(|entity| match entity {
        Entity::Node { pipe, .. } => project.pipe(pipe),
        _ => None,
    })?;
    Some(whole_file(&pipe.path, "project/cycle", message))
}
