//! JSON documents and arrays as rows, for the table function `format`.

use kinglet_types::{ErrorCode, Result, SqlError};

use crate::catalog::TableColumn;
use crate::text::{Cursor, read_json_string, skip_json};

/// How a JSON text holds its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// An object per row, one after the other or in an array.
    Objects,
    /// An array per row; names and types stand first where the flags are set.
    Arrays(bool, bool),
    /// An object of named rows.
    NamedObjects,
    /// A document with `meta` and `data`, whose rows are objects or arrays.
    Document,
    /// An object of columns.
    Columns,
    /// An array of columns.
    UnnamedColumns,
}

/// Values as JSON, row by row.
type Cells = Vec<Vec<Vec<u8>>>;

/// What a text holds: objects one after the other, or cells under names.
pub(super) enum Found {
    Objects(Vec<u8>, Option<Vec<TableColumn>>),
    Cells { names: Option<Vec<String>>, types: Option<Vec<String>>, rows: Cells },
}

fn broken() -> SqlError {
    SqlError::new(ErrorCode::INCORRECT_DATA, "Cannot parse JSON in this format")
}

/// The elements of an array or the values of an object, as they are written; names are empty in arrays.
fn members(text: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut cursor = Cursor::new(text);
    cursor.space();
    let object = match cursor.peek() {
        Some(b'{') => true,
        Some(b'[') => false,
        _ => return Err(broken()),
    };
    let close = if object { b'}' } else { b']' };
    cursor.take(1);
    let mut found = Vec::new();
    loop {
        cursor.space();
        if cursor.eat(close) {
            return Ok(found);
        }
        if !found.is_empty() && !cursor.eat(b',') {
            return Err(broken());
        }
        cursor.space();
        let mut name = Vec::new();
        if object {
            read_json_string(&mut cursor, &mut name).ok_or_else(broken)?;
            cursor.space();
            if !cursor.eat(b':') {
                return Err(broken());
            }
        }
        let value = skip_json(&mut cursor).ok_or_else(broken)?;
        found.push((String::from_utf8_lossy(&name).into_owned(), value.trim_ascii().to_vec()));
    }
}

/// JSON values one after the other, commas between them or not.
pub(super) fn values(text: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut cursor = Cursor::new(text);
    let mut found = Vec::new();
    loop {
        cursor.space();
        cursor.eat(b',');
        cursor.space();
        if cursor.is_at_end() {
            return Ok(found);
        }
        found.push(skip_json(&mut cursor).ok_or_else(broken)?.trim_ascii().to_vec());
    }
}

fn elements(text: &[u8]) -> Result<Vec<Vec<u8>>> {
    Ok(members(text)?.into_iter().map(|(_, value)| value).collect())
}

/// A JSON text as what it says.
fn unquoted(text: &[u8]) -> String {
    let mut out = Vec::new();
    match read_json_string(&mut Cursor::new(text), &mut out) {
        Some(_) => String::from_utf8_lossy(&out).into_owned(),
        None => String::from_utf8_lossy(text).into_owned(),
    }
}

/// Takes a text apart.
///
/// # Errors
/// 117 when it is not of the shape.
pub(super) fn find(text: &[u8], shape: Shape) -> Result<Found> {
    let joined = |objects: Vec<Vec<u8>>| objects.join(&b'\n');
    match shape {
        Shape::Objects if text.trim_ascii_start().starts_with(b"[") => {
            Ok(Found::Objects(joined(elements(text)?), None))
        }
        Shape::Objects => Ok(Found::Objects(joined(values(text)?), None)),
        Shape::NamedObjects => Ok(Found::Objects(joined(elements(text)?), None)),
        Shape::Arrays(has_names, has_types) => {
            let mut rows = values(text)?.into_iter().map(|row| elements(&row)).collect::<Result<Cells>>()?;
            let mut head = |there: bool| {
                let first = (there && !rows.is_empty()).then(|| rows.remove(0));
                first.map(|row| row.iter().map(|value| unquoted(value)).collect())
            };
            let (names, types) = (head(has_names), head(has_types));
            Ok(Found::Cells { names, types, rows })
        }
        Shape::Columns | Shape::UnnamedColumns => {
            let columns = members(text)?;
            let names = columns.iter().map(|(name, _)| name.clone()).collect();
            let columns = columns.iter().map(|(_, column)| elements(column)).collect::<Result<Cells>>()?;
            let count = columns.iter().map(Vec::len).max().unwrap_or(0);
            let row = |at: usize| {
                columns
                    .iter()
                    .map(|column| column.get(at).cloned().unwrap_or_else(|| b"null".to_vec()))
                    .collect()
            };
            let names = (shape == Shape::Columns).then_some(names);
            Ok(Found::Cells { names, types: None, rows: (0..count).map(row).collect() })
        }
        Shape::Document => document(text),
    }
}

fn document(text: &[u8]) -> Result<Found> {
    let parts = members(text)?;
    let part = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice());
    let mut columns = Vec::new();
    for column in elements(part("meta").unwrap_or(b"[]"))? {
        let column = members(&column)?;
        let field = |name: &str| {
            column
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| unquoted(value))
                .ok_or_else(broken)
        };
        columns.push(TableColumn::new(field("name")?, crate::operator::parse_type(&field("type")?)?));
    }
    let rows = elements(part("data").ok_or_else(broken)?)?;
    if rows.iter().all(|row| row.starts_with(b"[")) {
        let rows = rows.iter().map(|row| elements(row)).collect::<Result<Cells>>()?;
        let names = columns.iter().map(|column| column.name.clone()).collect();
        let types = columns.iter().map(|column| column.ty.to_string()).collect();
        return Ok(Found::Cells { names: Some(names), types: Some(types), rows });
    }
    Ok(Found::Objects(rows.join(&b'\n'), (!columns.is_empty()).then_some(columns)))
}
