//! Service data sources that follow from others, as queries.

use super::columns;

/// The query of a derived source; `database` is how `tinybird` is written there, and
/// `workspace` the workspace's id.
pub(crate) fn query(name: &str, database: &str, workspace: &str) -> Option<String> {
    Some(match name {
        "tinybird.pipe_stats" => format!(
            "SELECT toStartOfDay(start_datetime) AS date, pipe_id, pipe_name,
                avgState(duration) AS avg_duration_state, countIf(error = 1) AS error_count, count() AS view_count,
                quantilesState(0.9, 0.95, 0.99)(toFloat64(duration)) AS quantile_timing_state,
                sum(read_bytes) AS read_bytes_sum, sum(read_rows) AS read_rows_sum,
                sum(toFloat64(cpu_time)) AS cpu_time_sum, CAST([], 'Array(String)') AS resource_tags
             FROM `{database}`.pipe_stats_rt GROUP BY date, pipe_id, pipe_name"
        ),
        "tinybird.datasources_ops_stats" => format!(
            "SELECT toStartOfDay(timestamp) AS event_date, datasource_id, datasource_name,
                CAST(event_type, 'LowCardinality(String)') AS event_type, pipe_id, pipe_name,
                countIf(result = 'error') AS error_count, count() AS executions,
                avgState(elapsed_time) AS avg_elapsed_time_state,
                quantilesState(0.9, 0.95, 0.99)(toFloat64(elapsed_time)) AS quantiles_state,
                sum(ops.read_rows) AS read_rows, sum(ops.read_bytes) AS read_bytes,
                sum(ops.written_rows) AS written_rows, sum(ops.written_bytes) AS written_bytes,
                sum(ops.written_rows_quarantine) AS written_rows_quarantine,
                sum(ops.written_bytes_quarantine) AS written_bytes_quarantine,
                sum(toFloat64(ops.cpu_time)) AS cpu_time, CAST([], 'Array(String)') AS resource_tags
             FROM `{database}`.datasources_ops_log AS ops
             GROUP BY event_date, datasource_id, datasource_name, event_type, pipe_id, pipe_name"
        ),
        _ => return of_organization(name, database, workspace),
    })
}

/// The organization's view of a workspace's source: the same rows, with the workspace.
fn of_organization(name: &str, database: &str, workspace: &str) -> Option<String> {
    let table = name.strip_prefix("organization.")?;
    let theirs = columns(&format!("tinybird.{table}"))?;
    let column = |(name, ty): (&str, &str)| {
        let found = theirs.iter().find(|(known, _)| *known == name);
        match found {
            Some((_, known)) if *known == ty => format!("`{name}`"),
            Some((_, known)) if ty.starts_with("Array(") && !known.starts_with("Array(") => {
                format!("CAST([], '{ty}') AS `{name}`")
            }
            Some(_) => format!("CAST(`{name}`, '{ty}') AS `{name}`"),
            None if name == "workspace_id" => format!("'{workspace}' AS workspace_id"),
            None => format!("CAST('', '{ty}') AS `{name}`"),
        }
    };
    let columns: Vec<String> = columns(name)?.into_iter().map(column).collect();
    Some(format!("SELECT {} FROM `{database}`.{table}", columns.join(", ")))
}
