//! Methods of strings, lists, tuples, dictionaries, sets and numbers.

mod list;
mod string;
mod string_case;
mod table;

use crate::eval::{Args, Evaluator};
use crate::object::exception::{Outcome, attribute_error, type_error};
use crate::object::{Object, float};

/// Code of a method.
type Code = fn(&mut Evaluator<'_>, &Object, Args) -> Outcome<Object>;

const NUMBER: [(&str, Code); 3] = [
    ("bit_length", bit_length),
    ("conjugate", |_, receiver, _| Ok(receiver.clone())),
    ("is_integer", is_integer),
];

fn find(receiver: &Object, name: &str) -> Option<Code> {
    let in_table =
        |table: &[(&str, Code)]| table.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
    match receiver {
        Object::Str(_) | Object::Sql(_) => {
            in_table(&string::METHODS).or_else(|| in_table(&string_case::METHODS))
        }
        Object::List(_) => in_table(&list::METHODS),
        Object::Tuple(_) | Object::Range(_) => in_table(&list::TUPLE_METHODS),
        Object::Dict(_) => in_table(&table::DICT_METHODS),
        Object::Set(_) => in_table(&table::SET_METHODS),
        Object::Bool(_) | Object::Int(_) | Object::Float(_) | Object::Cast(_) => in_table(&NUMBER),
        Object::Placeholder => (name == "split").then_some(placeholder_split as Code),
        _ => None,
    }
}

/// Whether a value has a method of that name.
pub(crate) fn exists(receiver: &Object, name: &str) -> bool {
    find(receiver, name).is_some()
}

/// Calls a method.
pub(crate) fn call(
    evaluator: &mut Evaluator<'_>,
    receiver: &Object,
    name: &str,
    args: Args,
) -> Outcome<Object> {
    evaluator.spend(1)?;
    match find(receiver, name) {
        Some(code) => code(evaluator, receiver, args),
        None => attribute_error(receiver.class_name(), name),
    }
}

fn placeholder_split(evaluator: &mut Evaluator<'_>, _: &Object, _: Args) -> Outcome<Object> {
    evaluator.list(vec![Object::Placeholder; 2])
}

fn bit_length(_: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("bit_length", 0, [])?;
    match receiver.as_integer() {
        Some(value) => Ok(Object::int(value.bits())),
        None => attribute_error(receiver.class_name(), "bit_length"),
    }
}

fn is_integer(_: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("is_integer", 0, [])?;
    match receiver {
        Object::Float(value) => Ok(Object::Bool(value.fract() == 0.0 && !float::repr(*value).contains('n'))),
        _ => type_error("is_integer is a method of floats"),
    }
}

/// The text of an argument that has to be text.
fn text(value: &Object) -> Outcome<std::sync::Arc<str>> {
    match value.as_text() {
        Some(text) => Ok(text.clone()),
        None => type_error(format!("must be str, not {}", value.class_name())),
    }
}
