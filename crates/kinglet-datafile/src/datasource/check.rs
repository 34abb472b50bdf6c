//! What must hold for a data source as a whole.

use super::Datasource;
use crate::column::Column;
use crate::engine::Engine;
use crate::problem::Problem;
use crate::sorting_key::{aggregate_call, sorting_key_columns};

/// The first thing that is wrong, in Tinybird's order.
pub(super) fn check(datasource: &Datasource, has_schema: bool) -> Option<Problem> {
    if !has_schema {
        return Some(Problem::error("datafile/no-schema", Default::default(), "SCHEMA is mandatory"));
    }
    sorting_key(datasource).or_else(|| connections(datasource))
}

fn sorting_key(datasource: &Datasource) -> Option<Problem> {
    let engine = datasource.engine.as_ref()?;
    let key = engine.args.iter().find(|argument| argument.name == "sorting_key")?;
    let text = key.value.trim();
    if text.is_empty() || text == "tuple()" {
        return None;
    }
    let error = |message: String| Some(Problem::error("datafile/sorting-key", key.span, message));
    if let Some(version) = version_in_key(engine, text) {
        return error(format!(
            "ENGINE_VER column '{version}' cannot be included in the sorting key for ReplacingMergeTree. Including \
             the version column in the sorting key prevents deduplication because rows with different versions \
             will have different sorting keys and won't be considered duplicates. The sorting key should define \
             the record identity (what makes it unique), while ENGINE_VER tracks which version to keep."
        ));
    }
    if let Some(call) = aggregate_call(text) {
        return error(format!(
            "Sorting key contains aggregate function expression '{call}'. Aggregate function expressions cannot be \
             used in sorting keys."
        ));
    }
    let mentioned = sorting_key_columns(text);
    let columns = mentioned.iter().filter_map(|name| datasource.columns.iter().find(|c| c.name == *name));
    for column in columns {
        if let Some(message) = unfit(column) {
            return error(message);
        }
    }
    None
}

fn version_in_key<'a>(engine: &'a Engine, key: &str) -> Option<&'a str> {
    if engine.r#type.as_deref() != Some("ReplacingMergeTree") {
        return None;
    }
    engine.argument("ver").filter(|version| !version.is_empty() && key.contains(version))
}

fn unfit(column: &Column) -> Option<String> {
    let name = &column.name;
    if column.nullable || column.r#type.contains("Nullable(") {
        return Some(format!(
            "Sorting key contains nullable column '{name}'. Nullable columns cannot be used in sorting keys."
        ));
    }
    column.r#type.contains("AggregateFunction").then(|| {
        format!(
            "Sorting key contains column '{name}' with AggregateFunction type. AggregateFunction columns cannot be \
             used in sorting keys."
        )
    })
}

// In the order in which missing ones are named.
const KAFKA: [&str; 3] = ["kafka_connection_name", "kafka_group_id", "kafka_topic"];
const DYNAMODB: [&str; 2] = ["import_table_arn", "import_export_bucket"];
const DYNAMODB_REQUIRED: [&str; 3] = ["import_connection_name", "import_export_bucket", "import_table_arn"];
const BUCKET: [&str; 3] = ["import_bucket_uri", "import_connection_name", "import_schedule"];
const BUCKET_OPTIONS: [&str; 2] = ["import_format", "import_from_timestamp"];
const POSTGRES: [&str; 2] = ["pg_connection_name", "pg_table"];
const SCHEDULES: [&str; 3] = ["@auto", "@on-demand", "@once"];

fn connections(datasource: &Datasource) -> Option<Problem> {
    let given = |names: &[&str]| names.iter().any(|name| datasource.settings.get(name).is_some());
    if given(&KAFKA) {
        let missing = missing(datasource, &KAFKA, "Kafka").or_else(|| empty_group(datasource));
        if missing.is_some() {
            return missing;
        }
    }
    if given(&DYNAMODB) {
        return missing(datasource, &DYNAMODB_REQUIRED, "DynamoDB");
    }
    if given(&BUCKET) || given(&BUCKET_OPTIONS) {
        let found = missing(datasource, &BUCKET, "connection").or_else(|| schedule(datasource));
        if found.is_some() {
            return found;
        }
    }
    if given(&POSTGRES) { missing(datasource, &POSTGRES, "Postgres") } else { None }
}

fn missing(datasource: &Datasource, required: &[&str], what: &str) -> Option<Problem> {
    let settings = &datasource.settings;
    let absent: Vec<String> =
        required.iter().filter(|name| settings.get(name).is_none()).map(|name| format!("'{name}'")).collect();
    if absent.is_empty() {
        return None;
    }
    let message = format!(
        "Some {what} params have been provided, but the following required ones are missing: [{}]",
        absent.join(", ")
    );
    let span =
        required.iter().find_map(|name| settings.setting(name)).map_or_else(Default::default, |s| s.span);
    Some(Problem::error("datafile/missing-parameters", span, message))
}

fn empty_group(datasource: &Datasource) -> Option<Problem> {
    let group =
        datasource.settings.setting("kafka_group_id").filter(|group| group.value.trim().is_empty())?;
    Some(Problem::error("datafile/value", group.span, "KAFKA_GROUP_ID cannot be empty"))
}

fn schedule(datasource: &Datasource) -> Option<Problem> {
    let schedule = datasource.settings.setting("import_schedule")?;
    if SCHEDULES.contains(&schedule.value.as_str()) {
        return None;
    }
    let words: Vec<String> = SCHEDULES.iter().map(|word| format!("'{word}'")).collect();
    let message = format!(
        "Invalid import schedule '{}'. Only [{}] values are allowed",
        schedule.value,
        words.join(", ")
    );
    Some(Problem::error("datafile/schedule", schedule.span, message))
}
