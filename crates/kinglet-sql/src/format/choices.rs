//! What settings say about formats.

use kinglet_types::{ErrorCode, Result, SqlError};

use crate::Environment;

/// How CustomSeparated writes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escaping {
    Escaped,
    Quoted,
    Csv,
    Json,
    Xml,
    Raw,
}

/// The delimiters of CustomSeparated.
#[derive(Clone, Debug)]
pub(super) struct Custom {
    pub(super) escaping: Escaping,
    pub(super) field: String,
    pub(super) row_before: String,
    pub(super) row_after: String,
    pub(super) row_between: String,
    pub(super) result_before: String,
    pub(super) result_after: String,
}

/// Settings of formats.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    /// `format_csv_delimiter`
    pub(super) csv_delimiter: u8,
    /// `output_format_csv_serialize_tuple_into_separate_columns`
    pub(super) csv_tuples: bool,
    /// `output_format_csv_crlf_end_of_line`
    pub(super) csv_crlf: bool,
    /// `output_format_tsv_crlf_end_of_line`
    pub(super) tsv_crlf: bool,
    /// `output_format_json_array_of_rows`
    pub(super) array_of_rows: bool,
    /// `output_format_write_statistics`
    pub(super) statistics: bool,
    /// `format_json_object_each_row_column_for_object_name`
    pub(super) object_name: String,
    /// `output_format_values_escape_quote_with_quote`
    pub(super) doubled_quotes: bool,
    /// `output_format_markdown_escape_special_characters`
    pub(super) markdown_escapes: bool,
    /// `output_format_sql_insert_table_name`
    pub(super) insert_table: String,
    /// `output_format_sql_insert_max_batch_size`
    pub(super) insert_rows: u64,
    /// `output_format_sql_insert_include_column_names`
    pub(super) insert_names: bool,
    /// `output_format_sql_insert_quote_names`
    pub(super) insert_quotes: bool,
    /// `output_format_sql_insert_use_replace`
    pub(super) insert_replaces: bool,
    /// `output_format_pretty_row_numbers`
    pub(super) row_numbers: bool,
    /// `output_format_pretty_max_rows`
    pub(super) max_rows: usize,
    /// `output_format_pretty_color`
    pub(super) color: bool,
    /// `output_format_pretty_grid_charset`
    pub(super) ascii: bool,
    /// `output_format_pretty_max_value_width`
    pub(super) max_width: usize,
    /// `output_format_pretty_max_value_width_apply_for_single_value`
    pub(super) single_max_width: bool,
    /// `output_format_pretty_single_large_number_tip_threshold`; no tip at 0.
    pub(super) tip_threshold: f64,
    /// `output_format_pretty_display_footer_column_names`
    pub(super) footer_names: bool,
    /// `output_format_pretty_display_footer_column_names_min_rows`
    pub(super) footer_rows: usize,
    pub(super) custom: Custom,
}

impl Choices {
    pub(super) fn of(environment: &Environment) -> Self {
        let text = |name: &str, default: &str| environment.setting(name).unwrap_or(default).to_owned();
        let flag = |name: &str, default: bool| environment.flag(name, default);
        let number = |name: &str, default: f64| {
            environment.setting(name).and_then(|text| text.parse().ok()).unwrap_or(default)
        };
        Self {
            csv_delimiter: text("format_csv_delimiter", ",").bytes().next().unwrap_or(b','),
            csv_tuples: flag("output_format_csv_serialize_tuple_into_separate_columns", true),
            csv_crlf: flag("output_format_csv_crlf_end_of_line", false),
            tsv_crlf: flag("output_format_tsv_crlf_end_of_line", false),
            array_of_rows: flag("output_format_json_array_of_rows", false),
            statistics: flag("output_format_write_statistics", true),
            object_name: text("format_json_object_each_row_column_for_object_name", ""),
            doubled_quotes: flag("output_format_values_escape_quote_with_quote", false),
            markdown_escapes: flag("output_format_markdown_escape_special_characters", false),
            insert_table: text("output_format_sql_insert_table_name", "table"),
            insert_rows: number("output_format_sql_insert_max_batch_size", 65_409.0).max(1.0) as u64,
            insert_names: flag("output_format_sql_insert_include_column_names", true),
            insert_quotes: flag("output_format_sql_insert_quote_names", true),
            insert_replaces: flag("output_format_sql_insert_use_replace", false),
            row_numbers: flag("output_format_pretty_row_numbers", true),
            max_rows: number("output_format_pretty_max_rows", 1_000.0).max(0.0) as usize,
            color: matches!(environment.setting("output_format_pretty_color"), Some("1" | "true")),
            ascii: environment.setting("output_format_pretty_grid_charset") == Some("ASCII"),
            max_width: number("output_format_pretty_max_value_width", 10_000.0).max(1.0) as usize,
            single_max_width: flag("output_format_pretty_max_value_width_apply_for_single_value", false),
            tip_threshold: number("output_format_pretty_single_large_number_tip_threshold", 1_000_000.0),
            footer_names: flag("output_format_pretty_display_footer_column_names", true),
            footer_rows: number("output_format_pretty_display_footer_column_names_min_rows", 50.0) as usize,
            custom: Custom {
                escaping: match environment.setting("format_custom_escaping_rule") {
                    Some("Quoted") => Escaping::Quoted,
                    Some("CSV") => Escaping::Csv,
                    Some("JSON") => Escaping::Json,
                    Some("XML") => Escaping::Xml,
                    Some("Raw") => Escaping::Raw,
                    _ => Escaping::Escaped,
                },
                field: text("format_custom_field_delimiter", "\t"),
                row_before: text("format_custom_row_before_delimiter", ""),
                row_after: text("format_custom_row_after_delimiter", "\n"),
                row_between: text("format_custom_row_between_delimiter", ""),
                result_before: text("format_custom_result_before_delimiter", ""),
                result_after: text("format_custom_result_after_delimiter", ""),
            },
        }
    }

    /// Position of the column that names the objects of JSONObjectEachRow, if one was chosen.
    ///
    /// # Errors
    /// 36 when there is no such column.
    pub(super) fn object_column(&self, columns: &[crate::OutputColumn]) -> Result<Option<usize>> {
        if self.object_name.is_empty() {
            return Ok(None);
        }
        let found = columns.iter().position(|column| column.name == self.object_name);
        found.map(Some).ok_or_else(|| {
            let message =
                format!("Column name '{}' for object name is not among the columns", self.object_name);
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        })
    }
}
