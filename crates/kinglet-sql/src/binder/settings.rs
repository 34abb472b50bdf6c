//! Settings of a query.

use std::collections::BTreeMap;

use kinglet_parser::ast::{Setting, SettingValue, Value};
use kinglet_types::{ErrorCode, Result, SqlError};

/// Settings that have an effect here.
const EFFECTIVE: &[&str] = &[
    "aggregate_functions_null_for_empty",
    "any_join_distinct_right_table_keys",
    "asterisk_include_alias_columns",
    "asterisk_include_materialized_columns",
    "cast_keep_nullable",
    "count_distinct_implementation",
    "enable_positional_arguments",
    "extremes",
    "final",
    "group_by_use_nulls",
    "join_default_strictness",
    "join_use_nulls",
    "limit",
    "max_execution_time",
    "max_memory_usage",
    "max_result_rows",
    "max_rows_to_read",
    "offset",
    "output_format_json_escape_forward_slashes",
    "output_format_json_named_tuples_as_objects",
    "output_format_json_quote_64bit_integers",
    "output_format_json_quote_denormals",
    "prefer_column_name_to_alias",
    "session_timezone",
    "transform_null_in",
    "union_default_mode",
];

/// Beginnings of the names of settings that ClickHouse has and that change no answer here.
const ACCEPTED: &[&str] = &[
    "allow_",
    "async_insert",
    "compile_",
    "connect_timeout",
    "date_time_",
    "distributed_",
    "empty_result_",
    "enable_",
    "fallback_",
    "force_",
    "format_",
    "function_",
    "group_by_",
    "input_format_",
    "insert_",
    "join_",
    "load_balancing",
    "local_",
    "log_",
    "low_cardinality_",
    "max_",
    "merge_tree_",
    "min_",
    "mutations_",
    "network_",
    "optimize_",
    "output_format_",
    "parallel_",
    "prefer_",
    "preferred_",
    "query_",
    "read_",
    "receive_timeout",
    "rewrite_",
    "send_",
    "short_circuit_",
    "skip_",
    "sort_",
    "table_function_",
    "timeout_",
    "totals_",
    "use_",
    "validate_",
    "wait_",
    "readonly",
    "apply_",
    "convert_",
    "decimal_",
    "do_not_",
    "exact_",
    "extract_",
    "flatten_",
    "geo",
    "http_",
    "idle_",
    "ignore_",
    "implicit_",
    "interval_",
    "materialize",
    "normalize_",
    "partial_",
    "postgresql_",
    "print_",
    "priority",
    "regexp_",
    "result_",
    "s3_",
    "select_",
    "schema_",
    "stream_",
    "throw_",
    "tcp_",
    "trace_",
    "update_",
    "workload",
    "analyze_",
    "analyzer_",
    "cross_",
    "cast_",
    "cloud_",
    "any_join",
    "asterisk_",
    "replication_",
    "database_",
    "dialect",
    "describe_",
    "default_",
    "count_",
    "aggregate_functions_",
    "aggregation_",
    "add_",
    "additional_",
    "async_",
    "background_",
    "backup_",
    "cancel_",
    "collect_",
    "data_type_",
    "deduplicate_",
    "final",
    "hedged_",
    "inject_",
    "into_outfile",
    "iceberg_",
    "kafka_",
    "keeper_",
    "legacy_",
    "lightweight_",
    "live_view",
    "lock_",
    "metrics_",
    "multiple_joins",
    "odbc_",
    "page_cache",
    "per_",
    "periodic_",
    "poll_",
    "pool_",
    "push_",
    "secondary_",
    "set_",
    "show_",
    "snappy_",
    "storage_",
    "temporary_",
    "transfer_",
    "transform_null_in",
    "traverse_",
    "union_",
    "unknown_",
    "stop_",
    "session_timezone",
    "joined_",
    "filesystem_",
    "formatdatetime_",
    "parsedatetime_",
    "mongodb_",
    "mysql_",
    "os_",
    "restore_",
    "remote_",
    "variant_",
    "dynamic_",
    "json_",
    "type_",
    "splitby_",
    "rows_",
    "stable_",
];

/// Names and values of settings; values are texts as a client sends them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    values: BTreeMap<String, String>,
}

impl Settings {
    pub(crate) fn new(values: &BTreeMap<String, String>) -> Result<Self> {
        let mut settings = Self::default();
        for (name, value) in values {
            settings.set(name, value.clone())?;
        }
        Ok(settings)
    }

    /// # Errors
    /// 115 for a setting that ClickHouse does not have.
    pub(crate) fn set(&mut self, name: &str, value: String) -> Result<()> {
        let known = EFFECTIVE.contains(&name) || ACCEPTED.iter().any(|prefix| name.starts_with(prefix));
        if !known {
            return Err(SqlError::new(ErrorCode::UNKNOWN_SETTING, format!("Unknown setting '{name}'")));
        }
        self.values.insert(name.to_owned(), value);
        Ok(())
    }

    /// Takes over the SETTINGS clause of a query.
    pub(crate) fn add(&mut self, list: &[Setting]) -> Result<()> {
        for setting in list {
            let value = match &setting.value {
                SettingValue::Literal(Value::UInt64(v)) => v.to_string(),
                SettingValue::Literal(Value::Int64(v)) => v.to_string(),
                SettingValue::Literal(Value::Float64(v)) => v.to_string(),
                SettingValue::Literal(Value::Bool(v)) => u8::from(*v).to_string(),
                SettingValue::Literal(Value::String(v)) => String::from_utf8_lossy(v).into_owned(),
                SettingValue::Implied => "1".to_owned(),
                _ => continue,
            };
            self.set(&setting.name.name, value).map_err(|error| error.at(setting.name.span))?;
        }
        Ok(())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        match self.text(name) {
            None => default,
            Some(text) => !matches!(text, "0" | "false" | ""),
        }
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.text(name).and_then(|text| text.parse().ok())
    }
}

impl Settings {
    /// All names and values.
    pub(crate) fn into_values(self) -> BTreeMap<String, String> {
        self.values
    }
}
