//! What settings say about the text of values in answers.

/// How DateTime and DateTime64 are written (`date_time_output_format`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateTimeStyle {
    /// `2024-02-29 12:34:56`
    #[default]
    Simple,
    /// `2024-02-29T12:34:56Z`, in UTC.
    Iso,
    /// Seconds since the epoch.
    UnixTimestamp,
}

/// Settings about the text of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputStyle {
    /// `date_time_output_format`
    pub date_time: DateTimeStyle,
    /// `output_format_decimal_trailing_zeros`
    pub decimal_trailing_zeros: bool,
    /// `output_format_json_quote_64bit_floats`
    pub quote_floats: bool,
    /// `output_format_json_quote_decimals`
    pub quote_decimals: bool,
    /// `output_format_json_escape_forward_slashes`
    pub escape_slashes: bool,
    /// `output_format_json_named_tuples_as_objects`
    pub tuples_as_objects: bool,
    /// `bool_true_representation`
    pub bool_true: String,
    /// `bool_false_representation`
    pub bool_false: String,
    /// `format_tsv_null_representation`
    pub tsv_null: String,
    /// `format_csv_null_representation`
    pub csv_null: String,
}

impl Default for OutputStyle {
    fn default() -> Self {
        Self::of(|_| None)
    }
}

impl OutputStyle {
    /// What settings say; `setting` answers the value of one that was set.
    pub fn of<'a>(setting: impl Fn(&str) -> Option<&'a str>) -> Self {
        let flag = |name: &str, default: bool| {
            setting(name).map_or(default, |text| !matches!(text, "0" | "false" | ""))
        };
        let text = |name: &str, default: &str| setting(name).unwrap_or(default).to_owned();
        Self {
            date_time: match setting("date_time_output_format") {
                Some("iso") => DateTimeStyle::Iso,
                Some("unix_timestamp") => DateTimeStyle::UnixTimestamp,
                _ => DateTimeStyle::Simple,
            },
            decimal_trailing_zeros: flag("output_format_decimal_trailing_zeros", false),
            quote_floats: flag("output_format_json_quote_64bit_floats", false),
            quote_decimals: flag("output_format_json_quote_decimals", false),
            escape_slashes: flag("output_format_json_escape_forward_slashes", true),
            tuples_as_objects: flag("output_format_json_named_tuples_as_objects", true),
            bool_true: text("bool_true_representation", "true"),
            bool_false: text("bool_false_representation", "false"),
            tsv_null: text("format_tsv_null_representation", "\\N"),
            csv_null: text("format_csv_null_representation", "\\N"),
        }
    }
}
