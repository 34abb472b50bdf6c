//! What must hold for a pipe as a whole.

use super::{Node, NodeKind, Pipe};
use crate::problem::Problem;
use crate::schedule::is_schedule;
use crate::text::shown;

const MATERIALIZED: [&str; 2] = ["datasource", "deployment_method"];
const COPY: [&str; 4] = ["target_datasource", "copy_schedule", "mode", "on_demand_compute"];
const KAFKA_SINK: [&str; 3] = ["export_connection_name", "export_kafka_topic", "export_schedule"];
const BUCKET_SINK: [&str; 8] = [
    "export_connection_name",
    "export_bucket_uri",
    "export_file_template",
    "export_schedule",
    "export_format",
    "export_compression",
    "export_strategy",
    "export_write_strategy",
];

/// The first thing that is wrong, in Tinybird's order.
pub(super) fn check(pipe: &Pipe) -> Option<Problem> {
    if pipe.nodes.is_empty() {
        let message = "Pipe data file must have at least one node";
        return Some(Problem::error("datafile/no-node", Default::default(), message));
    }
    let mut n_roles = 0;
    for node in &pipe.nodes {
        n_roles += usize::from(node.r#type.as_deref().is_some_and(|kind| !matches!(kind, "" | "standard")));
        if n_roles > 1 {
            let message = "Multiple non-standard nodes in pipe. There can only be one";
            return Some(Problem::error("datafile/several-roles", node.name_span, message));
        }
        if let Some(problem) = check_node(node) {
            return Some(problem);
        }
    }
    tokens(pipe)
}

fn tokens(pipe: &Pipe) -> Option<Problem> {
    let token = pipe.tokens.iter().find(|token| token.permission != "READ")?;
    let message = format!(
        "Invalid permission {} for token {}. Only READ is allowed for pipes",
        token.permission, token.name
    );
    Some(Problem::error("datafile/token-permission", token.span, message))
}

fn check_node(node: &Node) -> Option<Problem> {
    match node.kind() {
        NodeKind::Standard if is_unknown_type(node) => Some(unknown_type(node)),
        NodeKind::Standard => attributes(node, "Standard", &[]),
        NodeKind::Materialized => missing(node, "materialized", &["datasource"])
            .or_else(|| attributes(node, "Materialized", &MATERIALIZED)),
        NodeKind::Copy => missing(node, "copy", &["sql", "target_datasource"])
            .or_else(|| copy_values(node))
            .or_else(|| attributes(node, "Copy", &COPY)),
        NodeKind::Sink => sink(node),
        NodeKind::Endpoint | NodeKind::Stream => None,
    }
}

fn is_unknown_type(node: &Node) -> bool {
    node.r#type.as_deref().is_some_and(|kind| !matches!(kind, "" | "standard"))
}

fn error(node: &Node, parameter: &str, message: String) -> Problem {
    let span = node.params.setting(parameter).map_or(node.name_span, |setting| setting.span);
    Problem::error("datafile/node", span, message)
}

fn unknown_type(node: &Node) -> Problem {
    let message = format!(
        "Invalid node '{}' of type ({}). Allowed node types: {{'copy', 'endpoint', 'materialized', 'sink'}}",
        shown(&node.name),
        node.r#type.as_deref().unwrap_or("")
    );
    error(node, "type", message)
}

/// Parameters of the node besides its type.
fn names(node: &Node) -> impl Iterator<Item = &str> {
    node.params.iter().map(|setting| setting.name.as_str()).filter(|name| *name != "type")
}

fn attributes(node: &Node, kind: &str, allowed: &[&str]) -> Option<Problem> {
    let name = names(node).find(|name| !allowed.contains(name))?;
    let parameter = if name == "mode" { "copy_mode" } else { name };
    let message = format!("{kind} node {} has an invalid attribute ({parameter})", shown(&node.name));
    Some(error(node, name, message))
}

fn absent(node: &Node, required: &[&str]) -> Option<String> {
    let present =
        |name: &str| if name == "sql" { node.sql.is_some() } else { node.params.get(name).is_some() };
    let names: Vec<String> =
        required.iter().filter(|name| !present(name)).map(|name| format!("'{name}'")).collect();
    (!names.is_empty()).then(|| format!("[{}]", names.join(", ")))
}

fn missing(node: &Node, kind: &str, required: &[&str]) -> Option<Problem> {
    let names = absent(node, required)?;
    let message = format!(
        "Some {kind} node params have been provided, but the following required ones are missing: {names}"
    );
    Some(error(node, "type", message))
}

fn copy_values(node: &Node) -> Option<Problem> {
    let secret = "COPY_SCHEDULE does not support { tb_secret(...) }. Use a literal cron expression (for example \
        \"0 * * * *\") or @on-demand.";
    if node.params.get("mode").is_some_and(|mode| !matches!(mode, "" | "append" | "replace")) {
        return Some(error(node, "mode", "COPY node mode must be append or replace".to_owned()));
    }
    if let Some(schedule) = node.params.get("copy_schedule") {
        if mentions_secret(schedule) {
            return Some(error(node, "copy_schedule", secret.to_owned()));
        }
        if !schedule.is_empty() && !is_schedule(schedule) {
            let message = "COPY node schedule must be @on-demand or a valid cron expression.";
            return Some(error(node, "copy_schedule", message.to_owned()));
        }
    }
    let compute = node.params.get("on_demand_compute")?;
    if compute.is_empty() || truth(compute).is_some() {
        return None;
    }
    Some(error(node, "on_demand_compute", "ON_DEMAND_COMPUTE must be true or false".to_owned()))
}

fn mentions_secret(value: &str) -> bool {
    value.contains("tb_secret")
}

/// The meaning of a word for yes or no, in any case.
pub(crate) fn truth(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "y" | "yes" | "t" | "true" | "on" | "1" => Some(true),
        "n" | "no" | "f" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn sink(node: &Node) -> Option<Problem> {
    let name = shown(&node.name);
    let has = |parameter: &str| node.params.get(parameter).is_some();
    let fail = |parameter: &str, message: String| Some(error(node, parameter, message));
    if node.params.get("export_connection_name").is_none_or(str::is_empty) {
        let message = format!("Sink node {name} is missing required parameter 'export_connection_name'");
        return fail("type", message);
    }
    let kafka = has("export_kafka_topic");
    let bucket = has("export_bucket_uri") || has("export_file_template");
    match (kafka, bucket) {
        (true, true) => fail(
            "export_kafka_topic",
            format!(
                "Sink node {name} has mixed Kafka and S3/GCS parameters. Use either Kafka parameters \
                 (export_kafka_topic) or S3/GCS parameters (export_bucket_uri, export_file_template), not both."
            ),
        ),
        (false, false) => fail("type", sink_of_no_kind(node)),
        (true, false) => kafka_sink(node),
        (false, true) => bucket_sink(node),
    }
    .or_else(|| sink_schedule(node))
}

/// What is said of a sink that names neither a topic nor a bucket.
fn sink_of_no_kind(node: &Node) -> String {
    let name = shown(&node.name);
    let common = |name: &str| matches!(name, "export_connection_name" | "export_schedule");
    let other: Vec<String> = names(node)
        .filter(|name| name.starts_with("export_") && !common(name))
        .map(|name| format!("'{name}'"))
        .collect();
    if other.is_empty() {
        return format!(
            "Sink node {name} is missing required parameters. For Kafka sinks, provide 'export_kafka_topic'. For S3/GCS \
             sinks, provide 'export_bucket_uri' and 'export_file_template'."
        );
    }
    format!(
        "Sink node {name} has unrecognized export parameters: {{{}}}. For Kafka sinks, use 'export_kafka_topic'. For \
         S3/GCS sinks, use 'export_bucket_uri' and 'export_file_template'.",
        other.join(", ")
    )
}

fn kafka_sink(node: &Node) -> Option<Problem> {
    let name = shown(&node.name);
    if let Some(names) = absent(node, &["export_schedule", "sql"]) {
        let message = format!("Kafka sink node {name} is missing required parameters: {names}");
        return Some(error(node, "type", message));
    }
    let extra = names(node).find(|parameter| !KAFKA_SINK.contains(parameter))?;
    let message = format!(
        "Kafka sink node {name} has invalid parameter '{extra}'. Only export_kafka_topic, export_schedule, and \
         export_connection_name are allowed for Kafka sinks."
    );
    Some(error(node, extra, message))
}

fn bucket_sink(node: &Node) -> Option<Problem> {
    let name = shown(&node.name);
    let required = ["export_bucket_uri", "export_file_template", "export_schedule", "sql"];
    if let Some(names) = absent(node, &required) {
        let message = format!("S3/GCS sink node {name} is missing required parameters: {names}");
        return Some(error(node, "type", message));
    }
    let extra = names(node).find(|parameter| !BUCKET_SINK.contains(parameter))?;
    Some(error(node, extra, format!("S3/GCS sink node {name} has invalid parameter '{extra}'")))
}

fn sink_schedule(node: &Node) -> Option<Problem> {
    let name = shown(&node.name);
    let schedule = node.params.get("export_schedule").filter(|schedule| !schedule.is_empty())?;
    if mentions_secret(schedule) {
        let message = format!(
            "Sink node {name}: EXPORT_SCHEDULE does not support {{ tb_secret(...) }}. Use a literal cron \
             expression (for example \"0 * * * *\") or @on-demand."
        );
        return Some(error(node, "export_schedule", message));
    }
    if is_schedule(schedule) {
        return None;
    }
    let message = format!(
        "Sink node {name} has invalid export_schedule '{schedule}'. Must be @on-demand or a valid cron expression."
    );
    Some(error(node, "export_schedule", message))
}
