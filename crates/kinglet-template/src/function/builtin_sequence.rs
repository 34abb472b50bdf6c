//! Python's functions on sequences.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::eval::{Args, Evaluator};
use crate::object::exception::{Outcome, stop_iteration, type_error, value_error};
use crate::object::{Dict, Object, Range, compare};
use crate::python::ast::BinaryOp;

/// `len(value)`.
pub(super) fn len(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("len", 1, ["obj"])?;
    Ok(Object::int(evaluator.length(&value.unwrap_or(Object::None))?))
}

/// Items of the only argument, nothing when it is left out.
fn items_of(evaluator: &mut Evaluator<'_>, args: Args, function: &str) -> Outcome<Vec<Object>> {
    let [value] = args.bind(function, 0, ["iterable"])?;
    match value {
        Some(value) => evaluator.collect(&value),
        None => Ok(Vec::new()),
    }
}

/// `list(iterable)`.
pub(super) fn list(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let items = items_of(evaluator, args, "list")?;
    evaluator.list(items)
}

/// `tuple(iterable)`.
pub(super) fn tuple(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let items = items_of(evaluator, args, "tuple")?;
    evaluator.tuple(items)
}

/// `set(iterable)`.
pub(super) fn set(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let items = items_of(evaluator, args, "set")?;
    evaluator.set_of(items)
}

/// `dict(pairs, name=value, …)`.
pub(super) fn dict(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let mut table = Dict::default();
    if args.positional.len() > 1 {
        return type_error(format!("dict expected at most 1 argument, got {}", args.positional.len()));
    }
    if let Some(source) = args.positional.first() {
        fill(evaluator, &mut table, source)?;
    }
    for (name, value) in args.keywords {
        evaluator.put(&mut table, Object::Str(name), value)?;
    }
    Ok(Object::Dict(evaluator.heap.new_table(table)))
}

/// Adds the entries of a dictionary or of pairs.
pub(super) fn fill(evaluator: &mut Evaluator<'_>, table: &mut Dict, source: &Object) -> Outcome<()> {
    if let Object::Dict(id) = source {
        for (key, value) in evaluator.heap.table(*id).entries().to_vec() {
            evaluator.put(table, key, value)?;
        }
        return Ok(());
    }
    for pair in evaluator.collect(source)? {
        let parts = evaluator.collect(&pair)?;
        match <[Object; 2]>::try_from(parts) {
            Ok([key, value]) => evaluator.put(table, key, value)?,
            Err(parts) => {
                let n = parts.len();
                return value_error(format!(
                    "dictionary update sequence element has length {n}; 2 is required"
                ));
            }
        }
    }
    Ok(())
}

/// `range(start, stop, step)`.
pub(super) fn range(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let mut bounds = Vec::with_capacity(3);
    for value in &args.positional {
        match value.as_integer() {
            Some(bound) => match bound.to_i64().filter(|bound| bound.unsigned_abs() < 1 << 62) {
                Some(bound) => bounds.push(bound),
                None => return value_error("range() bounds are too large"),
            },
            None => {
                return type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    value.class_name()
                ));
            }
        }
    }
    let range = match *bounds.as_slice() {
        [stop] => Range { start: 0, stop, step: 1 },
        [start, stop] => Range { start, stop, step: 1 },
        [_, _, 0] => return value_error("range() arg 3 must not be zero"),
        [start, stop, step] => Range { start, stop, step },
        _ => return type_error(format!("range expected at most 3 arguments, got {}", bounds.len())),
    };
    Ok(Object::Range(Arc::new(range)))
}

/// `slice(start, stop, step)`.
pub(super) fn slice(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let bounds = match args.positional.as_slice() {
        [stop] => vec![Object::None, stop.clone(), Object::None],
        [start, stop] => vec![start.clone(), stop.clone(), Object::None],
        [start, stop, step] => vec![start.clone(), stop.clone(), step.clone()],
        _ => return type_error("slice expected 1 to 3 arguments"),
    };
    Ok(Object::Slice(evaluator.heap.sequence(bounds)))
}

