//! Methods of dictionaries and sets.

use super::Code;
use crate::eval::{Args, Evaluator};
use crate::function::builtin_sequence::fill;
use crate::object::exception::{Outcome, key_error, type_error};
use crate::object::{Dict, Object, TableId, View, compare, text};
use crate::python::ast::BinaryOp;

pub(super) const DICT_METHODS: [(&str, Code); 10] = [
    ("clear", clear),
    ("copy", copy),
    ("get", get),
    ("items", |_, receiver, _| Ok(Object::View(id(receiver)?, View::Items))),
    ("keys", |_, receiver, _| Ok(Object::View(id(receiver)?, View::Keys))),
    ("pop", pop),
    ("popitem", popitem),
    ("setdefault", setdefault),
    ("update", update),
    ("values", |_, receiver, _| Ok(Object::View(id(receiver)?, View::Values))),
];

pub(super) const SET_METHODS: [(&str, Code); 12] = [
    ("add", add),
    ("clear", clear),
    ("copy", copy),
    ("difference", |evaluator, receiver, args| combined(evaluator, receiver, args, BinaryOp::Sub)),
    ("discard", discard),
    ("intersection", |evaluator, receiver, args| combined(evaluator, receiver, args, BinaryOp::BitAnd)),
    ("issubset", issubset),
    ("issuperset", issuperset),
    ("remove", remove),
    ("symmetric_difference", |evaluator, receiver, args| {
        combined(evaluator, receiver, args, BinaryOp::BitXor)
    }),
    ("union", |evaluator, receiver, args| combined(evaluator, receiver, args, BinaryOp::BitOr)),
    ("update", set_update),
];

fn id(receiver: &Object) -> Outcome<TableId> {
    match receiver {
        Object::Dict(id) | Object::Set(id) => Ok(*id),
        other => type_error(format!("'{}' object is not a dict", other.class_name())),
    }
}

fn clear(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("clear", 0, [])?;
    evaluator.heap.change_table(id(receiver)?, Dict::clear);
    Ok(Object::None)
}

fn copy(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("copy", 0, [])?;
    let table = evaluator.heap.table(id(receiver)?).clone();
    evaluator.spend(table.len())?;
    let copied = evaluator.heap.new_table(table);
    Ok(if matches!(receiver, Object::Dict(_)) { Object::Dict(copied) } else { Object::Set(copied) })
}

fn get(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [key, default] = args.bind("get", 1, ["key", "default"])?;
    let identity = compare::identity(&key.unwrap_or(Object::None), &evaluator.heap)?;
    evaluator.spend_text(identity.len())?;
    let found = evaluator.heap.table(id(receiver)?).get(&identity).cloned();
    Ok(found.or(default).unwrap_or(Object::None))
}

fn take(evaluator: &mut Evaluator<'_>, receiver: &Object, key: &Object) -> Outcome<Option<(Object, Object)>> {
    let identity = compare::identity(key, &evaluator.heap)?;
    let id = id(receiver)?;
    evaluator.spend(1 + evaluator.heap.table(id).len() / 4)?;
    Ok(evaluator.heap.change_table(id, |table| table.remove(&identity)))
}

fn pop(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [key, default] = args.bind("pop", 1, ["key", "default"])?;
    let key = key.unwrap_or(Object::None);
    match take(evaluator, receiver, &key)?.map(|(_, value)| value).or(default) {
        Some(value) => Ok(value),
        None => key_error(text::repr(&key, &evaluator.heap)?),
    }
}

fn popitem(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    args.bind("popitem", 0, [])?;
    let last = evaluator.heap.table(id(receiver)?).entries().last().cloned();
    let Some((key, value)) = last else { return key_error("'popitem(): dictionary is empty'") };
    take(evaluator, receiver, &key)?;
    evaluator.tuple(vec![key, value])
}

fn setdefault(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [key, default] = args.bind("setdefault", 1, ["key", "default"])?;
    let (key, default) = (key.unwrap_or(Object::None), default.unwrap_or(Object::None));
    let identity = compare::identity(&key, &evaluator.heap)?;
    evaluator.spend(1 + identity.len() / 16)?;
    let id = id(receiver)?;
    if let Some(value) = evaluator.heap.table(id).get(&identity) {
        return Ok(value.clone());
    }
    evaluator.heap.change_table(id, |table| table.insert(identity, key, default.clone()));
    Ok(default)
}

fn update(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let mut added = Dict::default();
    if let Some(source) = args.positional.first() {
        fill(evaluator, &mut added, source)?;
    }
    for (name, value) in args.keywords {
        evaluator.put(&mut added, Object::Str(name), value)?;
    }
    for (key, value) in added.entries() {
        let identity = compare::identity(key, &evaluator.heap)?;
        evaluator
            .heap
            .change_table(id(receiver)?, |table| table.insert(identity, key.clone(), value.clone()));
    }
    Ok(Object::None)
}

fn add(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [item] = args.bind("add", 1, ["object"])?;
    let item = item.unwrap_or(Object::None);
    let identity = compare::identity(&item, &evaluator.heap)?;
    evaluator.spend(1 + identity.len() / 16)?;
    evaluator.heap.change_table(id(receiver)?, |table| table.insert(identity, item, Object::None));
    Ok(Object::None)
}

fn discard(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [item] = args.bind("discard", 1, ["object"])?;
    take(evaluator, receiver, &item.unwrap_or(Object::None))?;
    Ok(Object::None)
}

fn remove(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [item] = args.bind("remove", 1, ["object"])?;
    let item = item.unwrap_or(Object::None);
    match take(evaluator, receiver, &item)? {
        Some(_) => Ok(Object::None),
        None => key_error(text::repr(&item, &evaluator.heap)?),
    }
}

fn set_update(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    for source in &args.positional {
        for item in evaluator.collect(source)? {
            add(evaluator, receiver, Args::of(vec![item]))?;
        }
    }
    Ok(Object::None)
}

fn other_set(evaluator: &mut Evaluator<'_>, source: &Object) -> Outcome<Object> {
    let items = evaluator.collect(source)?;
    evaluator.set_of(items)
}

fn combined(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args, op: BinaryOp) -> Outcome<Object> {
    let mut result = copy(evaluator, receiver, Args::default())?;
    for source in &args.positional {
        let other = other_set(evaluator, source)?;
        result = evaluator.binary(op, &result, &other)?;
    }
    Ok(result)
}

fn issubset(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [other] = args.bind("issubset", 1, ["other"])?;
    let Object::Set(other) = other_set(evaluator, &other.unwrap_or(Object::None))? else {
        return Ok(Object::Bool(false));
    };
    let heap = &evaluator.heap;
    compare::is_subset(heap.table(id(receiver)?).entries(), heap.table(other), heap).map(Object::Bool)
}

fn issuperset(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [other] = args.bind("issuperset", 1, ["other"])?;
    let Object::Set(other) = other_set(evaluator, &other.unwrap_or(Object::None))? else {
        return Ok(Object::Bool(false));
    };
    let heap = &evaluator.heap;
    compare::is_subset(heap.table(other).entries(), heap.table(id(receiver)?), heap).map(Object::Bool)
}
