//! Data sources as JSON. Both spellings of nested keys are there: lists and single
//! objects differ in Tinybird, and clients read either.

use super::time;
use kinglet_workspace::Workspace;
use kinglet_workspace::resource::{Datasource, TableColumn};
use serde_json::{Map, Value, json};

/// The document of a data source.
pub(crate) fn document(workspace: &Workspace, datasource: &Datasource) -> Value {
    let identity = workspace.identity(&datasource.name);
    let statistics = workspace.table_statistics(&datasource.name);
    let columns: Vec<Value> = datasource.columns.iter().map(column).collect();
    let kind = match identity.format.as_str() {
        "" if datasource.columns.iter().any(|column| column.path.is_some()) => "ndjson",
        "" => "csv",
        format => format,
    };
    json!({
        "id": identity.id,
        "name": datasource.name,
        "cluster": "kinglet",
        "tags": {},
        "created_at": time(identity.created_at),
        "updated_at": time(identity.updated_at),
        "replicated": false,
        "version": 0,
        "project": null,
        "headers": {},
        "shared_with": datasource.parsed.shared_with,
        "engine": engine(datasource),
        "description": datasource.parsed.description.clone().unwrap_or_default(),
        "used_by": used_by(workspace, datasource),
        "type": kind,
        "columns": columns,
        "schema": {
            "sql_schema": kinglet_workspace::resource::schema_sql(datasource),
            "columns": columns,
        },
        "indexes": [],
        "statistics": {"bytes": statistics.bytes, "row_count": statistics.rows},
        "new_columns_detected": {},
        "quarantine_rows": workspace.n_quarantined(&datasource.name),
        "errors_discarded_at": null,
    })
}

fn engine(datasource: &Datasource) -> Value {
    let mut engine = Map::new();
    engine.insert("engine".into(), datasource.engine.as_str().into());
    for name in ["sorting_key", "partition_key", "primary_key"] {
        let value = match (name, datasource.engine_option(name)) {
            ("primary_key", "") => datasource.engine_option("sorting_key"),
            (_, value) => value,
        };
        engine.insert(format!("engine_{name}"), value.into());
        engine.insert(name.into(), value.into());
    }
    for (name, value) in &datasource.engine_options {
        engine.entry(format!("engine_{name}")).or_insert_with(|| value.as_str().into());
        engine.entry(name.as_str()).or_insert_with(|| value.as_str().into());
    }
    engine.insert("engine_full".into(), datasource.engine_full.as_str().into());
    Value::Object(engine)
}

fn column(column: &TableColumn) -> Value {
    let full = column.ty.to_string();
    let inner = full.strip_prefix("Nullable(").and_then(|rest| rest.strip_suffix(')'));
    json!({
        "name": column.name,
        "type": inner.unwrap_or(&full),
        "codec": column.codec,
        "default_value": column.default.as_ref().map(|default| format!("DEFAULT {default}")),
        "jsonpath": column.path,
        "nullable": inner.is_some(),
        "normalized_name": column.name,
    })
}

/// Pipes that read a data source.
fn used_by(workspace: &Workspace, datasource: &Datasource) -> Vec<Value> {
    let project = workspace.project();
    let readers = project.pipes.values().filter(|pipe| {
        let mut nodes = pipe.nodes.iter();
        nodes.any(|node| node.dependencies.contains(&datasource.name))
    });
    readers.map(|pipe| json!({"id": workspace.identity(&pipe.name).id, "name": pipe.name})).collect()
}
