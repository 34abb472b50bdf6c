//! Equality, order and dictionary keys.

use std::cmp::Ordering;
use std::sync::Arc;

use super::exception::{Outcome, Stop, type_error};
use super::{Heap, Number, Object, View};
use crate::integer::Integer;

/// Containers inside containers that are compared.
const MAX_DEPTH: usize = 48;

/// Bytes of the text that identifies a tuple as a dictionary key.
const MAX_IDENTITY: usize = 1 << 20;

/// `left == right`.
pub(crate) fn equal(left: &Object, right: &Object, heap: &Heap<'_>) -> Outcome<bool> {
    equal_at(left, right, heap, 0)
}

fn equal_at(left: &Object, right: &Object, heap: &Heap<'_>, depth: usize) -> Outcome<bool> {
    heap.visit()?;
    if depth > MAX_DEPTH {
        return Err(Stop::Limit("a value is nested too deeply"));
    }
    if let (Some(left), Some(right)) = (left.as_text(), right.as_text()) {
        return Ok(left == right);
    }
    if let (Some(left), Some(right)) = (left.as_number(), right.as_number()) {
        return Ok(compare_numbers(&left, &right) == Some(Ordering::Equal));
    }
    Ok(match (left, right) {
        (Object::List(a), Object::List(b)) | (Object::Tuple(a), Object::Tuple(b)) => {
            let (a, b) = (heap.items(*a), heap.items(*b));
            a.len() == b.len() && all_equal(a.iter().zip(b), heap, depth)?
        }
        (Object::Dict(a), Object::Dict(b)) => {
            let (a, b) = (heap.table(*a), heap.table(*b));
            if a.len() != b.len() {
                return Ok(false);
            }
            for (key, value) in a.entries() {
                match b.get(&identity(key, heap)?) {
                    Some(other) if equal_at(value, other, heap, depth + 1)? => {}
                    _ => return Ok(false),
                }
            }
            true
        }
        (Object::Set(a), Object::Set(b)) => {
            let (a, b) = (heap.table(*a), heap.table(*b));
            a.len() == b.len() && is_subset(a.entries(), b, heap)?
        }
        _ => same(left, right),
    })
}

