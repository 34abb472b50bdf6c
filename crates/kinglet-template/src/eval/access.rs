//! Reading names, items, slices.

use std::sync::Arc;

use super::Evaluator;
use crate::function;
use crate::object::exception::{
    Outcome, index_error, key_error, name_error, type_error, unbound_error, value_error,
};
use crate::object::{Object, SequenceId, View, compare, text};

/// The places a slice selects from a sequence.
pub(crate) struct Bounds {
    start: i64,
    stop: i64,
    step: i64,
}

impl Bounds {
    /// The places in order.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + use<> {
        let (stop, step) = (self.stop, self.step);
        let inside = move |at: &i64| if step > 0 { *at < stop } else { *at > stop };
        std::iter::successors(Some(self.start), move |at| at.checked_add(step))
            .take_while(inside)
            .filter_map(|at| usize::try_from(at).ok())
    }

    /// The range of places when they follow each other.
    pub(super) fn contiguous(&self) -> Option<std::ops::Range<usize>> {
        let (start, stop) = (usize::try_from(self.start).ok()?, usize::try_from(self.stop).ok()?);
        (self.step == 1).then(|| start..stop.max(start))
    }
}

impl Evaluator<'_> {
    /// The value of a name.
    pub(super) fn load(&mut self, name: &Arc<str>) -> Outcome<Object> {
        if let Some(value) = self.frames.iter().rev().find_map(|frame| frame.get(name)) {
            return Ok(value.clone());
        }
        if self.program.names.assigned.contains(name) {
            return match self.locals.get(name) {
                Some(value) => Ok(value.clone()),
                None => unbound_error(name),
            };
        }
        if self.context.secret_values.is_some() {
            let known = function::named(name).filter(|_| &**name == "tb_secret");
            return match known.or_else(|| function::builtin_named(name)) {
                Some(function) => Ok(function),
                None => name_error(format!("name '{name}' is not defined")),
            };
        }
        // A parameter called `symbol` is common enough to win over the function.
        if let Some(function) = function::named(name).filter(|_| &**name != "symbol") {
            return Ok(function);
        }
        if let Some(value) = self.variable(name) {
            return Ok(value);
        }
        if let Some(function) = function::named(name) {
            return Ok(function);
        }
        if let Some(builtin) = function::builtin_named(name) {
            return Ok(builtin);
        }
        if self.program.names.outer.contains_key(name) {
            return Ok(self.unset());
        }
        name_error(format!("name '{name}' is not defined"))
    }

    fn unset(&self) -> Object {
        if self.context.test_mode { Object::Placeholder } else { Object::None }
    }

    /// `container[index]`.
    pub(super) fn item(&mut self, container: &Object, index: &Object) -> Outcome<Object> {
        if let Object::Slice(slice) = index {
            if matches!(container, Object::Dict(_)) {
                return type_error("unhashable type: 'slice'");
            }
            return self.slice(container, *slice);
        }
        match container {
            Object::Dict(id) => {
                let identity = compare::identity(index, &self.heap)?;
                match self.heap.table(*id).get(&identity) {
                    Some(value) => Ok(value.clone()),
                    None => key_error(text::repr(index, &self.heap)?),
                }
            }
            Object::List(id) => self.sequence_item(*id, index, "list"),
            Object::Tuple(id) => self.sequence_item(*id, index, "tuple"),
            Object::Str(content) | Object::Sql(content) => {
                if index.as_integer().is_none() {
                    let class = index.class_name();
                    return type_error(format!("string indices must be integers, not '{class}'"));
                }
                self.spend(content.len() / 16)?;
                let length = content.chars().count();
                let at = self.list_place(index, length, "string index out of range")?;
                Ok(Object::str(content.chars().nth(at).map(String::from).unwrap_or_default()))
            }
            Object::Range(range) => {
                let at = self.list_place(
                    index,
                    usize::try_from(range.len()).unwrap_or(usize::MAX),
                    "range object index out of range",
                )?;
                Ok(Object::int(range.get(at as u64)))
            }
            Object::Placeholder => match index.as_integer() {
                Some(at) if at > 2.into() => index_error(""),
                Some(_) => Ok(Object::Placeholder),
                None => type_error(format!(
                    "'>' not supported between instances of '{}' and 'int'",
                    index.class_name()
                )),
            },
            other => type_error(format!("'{}' object is not subscriptable", other.class_name())),
        }
    }

    fn sequence_item(&self, id: SequenceId, index: &Object, class: &str) -> Outcome<Object> {
        if index.as_integer().is_none() {
            return type_error(format!(
                "{class} indices must be integers or slices, not {}",
                index.class_name()
            ));
        }
        let items = self.heap.items(id);
        let at = self.list_place(index, items.len(), &format!("{class} index out of range"))?;
        Ok(items.get(at).cloned().unwrap_or(Object::None))
    }

    /// The place an index means in a sequence of `length` items.
    pub(super) fn list_place(&self, index: &Object, length: usize, out_of_range: &str) -> Outcome<usize> {
        let Some(at) = index.as_integer() else {
            return type_error(format!(
                "list indices must be integers or slices, not {}",
                index.class_name()
            ));
        };
        let at = at.to_i64().unwrap_or(i64::MAX);
        let place = if at < 0 { at.saturating_add(length as i64) } else { at };
        match usize::try_from(place) {
            Ok(place) if place < length => Ok(place),
            _ => index_error(out_of_range),
        }
    }

    /// The places a slice selects from `length` items.
    pub(crate) fn slice_bounds(&self, slice: SequenceId, length: usize) -> Outcome<Bounds> {
        let bound = |at: usize| -> Outcome<Option<i64>> {
            match self.heap.items(slice).get(at) {
                None | Some(Object::None) => Ok(None),
                Some(value) => match value.as_integer() {
                    Some(value) => {
                        let limit = if value.is_negative() { i64::MIN } else { i64::MAX };
                        Ok(Some(value.to_i64().unwrap_or(limit)))
                    }
                    None => type_error("slice indices must be integers or None or have an __index__ method"),
                },
            }
        };
        let (start, stop, step) = (bound(0)?, bound(1)?, bound(2)?.unwrap_or(1));
        if step == 0 {
            return value_error("slice step cannot be zero");
        }
        let length = length as i64;
        let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
        let clamp = |value: i64| {
            let place = if value < 0 { value.saturating_add(length) } else { value };
            place.clamp(lowest, highest)
        };
        let default = if step > 0 { (lowest, highest) } else { (highest, lowest) };
        Ok(Bounds { start: start.map_or(default.0, clamp), stop: stop.map_or(default.1, clamp), step })
    }

    fn slice(&mut self, container: &Object, slice: SequenceId) -> Outcome<Object> {
        match container {
            Object::List(id) | Object::Tuple(id) => {
                let bounds = self.slice_bounds(slice, self.heap.items(*id).len())?;
                let items = self.heap.items(*id);
                let picked = bounds.places().filter_map(|at| items.get(at).cloned()).collect();
                if matches!(container, Object::List(_)) { self.list(picked) } else { self.tuple(picked) }
            }
            Object::Str(content) | Object::Sql(content) => {
                let characters: Vec<char> = content.chars().collect();
                let bounds = self.slice_bounds(slice, characters.len())?;
                let picked: String = bounds.places().filter_map(|at| characters.get(at)).collect();
                self.spend(characters.len() / 8)?;
                self.string(picked)
            }
            Object::Range(range) => {
                let bounds = self.slice_bounds(slice, usize::try_from(range.len()).unwrap_or(usize::MAX))?;
                let mut picked = Vec::new();
                for at in bounds.places() {
                    self.spend(1)?;
                    picked.push(Object::int(range.get(at as u64)));
                }
                self.list(picked)
            }
            Object::Placeholder => type_error("'>' not supported between instances of 'slice' and 'int'"),
            other => type_error(format!("'{}' object is not subscriptable", other.class_name())),
        }
    }

    /// `item in container`.
    pub(crate) fn contains(&mut self, container: &Object, item: &Object) -> Outcome<bool> {
        match container {
            Object::Str(text) | Object::Sql(text) => match item.as_text() {
                Some(part) => {
                    self.spend(text.len() / 16)?;
                    Ok(text.contains(&**part))
                }
                None => {
                    let class = item.class_name();
                    type_error(format!("'in <string>' requires string as left operand, not {class}"))
                }
            },
            Object::Dict(id) | Object::Set(id) | Object::View(id, View::Keys) => {
                let identity = compare::identity(item, &self.heap)?;
                Ok(self.heap.table(*id).contains(&identity))
            }
            Object::List(_)
            | Object::Tuple(_)
            | Object::Range(_)
            | Object::View(..)
            | Object::Iterator(_)
            | Object::Placeholder => {
                let mut iteration = self.iterate(container)?;
                while let Some(candidate) = self.next_of(&mut iteration)? {
                    self.spend(1)?;
                    if compare::same(&candidate, item) || compare::equal(&candidate, item, &self.heap)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            other => type_error(format!("argument of type '{}' is not iterable", other.class_name())),
        }
    }
}
