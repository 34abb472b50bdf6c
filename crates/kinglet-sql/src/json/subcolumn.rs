//! Paths into values: `json.a.b`, `json.a.:Int64`, `json.^a`, `dynamic.String`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, UInt8Array};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, JsonType, Result};

use super::document::{find, object};
use crate::conversion::{append_tagged, of_type};
use crate::function::result::{internal, nullable_texts, texts};
use crate::text::bytes_at;
use crate::{ColumnBuilder, arrow_type};

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// `.name`
    Name(String),
    /// `.:Type`: the values of that type.
    Type(ChType),
    /// `.^name`: the object of that name.
    Object(String),
}

/// The steps of a path as ClickHouse writes it: names with dots between them, ``:`Type` `` and ``^`name` ``.
/// `None` for a type that is none.
pub(crate) fn parse_steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in split(path) {
        steps.push(if let Some(name) = part.strip_prefix(':').and_then(quoted) {
            Step::Type(nested_default(ChType::parse(name).ok()?))
        } else if let Some(name) = part.strip_prefix('^').and_then(quoted) {
            Step::Object(name.to_owned())
        } else {
            Step::Name(quoted(&part).unwrap_or(&part).to_owned())
        });
    }
    Some(steps)
}

/// `JSON` inside a named type is the type of objects inside arrays.
fn nested_default(ty: ChType) -> ChType {
    match ty {
        ChType::Array(element) => ChType::array(match element.as_ref() {
            ChType::Json(of) if **of == JsonType::default() => ChType::Json(Arc::new(of.nested())),
            other => nested_default(other.clone()),
        }),
        other => other,
    }
}

/// The parts between dots that are not in backticks.
fn split(path: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted) = (Vec::new(), String::new(), false);
    for letter in path.chars() {
        quoted ^= letter == '`';
        if letter == '.' && !quoted {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(letter);
        }
    }
    parts.push(part);
    parts
}

/// What is between backticks.
fn quoted(part: &str) -> Option<&str> {
    part.strip_prefix('`')?.strip_suffix('`')
}

