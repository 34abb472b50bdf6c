//! Several inner groups for each group: what the combinators `-ForEach`, `-ArgMin`, `-ArgMax` and `-Map` hold.

use std::sync::Arc;

use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::take;
use kinglet_types::Result;

use super::{Bound, Groups, Rows};
use crate::function::result::internal;

/// Inner groups, and which of them belong to which group.
pub(super) struct Slotted {
    bound: Arc<dyn Bound>,
    inner: Box<dyn Groups>,
    /// The inner groups of each group, in order.
    slots: Vec<Vec<usize>>,
    next: usize,
}

impl Slotted {
    /// No groups yet.
    pub(super) fn new(bound: &Arc<dyn Bound>) -> Self {
        Self { bound: Arc::clone(bound), inner: bound.groups(), slots: Vec::new(), next: 0 }
    }

    /// Makes groups up to `total`, each without inner groups.
    pub(super) fn grow(&mut self, total: usize) {
        self.slots.resize_with(self.slots.len().max(total), Vec::new);
    }

    /// The inner groups, as states are read with them.
    pub(super) fn inner(&self) -> &dyn Groups {
        self.inner.as_ref()
    }

    /// The inner group number `at` of a group, made if it is not there.
    pub(super) fn slot(&mut self, group: usize, at: usize) -> usize {
        let Some(slots) = self.slots.get_mut(group) else { return 0 };
        while slots.len() <= at {
            slots.push(self.next);
            self.next += 1;
        }
        slots.get(at).copied().unwrap_or_default()
    }

    /// Gives a group one fresh inner group in place of those it has.
    pub(super) fn renew(&mut self, group: usize) {
        if let Some(slots) = self.slots.get_mut(group) {
            *slots = vec![self.next];
            self.next += 1;
        }
    }

    /// Adds rows whose groups are inner ones.
    ///
    /// # Errors
    /// What the inner aggregate refuses.
    pub(super) fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.inner.update(&Rows { total: self.next, ..*rows })
    }

    /// Merges states into inner groups, one per state.
    ///
    /// # Errors
    /// What the inner aggregate refuses.
    pub(super) fn merge(&mut self, states: Vec<Option<&[u8]>>, slots: &[usize]) -> Result<()> {
        super::parts::merge_into(self.inner.as_mut(), states, slots, None, self.next)
    }

    /// Answers, or states, of the inner groups of the first `count` groups in a row, and how many each
    /// group has. These groups are removed; the others move up.
    ///
    /// # Errors
    /// What the inner aggregate refuses.
    pub(super) fn emit(&mut self, count: usize, states: bool) -> Result<(ArrayRef, Vec<usize>)> {
        self.grow(count);
        let rest = self.slots.split_off(count);
        let first = std::mem::replace(&mut self.slots, rest);
        let lengths = first.iter().map(Vec::len).collect();
        let answers = if self.slots.is_empty() {
            let all = self.drained(states)?;
            taken(&all, &first)?
        } else {
            let all = self.drained(true)?;
            let (part, kept) = (taken(&all, &first)?, taken(&all, &self.slots)?);
            for slots in &mut self.slots {
                for slot in slots {
                    *slot = self.next;
                    self.next += 1;
                }
            }
            self.inner = merged(&self.bound, kept)?;
            if states { part } else { merged(&self.bound, Arc::clone(&part))?.finish(part.len())? }
        };
        Ok((answers, lengths))
    }

    fn drained(&mut self, states: bool) -> Result<ArrayRef> {
        let (mut inner, count) = (std::mem::replace(&mut self.inner, self.bound.groups()), self.next);
        self.next = 0;
        if states { inner.states(count) } else { inner.finish(count) }
    }

    /// Number of groups.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Bytes held, roughly.
    pub(super) fn size(&self) -> usize {
        self.inner.size() + self.slots.iter().map(|slots| 24 + slots.capacity() * 8).sum::<usize>()
    }
}

fn taken(all: &ArrayRef, slots: &[Vec<usize>]) -> Result<ArrayRef> {
    let places: UInt32Array = slots.iter().flatten().map(|slot| Some(*slot as u32)).collect();
    take(all, &places, None).map_err(internal)
}

/// Groups of one state each.
fn merged(bound: &Arc<dyn Bound>, states: ArrayRef) -> Result<Box<dyn Groups>> {
    let mut inner = bound.groups();
    let groups: Vec<usize> = (0..states.len()).collect();
    inner.merge(&Rows { columns: &[states], groups: &groups, filter: None, total: groups.len() })?;
    Ok(inner)
}
