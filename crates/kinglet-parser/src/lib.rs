//! ClickHouse SQL text to a syntax tree with spans, and back to text.