/// `any(iterable)`.
pub(super) fn any(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("any", 1, ["iterable"])?;
    let items = evaluator.collect(&value.unwrap_or(Object::None))?;
    Ok(Object::Bool(items.iter().any(|item| item.is_true(&evaluator.heap))))
}

/// `all(iterable)`.
pub(super) fn all(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("all", 1, ["iterable"])?;
    let items = evaluator.collect(&value.unwrap_or(Object::None))?;
    Ok(Object::Bool(items.iter().all(|item| item.is_true(&evaluator.heap))))
}

/// `sum(iterable, start)`.
pub(super) fn sum(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, start] = args.bind("sum", 1, ["iterable", "start"])?;
    let mut total = start.unwrap_or_else(|| Object::int(0));
    if total.as_text().is_some() {
        return type_error("sum() can't sum strings [use ''.join(seq) instead]");
    }
    for item in evaluator.collect(&value.unwrap_or(Object::None))? {
        total = evaluator.binary(BinaryOp::Add, &total, &item)?;
    }
    Ok(total)
}

/// `enumerate(iterable, start)`.
pub(super) fn enumerate(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, start] = args.bind("enumerate", 1, ["iterable", "start"])?;
    let mut at = start.unwrap_or_else(|| Object::int(0));
    let mut pairs = Vec::new();
    for item in evaluator.collect(&value.unwrap_or(Object::None))? {
        pairs.push(evaluator.tuple(vec![at.clone(), item])?);
        at = evaluator.binary(BinaryOp::Add, &at, &Object::int(1))?;
    }
    Ok(evaluator.heap.iterator(pairs))
}

/// `zip(iterable, …)`.
pub(super) fn zip(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let mut columns = Vec::new();
    for value in &args.positional {
        columns.push(evaluator.collect(value)?.into_iter());
    }
    let mut rows = Vec::new();
    while !columns.is_empty() {
        let row: Option<Vec<Object>> = columns.iter_mut().map(Iterator::next).collect();
        let Some(row) = row else { break };
        rows.push(evaluator.tuple(row)?);
    }
    Ok(evaluator.heap.iterator(rows))
}

/// `map(function, iterable, …)`.
pub(super) fn map(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let mut positional = args.positional.into_iter();
    let Some(function) = positional.next() else {
        return type_error("map() must have at least two arguments.");
    };
    let mut columns = Vec::new();
    for value in positional {
        columns.push(evaluator.collect(&value)?.into_iter());
    }
    if columns.is_empty() {
        return type_error("map() must have at least two arguments.");
    }
    let mut results = Vec::new();
    loop {
        let row: Option<Vec<Object>> = columns.iter_mut().map(Iterator::next).collect();
        let Some(row) = row else { break };
        results.push(evaluator.call(&function, Args::of(row))?);
    }
    Ok(evaluator.heap.iterator(results))
}

/// `filter(function, iterable)`.
pub(super) fn filter(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [function, value] = args.bind("filter", 2, ["function", "iterable"])?;
    let function = function.unwrap_or(Object::None);
    let mut kept = Vec::new();
    for item in evaluator.collect(&value.unwrap_or(Object::None))? {
        let verdict = match &function {
            Object::None => item.clone(),
            function => evaluator.call(function, Args::of(vec![item.clone()]))?,
        };
        if verdict.is_true(&evaluator.heap) {
            kept.push(item);
        }
    }
    Ok(evaluator.heap.iterator(kept))
}

/// `reversed(sequence)`.
pub(super) fn reversed(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("reversed", 1, ["sequence"])?;
    let value = value.unwrap_or(Object::None);
    if matches!(value, Object::Set(_) | Object::Iterator(_)) {
        return type_error(format!("'{}' object is not reversible", value.class_name()));
    }
    let mut items = evaluator.collect(&value)?;
    items.reverse();
    Ok(evaluator.heap.iterator(items))
}

