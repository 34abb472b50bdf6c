//! What `-OrNull` and `-OrDefault` share: whether any row was aggregated.
//!
//! The state is ClickHouse's: the inner state, then a byte that says whether any row was added.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryViewArray, BinaryViewBuilder, BooleanArray, Scalar, make_array,
};
use arrow::buffer::NullBuffer;
use arrow::compute::kernels::zip::zip;
use kinglet_types::{ChType, Result};

use super::{Bound, Groups, Rows};
use crate::ColumnBuilder;
use crate::function::result::internal;

/// An aggregate that answers NULL, or the default, for no rows.
#[derive(Debug)]
pub(super) struct AnyRows {
    pub(super) inner: Arc<dyn Bound>,
    pub(super) null: bool,
}

impl Bound for AnyRows {
    fn result_type(&self) -> ChType {
        let inner = self.inner.result_type();
        let null = self.null && super::nulls::answers_null(&inner);
        if null { super::nulls::null_answer(inner) } else { inner }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Watched {
            inner: self.inner.groups(),
            ty: self.inner.result_type(),
            null: self.null && super::nulls::answers_null(&self.inner.result_type()),
            seen: Vec::new(),
        })
    }
}

struct Watched {
    inner: Box<dyn Groups>,
    ty: ChType,
    null: bool,
    seen: Vec<bool>,
}

impl Watched {
    fn mark(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.seen.resize(self.seen.len().max(rows.total), false);
        rows.each(|_, group| {
            if let Some(seen) = self.seen.get_mut(group) {
                *seen = true;
            }
            Ok(())
        })
    }

    fn first_seen(&mut self, count: usize) -> Vec<bool> {
        self.seen.resize(self.seen.len().max(count), false);
        super::keep::split(&mut self.seen, count)
    }
}

impl Groups for Watched {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        let counted = if self.null { self.inner.condition(rows)? } else { None };
        self.mark(&Rows { filter: counted.as_ref().or(rows.filter), ..*rows })?;
        self.inner.update(rows)
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        let states = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let split = |row: usize| if states.is_null(row) { None } else { states.value(row).split_last() };
        let inner: BinaryViewArray = (0..states.len())
            .map(|row| split(row).filter(|(flag, _)| **flag != 0).map(|(_, rest)| rest))
            .collect();
        let there: ArrayRef =
            Arc::new(BooleanArray::from_iter((0..inner.len()).map(|row| Some(inner.is_valid(row)))));
        let filter = super::if_condition::condition(&there, rows.filter)?;
        let columns: [ArrayRef; 1] = [Arc::new(inner)];
        let kept = Rows { columns: &columns, filter: Some(&filter), ..*rows };
        self.mark(&kept)?;
        self.inner.merge(&kept)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let seen = self.first_seen(count);
        let answers = self.inner.finish(count)?;
        if self.null {
            let nulls = NullBuffer::union(Some(&NullBuffer::from(seen)), answers.logical_nulls().as_ref());
            return Ok(make_array(answers.to_data().into_builder().nulls(nulls).build().map_err(internal)?));
        }
        let mut builder = ColumnBuilder::new(&self.ty);
        builder.append_default();
        zip(&BooleanArray::from(seen), &answers, &Scalar::new(builder.finish()?)).map_err(internal)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let seen = self.first_seen(count);
        let inner = self.inner.states(count)?;
        let inner = inner.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        for (row, seen) in seen.into_iter().enumerate() {
            let mut bytes = inner.value(row).to_vec();
            bytes.push(u8::from(seen));
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        Ok(self.inner.state_length(bytes)? + 1)
    }

    fn condition(&self, rows: &Rows<'_>) -> Result<Option<BooleanArray>> {
        self.inner.condition(rows)
    }

    fn accumulate(&mut self) -> bool {
        let done = self.inner.accumulate();
        if done {
            super::sum::prefixed(&mut self.seen, |before, seen| before || seen);
        }
        done
    }

    fn len(&self) -> usize {
        self.inner.len()
    }

    fn size(&self) -> usize {
        self.inner.size() + self.seen.capacity()
    }
}
