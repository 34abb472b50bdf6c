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
        "tinybird.hfi_requests" => format!(
            "SELECT timestamp AS event_time, '{workspace}' AS workspace_id, datasource_id,
                countIf(result = 'ok') AS successful_requests, countIf(result = 'error') AS error_requests,
                sum(ops.rows + ops.rows_quarantine) AS rows_total, sum(ops.rows) AS rows_successful,
                sum(ops.rows_quarantine) AS rows_quarantined, toUInt64(0) AS bytes_received,
                toUInt64(0) AS bytes_decompressed, sum(ops.written_rows) AS ch_written_rows,
                sum(ops.written_bytes) AS ch_written_bytes, toFloat32(sum(ops.cpu_time)) AS ch_cpu_time,
                toUInt8(0) AS rate_limited, CAST([], 'Array(String)') AS ips, CAST([], 'Array(String)') AS tokens
             FROM `{database}`.datasources_ops_log AS ops WHERE event_type = 'append-hfi'
             GROUP BY event_time, datasource_id"
        ),
        "tinybird.realtime_ingestion_mv" | "organization.realtime_ingestion_mv" => format!(
            "SELECT timestamp AS second_slot, CAST(event_type, 'LowCardinality(String)') AS type,
                '' AS organization_id, '{workspace}' AS workspace_id, datasource_id,
                sum(ops.written_bytes) / 1e6 AS total_mbps, min(ops.written_bytes) / 1e6 AS mbs_ingestion_block,
                min(toFloat64(elapsed_time)) AS flush_time
             FROM `{database}`.datasources_ops_log AS ops WHERE rows > 0
             GROUP BY second_slot, datasource_id, type"
        ),
        "organization.pipe_metrics_by_minute" => by_minute(
            &format!("`{database}`.pipe_stats_rt AS calls"),
            &format!("toStartOfMinute(start_datetime) AS minute_interval, pipe_name, '{workspace}' AS workspace_id"),
            &[("duration", "toFloat64(duration)"), ("cpu_time", "toFloat64(cpu_time)"), ("memory_usage", "0.")],
            "sum(calls.read_rows) AS total_read_rows, sum(calls.read_bytes) AS total_read_bytes,
                sum(calls.result_rows) AS total_result_rows, countIf(error = 1) AS error_count,
                countIf(status_code = 408) AS timeout_count, countIf(status_code = 429) AS rate_limit_count,
                countIf(status_code >= 500) AS error_500_count",
            "count() AS request_count",
        ),
        "organization.datasource_metrics_by_minute" => by_minute(
            &format!("`{database}`.datasources_ops_log AS ops"),
            &format!(
                "toStartOfMinute(timestamp) AS minute_interval, '{workspace}' AS workspace_id, datasource_name,
                    event_type, pipe_name"
            ),
            &[("elapsed_time", "toFloat64(elapsed_time)"), ("cpu_time", "toFloat64(cpu_time)"), ("memory_usage", "0.")],
            "sum(ops.read_rows) AS total_read_rows, sum(ops.read_bytes) AS total_read_bytes,
                sum(ops.written_rows) AS total_written_rows, sum(ops.written_bytes) AS total_written_bytes",
            "count() AS request_count, countIf(result = 'error') AS error_count",
        ),
        _ => return of_organization(name, database, workspace),
    })
}

/// A source with one row for each minute: `keys`, `counts`, then mean, greatest and quantiles of
/// each measure, then `sums`.
fn by_minute(from: &str, keys: &str, measures: &[(&str, &str)], sums: &str, counts: &str) -> String {
    let measures: Vec<String> = measures
        .iter()
        .map(|(name, value)| {
            format!(
                "avg({value}) AS avg_{name}, max({value}) AS max_{name},
                    quantiles(0.5, 0.9, 0.99)({value}) AS quantiles_05_09_099_{name}"
            )
        })
        .collect();
    let names: Vec<&str> = keys.split(',').filter_map(|key| key.split_whitespace().last()).collect();
    let (measures, names) = (measures.join(", "), names.join(", "));
    format!("SELECT {keys}, {counts}, {measures}, {sums} FROM {from} GROUP BY {names}")
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