/// Whether all keys are in `table`.
pub(crate) fn is_subset(keys: &[(Object, Object)], table: &super::Dict, heap: &Heap<'_>) -> Outcome<bool> {
    for (key, _) in keys {
        if !table.contains(&identity(key, heap)?) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn all_equal<'o>(
    pairs: impl Iterator<Item = (&'o Object, &'o Object)>,
    heap: &Heap<'_>,
    depth: usize,
) -> Outcome<bool> {
    for (left, right) in pairs {
        if !equal_at(left, right, heap, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `left is right`.
pub(crate) fn same(left: &Object, right: &Object) -> bool {
    match (left, right) {
        (Object::None, Object::None) | (Object::Ellipsis, Object::Ellipsis) => true,
        (Object::Placeholder, Object::Placeholder) => false,
        (Object::Bool(a), Object::Bool(b)) => a == b,
        (Object::Int(a), Object::Int(b)) => a == b,
        (Object::Float(a), Object::Float(b)) => a == b,
        (Object::Str(a), Object::Str(b)) | (Object::Sql(a), Object::Sql(b)) => a == b,
        (Object::Symbol(a), Object::Symbol(b)) => Arc::ptr_eq(a, b),
        (Object::List(a), Object::List(b))
        | (Object::Tuple(a), Object::Tuple(b))
        | (Object::Iterator(a), Object::Iterator(b))
        | (Object::Slice(a), Object::Slice(b)) => a == b,
        (Object::Dict(a), Object::Dict(b)) | (Object::Set(a), Object::Set(b)) => a == b,
        (Object::View(a, x), Object::View(b, y)) => a == b && x == y,
        (Object::Range(a), Object::Range(b)) => a == b,
        (Object::Function(a), Object::Function(b)) | (Object::Class(a), Object::Class(b)) => a == b,
        (Object::Lambda(a), Object::Lambda(b)) => a == b,
        (Object::Exception(a), Object::Exception(b)) => Arc::ptr_eq(a, b),
        _ => false,
    }
}

/// Order of two numbers; none where one is not a number.
pub(crate) fn compare_numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left, right) {
        (Number::Int(a), Number::Int(b)) => Some(a.cmp(b)),
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(b),
        (Number::Int(a), Number::Float(b)) => compare_mixed(a, *b),
        (Number::Float(a), Number::Int(b)) => compare_mixed(b, *a).map(Ordering::reverse),
    }
}

fn compare_mixed(integer: &Integer, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    match Integer::from_f64(float.floor()) {
        Some(floor) => Some(integer.cmp(&floor).then(if float.fract() == 0.0 {
            Ordering::Equal
        } else {
            Ordering::Less
        })),
        None if float > 0.0 => Some(Ordering::Less),
        None => Some(Ordering::Greater),
    }
}

/// `left < right` and its like: `None` when the comparison is false either way (not a number).
pub(crate) fn order(
    left: &Object,
    right: &Object,
    symbol: &str,
    heap: &Heap<'_>,
) -> Outcome<Option<Ordering>> {
    order_at(left, right, symbol, heap, 0)
}

fn order_at(
    left: &Object,
    right: &Object,
    symbol: &str,
    heap: &Heap<'_>,
    depth: usize,
) -> Outcome<Option<Ordering>> {
    heap.visit()?;
    if depth > MAX_DEPTH {
        return Err(Stop::Limit("a value is nested too deeply"));
    }
    if let (Some(left), Some(right)) = (left.as_text(), right.as_text()) {
        return Ok(Some(left.cmp(right)));
    }
    if let (Some(left), Some(right)) = (left.as_number(), right.as_number()) {
        return Ok(compare_numbers(&left, &right));
    }
    match (left, right) {
        (Object::List(a), Object::List(b)) | (Object::Tuple(a), Object::Tuple(b)) => {
            let (a, b) = (heap.items(*a), heap.items(*b));
            for (left, right) in a.iter().zip(b) {
                if !equal_at(left, right, heap, depth + 1)? {
                    return order_at(left, right, symbol, heap, depth + 1);
                }
            }
            Ok(Some(a.len().cmp(&b.len())))
        }
        (Object::Set(a), Object::Set(b)) => {
            let (a, b) = (heap.table(*a), heap.table(*b));
            let (below, above) = (is_subset(a.entries(), b, heap)?, is_subset(b.entries(), a, heap)?);
            Ok(match (below, above) {
                (true, true) => Some(Ordering::Equal),
                (true, false) => Some(Ordering::Less),
                (false, true) => Some(Ordering::Greater),
                (false, false) => None,
            })
        }
        _ => {
            let (a, b) = (left.class_name(), right.class_name());
            let hint = if matches!(left, Object::Placeholder) {
                ". If you are using a dynamic parameter, you need to wrap it around a valid Data Type (e.g. \
                 Int8(placeholder))"
            } else {
                ""
            };
            type_error(format!("'{symbol}' not supported between instances of '{a}' and '{b}'{hint}"))
        }
    }
}

/// Text that is equal for equal dictionary keys; refuses what cannot be a key.
pub(crate) fn identity(key: &Object, heap: &Heap<'_>) -> Outcome<String> {
    identity_at(key, heap, 0)
}

fn identity_at(key: &Object, heap: &Heap<'_>, depth: usize) -> Outcome<String> {
    heap.visit()?;
    if depth > MAX_DEPTH {
        return Err(Stop::Limit("a value is nested too deeply"));
    }
    if let Some(text) = key.as_text() {
        return Ok(format!("s{text}"));
    }
    match key.as_number() {
        Some(Number::Int(value)) => return Ok(format!("i{}", value.to_text(16))),
        Some(Number::Float(value)) => {
            return Ok(match Integer::from_f64(value).filter(|whole| whole.to_f64() == value) {
                Some(whole) => format!("i{}", whole.to_text(16)),
                None => format!("f{:x}", value.to_bits()),
            });
        }
        None => {}
    }
    Ok(match key {
        Object::None => "n".to_owned(),
        Object::Tuple(id) => {
            let mut out = String::from("t");
            for item in heap.items(*id) {
                let part = identity_at(item, heap, depth + 1)?;
                if out.len() + part.len() > MAX_IDENTITY {
                    return Err(Stop::Limit("a dictionary key is too large"));
                }
                out.push_str(&format!("{}:{part}", part.len()));
            }
            out
        }
        Object::List(_) | Object::Dict(_) | Object::Set(_) | Object::View(_, View::Keys | View::Items) => {
            return type_error(format!("unhashable type: '{}'", key.class_name()));
        }
        Object::Function(name) | Object::Class(name) => format!("c{name}"),
        Object::Lambda(id) => format!("l{}", id.0),
        Object::Range(range) => format!("r{}:{}:{}", range.start, range.stop, range.step),
        Object::Symbol(text) => format!("y{text}"),
        Object::Iterator(id) | Object::Slice(id) => format!("h{}", id.0),
        Object::Exception(raised) => format!("e{}:{}", raised.class, raised.message),
        Object::Placeholder => "p".to_owned(),
        Object::Ellipsis => "z".to_owned(),
        Object::View(id, View::Values) => format!("v{}", id.0),
        Object::Method(method) => format!("m{}", method.1),
        // Text and numbers were handled above.
        Object::Bool(_)
        | Object::Int(_)
        | Object::Float(_)
        | Object::Str(_)
        | Object::Sql(_)
        | Object::Cast(_) => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_and_floats_compare_exactly() {
        let big = Number::Int(Integer::from((1i64 << 53) + 1));
        assert_eq!(compare_numbers(&big, &Number::Float(9007199254740992.0)), Some(Ordering::Greater));
        assert_eq!(compare_numbers(&Number::Int(3.into()), &Number::Float(3.5)), Some(Ordering::Less));
        assert_eq!(compare_numbers(&Number::Int(3.into()), &Number::Float(f64::NAN)), None);
    }

    #[test]
    fn equal_keys_have_one_identity() {
        let heap = Heap::default();
        let one = identity(&Object::int(1), &heap).unwrap();
        assert_eq!(identity(&Object::Bool(true), &heap).unwrap(), one);
        assert_eq!(identity(&Object::Float(1.0), &heap).unwrap(), one);
        assert_ne!(identity(&Object::str("1"), &heap).unwrap(), one);
    }
}
