//! Rows in a text: what the table function `format` reads.

use arrow::array::{RecordBatch, RecordBatchOptions};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::format_json::{Found, Shape};
use crate::catalog::TableColumn;
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::text::{Cursor, parse_date, read_json, read_json_string, read_text, skip_json};
use crate::{Environment, MemoryTable, read_json_rows};

/// How rows are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Json(Shape),
    /// Values in binary form; names stand first where the flag is set, types after them where the second is.
    Binary(bool, bool),
    /// `name=value` pairs.
    Pairs,
    /// Separated by the byte; names stand first where the flag is set, types after them where the second is.
    Separated(u8, bool, bool),
    Values,
    Lines,
    /// The whole text as one value.
    Whole,
    /// A JSON value per row, as text.
    JsonTexts,
    /// As tab-separated values, without escapes.
    Raw(bool, bool),
}

fn layout(format: &str) -> Result<Layout> {
    Ok(match format.to_ascii_lowercase().as_str() {
        "jsoneachrow" | "jsonlines" | "ndjson" | "jsonstringseachrow" => Layout::Json(Shape::Objects),
        "jsonobjecteachrow" => Layout::Json(Shape::NamedObjects),
        "jsoncompacteachrow" | "jsoncompactstringseachrow" => Layout::Json(Shape::Arrays(false, false)),
        "jsoncompacteachrowwithnames" | "jsoncompactstringseachrowwithnames" => {
            Layout::Json(Shape::Arrays(true, false))
        }
        "jsoncompacteachrowwithnamesandtypes" | "jsoncompactstringseachrowwithnamesandtypes" => {
            Layout::Json(Shape::Arrays(true, true))
        }
        "json" | "jsonstrings" | "jsoncompact" | "jsoncompactstrings" => Layout::Json(Shape::Document),
        "jsoncolumns" => Layout::Json(Shape::Columns),
        "jsoncompactcolumns" => Layout::Json(Shape::UnnamedColumns),
        "tskv" => Layout::Pairs,
        "rowbinary" => Layout::Binary(false, false),
        "rowbinarywithnames" => Layout::Binary(true, false),
        "rowbinarywithnamesandtypes" => Layout::Binary(true, true),
        "csv" => Layout::Separated(b',', false, false),
        "csvwithnames" => Layout::Separated(b',', true, false),
        "csvwithnamesandtypes" => Layout::Separated(b',', true, true),
        "tsv" | "tabseparated" => Layout::Separated(b'\t', false, false),
        "tsvwithnames" | "tabseparatedwithnames" => Layout::Separated(b'\t', true, false),
        "tsvwithnamesandtypes" | "tabseparatedwithnamesandtypes" => Layout::Separated(b'\t', true, true),
        "values" => Layout::Values,
        "lineasstring" => Layout::Lines,
        "rawblob" => Layout::Whole,
        "jsonasstring" => Layout::JsonTexts,
        "tsvraw" | "tabseparatedraw" | "raw" => Layout::Raw(false, false),
        "tsvrawwithnames" | "tabseparatedrawwithnames" => Layout::Raw(true, false),
        "tsvrawwithnamesandtypes" | "tabseparatedrawwithnamesandtypes" => Layout::Raw(true, true),
        _ => {
            let message = format!("Unknown format {format}, or one that cannot be read from a text");
            return Err(SqlError::new(ErrorCode::UNKNOWN_FORMAT, message));
        }
    })
}

/// Whether texts in a format can be read.
pub(super) fn can_read(format: &str) -> bool {
    layout(format).is_ok()
}