/// What a path leads to, and what is left of the path.
enum Found<'a> {
    /// A path of a JSON.
    Path(String, ChType, &'a [Step]),
    /// An object of a JSON.
    Object(String, ChType, &'a [Step]),
    /// The values of one type of a Variant or Dynamic.
    Of(ChType, &'a [Step]),
    /// Element of a tuple, by its place.
    Field(usize, ChType, &'a [Step]),
    /// Whether values are NULL.
    Null,
    /// Number of elements or bytes.
    Size,
    /// The subcolumn of each element.
    Elements(ChType),
    /// Keys or values of a map.
    Entries(usize, ChType, &'a [Step]),
}

fn locate<'a>(ty: &ChType, steps: &'a [Step]) -> Option<Found<'a>> {
    let (first, rest) = steps.split_first()?;
    if matches!(first, Step::Name(name) if name == "null")
        && matches!(ty, ChType::Nullable(_) | ChType::Variant(_))
        && rest.is_empty()
    {
        return Some(Found::Null);
    }
    match ty.bare() {
        ChType::Json(of) => json(of, steps),
        ChType::Dynamic(_) => match first {
            Step::Name(name) => match ChType::parse(name) {
                Ok(ty) => Some(Found::Of(nested_default(ty), rest)),
                Err(_) => None,
            },
            Step::Type(ty) => Some(Found::Of(ty.clone(), rest)),
            Step::Object(_) => None,
        },
        ChType::Variant(types) => {
            let name = match first {
                Step::Name(name) => ChType::parse(name).ok()?,
                Step::Type(ty) => ty.clone(),
                Step::Object(_) => return None,
            };
            types.iter().find(|ty| **ty == name).map(|ty| Found::Of(ty.clone(), rest))
        }
        ChType::Tuple(fields) => {
            let Step::Name(name) = first else { return None };
            let by_name = fields.iter().position(|(label, _)| label.as_deref() == Some(name));
            let by_number = || name.parse::<usize>().ok()?.checked_sub(1);
            let at = by_name.or_else(by_number)?;
            fields.get(at).map(|(_, ty)| Found::Field(at, ty.clone(), rest))
        }
        ChType::Array(_) | ChType::Nested(_) => match first {
            Step::Name(name) if name == "size0" && rest.is_empty() => Some(Found::Size),
            _ => ty.element().map(Found::Elements),
        },
        ChType::Map(key, value) => match first {
            Step::Name(name) if name == "size0" && rest.is_empty() => Some(Found::Size),
            Step::Name(name) if name == "keys" => {
                Some(Found::Entries(0, ChType::Array(Arc::clone(key)), rest))
            }
            Step::Name(name) if name == "values" => {
                Some(Found::Entries(1, ChType::Array(Arc::clone(value)), rest))
            }
            _ => None,
        },
        ChType::String => match first {
            Step::Name(name) if name == "size" && rest.is_empty() => Some(Found::Size),
            _ => None,
        },
        _ => None,
    }
}

fn json<'a>(of: &JsonType, steps: &'a [Step]) -> Option<Found<'a>> {
    // The names that make up the path; types and what follows them are read from its value.
    let names = steps.iter().take_while(|step| matches!(step, Step::Name(_))).count();
    let joined = |steps: &[Step]| {
        let names: Vec<&str> = steps
            .iter()
            .map(|step| match step {
                Step::Name(name) | Step::Object(name) => name.as_str(),
                Step::Type(_) => "",
            })
            .collect();
        names.join(".")
    };
    if let [Step::Object(_), ..] = steps {
        let names = 1 + steps.iter().skip(1).take_while(|step| matches!(step, Step::Name(_))).count();
        let path = joined(&steps[..names]);
        let ty = ChType::Json(Arc::new(of.object(&path)));
        return Some(Found::Object(path, ty, &steps[names..]));
    }
    for count in (1..=names).rev() {
        let path = joined(&steps[..count]);
        if let Some(ty) = of.typed_path(&path) {
            return Some(Found::Path(path, ty.clone(), &steps[count..]));
        }
    }
    let ty = ChType::Dynamic(of.max_types);
    (names > 0).then(|| Found::Path(joined(&steps[..names]), ty, &steps[names..]))
}

/// The type of the values a path leads to; `None` where it leads nowhere.
pub(crate) fn subcolumn_type(ty: &ChType, steps: &[Step]) -> Option<ChType> {
    if steps.is_empty() {
        return Some(ty.clone());
    }
    let nullable = |inner: ChType| match ty {
        ChType::Nullable(_) => inner.nullable(),
        _ => inner,
    };
    match locate(ty, steps)? {
        Found::Path(_, inner, rest) | Found::Field(_, inner, rest) => {
            subcolumn_type(&inner, rest).map(nullable)
        }
        Found::Object(_, inner, rest) | Found::Entries(_, inner, rest) => subcolumn_type(&inner, rest),
        Found::Of(inner, rest) => subcolumn_type(&inner.nullable(), rest),
        Found::Null => Some(ChType::UInt8),
        Found::Size => Some(nullable(ChType::UInt64)),
        Found::Elements(element) => subcolumn_type(&element, steps).map(ChType::array),
    }
}

