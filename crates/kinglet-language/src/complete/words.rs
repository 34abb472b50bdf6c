//! Words of the dialect.

use super::Completion;

/// Words that a query or an expression is made of, with commas between.
const KEYWORDS: &str = "SELECT,DISTINCT,FROM,WHERE,PREWHERE,GROUP BY,ORDER BY,HAVING,LIMIT,OFFSET,WITH,UNION ALL,\
UNION DISTINCT,EXCEPT,INTERSECT,JOIN,INNER JOIN,LEFT JOIN,RIGHT JOIN,FULL JOIN,CROSS JOIN,\
ANY LEFT JOIN,ASOF JOIN,SEMI LEFT JOIN,ANTI LEFT JOIN,ARRAY JOIN,LEFT ARRAY JOIN,ON,USING,FINAL,\
SAMPLE,SETTINGS,FORMAT,AS,AND,OR,NOT,IN,NOT IN,LIKE,ILIKE,NOT LIKE,BETWEEN,IS NULL,IS NOT NULL,\
NULL,CASE,WHEN,THEN,ELSE,END,ASC,DESC,NULLS FIRST,NULLS LAST,INTERVAL,OVER,PARTITION BY,\
ROWS BETWEEN,UNBOUNDED PRECEDING,CURRENT ROW,WITH FILL,WITH TOTALS,WITH ROLLUP,WITH CUBE,\
WITH TIES,QUALIFY,WINDOW,GLOBAL IN,EXISTS";

/// Data types, those with arguments with their brackets.
const TYPES: &str = "String UInt8 UInt16 UInt32 UInt64 UInt128 UInt256 Int8 Int16 Int32 Int64 Int128 Int256 Float32 \
Float64 Bool Date Date32 DateTime DateTime64(3) UUID IPv4 IPv6 JSON Decimal(18,2) FixedString(16) Array() Map() \
Tuple() Nullable() LowCardinality() Enum8() Enum16() AggregateFunction() SimpleAggregateFunction() Nested()";

/// Functions that stand in place of a table.
const TABLE_FUNCTIONS: &str = "numbers generate_series values merge view url s3 null";

/// Formats of an answer.
const FORMATS: &str = "JSON JSONEachRow JSONCompact CSV CSVWithNames TSV TSVWithNames Parquet Pretty PrettyCompact \
Vertical Values";

/// Units of an interval.
const UNITS: &str = "SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR";

/// Settings that queries are often given.
const SETTINGS: &str = "max_threads max_memory_usage max_execution_time join_use_nulls group_by_use_nulls \
union_default_mode output_format_json_quote_64bit_integers date_time_input_format max_result_rows";

pub(super) fn keywords(boost: i8) -> impl Iterator<Item = Completion> {
    KEYWORDS.split(',').map(move |word| Completion::new(word, "keyword", boost))
}

pub(super) fn types() -> impl Iterator<Item = Completion> {
    TYPES.split_whitespace().map(|word| {
        let label = word.split('(').next().unwrap_or(word);
        let mut item = Completion::new(label, "type", 1);
        if word.len() > label.len() {
            item.insert = word.to_owned();
            item.caret = word.ends_with("()").then_some(label.len() + 1);
        }
        item
    })
}

pub(super) fn table_functions() -> impl Iterator<Item = Completion> {
    TABLE_FUNCTIONS.split_whitespace().map(|word| Completion::new(word, "tableFunction", -1).called(true))
}

pub(super) fn formats() -> impl Iterator<Item = Completion> {
    FORMATS.split_whitespace().map(|word| Completion::new(word, "value", 0))
}

pub(super) fn units() -> impl Iterator<Item = Completion> {
    UNITS.split_whitespace().map(|word| Completion::new(word, "keyword", 2))
}

pub(super) fn settings() -> impl Iterator<Item = Completion> {
    SETTINGS.split_whitespace().map(|word| Completion::new(word, "setting", 2))
}
