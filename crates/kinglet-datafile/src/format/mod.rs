//! Formatting of datafiles: the usual order, indentation and quoting; comments stay.
//!
//! A file with errors is left alone. Formatting a formatted file changes nothing, and the resource that
//! is read from a formatted file is the one that was read before.

mod layout;
mod unit;
mod value;

use crate::connection::{self, parse_connection};
use crate::datasource::{self, parse_datasource};
use crate::options::Options;
use crate::pipe::{self, parse_pipe};
use layout::{FormatSql, Group, Piece, piece};
use unit::{Unit, units};

/// Order of the directives of a data source; `engine` stands for all engine options.
const DATASOURCE_ORDER: [&str; 7] = ["description", "token", "tags", "schema", "engine", "indexes", ""];

/// Order of the directives of a node.
const NODE_ORDER: [&str; 20] = [
    "node",
    "description",
    "sql",
    "type",
    "datasource",
    "deployment_method",
    "target_datasource",
    "copy_mode",
    "mode",
    "copy_schedule",
    "on_demand_compute",
    "export_connection_name",
    "export_schedule",
    "export_bucket_uri",
    "export_file_template",
    "export_format",
    "export_strategy",
    "export_write_strategy",
    "export_compression",
    "export_kafka_topic",
];

const PIPE_ORDER: [&str; 3] = ["description", "token", "tags"];
const CONNECTION_ORDER: [&str; 2] = ["description", "type"];

/// Order of the engine's options.
const ENGINE_ORDER: [&str; 12] = [
    "engine",
    "engine_partition_key",
    "engine_sorting_key",
    "engine_primary_key",
    "engine_sampling_key",
    "engine_ver",
    "engine_is_deleted",
    "engine_columns",
    "engine_sign",
    "engine_version",
    "engine_ttl",
    "engine_settings",
];

/// Formats a data source.
///
/// # Errors
/// The file has errors; the text must stay as it is.
pub fn format_datasource(text: &str) -> Result<String, String> {
    let parsed = parse_datasource(text, &as_written("x.datasource"));
    refuse_errors(parsed.first_error(), text)?;
    let (found, last) = units(text, datasource::is_directive);
    let found = ordered(found, |unit| {
        let engine = unit.name == "engine" || unit.name.starts_with("engine_");
        let name = if engine { "engine" } else { &unit.name };
        let late = usize::from(name == "shared_with") + 2 * usize::from(name == "forward_query");
        (rank(&DATASOURCE_ORDER, name), if engine { rank(&ENGINE_ORDER, &unit.name) } else { late })
    });
    Ok(joined(&found, false, &last, &|_| None))
}

/// Formats a connection.
///
/// # Errors
/// The file has errors; the text must stay as it is.
pub fn format_connection(text: &str) -> Result<String, String> {
    let parsed = parse_connection(text, &as_written("x.connection"));
    refuse_errors(parsed.first_error(), text)?;
    let (found, last) = units(text, connection::is_directive);
    let found = ordered(found, |unit| (rank(&CONNECTION_ORDER, &unit.name), 0));
    Ok(joined(&found, false, &last, &|_| None))
}

/// Formats a pipe. `format_sql` is given each query that has no `#` comments, templates with their `%`, and
/// answers with the formatted query or `None` to leave it.
///
/// # Errors
/// The file has errors; the text must stay as it is.
pub fn format_pipe(text: &str, format_sql: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let parsed = parse_pipe(text, &as_written("x.pipe"));
    refuse_errors(parsed.first_error(), text)?;
    let (found, last) = units(text, pipe::is_directive);
    let mut node = 0;
    let found = ordered(found, |unit| {
        node += usize::from(matches!(unit.name.as_str(), "node" | "scope"));
        // Tokens are the pipe's wherever they stand; tags of a node stay with it.
        let of_pipe = node == 0 || unit.name == "token";
        let order: &[&str] = if of_pipe { &PIPE_ORDER } else { &NODE_ORDER };
        let name = if unit.name == "scope" { "node" } else { &unit.name };
        (if of_pipe { 0 } else { node }, rank(order, name))
    });
    Ok(joined(&found, true, &last, format_sql))
}

/// The units by their keys; those of one key stay in their order.
fn ordered<'a>(units: Vec<Unit<'a>>, mut key: impl FnMut(&Unit<'a>) -> (usize, usize)) -> Vec<Unit<'a>> {
    let keyed: Vec<((usize, usize), Unit<'a>)> = units.into_iter().map(|unit| (key(&unit), unit)).collect();
    sorted(keyed)
}

/// Units mostly come in order, so each is put in its place: a sort would be the larger code.
fn sorted<'a>(keyed: Vec<((usize, usize), Unit<'a>)>) -> Vec<Unit<'a>> {
    let mut ordered: Vec<((usize, usize), Unit<'a>)> = Vec::with_capacity(keyed.len());
    for (key, unit) in keyed {
        let at = ordered.partition_point(|(known, _)| *known <= key);
        ordered.insert(at, (key, unit));
    }
    ordered.into_iter().map(|(_, unit)| unit).collect()
}

/// Values as they stand in the file.
fn as_written(file_name: &str) -> Options {
    Options { expand: false, ..Options::new(file_name) }
}

fn refuse_errors(error: Option<&crate::problem::Problem>, text: &str) -> Result<(), String> {
    error.map_or(Ok(()), |problem| Err(problem.text(text)))
}

/// Place of a directive in an order; directives that are not named come last.
fn rank(order: &[&str], name: &str) -> usize {
    order.iter().position(|known| *known == name).unwrap_or(order.len())
}

fn joined(units: &[Unit<'_>], in_pipe: bool, last_comments: &[&str], format_sql: FormatSql<'_>) -> String {
    let mut out = String::new();
    let mut before: Option<Group> = None;
    for unit in units {
        let Piece { group, text } = piece(unit, in_pipe, format_sql);
        let together = match (before, group) {
            (None, _) => true,
            (Some(Group::Node), next) => next != Group::Node,
            (Some(Group::Block), _) => false,
            (Some(last), next) => last == next && !matches!(next, Group::Node | Group::Block),
        };
        if !together {
            out.push('\n');
        }
        out.push_str(&text);
        out.push('\n');
        before = Some(group);
    }
    if !last_comments.is_empty() && before.is_some() {
        out.push('\n');
    }
    for comment in last_comments {
        out.push_str(&format!("{comment}\n"));
    }
    out
}