/// Columns and rows of a text in a format; without columns their types are told from the values.
///
/// # Errors
/// 73 for an unknown format; what a value that does not fit its column says.
pub(super) fn read(
    format: &str,
    columns: Option<Vec<TableColumn>>,
    text: &[u8],
    environment: &Environment,
) -> Result<(Vec<TableColumn>, RecordBatch)> {
    let layout = layout(format)?;
    if let Layout::Json(shape) = layout {
        return read_json_text(text, shape, columns, environment);
    }
    if let Layout::Binary(names, types) = layout {
        let (columns, arrays, rows) = super::format_binary::row_binary(text, columns, (names, types))?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(MemoryTable::schema(&columns), arrays, &options);
        return Ok((columns, batch.map_err(internal)?));
    }
    let (names, types, rows) = match layout {
        Layout::Separated(..) | Layout::Raw(..) => {
            let (mut rows, names, types) = match layout {
                Layout::Separated(b',', names, types) => {
                    let delimiter =
                        environment.setting("format_csv_delimiter").and_then(|text| text.bytes().next());
                    (records(text, delimiter.unwrap_or(b',')), names, types)
                }
                Layout::Separated(_, names, types) => (tabbed(text, unescaped), names, types),
                Layout::Raw(names, types) => (tabbed(text, |cell| Some(cell.to_vec())), names, types),
                _ => (Vec::new(), false, false),
            };
            let mut head = |there: bool| if there && !rows.is_empty() { Some(rows.remove(0)) } else { None };
            let (names, types) = (head(names), head(types));
            (names, types, rows)
        }
        Layout::Values => (None, None, tuples(text)?),
        Layout::Pairs => {
            let (names, rows) = pairs(text);
            (Some(names), None, rows)
        }
        Layout::Whole => (None, None, vec![vec![Some(text.to_vec())]]),
        Layout::JsonTexts => {
            let values = super::format_json::values(text)?;
            (None, None, values.into_iter().map(|value| vec![Some(value)]).collect())
        }
        _ => (None, None, lines(text).map(|line| vec![Some(line.to_vec())]).collect()),
    };
    let columns = match columns {
        Some(columns) => columns,
        None => inferred(names.as_deref(), types.as_deref(), &rows, layout)?,
    };
    // Columns given by name are found by the names that stand first.
    let places: Vec<Option<usize>> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| match &names {
            Some(names) => names.iter().position(|name| name.as_deref() == Some(column.name.as_bytes())),
            None => Some(at),
        })
        .collect();
    let mut builders: Vec<ColumnBuilder> =
        columns.iter().map(|column| ColumnBuilder::new(&column.ty)).collect();
    for row in &rows {
        for (builder, place) in builders.iter_mut().zip(&places) {
            match place.and_then(|place| row.get(place)) {
                Some(Some(value)) if value.is_empty() && !builder.ty().is_text() => builder.append_default(),
                Some(Some(value)) => {
                    read_text(value, builder, environment).map_err(|error| wrong(error, layout))?;
                }
                Some(None) => builder.append_null(),
                None => builder.append_default(),
            }
        }
    }
    let arrays = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    let batch = RecordBatch::try_new_with_options(MemoryTable::schema(&columns), arrays, &options);
    Ok((columns, batch.map_err(internal)?))
}

