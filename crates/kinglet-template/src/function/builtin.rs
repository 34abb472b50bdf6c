//! Python's `str`, `repr`, `bool`, `isinstance` and their like.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::method;
use crate::eval::{Args, Evaluator};
use crate::object::exception::{Cause, Outcome, Raised, type_error};
use crate::object::{Object, compare, text};

/// `str(value)`.
pub(super) fn str(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("str", 0, ["object"])?;
    let text = match value {
        None => String::new(),
        Some(value) => evaluator.text_of(&value)?,
    };
    Ok(Object::str(text))
}

/// `repr(value)`.
pub(super) fn repr(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("repr", 1, ["obj"])?;
    let text = text::repr(&value.unwrap_or(Object::None), &evaluator.heap)?;
    evaluator.string(text)
}

/// `callable(value)`.
pub(super) fn callable(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("callable", 1, ["obj"])?;
    let callable =
        matches!(value, Some(Object::Function(_) | Object::Class(_) | Object::Method(_) | Object::Lambda(_)));
    Ok(Object::Bool(callable))
}

/// `hasattr(value, name)`.
pub(super) fn hasattr(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, name] = args.bind("hasattr", 2, ["obj", "name"])?;
    let (value, name) = (value.unwrap_or(Object::None), name.unwrap_or(Object::None));
    match name.as_text() {
        Some(name) => Ok(Object::Bool(method::exists(&value, name))),
        None => type_error(format!("attribute name must be string, not '{}'", name.class_name())),
    }
}

/// `hash(value)`: equal for equal values, otherwise arbitrary.
pub(super) fn hash(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("hash", 1, ["obj"])?;
    let identity = compare::identity(&value.unwrap_or(Object::None), &evaluator.heap)?;
    evaluator.spend_text(identity.len())?;
    let mut hasher = DefaultHasher::new();
    identity.hash(&mut hasher);
    Ok(Object::int(hasher.finish() >> 3))
}

/// `isinstance(value, class)`.
pub(super) fn isinstance(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, class] = args.bind("isinstance", 2, ["obj", "class_or_tuple"])?;
    let (value, class) = (value.unwrap_or(Object::None), class.unwrap_or(Object::None));
    let classes = match &class {
        Object::Tuple(id) => evaluator.heap.items(*id).to_vec(),
        other => vec![other.clone()],
    };
    for class in &classes {
        let Object::Class(name) = class else {
            return type_error("isinstance() arg 2 must be a type, a tuple of types, or a union");
        };
        if is_instance(&value, name) {
            return Ok(Object::Bool(true));
        }
    }
    Ok(Object::Bool(false))
}

fn is_instance(value: &Object, class: &str) -> bool {
    match value {
        Object::Exception(raised) => raised.is_a(class),
        Object::Bool(_) => matches!(class, "bool" | "int"),
        other => other.class_name() == class,
    }
}

/// `issubclass(class, other)`.
pub(super) fn issubclass(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [class, other] = args.bind("issubclass", 2, ["cls", "class_or_tuple"])?;
    match (class, other) {
        (Some(Object::Class(class)), Some(Object::Class(other))) => {
            let derived = Raised::new(class, "").is_a(other) || (class == "bool" && other == "int");
            Ok(Object::Bool(derived))
        }
        _ => type_error("issubclass() arg 1 must be a class"),
    }
}

/// `ValueError(message)` and its like: an exception that is not raised.
pub(super) fn exception(evaluator: &mut Evaluator<'_>, class: &'static str, args: Args) -> Outcome<Object> {
    if !args.keywords.is_empty() {
        return type_error(format!("{class}() takes no keyword arguments"));
    }
    let message = match args.positional.as_slice() {
        [] => String::new(),
        [only] => evaluator.text_of(only)?,
        _ => {
            let tuple = evaluator.tuple(args.positional)?;
            text::str(&tuple, &evaluator.heap)?
        }
    };
    Ok(Object::Exception(Arc::new(Raised { class, message, cause: Cause::Failure, span: None })))
}
