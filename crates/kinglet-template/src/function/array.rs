//! `Array(name, type, default)`.

use super::typed::{Kind, Valid, given, kind, placeholder, truth, validated};
use crate::eval::{Args, Evaluator, sql_text};
use crate::object::exception::{Outcome, key_error, template_error, type_error};
use crate::object::{Number, Object, escape, float, integer, text};
use crate::python::unescape;

/// What the items of an array are.
#[derive(Clone, Copy, Debug)]
enum Item {
    Checked(Kind),
    Boolean,
    Symbol,
    /// Any other type name: text.
    Text,
    /// A name that is checked like a type and has no constructor.
    Bare(fn(&str) -> bool),
}

fn item_type(name: &str) -> Item {
    match name {
        "Boolean" | "bool" => Item::Boolean,
        "Symbol" | "Column" => Item::Symbol,
        "Bool" => Item::Bare(|text| matches!(text.to_lowercase().as_str(), "0" | "1" | "true" | "false")),
        "Array(String)" | "Array(Int32)" => Item::Bare(|text| text.starts_with('[') && text.ends_with(']')),
        _ => kind(name).map_or(Item::Text, Item::Checked),
    }
}

const ILL_DEFINED: &str = "transform type function Array is not well defined";

/// `Array(name, type, default, …)`: a SQL array.
pub(super) fn array(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let names = ["x", "_type", "default", "defined", "required", "description", "enum", "example", "format"];
    let [value, item, default, defined, ..] = args.bind("array_type.<locals>._f", 1, names)?;
    let name = match &item {
        None => "String".to_owned(),
        Some(Object::Function(name) | Object::Class(name)) => (*name).to_owned(),
        Some(name @ (Object::List(_) | Object::Dict(_) | Object::Set(_))) => {
            return type_error(format!("unhashable type: '{}'", name.class_name()));
        }
        Some(name) => evaluator.text_of(name)?,
    };
    let item = item_type(&name);
    let value = value.unwrap_or(Object::None);
    let value = if matches!(value, Object::Placeholder) {
        let stand_in = stand_in(item, evaluator)?;
        Some(placeholder(default.as_ref(), stand_in, evaluator))
    } else {
        given(value, default, defined, evaluator)?
    };
    let Some(value) = value else { return Ok(Object::None) };
    let items = items_of(evaluator, &value)?;
    let mut out = String::from("[");
    for (at, object) in items.iter().enumerate() {
        evaluator.spend(1)?;
        if at > 0 {
            out.push(',');
        }
        out.push_str(&item_sql(evaluator, item, &name, &value, at, object)?);
    }
    out.push(']');
    evaluator.spend_text(out.len())?;
    Ok(Object::Sql(out.into()))
}

fn stand_in(item: Item, evaluator: &mut Evaluator<'_>) -> Outcome<Object> {
    let items = match item {
        Item::Checked(Kind::String) | Item::Text | Item::Bare(_) => return Ok(Object::str("")),
        Item::Checked(Kind::Int(..) | Kind::Float) | Item::Boolean => vec![Object::int(0); 2],
        Item::Checked(Kind::Date) => vec![Object::str("2019-01-01"); 2],
        Item::Checked(Kind::DateTime) => vec![Object::str("2019-01-01 00:00:00"); 2],
        Item::Checked(Kind::DateTime64) => vec![Object::str("2019-01-01 00:00:00.000"); 2],
        Item::Symbol => vec![Object::str("`placeholder`"); 2],
    };
    evaluator.list(items)
}

fn items_of(evaluator: &mut Evaluator<'_>, value: &Object) -> Outcome<Vec<Object>> {
    match value {
        Object::List(id) => Ok(evaluator.heap.items(*id).to_vec()),
        Object::Str(text) | Object::Sql(text) => {
            evaluator.spend(text.len() / 8)?;
            Ok(text.split(',').map(Object::str).collect())
        }
        Object::Placeholder => Ok(vec![Object::Placeholder; 2]),
        _ => template_error(ILL_DEFINED),
    }
}

fn item_sql(
    evaluator: &mut Evaluator<'_>,
    item: Item,
    name: &str,
    whole: &Object,
    at: usize,
    object: &Object,
) -> Outcome<String> {
    if matches!(object, Object::None) {
        return template_error("expression \"None\" evaluated to null");
    }
    if matches!(item, Item::Boolean) {
        return Ok(u8::from(truth(object, evaluator)).to_string());
    }
    if matches!((object, name), (Object::Placeholder, "Int" | "Integer")) {
        return Ok("0".to_owned());
    }
    let text = evaluator.text_of(object)?;
    let refused = |evaluator: &Evaluator<'_>| {
        let whole = text::str(whole, &evaluator.heap)?;
        let shown = if text.is_empty() { "empty string".to_owned() } else { text.clone() };
        template_error(format!("Error validating [{whole}][{at}] ({shown}) to type {name}"))
    };
    match item {
        Item::Checked(kind) => match validated(kind, &text) {
            Some(Valid::Text(text)) => Ok(escape::quoted(&text)),
            Some(Valid::Number(Number::Int(value))) => integer::to_text(&value),
            Some(Valid::Number(Number::Float(value))) => Ok(float::repr(value)),
            // These two are checked as single values are.
            None if matches!(name, "Int" | "Integer") => {
                template_error(format!("Error validating '{text}' to type Int32"))
            }
            None => refused(evaluator),
        },
        Item::Symbol => Ok(escape::back_ticked(&text)),
        Item::Bare(accepts) if !accepts(&text) => refused(evaluator),
        Item::Bare(_) => key_error(text::quoted(name)),
        // An unknown type leaves values as they are.
        Item::Text | Item::Boolean => sql_text(object, &evaluator.heap),
    }
}

/// The list that a parameter declared as an array is for the rest of the template: what Python reads the rendered
/// array as. None where it stays what it is.
pub(crate) fn as_list(evaluator: &mut Evaluator<'_>, name: &str, type_name: &str) -> Option<Object> {
    let value = evaluator.variable(name)?;
    let item = item_type(type_name);
    if matches!(item, Item::Symbol | Item::Bare(_)) {
        return None;
    }
    let items = items_of(evaluator, &value).ok()?;
    let mut out = Vec::with_capacity(items.len());
    for object in items {
        out.push(list_item(evaluator, item, &object)?);
    }
    evaluator.list(out).ok()
}

fn list_item(evaluator: &mut Evaluator<'_>, item: Item, object: &Object) -> Option<Object> {
    if matches!(object, Object::None) {
        return None;
    }
    if matches!(item, Item::Boolean) {
        return Some(Object::int(u8::from(truth(object, evaluator))));
    }
    if matches!(item, Item::Text) && object.as_text().is_none() {
        return Some(object.clone());
    }
    let text = evaluator.text_of(object).ok()?;
    let valid = match item {
        Item::Checked(kind) => validated(kind, &text)?,
        _ => Valid::Text(text),
    };
    match valid {
        // The text was escaped for SQL; Python knows fewer escapes and leaves the others in place.
        Valid::Text(text) => Some(Object::str(unescape(&escape::escaped(&text))?)),
        Valid::Number(Number::Int(value)) => Some(Object::Int(value)),
        Valid::Number(Number::Float(value)) if value.is_finite() => Some(Object::Float(value)),
        Valid::Number(Number::Float(_)) => None,
    }
}
