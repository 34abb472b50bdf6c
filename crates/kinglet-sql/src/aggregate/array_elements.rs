//! `-Array`: the elements of arrays as rows.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, UInt32Array};
use arrow::compute::take;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::{Bound, Call, Combinator, Groups, Inner, Rows};
use crate::function::result::internal;

pub(super) struct ArrayElements;

impl Combinator for ArrayElements {
    fn suffix(&self) -> &'static str {
        "Array"
    }

    fn summary(&self) -> &'static str {
        "Takes arrays and aggregates their elements."
    }

    fn nests(&self) -> bool {
        true
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let element = |at: usize| {
            call.ty(at).element().ok_or_else(|| SqlError::illegal_type(call.name, at + 1, call.ty(at)))
        };
        let types = (0..call.types.len()).map(element).collect::<Result<Vec<ChType>>>()?;
        let types: Vec<ChType> = types.into_iter().map(|ty| ty.without_low_cardinality().clone()).collect();
        Ok(Arc::new(BoundElements { inner: inner(&Call { types: &types, ..*call })? }))
    }
}

#[derive(Debug)]
struct BoundElements {
    inner: Arc<dyn Bound>,
}

impl Bound for BoundElements {
    fn result_type(&self) -> ChType {
        self.inner.result_type()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Elements { inner: self.inner.groups() })
    }
}

struct Elements {
    inner: Box<dyn Groups>,
}

impl Groups for Elements {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        let mut groups = Vec::new();
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(rows.columns.len());
        for (at, column) in rows.columns.iter().enumerate() {
            let lists = column.as_list_opt::<i32>().ok_or_else(|| internal("-Array of no array"))?;
            let offsets = lists.value_offsets();
            let mut positions = Vec::new();
            let mut own = Vec::new();
            rows.each(|row, group| {
                if let (true, Some(start), Some(end)) =
                    (lists.is_valid(row), offsets.get(row), offsets.get(row + 1))
                {
                    positions.extend(*start as u32..*end as u32);
                    own.resize(positions.len(), group);
                }
                Ok(())
            })?;
            if at > 0 && own != groups {
                let message = "All arrays must have the same size for the combinator -Array";
                return Err(SqlError::new(ErrorCode::SIZES_OF_ARRAYS_DONT_MATCH, message));
            }
            groups = own;
            columns.push(take(lists.values(), &UInt32Array::from(positions), None).map_err(internal)?);
        }
        self.inner.update(&Rows { columns: &columns, groups: &groups, filter: None, total: rows.total })
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
