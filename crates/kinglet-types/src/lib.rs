//! ClickHouse types: parsing, printing, and values to and from text.