/// The values a path leads to, of the type [`subcolumn_type`] answers.
///
/// # Errors
/// 33 and 117 for damaged bytes, 49 when the path leads nowhere.
pub(crate) fn subcolumn(array: &ArrayRef, ty: &ChType, steps: &[Step]) -> Result<ArrayRef> {
    if steps.is_empty() {
        return Ok(Arc::clone(array));
    }
    let rows = array.len();
    match locate(ty, steps).ok_or_else(|| internal(format!("{ty} has no such part")))? {
        Found::Path(path, inner, rest) => subcolumn(&at_path(array, &path, &inner)?, &inner, rest),
        Found::Object(path, inner, rest) => {
            let objects = texts(rows, |row, out| {
                let found =
                    if array.is_null(row) { None } else { object(bytes_at(array, row), path.as_bytes())? };
                match found {
                    Some(found) => *out = found,
                    None => out.push(0),
                }
                Ok(())
            })?;
            subcolumn(&objects, &inner, rest)
        }
        Found::Of(of, rest) => {
            let inner = of.nullable();
            subcolumn(&of_type(array, &inner)?, &inner, rest)
        }
        Found::Field(at, inner, rest) => {
            let column = array.as_struct().columns().get(at).cloned();
            subcolumn(&column.ok_or_else(|| internal("a tuple of another layout"))?, &inner, rest)
        }
        Found::Entries(at, inner, rest) => {
            let map = array.as_map();
            let values = if at == 0 { map.keys() } else { map.values() };
            let lists = list_of(&inner, map.offsets().clone(), Arc::clone(values))?;
            subcolumn(&lists, &inner, rest)
        }
        Found::Null => {
            let flags: UInt8Array = (0..rows).map(|row| Some(u8::from(array.is_null(row)))).collect();
            Ok(Arc::new(flags))
        }
        Found::Size => sizes(array),
        Found::Elements(element) => {
            let list = array.as_list_opt::<i32>().ok_or_else(|| internal("an array of another layout"))?;
            let inner = subcolumn_type(&element, steps).unwrap_or(ChType::Nothing);
            let values = subcolumn(list.values(), &element, steps)?;
            list_of(&ChType::array(inner), list.offsets().clone(), values)
        }
    }
}

fn list_of(ty: &ChType, offsets: arrow::buffer::OffsetBuffer<i32>, values: ArrayRef) -> Result<ArrayRef> {
    let DataType::List(field) = arrow_type(ty) else { return Err(internal("elements of no list")) };
    Ok(Arc::new(ListArray::try_new(field, offsets, values, None).map_err(internal)?))
}

fn sizes(array: &ArrayRef) -> Result<ArrayRef> {
    let length = |row: usize| match array.data_type() {
        DataType::List(_) => array.as_list::<i32>().value_length(row) as i64,
        DataType::Map(..) => array.as_map().value_length(row) as i64,
        _ => bytes_at(array, row).len() as i64,
    };
    crate::function::result::nullable_ints(&ChType::UInt64, array.len(), |row| {
        Ok((!array.is_null(row)).then(|| length(row)))
    })
}

/// The values of one path of documents.
fn at_path(array: &ArrayRef, path: &str, ty: &ChType) -> Result<ArrayRef> {
    let rows = array.len();
    if ty.is_tagged() {
        return nullable_texts(rows, |row, out| {
            let found = if array.is_null(row) { None } else { find(bytes_at(array, row), path.as_bytes())? };
            out.extend_from_slice(found.unwrap_or_default());
            Ok(found.is_some())
        });
    }
    let mut builder = ColumnBuilder::new(ty);
    for row in 0..rows {
        match if array.is_null(row) { None } else { find(bytes_at(array, row), path.as_bytes())? } {
            Some(value) => append_tagged(value, &mut builder)?,
            None => builder.append_default(),
        }
    }
    builder.finish()
}

/// `json['name']`: the value of a path, or the object there as a value of type JSON.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn member(array: &ArrayRef, of: &JsonType, path: &str) -> Result<ArrayRef> {
    let mut code = Vec::new();
    crate::tagged::write_type(&ChType::Json(Arc::new(of.object(path))), &mut code);
    nullable_texts(array.len(), |row, out| {
        if array.is_null(row) {
            return Ok(false);
        }
        let document = bytes_at(array, row);
        if let Some(value) = find(document, path.as_bytes())? {
            out.extend_from_slice(value);
            return Ok(true);
        }
        let Some(inner) = object(document, path.as_bytes())? else { return Ok(false) };
        out.extend_from_slice(&code);
        crate::json::to_wire(&inner, &of.object(path), out)?;
        Ok(true)
    })
}