/// Rows of a JSON text.
fn read_json_text(
    text: &[u8],
    shape: Shape,
    columns: Option<Vec<TableColumn>>,
    environment: &Environment,
) -> Result<(Vec<TableColumn>, RecordBatch)> {
    let (names, types, rows) = match super::format_json::find(text, shape)? {
        Found::Objects(objects, told) => {
            let columns = match columns.or(told) {
                Some(columns) => columns,
                None => json_columns(&objects)?,
            };
            let batch = read_json_rows(&objects, &columns, environment)?;
            return Ok((columns, batch));
        }
        Found::Cells { names, types, rows } => (names, types, rows),
    };
    let columns = match columns {
        Some(columns) => columns,
        None => {
            let width = names.as_ref().map_or(0, Vec::len).max(rows.iter().map(Vec::len).max().unwrap_or(0));
            let column = |at: usize| {
                let name = names.as_ref().and_then(|names| names.get(at).cloned());
                let ty = match types.as_ref().and_then(|types| types.get(at)) {
                    Some(ty) => crate::operator::parse_type(ty)?,
                    None => {
                        let cells = rows.iter().filter_map(|row| row.get(at));
                        let ty = cells.map(|cell| json_type(cell, 0)).reduce(wider);
                        known(ty.unwrap_or(ChType::Nothing.nullable()))
                    }
                };
                Ok(TableColumn::new(name.unwrap_or_else(|| format!("c{}", at + 1)), ty))
            };
            (0..width).map(column).collect::<Result<Vec<_>>>()?
        }
    };
    let places: Vec<Option<usize>> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| match &names {
            Some(names) => names.iter().position(|name| *name == column.name),
            None => Some(at),
        })
        .collect();
    let mut builders: Vec<ColumnBuilder> =
        columns.iter().map(|column| ColumnBuilder::new(&column.ty)).collect();
    for row in &rows {
        for (builder, place) in builders.iter_mut().zip(&places) {
            match place.and_then(|place| row.get(place)) {
                Some(cell) => read_json(&mut Cursor::new(cell), builder, environment)?,
                None => builder.append_default(),
            }
        }
    }
    let arrays = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    let batch = RecordBatch::try_new_with_options(MemoryTable::schema(&columns), arrays, &options);
    Ok((columns, batch.map_err(internal)?))
}

/// The names and rows of lines of `name=value` pairs.
fn pairs(text: &[u8]) -> (Vec<Value>, Vec<Vec<Value>>) {
    let mut names: Vec<Value> = Vec::new();
    let mut rows = Vec::new();
    for line in lines(text).filter(|line| !line.is_empty()) {
        let mut row: Vec<Value> = vec![None; names.len()];
        for pair in line.split(|byte| *byte == b'\t') {
            let Some(at) = pair.iter().position(|byte| *byte == b'=') else { continue };
            let (name, value) = pair.split_at(at);
            let (name, value) = (Some(name.to_vec()), unescaped(value.get(1..).unwrap_or_default()));
            match names.iter().position(|known| *known == name) {
                Some(place) => {
                    if let Some(cell) = row.get_mut(place) {
                        *cell = value;
                    }
                }
                None => {
                    names.push(name);
                    row.push(value);
                }
            }
        }
        rows.push(row);
    }
    (names, rows)
}

/// A value as text, NULL as nothing.
type Value = Option<Vec<u8>>;

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// A value that does not fit its column, under the code that ClickHouse's reader of the format gives.
fn wrong(error: SqlError, layout: Layout) -> SqlError {
    let code = match layout {
        _ if error.code != ErrorCode::CANNOT_PARSE_TEXT => None,
        Layout::Separated(b',', ..) => Some(ErrorCode::INCORRECT_DATA),
        _ => ErrorCode::from_name("CANNOT_PARSE_INPUT_ASSERTION_FAILED"),
    };
    SqlError { code: code.unwrap_or(error.code), ..error }
}

/// The records of tab-separated values.
fn tabbed(text: &[u8], cell: impl Fn(&[u8]) -> Value) -> Vec<Vec<Value>> {
    let cells = |line: &[u8]| line.split(|byte| *byte == b'\t').map(&cell).collect();
    lines(text).filter(|line| !line.is_empty()).map(cells).collect()
}

/// The records of separated values; quotes hold separators and line ends.
fn records(text: &[u8], separator: u8) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    let mut cursor = Cursor::new(text);
    while !cursor.is_at_end() {
        let mut row = Vec::new();
        loop {
            row.push(csv_cell(&mut cursor, separator));
            if !cursor.eat(separator) {
                break;
            }
        }
        cursor.eat(b'\r');
        cursor.eat(b'\n');
        rows.push(row);
    }
    rows
}

