//! Groups as DataFusion's accumulators.

use arrow::array::{ArrayRef, BooleanArray};
use arrow::compute::prep_null_mask_filter;
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{Accumulator, EmitTo, GroupsAccumulator};
use std::fmt;

use super::{Groups, Rows};
use crate::fault::to_datafusion;

/// All groups of a GROUP BY.
pub(super) struct ForGroups(pub(super) Box<dyn Groups>);

impl ForGroups {
    fn count(&self, emit_to: EmitTo) -> usize {
        match emit_to {
            EmitTo::All => self.0.len(),
            EmitTo::First(count) => count,
        }
    }
}

impl GroupsAccumulator for ForGroups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        opt_filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        let filter = opt_filter.map(prep_null_mask_filter);
        let rows =
            Rows { columns: values, groups: group_indices, filter: filter.as_ref(), total: total_num_groups };
        self.0.update(&rows).map_err(to_datafusion)
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let count = self.count(emit_to);
        self.0.finish(count).map_err(to_datafusion)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let count = self.count(emit_to);
        Ok(vec![self.0.states(count).map_err(to_datafusion)?])
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        let rows = Rows { columns: values, groups: group_indices, filter: None, total: total_num_groups };
        self.0.merge(&rows).map_err(to_datafusion)
    }

    fn convert_to_state(&self, _: &[ArrayRef], _: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        datafusion::common::not_impl_err!("states of single rows")
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}

/// The one group of an aggregation without keys.
pub(super) struct ForAll {
    pub(super) groups: Box<dyn Groups>,
    zeros: Vec<usize>,
}

impl ForAll {
    pub(super) fn new(groups: Box<dyn Groups>) -> Self {
        Self { groups, zeros: Vec::new() }
    }

    fn with_rows(&mut self, values: &[ArrayRef], merge: bool) -> Result<()> {
        let rows = values.first().map_or(0, |column| column.len());
        self.zeros.resize(rows, 0);
        let rows = Rows { columns: values, groups: &self.zeros, filter: None, total: 1 };
        if merge { self.groups.merge(&rows) } else { self.groups.update(&rows) }.map_err(to_datafusion)
    }
}

impl fmt::Debug for ForAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ForAll")
    }
}

impl Accumulator for ForAll {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.with_rows(values, false)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let answer = self.groups.finish(1).map_err(to_datafusion)?;
        ScalarValue::try_from_array(&answer, 0)
    }

    fn size(&self) -> usize {
        self.groups.size() + self.zeros.capacity() * size_of::<usize>()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let states = self.groups.states(1).map_err(to_datafusion)?;
        Ok(vec![ScalarValue::try_from_array(&states, 0)?])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.with_rows(states, true)
    }
}
