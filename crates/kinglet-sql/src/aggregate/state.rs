//! `-State`: the state instead of the answer.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{AggregateType, ChType, Result};

use super::{Bound, Call, Combinator, Groups, Inner, Rows};

pub(super) struct StateOf;

impl Combinator for StateOf {
    fn suffix(&self) -> &'static str {
        "State"
    }

    fn summary(&self) -> &'static str {
        "Answers the intermediate state, to be stored and merged later."
    }

    fn skips_nulls(&self) -> bool {
        false
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let bound = inner(call)?;
        let name = call.name.strip_suffix("State").unwrap_or(call.name);
        let own = || Arc::new(Call { name, ..*call }.state_type());
        let ty = bound.state_type().unwrap_or_else(own);
        Ok(Arc::new(BoundState { inner: bound, ty }))
    }
}

#[derive(Debug)]
pub(super) struct BoundState {
    pub(super) inner: Arc<dyn Bound>,
    pub(super) ty: Arc<AggregateType>,
}

impl Bound for BoundState {
    fn result_type(&self) -> ChType {
        ChType::AggregateFunction(Arc::clone(&self.ty))
    }

    fn state_type(&self) -> Option<Arc<AggregateType>> {
        Some(Arc::clone(&self.ty))
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(States { inner: self.inner.groups() })
    }
}

struct States {
    inner: Box<dyn Groups>,
}

impl Groups for States {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.inner.update(rows)
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.inner.merge(rows)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        self.inner.states(count)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        self.inner.states(count)
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        self.inner.state_length(bytes)
    }

    fn condition(&self, rows: &Rows<'_>) -> Result<Option<arrow::array::BooleanArray>> {
        self.inner.condition(rows)
    }

    fn len(&self) -> usize {
        self.inner.len()
    }

    fn size(&self) -> usize {
        self.inner.size()
    }
}