fn csv_cell(cursor: &mut Cursor<'_>, separator: u8) -> Value {
    cursor.take_while(|byte| byte == b' ');
    let Some(quote @ (b'"' | b'\'')) = cursor.peek() else {
        let plain = cursor.take_while(|byte| byte != separator && byte != b'\n' && byte != b'\r');
        let plain = plain.trim_ascii_end();
        return (plain != b"\\N").then(|| plain.to_vec());
    };
    cursor.eat(quote);
    let mut value = Vec::new();
    loop {
        value.extend_from_slice(cursor.take_while(|byte| byte != quote));
        if !cursor.eat(quote) || cursor.peek() != Some(quote) {
            break;
        }
        cursor.eat(quote);
        value.push(quote);
    }
    cursor.take_while(|byte| byte == b' ');
    Some(value)
}

fn unescaped(cell: &[u8]) -> Value {
    if cell == b"\\N" {
        return None;
    }
    let mut value = Vec::with_capacity(cell.len());
    let mut bytes = cell.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'\\' {
            value.push(*byte);
            continue;
        }
        match bytes.next() {
            Some(b'n') => value.push(b'\n'),
            Some(b't') => value.push(b'\t'),
            Some(b'r') => value.push(b'\r'),
            Some(b'0') => value.push(0),
            Some(other) => value.push(*other),
            None => value.push(b'\\'),
        }
    }
    Some(value)
}

/// Rows of `(value, ..), ..`; texts lose their quotes.
fn tuples(text: &[u8]) -> Result<Vec<Vec<Value>>> {
    let broken = |cursor: &Cursor<'_>| {
        let message = format!("Cannot parse VALUES at byte {}", cursor.position());
        SqlError::new(ErrorCode::INCORRECT_DATA, message)
    };
    let mut rows = Vec::new();
    let mut cursor = Cursor::new(text);
    loop {
        cursor.space();
        cursor.eat(b',');
        cursor.space();
        if cursor.is_at_end() || cursor.peek() == Some(b';') {
            return Ok(rows);
        }
        if !cursor.eat(b'(') {
            return Err(broken(&cursor));
        }
        let mut row = Vec::new();
        loop {
            cursor.space();
            row.push(literal(&mut cursor));
            cursor.space();
            if cursor.eat(b')') {
                break;
            }
            if !cursor.eat(b',') {
                return Err(broken(&cursor));
            }
        }
        rows.push(row);
    }
}

fn literal(cursor: &mut Cursor<'_>) -> Value {
    if cursor.eat(b'\'') {
        let mut raw = Vec::new();
        while let Some(byte) = cursor.byte() {
            match byte {
                b'\'' if cursor.peek() == Some(b'\'') => {
                    cursor.eat(b'\'');
                    raw.push(b'\'');
                }
                b'\'' => break,
                b'\\' => {
                    raw.push(byte);
                    raw.extend(cursor.byte());
                }
                _ => raw.push(byte),
            }
        }
        return unescaped(&raw);
    }
    let depth = std::cell::Cell::new(0_usize);
    let plain = cursor.take_while(|byte| {
        match byte {
            b'[' | b'(' | b'{' => depth.set(depth.get() + 1),
            b')' if depth.get() == 0 => return false,
            b']' | b')' | b'}' => depth.set(depth.get().saturating_sub(1)),
            b',' if depth.get() == 0 => return false,
            _ => {}
        }
        true
    });
    let plain = plain.trim_ascii();
    (!plain.eq_ignore_ascii_case(b"NULL")).then(|| plain.to_vec())
}