/// `iter(iterable)`.
pub(super) fn iter(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("iter", 1, ["iterable"])?;
    let value = value.unwrap_or(Object::None);
    if matches!(value, Object::Iterator(_)) {
        return Ok(value);
    }
    let items = evaluator.collect(&value)?;
    Ok(evaluator.heap.iterator(items))
}

/// `next(iterator, default)`.
pub(super) fn next(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, default] = args.bind("next", 1, ["iterator", "default"])?;
    let value = value.unwrap_or(Object::None);
    let Object::Iterator(id) = value else {
        return type_error(format!("'{}' object is not an iterator", value.class_name()));
    };
    match evaluator.heap.change(id, Vec::pop).or(default) {
        Some(item) => Ok(item),
        None => stop_iteration(),
    }
}

/// `sorted(iterable, key, reverse)`.
pub(super) fn sorted(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let keywords = Args { positional: Vec::new(), keywords: args.keywords };
    let [key, reverse] = keywords.bind("sorted", 0, ["key", "reverse"])?;
    let [value] = Args::of(args.positional).bind("sorted", 1, ["iterable"])?;
    let items = evaluator.collect(&value.unwrap_or(Object::None))?;
    let reverse = reverse.is_some_and(|reverse| reverse.is_true(&evaluator.heap));
    let sorted = in_order(evaluator, items, key.as_ref(), reverse)?;
    evaluator.list(sorted)
}

/// Items in ascending order of their keys; equal ones stay in order.
pub(super) fn in_order(
    evaluator: &mut Evaluator<'_>,
    items: Vec<Object>,
    key: Option<&Object>,
    reverse: bool,
) -> Outcome<Vec<Object>> {
    let cost = items.len().checked_ilog2().unwrap_or(0) as usize + 1;
    evaluator.spend(items.len() * cost)?;
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        let key = match key {
            None | Some(Object::None) => item.clone(),
            Some(function) => evaluator.call(function, Args::of(vec![item.clone()]))?,
        };
        keyed.push((key, item));
    }
    let mut failure = None;
    let heap = &evaluator.heap;
    keyed.sort_by(|(a, _), (b, _)| match compare::order(a, b, "<", heap) {
        Ok(order) => {
            let order = order.unwrap_or(Ordering::Equal);
            if reverse { order.reverse() } else { order }
        }
        Err(stop) => {
            failure.get_or_insert(stop);
            Ordering::Equal
        }
    });
    match failure {
        Some(stop) => Err(stop),
        None => Ok(keyed.into_iter().map(|(_, item)| item).collect()),
    }
}

/// `min(…)`.
pub(super) fn min(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    extreme(evaluator, args, "min", "<", Ordering::is_lt)
}

/// `max(…)`.
pub(super) fn max(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    extreme(evaluator, args, "max", ">", Ordering::is_gt)
}

fn extreme(
    evaluator: &mut Evaluator<'_>,
    args: Args,
    function: &str,
    symbol: &str,
    wins: fn(Ordering) -> bool,
) -> Outcome<Object> {
    let keywords = Args { positional: Vec::new(), keywords: args.keywords };
    let [key, default] = keywords.bind(function, 0, ["key", "default"])?;
    let items = match args.positional.as_slice() {
        [] => return type_error(format!("{function} expected at least 1 argument, got 0")),
        [only] => evaluator.collect(only)?,
        several => several.to_vec(),
    };
    let mut best: Option<(Object, Object)> = None;
    for item in items {
        let rank = match &key {
            None | Some(Object::None) => item.clone(),
            Some(function) => evaluator.call(function, Args::of(vec![item.clone()]))?,
        };
        let better = match &best {
            None => true,
            Some((current, _)) => compare::order(&rank, current, symbol, &evaluator.heap)?.is_some_and(wins),
        };
        if better {
            best = Some((rank, item));
        }
    }
    match best.map(|(_, item)| item).or(default) {
        Some(item) => Ok(item),
        None => value_error(format!("{function}() arg is an empty sequence")),
    }
}
