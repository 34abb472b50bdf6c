//! From the bytes of files and events to Arrow blocks in a table's layout.
//!
//! [`column`] builds one Arrow array from texts and JSON values; [`source`] reads
//! values out of JSON and of ClickHouse literals; [`csv`] and [`ndjson`] drive them.

pub(crate) mod block;
mod cast;
pub(crate) mod column;
pub(crate) mod csv;
pub(crate) mod encoding;
pub(crate) mod ndjson;
pub(crate) mod parquet;
pub(crate) mod quarantine;
pub(crate) mod scalar;
pub(crate) mod source;
pub(crate) mod target;
