//! `-ArgMin` and `-ArgMax`: only the rows whose key is the least or greatest.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BinaryViewBuilder, BooleanArray};
use kinglet_types::{ChType, Result, SqlError};

use super::keep::{Kept, Loaded};
use super::parts::{self, take_state};
use super::single_value::Choice;
use super::slots::Slotted;
use super::wire::Reader;
use super::{Bound, Call, Combinator, Groups, Inner, Rows};
use crate::function::result::internal;

/// `-ArgMin` or `-ArgMax`.
pub(super) struct ArgExtreme(pub(super) bool);

impl Combinator for ArgExtreme {
    fn suffix(&self) -> &'static str {
        if self.0 { "ArgMax" } else { "ArgMin" }
    }

    fn summary(&self) -> &'static str {
        if self.0 {
            "Aggregates the rows for which one more argument, the last, is greatest."
        } else {
            "Aggregates the rows for which one more argument, the last, is least."
        }
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let Some((key, types)) = call.types.split_last() else {
            return Err(SqlError::wrong_argument_count(call.name, 0, "1 or more"));
        };
        Kept::new(key)?;
        let choice = if self.0 { Choice::Greatest } else { Choice::Least };
        Ok(Arc::new(BoundByKey { inner: inner(&Call { types, ..*call })?, key: key.clone(), choice }))
    }
}

#[derive(Debug)]
struct BoundByKey {
    inner: Arc<dyn Bound>,
    key: ChType,
    choice: Choice,
}

impl Bound for BoundByKey {
    fn result_type(&self) -> ChType {
        self.inner.result_type()
    }

    fn groups(&self) -> Box<dyn Groups> {
        match Kept::new(&self.key) {
            Ok(keys) => Box::new(ByKey { held: Slotted::new(&self.inner), keys, choice: self.choice }),
            Err(error) => Box::new(super::refused::Refused(error)),
        }
    }
}

struct ByKey {
    /// One inner group per group: that of the key it keeps.
    held: Slotted,
    keys: Kept,
    choice: Choice,
}

impl ByKey {
    fn grow(&mut self, total: usize) {
        self.keys.grow(total);
        self.held.grow(total);
    }

    /// Finds the best key of each group; answers inner groups of the rows that have it, and which these are.
    fn best(&mut self, rows: &Rows<'_>, loaded: &Loaded) -> Result<(Vec<usize>, BooleanArray)> {
        let mut changed = Vec::new();
        rows.each(|row, group| {
            if self.choice.replaces(&self.keys, group, loaded, row) {
                self.keys.set(group, loaded, row);
                changed.push(group);
            }
            Ok(())
        })?;
        changed.sort_unstable();
        changed.dedup();
        changed.into_iter().for_each(|group| self.held.renew(group));
        let mut slots = vec![0; rows.groups.len()];
        let mut counted = vec![false; rows.groups.len()];
        rows.each(|row, group| {
            if self.keys.compare(group, loaded, row) == Some(Ordering::Equal)
                && let (Some(slot), Some(counted)) = (slots.get_mut(row), counted.get_mut(row))
            {
                *slot = self.held.slot(group, 0);
                *counted = true;
            }
            Ok(())
        })?;
        Ok((slots, BooleanArray::from(counted)))
    }

    /// Every group has its inner one, so that each gives an answer.
    fn complete(&mut self, count: usize) {
        self.grow(count);
        (0..self.held.len()).for_each(|group| {
            self.held.slot(group, 0);
        });
    }
}

impl Groups for ByKey {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let Some((keys, columns)) = rows.columns.split_last() else {
            return Err(internal("no key of -ArgMin"));
        };
        let loaded = self.keys.load(keys)?;
        let (slots, filter) = self.best(rows, &loaded)?;
        self.held.update(&Rows { columns, groups: &slots, filter: Some(&filter), total: 0 })
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let states = parts::states(rows)?;
        let mut builder = self.keys.builder();
        let mut inner = Vec::with_capacity(states.len());
        for state in &states {
            let Some(mut rest) = *state else {
                builder.append_default();
                inner.push(None);
                continue;
            };
            let state = take_state(self.held.inner(), &mut rest)?;
            let there = self.keys.read(&mut Reader::new(rest), &mut builder)?;
            inner.push(there.then_some(state));
        }
        let there: ArrayRef =
            Arc::new(inner.iter().map(|state| Some(state.is_some())).collect::<BooleanArray>());
        let filter = super::if_condition::condition(&there, rows.filter)?;
        let loaded = self.keys.load(&builder.finish()?)?;
        let (slots, counted) = self.best(&Rows { filter: Some(&filter), ..*rows }, &loaded)?;
        let best = inner.into_iter().enumerate().map(|(row, state)| state.filter(|_| counted.value(row)));
        let (states, slots): (Vec<_>, Vec<_>) = best.zip(slots).filter(|(state, _)| state.is_some()).unzip();
        self.held.merge(states, &slots)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        self.complete(count);
        self.keys.first(count)?;
        Ok(self.held.emit(count, false)?.0)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        self.complete(count);
        let (keys, seen) = self.keys.first(count)?;
        let (states, _) = self.held.emit(count, true)?;
        let states = states.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        for row in 0..count {
            let mut bytes = states.value(row).to_vec();
            self.keys.write(&keys, seen.value(row), row, &mut bytes)?;
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut rest = bytes;
        take_state(self.held.inner(), &mut rest)?;
        let mut reader = Reader::new(rest);
        self.keys.read(&mut reader, &mut self.keys.builder())?;
        Ok(bytes.len() - reader.rest().len())
    }

    fn len(&self) -> usize {
        self.held.len()
    }

    fn size(&self) -> usize {
        self.held.size() + self.keys.size()
    }
}