/// Columns told from the values: names from the head, else `c1`, `c2`, ..
fn inferred(
    names: Option<&[Value]>,
    types: Option<&[Value]>,
    rows: &[Vec<Value>],
    layout: Layout,
) -> Result<Vec<TableColumn>> {
    let width = names.map_or(0, <[Value]>::len).max(rows.iter().map(Vec::len).max().unwrap_or(0));
    let text = |values: Option<&[Value]>, at: usize| {
        let value = values.and_then(|values| values.get(at)).and_then(|value| value.as_deref());
        value.map(|value| String::from_utf8_lossy(value).into_owned())
    };
    let only = match layout {
        Layout::Lines => Some("line"),
        Layout::Whole => Some("raw_blob"),
        Layout::JsonTexts => Some("json"),
        _ => None,
    };
    if let Some(name) = only {
        return Ok(vec![TableColumn::new(name, ChType::String)]);
    }
    (0..width)
        .map(|at| {
            let name = text(names, at).unwrap_or_else(|| format!("c{}", at + 1));
            let ty = match text(types, at) {
                Some(ty) => crate::operator::parse_type(&ty)?,
                None => {
                    let values = rows.iter().filter_map(|row| row.get(at)?.as_deref());
                    match array_type(values.clone()) {
                        Some(array) => array,
                        None => scalar_type(values).nullable(),
                    }
                }
            };
            Ok(TableColumn::new(name, ty))
        })
        .collect()
}

/// The type of arrays, where all values are such.
fn array_type<'a>(values: impl Iterator<Item = &'a [u8]>) -> Option<ChType> {
    let kinds = values.map(|value| {
        let text = value.trim_ascii();
        let json: Vec<u8> = text.iter().map(|byte| if *byte == b'\'' { b'"' } else { *byte }).collect();
        let whole = text.starts_with(b"[")
            && skip_json(&mut Cursor::new(&json)).is_some_and(|all| all.len() == json.len());
        whole.then(|| json_type(&json, 0))
    });
    let kinds: Vec<ChType> = kinds.collect::<Option<_>>()?;
    Some(known(kinds.into_iter().reduce(wider)?))
}

/// Whether a text is `YYYY-MM-DD hh:mm:ss`, maybe with a fraction; answers whether there is one.
fn moment(value: &[u8]) -> Option<bool> {
    let (day, time) = value.split_at_checked(10)?;
    parse_date(day).filter(|(_, rest)| rest.is_empty())?;
    let fits = |at: usize, byte: &u8| match at {
        0 => matches!(byte, b' ' | b'T'),
        3 | 6 => *byte == b':',
        9 => *byte == b'.',
        _ => byte.is_ascii_digit(),
    };
    let fits = time.iter().enumerate().all(|(at, byte)| fits(at, byte));
    (fits && (time.len() == 9 || time.len() > 10)).then_some(time.len() > 9)
}

/// The narrowest of Int64, Float64, Bool, Date, DateTime and String that takes all values.
fn scalar_type<'a>(values: impl Iterator<Item = &'a [u8]>) -> ChType {
    let kind = |value: &[u8]| {
        let text = std::str::from_utf8(value).unwrap_or("");
        if text.parse::<i64>().is_ok() {
            ChType::Int64
        } else if text.parse::<f64>().is_ok()
            && text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
        {
            ChType::Float64
        } else if text == "true" || text == "false" {
            ChType::Bool
        } else if text.len() == 10 && parse_date(value).is_some_and(|(days, _)| days.is_some()) {
            ChType::Date
        } else if let Some(fraction) = moment(value) {
            if fraction { ChType::DateTime64(9, None) } else { ChType::DateTime(None) }
        } else {
            ChType::String
        }
    };
    values
        .map(kind)
        .reduce(|a, b| match (a, b) {
            (a, b) if a == b => a,
            (ChType::Int64, ChType::Float64) | (ChType::Float64, ChType::Int64) => ChType::Float64,
            _ => ChType::String,
        })
        .unwrap_or(ChType::String)
}

