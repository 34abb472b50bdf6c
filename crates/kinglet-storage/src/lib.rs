//! MergeTree-like tables in immutable Parquet parts, with a commit log and heads.
