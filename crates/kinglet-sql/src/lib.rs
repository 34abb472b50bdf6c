//! ClickHouse SQL bound to DataFusion plans: names, types, functions, formats.
