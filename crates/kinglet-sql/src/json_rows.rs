//! Rows of newline-delimited JSON objects as a batch.

use std::collections::HashMap;

use arrow::array::RecordBatch;
use kinglet_types::{ErrorCode, Result, SqlError};

use crate::catalog::TableColumn;
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::text::{Cursor, read_json, read_json_string, skip_json};
use crate::{Environment, MemoryTable};

/// Appends the one JSON value that makes up `text`.
///
/// # Errors
/// 117 where the text is no JSON value; the error of a value that does not fit the column. Nothing is
/// appended then, or part of a value: truncate.
pub fn read_json_value(text: &[u8], builder: &mut ColumnBuilder, environment: &Environment) -> Result<()> {
    let mut cursor = Cursor::new(text);
    read_json(&mut cursor, builder, environment)?;
    cursor.space();
    if cursor.is_at_end() {
        return Ok(());
    }
    Err(SqlError::new(ErrorCode::INCORRECT_DATA, format!("Unexpected text at byte {}", cursor.position())))
}

/// Reads JSON objects, one per row, into columns. Keys without a column are skipped, columns without a key
/// take their type's default, as ClickHouse's JSONEachRow with unknown fields allowed.
///
/// # Errors
/// 117 where the text is no JSON object; the error of a value that does not fit its column.
pub fn read_json_rows(
    text: &[u8],
    columns: &[TableColumn],
    environment: &Environment,
) -> Result<RecordBatch> {
    let places: HashMap<&[u8], usize> =
        columns.iter().enumerate().map(|(at, column)| (column.name.as_bytes(), at)).collect();
    let mut builders: Vec<ColumnBuilder> =
        columns.iter().map(|column| ColumnBuilder::new(&column.ty)).collect();
    let mut cursor = Cursor::new(text);
    let mut rows = 0;
    let broken = |cursor: &Cursor<'_>| {
        SqlError::new(
            ErrorCode::INCORRECT_DATA,
            format!("Cannot parse JSON object at byte {}", cursor.position()),
        )
    };
    loop {
        cursor.space();
        if cursor.is_at_end() {
            break;
        }
        if !cursor.eat(b'{') {
            return Err(broken(&cursor));
        }
        let mut first = true;
        while !cursor.eat(b'}') {
            if !first && !cursor.eat(b',') {
                return Err(broken(&cursor));
            }
            first = false;
            let mut key = Vec::new();
            if read_json_string(&mut cursor, &mut key).is_none() || !cursor.eat(b':') {
                return Err(broken(&cursor));
            }
            match places.get(key.as_slice()).and_then(|at| builders.get_mut(*at)) {
                Some(builder) if builder.len() == rows => {
                    read_json(&mut cursor, builder, environment).map_err(|error| SqlError {
                        message: format!(
                            "{} (column {}, row {})",
                            error.message,
                            String::from_utf8_lossy(&key),
                            rows + 1
                        ),
                        ..error
                    })?;
                }
                _ => {
                    skip_json(&mut cursor).ok_or_else(|| broken(&cursor))?;
                }
            }
        }
        rows += 1;
        for builder in &mut builders {
            while builder.len() < rows {
                builder.append_default();
            }
        }
    }
    let arrays = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(MemoryTable::schema(columns), arrays, &options).map_err(internal)
}