/// The members of JSON objects as columns, in the order they are met.
fn json_columns(text: &[u8]) -> Result<Vec<TableColumn>> {
    let mut columns: Vec<(String, Vec<Vec<u8>>)> = Vec::new();
    let mut cursor = Cursor::new(text);
    let broken = || SqlError::new(ErrorCode::INCORRECT_DATA, "Cannot parse JSON object");
    loop {
        cursor.space();
        cursor.eat(b',');
        cursor.space();
        if cursor.is_at_end() {
            break;
        }
        if !cursor.eat(b'{') {
            return Err(broken());
        }
        loop {
            cursor.space();
            if cursor.eat(b'}') {
                break;
            }
            cursor.eat(b',');
            cursor.space();
            let mut key = Vec::new();
            read_json_string(&mut cursor, &mut key).ok_or_else(broken)?;
            cursor.space();
            if !cursor.eat(b':') {
                return Err(broken());
            }
            cursor.space();
            let before = cursor.rest();
            skip_json(&mut cursor).ok_or_else(broken)?;
            let value = before.get(..before.len() - cursor.rest().len()).unwrap_or_default().to_vec();
            let name = String::from_utf8_lossy(&key).into_owned();
            match columns.iter_mut().find(|(known, _)| *known == name) {
                Some((_, values)) => values.push(value),
                None => columns.push((name, vec![value])),
            }
        }
    }
    let column = |(name, values): (String, Vec<Vec<u8>>)| {
        let ty = values.iter().map(|value| json_type(value, 0)).reduce(wider);
        TableColumn::new(name, known(ty.unwrap_or(ChType::Nothing.nullable())))
    };
    Ok(columns.into_iter().map(column).collect())
}

fn json_type(value: &[u8], depth: usize) -> ChType {
    let value = value.trim_ascii();
    if depth > 50 {
        return ChType::String.nullable();
    }
    match value.first() {
        Some(b'"') => {
            let inner = value.get(1..value.len().saturating_sub(1)).unwrap_or_default();
            if inner.len() == 10 && parse_date(inner).is_some_and(|(days, _)| days.is_some()) {
                ChType::Date.nullable()
            } else if let Some(fraction) = moment(inner) {
                let ty = if fraction { ChType::DateTime64(9, None) } else { ChType::DateTime(None) };
                ty.nullable()
            } else {
                ChType::String.nullable()
            }
        }
        Some(b'[') => {
            let elements = json_elements(value);
            let element = elements.iter().map(|element| json_type(element, depth + 1)).reduce(wider);
            ChType::array(element.unwrap_or(ChType::Nothing.nullable()))
        }
        Some(b'{') => match json_columns(value) {
            Ok(columns) if depth < 20 => ChType::Tuple(
                columns.into_iter().map(|column| (Some(column.name.as_str().into()), column.ty)).collect(),
            ),
            _ => ChType::String.nullable(),
        },
        Some(b't' | b'f') => ChType::Bool.nullable(),
        Some(b'n') | None => ChType::Nothing.nullable(),
        _ => scalar_type(std::iter::once(value)).nullable(),
    }
}

fn json_elements(value: &[u8]) -> Vec<Vec<u8>> {
    let mut cursor = Cursor::new(value);
    let mut elements = Vec::new();
    cursor.eat(b'[');
    loop {
        cursor.space();
        cursor.eat(b',');
        cursor.space();
        if cursor.is_at_end() || cursor.peek() == Some(b']') {
            return elements;
        }
        let before = cursor.rest();
        if skip_json(&mut cursor).is_none() {
            return elements;
        }
        elements.push(before.get(..before.len() - cursor.rest().len()).unwrap_or_default().to_vec());
    }
}

/// A text where nothing but NULLs was seen.
fn known(ty: ChType) -> ChType {
    match ty {
        ChType::Array(element) => ChType::array(known(element.as_ref().clone())),
        ty if ty.is_only_null() => ChType::String.nullable(),
        ty => ty,
    }
}

fn wider(a: ChType, b: ChType) -> ChType {
    match (a.bare(), b.bare()) {
        (x, y) if x == y => a,
        (ChType::Nothing, _) => b,
        (_, ChType::Nothing) => a,
        (ChType::Int64, ChType::Float64) | (ChType::Float64, ChType::Int64) => ChType::Float64.nullable(),
        (ChType::Array(x), ChType::Array(y)) => ChType::array(wider(x.as_ref().clone(), y.as_ref().clone())),
        _ => ChType::String.nullable(),
    }
}
