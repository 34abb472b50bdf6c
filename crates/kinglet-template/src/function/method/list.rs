//! Methods of lists and tuples.

use super::Code;
use crate::eval::{Args, Evaluator};
use crate::function::builtin_sequence::in_order;
use crate::object::exception::{Outcome, index_error, type_error, value_error};
use crate::object::{Object, SequenceId, compare, text};

pub(super) const METHODS: [(&str, Code); 11] = [
    ("append", append),
    ("clear", clear),
    ("copy", copy),
    ("count", count),
    ("extend", extend),
    ("index", index),
    ("insert", insert),
    ("pop", pop),
    ("remove", remove),
    ("reverse", reverse),
    ("sort", sort),
];

pub(super) const TUPLE_METHODS: [(&str, Code); 2] = [("count", count), ("index", index)];

fn id(receiver: &Object) -> Outcome<SequenceId> {
    match receiver {
        Object::List(id) | Object::Tuple(id) => Ok(*id),
        other => type_error(format!("'{}' object is not a list", other.class_name())),
    }
}

fn append(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [item] = args.bind("append", 1, ["object"])?;
    evaluator.spend(1)?;
    evaluator.heap.change(id(receiver)?, |list| list.extend(item));
    Ok(Object::None)
}

fn clear(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("clear", 0, [])?;
    evaluator.heap.change(id(receiver)?, Vec::clear);
    Ok(Object::None)
}

fn copy(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("copy", 0, [])?;
    let items = evaluator.heap.items(id(receiver)?).to_vec();
    evaluator.list(items)
}

fn count(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [wanted] = args.bind("count", 1, ["value"])?;
    let wanted = wanted.unwrap_or(Object::None);
    let mut n_found = 0u64;
    for item in evaluator.collect(receiver)? {
        n_found += u64::from(compare::equal(&item, &wanted, &evaluator.heap)?);
    }
    Ok(Object::int(n_found))
}

fn extend(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [items] = args.bind("extend", 1, ["iterable"])?;
    let items = match items {
        Some(Object::List(other)) => evaluator.heap.items(other).to_vec(),
        other => evaluator.collect(&other.unwrap_or(Object::None))?,
    };
    evaluator.spend(items.len())?;
    evaluator.heap.change(id(receiver)?, |list| list.extend(items));
    Ok(Object::None)
}

fn place_of(evaluator: &mut Evaluator<'_>, receiver: &Object, wanted: &Object) -> Outcome<Option<usize>> {
    for (at, item) in evaluator.collect(receiver)?.iter().enumerate() {
        if compare::equal(item, wanted, &evaluator.heap)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn index(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [wanted] = args.bind("index", 1, ["value"])?;
    let wanted = wanted.unwrap_or(Object::None);
    match place_of(evaluator, receiver, &wanted)? {
        Some(at) => Ok(Object::int(at)),
        None => value_error(format!(
            "{} is not in {}",
            text::repr(&wanted, &evaluator.heap)?,
            receiver.class_name()
        )),
    }
}

fn insert(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [at, item] = args.bind("insert", 2, ["index", "object"])?;
    let at = at.and_then(|at| at.as_integer()).and_then(|at| at.to_i64());
    let Some(at) = at else { return type_error("an integer is required") };
    let item = item.unwrap_or(Object::None);
    let id = id(receiver)?;
    evaluator.spend(1 + evaluator.heap.items(id).len() / 16)?;
    evaluator.heap.change(id, |list| {
        let length = list.len() as i64;
        let place = if at < 0 { at.saturating_add(length).max(0) } else { at.min(length) };
        list.insert(usize::try_from(place).unwrap_or(0).min(list.len()), item);
    });
    Ok(Object::None)
}

fn pop(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [at] = args.bind("pop", 0, ["index"])?;
    let id = id(receiver)?;
    let length = evaluator.heap.items(id).len();
    if length == 0 {
        return index_error("pop from empty list");
    }
    let at = match at {
        None => -1,
        Some(at) => match at.as_integer().and_then(|at| at.to_i64()) {
            Some(at) => at,
            None => return type_error("an integer is required"),
        },
    };
    let place = if at < 0 { at.saturating_add(length as i64) } else { at };
    match usize::try_from(place) {
        Ok(place) if place < length => {
            evaluator.spend(1 + (length - place) / 16)?;
            Ok(evaluator.heap.change(id, |list| Some(list.remove(place))).unwrap_or(Object::None))
        }
        _ => index_error("pop index out of range"),
    }
}

fn remove(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [wanted] = args.bind("remove", 1, ["value"])?;
    let Some(at) = place_of(evaluator, receiver, &wanted.unwrap_or(Object::None))? else {
        return value_error("list.remove(x): x not in list");
    };
    evaluator.heap.change(id(receiver)?, |list| {
        if at < list.len() {
            list.remove(at);
        }
    });
    Ok(Object::None)
}

fn reverse(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("reverse", 0, [])?;
    let id = id(receiver)?;
    evaluator.spend(evaluator.heap.items(id).len() / 16)?;
    evaluator.heap.change(id, |list| list.reverse());
    Ok(Object::None)
}

fn sort(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [key, reverse] = args.bind("sort", 0, ["key", "reverse"])?;
    let id = id(receiver)?;
    let items = evaluator.heap.items(id).to_vec();
    let reverse = reverse.is_some_and(|reverse| reverse.is_true(&evaluator.heap));
    let sorted = in_order(evaluator, items, key.as_ref(), reverse)?;
    evaluator.heap.change(id, |list| *list = sorted);
    Ok(Object::None)
}
