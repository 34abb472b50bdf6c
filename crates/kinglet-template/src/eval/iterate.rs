//! Going through the items of a value.

use super::Evaluator;
use crate::object::exception::{Outcome, type_error};
use crate::object::{Object, SequenceId, View};

/// A pass over the items of a value.
pub(crate) enum Iteration {
    /// A list may change while it is gone through.
    Live {
        id: SequenceId,
        at: usize,
    },
    Items(std::vec::IntoIter<Object>),
    Range {
        range: std::sync::Arc<crate::object::Range>,
        at: u64,
    },
    Shared(SequenceId),
}

impl Evaluator<'_> {
    /// Starts a pass over `value`.
    pub(crate) fn iterate(&mut self, value: &Object) -> Outcome<Iteration> {
        let items = match value {
            Object::List(id) => return Ok(Iteration::Live { id: *id, at: 0 }),
            Object::Range(range) => return Ok(Iteration::Range { range: range.clone(), at: 0 }),
            Object::Iterator(id) => return Ok(Iteration::Shared(*id)),
            Object::Tuple(id) => self.heap.items(*id).to_vec(),
            Object::Str(text) | Object::Sql(text) => {
                self.spend(text.len() / 8)?;
                text.chars().map(|c| Object::str(c.to_string())).collect()
            }
            Object::Dict(id) | Object::Set(id) | Object::View(id, View::Keys) => {
                self.heap.table(*id).entries().iter().map(|(key, _)| key.clone()).collect()
            }
            Object::View(id, View::Values) => {
                self.heap.table(*id).entries().iter().map(|(_, value)| value.clone()).collect()
            }
            Object::View(id, View::Items) => {
                let entries = self.heap.table(*id).entries().to_vec();
                self.spend(entries.len())?;
                entries.into_iter().map(|(key, value)| self.heap.tuple(vec![key, value])).collect()
            }
            Object::Placeholder => vec![Object::Placeholder; 3],
            other => return type_error(format!("'{}' object is not iterable", other.class_name())),
        };
        self.spend(items.len() / 4)?;
        Ok(Iteration::Items(items.into_iter()))
    }

    /// The next item of a pass.
    pub(crate) fn next_of(&mut self, iteration: &mut Iteration) -> Outcome<Option<Object>> {
        Ok(match iteration {
            Iteration::Live { id, at } => {
                let item = self.heap.items(*id).get(*at).cloned();
                *at += 1;
                item
            }
            Iteration::Items(items) => items.next(),
            Iteration::Range { range, at } => {
                let item = (*at < range.len()).then(|| Object::int(range.get(*at)));
                *at += 1;
                item
            }
            Iteration::Shared(id) => self.heap.change(*id, Vec::pop),
        })
    }

    /// All items of `value`.
    pub(crate) fn collect(&mut self, value: &Object) -> Outcome<Vec<Object>> {
        let mut iteration = self.iterate(value)?;
        let mut items = Vec::new();
        while let Some(item) = self.next_of(&mut iteration)? {
            self.spend(1)?;
            items.push(item);
        }
        Ok(items)
    }

    /// `len(value)`.
    pub(crate) fn length(&self, value: &Object) -> Outcome<usize> {
        match value {
            Object::Str(text) | Object::Sql(text) => Ok(text.chars().count()),
            Object::List(id) | Object::Tuple(id) => Ok(self.heap.items(*id).len()),
            Object::Dict(id) | Object::Set(id) | Object::View(id, _) => Ok(self.heap.table(*id).len()),
            Object::Range(range) => Ok(usize::try_from(range.len()).unwrap_or(usize::MAX)),
            other => type_error(format!("object of type '{}' has no len()", other.class_name())),
        }
    }
}
