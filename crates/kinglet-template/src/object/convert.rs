//! Request values to objects and back.

use super::exception::Outcome;
use super::{Dict, Heap, Number, Object, text};
use crate::Value;
use crate::integer::Integer;

/// Containers inside containers of a request value that are kept.
const MAX_DEPTH: usize = 64;

/// The object for a request value. What is nested too deeply is cut off.
pub(crate) fn to_object(value: &Value, heap: &mut Heap<'_>) -> Object {
    object_at(value, heap, 0)
}

fn object_at(value: &Value, heap: &mut Heap<'_>, depth: usize) -> Object {
    match value {
        Value::Null => Object::None,
        Value::Bool(value) => Object::Bool(*value),
        Value::Int(value) => Object::int(*value),
        Value::BigInt(digits) => {
            Integer::parse(digits, 10).map_or_else(|| Object::str(digits.as_str()), Object::Int)
        }
        Value::Float(value) => Object::Float(*value),
        Value::String(text) => Object::str(text.as_str()),
        Value::List(_) | Value::Object(_) if depth >= MAX_DEPTH => Object::None,
        Value::List(items) => {
            let items = items.iter().map(|item| object_at(item, heap, depth + 1)).collect();
            heap.list(items)
        }
        Value::Object(members) => {
            let mut table = Dict::default();
            for (name, member) in members {
                let member = object_at(member, heap, depth + 1);
                table.insert(format!("s{name}"), Object::str(name.as_str()), member);
            }
            Object::Dict(heap.new_table(table))
        }
    }
}

/// The JSON-like value of an object; what has no JSON form becomes its text.
pub(crate) fn to_value(object: &Object, heap: &Heap<'_>) -> Outcome<Value> {
    value_at(object, heap, 0)
}

fn value_at(object: &Object, heap: &Heap<'_>, depth: usize) -> Outcome<Value> {
    heap.visit()?;
    Ok(match object {
        Object::None => Value::Null,
        Object::Bool(value) => Value::Bool(*value),
        Object::Int(_) | Object::Float(_) | Object::Cast(_) => match object.as_number() {
            Some(Number::Int(value)) => integer_value(&value),
            Some(Number::Float(value)) => Value::Float(value),
            None => Value::Null,
        },
        Object::List(id) | Object::Tuple(id) if depth < MAX_DEPTH => {
            let items: Outcome<Vec<Value>> =
                heap.items(*id).iter().map(|item| value_at(item, heap, depth + 1)).collect();
            Value::List(items?)
        }
        Object::Dict(id) if depth < MAX_DEPTH => {
            let mut members = Vec::new();
            for (key, member) in heap.table(*id).entries() {
                members.push((text::str(key, heap)?, value_at(member, heap, depth + 1)?));
            }
            Value::Object(members)
        }
        other => Value::String(text::str(other, heap)?),
    })
}

/// An integer as a value.
pub(crate) fn integer_value(value: &Integer) -> Value {
    value.to_i128().map_or_else(|| Value::BigInt(value.to_string()), Value::Int)
}
