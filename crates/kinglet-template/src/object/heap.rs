//! Where containers live while a template runs.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use super::exception::{Outcome, Stop};
use super::{LambdaId, Object, SequenceId, TableId};
use crate::python::ast::{Expr, LambdaParam};

/// Variables of a comprehension or a call.
pub(crate) type Frame = HashMap<Arc<str>, Object>;

/// A function written in the template.
#[derive(Clone, Debug)]
pub(crate) struct Lambda<'a> {
    pub(crate) params: &'a [LambdaParam],
    pub(crate) body: &'a Expr,
    pub(crate) defaults: Vec<Option<Object>>,
    pub(crate) frames: Vec<Frame>,
}

/// A dictionary in order of insertion; a set when the values do not matter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dict {
    entries: Vec<(Object, Object)>,
    /// From the text that identifies a key to its place.
    index: HashMap<String, usize>,
}

impl Dict {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn entries(&self) -> &[(Object, Object)] {
        &self.entries
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Object> {
        self.index.get(key).and_then(|at| self.entries.get(*at)).map(|(_, value)| value)
    }

    pub(crate) fn contains(&self, key: &str) -> bool {
        self.index.contains_key(key)
    }

    /// Sets the value of a key; the key itself stays as first inserted.
    pub(crate) fn insert(&mut self, identity: String, key: Object, value: Object) {
        match self.index.get(&identity).and_then(|at| self.entries.get_mut(*at)) {
            Some(entry) => entry.1 = value,
            None => {
                self.index.insert(identity, self.entries.len());
                self.entries.push((key, value));
            }
        }
    }

    /// Takes a key out; costs time in the number of entries.
    pub(crate) fn remove(&mut self, identity: &str) -> Option<(Object, Object)> {
        let at = self.index.remove(identity)?;
        for place in self.index.values_mut().filter(|place| **place > at) {
            *place -= 1;
        }
        (at < self.entries.len()).then(|| self.entries.remove(at))
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.index.clear();
    }
}

/// All containers of one rendering.
#[derive(Debug, Default)]
pub(crate) struct Heap<'a> {
    /// Values that were visited while comparing and printing; a value that holds another twice is visited twice.
    visited: Cell<u64>,
    sequences: Vec<Vec<Object>>,
    tables: Vec<Dict>,
    lambdas: Vec<Lambda<'a>>,
}

/// Values that one rendering may visit while comparing and printing.
const MAX_VISITED: u64 = 4_000_000;

impl<'a> Heap<'a> {
    /// Counts a visited value; ends evaluation when there were too many.
    pub(crate) fn visit(&self) -> Outcome<()> {
        let visited = self.visited.get() + 1;
        self.visited.set(visited);
        if visited > MAX_VISITED {
            Err(Stop::Limit("the template compares and prints too many values"))
        } else {
            Ok(())
        }
    }

    pub(crate) fn sequence(&mut self, items: Vec<Object>) -> SequenceId {
        self.sequences.push(items);
        SequenceId(self.sequences.len() - 1)
    }

    pub(crate) fn list(&mut self, items: Vec<Object>) -> Object {
        Object::List(self.sequence(items))
    }

    pub(crate) fn tuple(&mut self, items: Vec<Object>) -> Object {
        Object::Tuple(self.sequence(items))
    }

    /// An iterator over `items`.
    pub(crate) fn iterator(&mut self, mut items: Vec<Object>) -> Object {
        items.reverse();
        Object::Iterator(self.sequence(items))
    }

    pub(crate) fn items(&self, id: SequenceId) -> &[Object] {
        self.sequences.get(id.0).map_or(&[], Vec::as_slice)
    }

    /// Runs `change` on the items of a sequence.
    pub(crate) fn change<R: Default>(
        &mut self,
        id: SequenceId,
        change: impl FnOnce(&mut Vec<Object>) -> R,
    ) -> R {
        self.sequences.get_mut(id.0).map(change).unwrap_or_default()
    }

    pub(crate) fn new_table(&mut self, table: Dict) -> TableId {
        self.tables.push(table);
        TableId(self.tables.len() - 1)
    }

    pub(crate) fn table(&self, id: TableId) -> &Dict {
        static EMPTY: std::sync::OnceLock<Dict> = std::sync::OnceLock::new();
        self.tables.get(id.0).unwrap_or_else(|| EMPTY.get_or_init(Dict::default))
    }

    /// Runs `change` on a dictionary or set.
    pub(crate) fn change_table<R: Default>(&mut self, id: TableId, change: impl FnOnce(&mut Dict) -> R) -> R {
        self.tables.get_mut(id.0).map(change).unwrap_or_default()
    }

    pub(crate) fn new_lambda(&mut self, lambda: Lambda<'a>) -> Object {
        self.lambdas.push(lambda);
        Object::Lambda(LambdaId(self.lambdas.len() - 1))
    }

    pub(crate) fn lambda(&self, id: LambdaId) -> Option<&Lambda<'a>> {
        self.lambdas.get(id.0)
    }
}
