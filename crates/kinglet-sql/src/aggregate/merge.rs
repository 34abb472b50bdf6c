//! `-Merge`: the answer over states that were stored.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{AggregateType, ChType, Result, SqlError};

use super::call::parameter_of;
use super::{Bound, Call, Combinator, Groups, Inner, Parameter, Rows};

pub(super) struct Merge;

impl Combinator for Merge {
    fn suffix(&self) -> &'static str {
        "Merge"
    }

    fn summary(&self) -> &'static str {
        "Takes states that -State made, merges them and answers."
    }

    fn skips_nulls(&self) -> bool {
        false
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let (ty, inner) = merged(call, inner)?;
        Ok(Arc::new(BoundMerge { inner, ty }))
    }
}

/// The aggregate that reads the states of the only argument, and the states' type.
///
/// # Errors
/// 43 when the argument is no state, or one of another aggregate.
pub(super) fn merged(call: &Call<'_>, inner: &Inner<'_>) -> Result<(Arc<AggregateType>, Arc<dyn Bound>)> {
    call.expect_count(1..=1)?;
    let ChType::AggregateFunction(state) = call.ty(0) else {
        return Err(SqlError::illegal_type(call.name, 1, call.ty(0)));
    };
    let parameters: Vec<Parameter> = state.parameters.iter().map(|p| parameter_of(p)).collect();
    let types: Vec<ChType> = state.arguments.iter().map(|ty| ty.without_low_cardinality_deep()).collect();
    let inner = inner(&Call {
        name: &state.function,
        parameters: if parameters.is_empty() { call.parameters } else { &parameters },
        types: &types,
        environment: call.environment,
    })?;
    Ok((Arc::clone(state), inner))
}

#[derive(Debug)]
struct BoundMerge {
    inner: Arc<dyn Bound>,
    ty: Arc<AggregateType>,
}

impl Bound for BoundMerge {
    fn result_type(&self) -> ChType {
        self.inner.result_type()
    }

    fn state_type(&self) -> Option<Arc<AggregateType>> {
        Some(Arc::clone(&self.ty))
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Merging { inner: self.inner.groups() })
    }
}

/// Groups whose rows are states.
pub(super) struct Merging {
    pub(super) inner: Box<dyn Groups>,
}

impl Groups for Merging {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.inner.merge(rows)
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.inner.merge(rows)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        self.inner.finish(count)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        self.inner.states(count)
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        self.inner.state_length(bytes)
    }

    fn len(&self) -> usize {
        self.inner.len()
    }

    fn size(&self) -> usize {
        self.inner.size()
    }
}
