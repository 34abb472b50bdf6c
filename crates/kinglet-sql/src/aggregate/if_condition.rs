//! `-If`: only the rows for which the last argument is true.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use arrow::buffer::BooleanBuffer;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result, SqlError};

use super::{Bound, Call, Combinator, Groups, Inner, Rows};
use crate::function::result::internal;

pub(super) struct If;

impl Combinator for If {
    fn suffix(&self) -> &'static str {
        "If"
    }

    fn summary(&self) -> &'static str {
        "Takes only the rows for which one more argument, a condition, is true."
    }

    fn skips_nulls(&self) -> bool {
        false
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let Some((condition, types)) = call.types.split_last() else {
            return Err(SqlError::wrong_argument_count(call.name, 0, "1 or more"));
        };
        let bare = condition.without_low_cardinality().bare();
        if !(matches!(bare, ChType::UInt8 | ChType::Bool) || condition.is_only_null()) {
            return Err(SqlError::illegal_type(call.name, call.types.len(), condition));
        }
        Ok(Arc::new(BoundIf { inner: inner(&Call { types, ..*call })? }))
    }
}

#[derive(Debug)]
struct BoundIf {
    inner: Arc<dyn Bound>,
}

impl Bound for BoundIf {
    fn result_type(&self) -> ChType {
        self.inner.result_type()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Conditional { inner: self.inner.groups() })
    }
}

struct Conditional {
    inner: Box<dyn Groups>,
}

/// True where the condition is neither NULL nor zero and `filter` is true.
pub(super) fn condition(column: &ArrayRef, filter: Option<&BooleanArray>) -> Result<BooleanArray> {
    let truth = cast(column, &DataType::Boolean).map_err(internal)?;
    let truth = truth.as_boolean_opt().ok_or_else(|| internal("a condition that is no Boolean"))?;
    let mut bits: BooleanBuffer = truth.values().clone();
    if let Some(nulls) = truth.nulls() {
        bits = &bits & nulls.inner();
    }
    if let Some(filter) = filter {
        bits = &bits & filter.values();
    }
    Ok(BooleanArray::new(bits, None))
}

impl Groups for Conditional {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        let Some((last, columns)) = rows.columns.split_last() else {
            return Err(internal("-If without a condition"));
        };
        let filter = condition(last, rows.filter)?;
        self.inner.update(&Rows { columns, filter: Some(&filter), ..*rows })
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

    fn condition(&self, rows: &Rows<'_>) -> Result<Option<BooleanArray>> {
        // Rows of `countIf` count whatever their condition says.
        let last = rows.columns.last().filter(|_| rows.columns.len() > 1);
        last.map(|last| condition(last, rows.filter)).transpose()
    }

    fn accumulate(&mut self) -> bool {
        self.inner.accumulate()
    }

    fn len(&self) -> usize {
        self.inner.len()
    }

    fn size(&self) -> usize {
        self.inner.size()
    }
}
