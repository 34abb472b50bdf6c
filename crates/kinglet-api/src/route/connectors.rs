//! `/v0/connectors`: the project's connections. Their texts may hold credentials, so they
//! are an admin's.

use crate::answer;
use crate::context::Context;
use crate::response::Response;
use kinglet_workspace::resource::Datasource;
use kinglet_workspace::{Error, Result};
use serde_json::{Value, json};

/// `GET /v0/connectors?service=`, with the data sources that use each.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.caller()?;
    let project = caller.workspace.project();
    let wanted = context.query.get("service").filter(|service| !service.is_empty());
    let linkers = |name: &str| -> Vec<Value> {
        let uses = |found: &&std::sync::Arc<Datasource>| {
            let setting = |key: &str| found.parsed.settings.get(key) == Some(name);
            setting("import_connection_name") || setting("kafka_connection_name")
        };
        let linker = |found: &std::sync::Arc<Datasource>| json!({"datasource_id": caller.workspace.identity(&found.name).id, "datasource_name": found.name});
        project.datasources.values().filter(uses).map(linker).collect()
    };
    let document = |name: &String| {
        let service = caller.workspace.connection_type(name).unwrap_or_default();
        json!({"id": name, "name": name, "service": service, "settings": {}, "linkers": linkers(name)})
    };
    let documents = project.connections.keys().map(document);
    let documents: Vec<Value> =
        documents.filter(|one| wanted.is_none_or(|service| one["service"] == service)).collect();
    Ok(answer::json(200, &json!({"connectors": documents})))
}

/// `GET /v0/connectors/<name>.connection?include_metadata=`: the datafile, as it is or in a
/// document.
pub(crate) async fn file(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let (name, project) = (context.capture("name"), caller.workspace.project());
    let text = project.connections.get(name).and_then(|path| project.files.get(path));
    let text = text.ok_or_else(|| Error::not_found(format!("The connection '{name}' does not exist")))?;
    if context.query.flag("include_metadata") {
        return Ok(answer::json(200, &json!({"content": text, "warnings": []})));
    }
    Ok(answer::file(text.clone()))
}
