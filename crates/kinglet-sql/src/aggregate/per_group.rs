//! Groups made of one struct per group, for aggregates whose state is more than a number.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewBuilder};
use kinglet_types::Result;

use super::wire::Reader;
use super::{Groups, Rows};
use crate::function::result::internal;

/// The state of one group. `Setup` is what binding decided: types, parameters.
pub trait State: Sized + Send + Sync {
    /// What binding decided.
    type Setup: Send + Sync;
    /// The argument columns of one batch, made ready to read by row.
    type Input<'a>;

    /// The state of a group without rows.
    fn empty(setup: &Self::Setup) -> Self;

    /// Reads the columns of a batch once (downcasts, conversions).
    ///
    /// # Errors
    /// When the columns are not laid out as bound.
    fn input<'a>(setup: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>>;

    /// Adds a row.
    ///
    /// # Errors
    /// When the value cannot be aggregated.
    fn add(&mut self, setup: &Self::Setup, input: &Self::Input<'_>, row: usize) -> Result<()>;

    /// Adds what another group holds; `other`'s rows come after this one's.
    ///
    /// # Errors
    /// When the states do not fit each other.
    fn merge(&mut self, setup: &Self::Setup, other: Self) -> Result<()>;

    /// Appends the state in ClickHouse's bytes.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write(&self, setup: &Self::Setup, out: &mut Vec<u8>) -> Result<()>;

    /// Reads what [`State::write`] wrote.
    ///
    /// # Errors
    /// When the bytes are no such state.
    fn read(setup: &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self>;

    /// The answers of many groups, as a column of the result's type.
    ///
    /// # Errors
    /// When an answer cannot be computed.
    fn finish(setup: &Self::Setup, states: Vec<Self>) -> Result<ArrayRef>;

    /// Bytes held beyond the struct itself.
    fn size(&self) -> usize {
        0
    }
}

/// [`Groups`] over one [`State`] per group.
pub struct PerGroup<S: State> {
    setup: S::Setup,
    states: Vec<S>,
    /// Bytes that the states held when they were last asked.
    held: usize,
    /// Rows added since.
    fresh: usize,
}

impl<S: State> PerGroup<S> {
    /// No groups yet.
    pub fn new(setup: S::Setup) -> Self {
        Self { setup, states: Vec::new(), held: 0, fresh: 0 }
    }

    fn grow(&mut self, total: usize) {
        while self.states.len() < total {
            self.states.push(S::empty(&self.setup));
        }
    }

    fn first(&mut self, count: usize) -> Vec<S> {
        self.grow(count);
        let rest = self.states.split_off(count);
        let first = std::mem::replace(&mut self.states, rest);
        self.count_held();
        first
    }

    /// Asks the states for their sizes once there are as many new rows as states: each batch would cost more than
    /// its rows where there are many groups.
    fn added(&mut self, rows: usize) {
        self.fresh += rows;
        if self.fresh >= self.states.len() {
            self.count_held();
        }
    }

    fn count_held(&mut self) {
        self.held = self.states.iter().map(State::size).sum();
        self.fresh = 0;
    }
}

impl<S: State> Groups for PerGroup<S> {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let input = S::input(&self.setup, rows.columns)?;
        rows.each(|row, group| match self.states.get_mut(group) {
            Some(state) => state.add(&self.setup, &input, row),
            None => Err(internal("a row of a group that does not exist")),
        })?;
        self.added(rows.groups.len());
        Ok(())
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let bytes = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        rows.each(|row, group| {
            // An absent state (a NULL) adds nothing.
            if bytes.is_null(row) {
                return Ok(());
            }
            let other = S::read(&self.setup, &mut Reader::new(bytes.value(row)))?;
            match self.states.get_mut(group) {
                Some(state) => state.merge(&self.setup, other),
                None => Err(internal("a row of a group that does not exist")),
            }
        })?;
        self.added(rows.groups.len());
        Ok(())
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let states = self.first(count);
        S::finish(&self.setup, states)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let states = self.first(count);
        let mut builder = BinaryViewBuilder::with_capacity(states.len());
        let mut bytes = Vec::new();
        for state in &states {
            bytes.clear();
            state.write(&self.setup, &mut bytes)?;
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut reader = Reader::new(bytes);
        S::read(&self.setup, &mut reader)?;
        Ok(bytes.len() - reader.rest().len())
    }

    fn len(&self) -> usize {
        self.states.len()
    }

    fn size(&self) -> usize {
        self.states.capacity() * size_of::<S>() + self.held
    }
}
