//! JSON texts as documents.

use kinglet_types::{ChType, ErrorCode, JsonType, Result, SqlError};

use super::document::{default_of, tagged_at, write_entries};
use super::infer::tag_json;
use crate::conversion::fits;
use crate::function::Patterns;
use crate::text::Style;
use crate::text::{Cursor, parse_float, read_json, read_json_string, skip_json};
use crate::{ColumnBuilder, Environment};

/// Deepest nesting of objects.
const MAX_DEPTH: usize = 200;

fn fault(message: impl Into<String>) -> SqlError {
    SqlError::new(ErrorCode::INCORRECT_DATA, message)
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text.get(..100).unwrap_or(text)).into_owned()
}

struct Reading<'a> {
    of: &'a JsonType,
    environment: &'a Environment,
    patterns: Patterns,
    entries: Vec<(Vec<u8>, Vec<u8>)>,
}

/// The document that a JSON object spells, which must be all of the text; `null` is the empty one.
///
/// # Errors
/// 117 for a text that is no JSON object, for a path that occurs twice and for a value that does not fit its
/// path's type.
pub(crate) fn parse_document(text: &[u8], of: &JsonType, environment: &Environment) -> Result<Vec<u8>> {
    let broken = || fault(format!("Cannot parse JSON object here: {}", shown(text)));
    let mut cursor = Cursor::new(text);
    let value = skip_json(&mut cursor).ok_or_else(broken)?;
    cursor.space();
    if !cursor.is_at_end() {
        return Err(broken());
    }
    let mut reading = Reading { of, environment, patterns: Patterns::default(), entries: Vec::new() };
    match value {
        [b'{', ..] => reading.object(&mut Cursor::new(value), &[], 0)?,
        b"null" => {}
        _ => {
            let message = "Cannot insert data into JSON column: Cannot read JSON object from JSON element: ";
            return Err(fault(format!("{message}{}", shown(value))));
        }
    }
    reading.finish()
}

impl Reading<'_> {
    fn object(&mut self, cursor: &mut Cursor<'_>, path: &[u8], depth: usize) -> Result<()> {
        let text = cursor.rest();
        let broken = || fault(format!("Cannot parse JSON object here: {}", shown(text)));
        if depth > MAX_DEPTH || !cursor.eat(b'{') {
            return Err(broken());
        }
        let mut first = true;
        while !cursor.eat(b'}') {
            if !first && !cursor.eat(b',') {
                return Err(broken());
            }
            first = false;
            cursor.space();
            let mut inner = path.to_vec();
            if depth > 0 {
                inner.push(b'.');
            }
            read_json_string(cursor, &mut inner).ok_or_else(broken)?;
            if !cursor.eat(b':') {
                return Err(broken());
            }
            cursor.space();
            self.member(cursor, inner, depth)?;
        }
        Ok(())
    }

    fn member(&mut self, cursor: &mut Cursor<'_>, path: Vec<u8>, depth: usize) -> Result<()> {
        let text = cursor.rest();
        let broken = || fault(format!("Cannot parse JSON object here: {}", shown(text)));
        let typed = std::str::from_utf8(&path).ok().and_then(|path| self.of.typed_path(path));
        if let Some(ty) = typed {
            let value = skip_json(cursor).ok_or_else(broken)?;
            let value = typed_value(value, ty, &path, self.environment)?;
            self.entries.push((path, value));
            return Ok(());
        }
        if self.skips(&path)? {
            return skip_json(cursor).map(|_| ()).ok_or_else(broken);
        }
        if cursor.peek() == Some(b'{') {
            return self.object(cursor, &path, depth + 1);
        }
        let value = skip_json(cursor).ok_or_else(broken)?;
        let mut tagged = Vec::new();
        if tag_json(value, self.of, self.environment, &mut tagged)? {
            self.entries.push((path, tagged));
        } else if value != b"null" {
            return Err(broken());
        }
        Ok(())
    }

    fn skips(&mut self, path: &[u8]) -> Result<bool> {
        let below = |skip: &str| {
            let rest = path.strip_prefix(skip.as_bytes());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"."))
        };
        if self.of.skip.iter().any(|skip| below(skip)) {
            return Ok(true);
        }
        for pattern in &self.of.skip_patterns {
            if self.patterns.get(pattern.as_bytes())?.is_match(path) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn finish(mut self) -> Result<Vec<u8>> {
        let missing =
            self.of.typed.iter().filter(|(path, _)| {
                !self.entries.iter().any(|(known, _)| known.as_slice() == path.as_bytes())
            });
        let missing: Vec<_> = missing.map(|(path, ty)| (path.as_bytes().to_vec(), default_of(ty))).collect();
        self.entries.extend(missing);
        self.entries.sort();
        for pair in self.entries.windows(2) {
            if let [(a, _), (b, _)] = pair
                && a == b
            {
                let message =
                    "Cannot insert data into JSON column: Duplicate path found during parsing JSON object: ";
                return Err(fault(format!("{message}{}", shown(a))));
            }
        }
        let mut out = Vec::new();
        write_entries(&self.entries, &mut out);
        Ok(out)
    }
}

/// A value as the type of its path, tagged.
fn typed_value(value: &[u8], ty: &ChType, path: &[u8], environment: &Environment) -> Result<Vec<u8>> {
    let mut builder = ColumnBuilder::new(ty);
    let whole = whole_number(value, ty);
    let value = whole.as_deref().unwrap_or(value);
    let read = read_json(&mut Cursor::new(value), &mut builder, environment);
    match read {
        _ if !fits(value.trim_ascii(), ty) => Err(unfit(value, ty, path)),
        Ok(()) if builder.len() == 1 => tagged_at(&builder.finish()?, ty),
        _ => Err(unfit(value, ty, path)),
    }
}

fn unfit(value: &[u8], ty: &ChType, path: &[u8]) -> SqlError {
    fault(format!(
        "Cannot insert data into JSON column: cannot parse {ty} value here: {} (while reading path {})",
        shown(value),
        shown(path)
    ))
}

/// A number with a fraction or an exponent without its fraction, where the type has none.
fn whole_number(value: &[u8], ty: &ChType) -> Option<Vec<u8>> {
    let is_float = matches!(value.first(), Some(b'-' | b'0'..=b'9'))
        && value.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E'));
    if !is_float || !ty.is_integer() {
        return None;
    }
    let number = parse_float(value)?.trunc();
    (number.abs() < 1e18).then(|| (number as i64).to_string().into_bytes())
}

/// Documents of one JSON type as documents of another.
///
/// # Errors
/// 117 for a value that does not fit its path's type.
pub(crate) fn convert_documents(
    array: &arrow::array::ArrayRef,
    from: &JsonType,
    to: &JsonType,
    environment: &Environment,
) -> Result<arrow::array::ArrayRef> {
    let same = from.typed == to.typed && from.skip == to.skip && from.skip_patterns == to.skip_patterns;
    if same {
        return Ok(arrow::array::ArrayRef::clone(array));
    }
    let style = Style::Json { quote_64_bit: false, quote_denormals: true };
    let mut text = Vec::new();
    crate::function::result::texts(array.len(), |row, out| {
        text.clear();
        super::write_document(crate::text::bytes_at(array, row), style, environment, &mut text);
        *out = parse_document(&text, to, environment)?;
        Ok(())
    })
}
