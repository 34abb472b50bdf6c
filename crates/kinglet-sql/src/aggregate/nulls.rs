//! Leaving out rows with NULLs before an aggregate sees them.
//!
//! The state is ClickHouse's: a byte that says whether any row was added, then the inner state.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewArray, BinaryViewBuilder, BooleanArray, make_array};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use kinglet_types::{ChType, Result};

use super::{Bound, Empty, Groups, Rows};
use crate::function::result::internal;

/// Whether an answer of a type can be NULL; tuples of answers can, unlike those of columns.
pub(super) fn answers_null(ty: &ChType) -> bool {
    ty.can_be_nullable() || matches!(ty, ChType::Tuple(_))
}

/// The type of an answer that can be NULL.
pub(super) fn null_answer(ty: ChType) -> ChType {
    match ty {
        ChType::Tuple(_) => ChType::Nullable(Arc::new(ty)),
        ty => ty.nullable(),
    }
}

#[derive(Debug)]
pub(super) struct SkipNulls {
    pub(super) inner: Arc<dyn Bound>,
    pub(super) empty: Empty,
}

impl SkipNulls {
    fn nullable_result(&self) -> bool {
        self.empty == Empty::Null && answers_null(&self.inner.result_type())
    }
}

impl Bound for SkipNulls {
    fn result_type(&self) -> ChType {
        let ty = self.inner.result_type();
        if self.nullable_result() { null_answer(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Skipping {
            inner: self.inner.groups(),
            seen: Vec::new(),
            nullable: self.nullable_result(),
            flagged: self.empty != Empty::Plain,
        })
    }
}

struct Skipping {
    inner: Box<dyn Groups>,
    seen: Vec<bool>,
    nullable: bool,
    /// Whether a state starts with the byte.
    flagged: bool,
}

impl Skipping {
    fn first_seen(&mut self, count: usize) -> Vec<bool> {
        self.seen.resize(self.seen.len().max(count), false);
        let rest = self.seen.split_off(count);
        std::mem::replace(&mut self.seen, rest)
    }

    fn mark(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.seen.resize(self.seen.len().max(rows.total), false);
        rows.each(|_, group| {
            if let Some(seen) = self.seen.get_mut(group) {
                *seen = true;
            }
            Ok(())
        })
    }
}

impl Groups for Skipping {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        let nulls = rows.columns.iter().fold(None, |nulls: Option<NullBuffer>, column| {
            NullBuffer::union(nulls.as_ref(), column.logical_nulls().as_ref())
        });
        let valid = nulls.filter(|nulls| nulls.null_count() > 0).map(|nulls| {
            let bits: BooleanBuffer = match rows.filter {
                Some(filter) => nulls.inner() & filter.values(),
                None => nulls.inner().clone(),
            };
            BooleanArray::new(bits, None)
        });
        let kept = Rows { filter: valid.as_ref().or(rows.filter), ..*rows };
        self.mark(&kept)?;
        self.inner.update(&kept)
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        if !self.flagged {
            self.mark(rows)?;
            return self.inner.merge(rows);
        }
        let states = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let inner: BinaryViewArray = (0..states.len())
            .map(|row| if states.is_null(row) { None } else { states.value(row).split_first() })
            .map(|split| split.filter(|(flag, _)| **flag != 0).map(|(_, rest)| rest))
            .collect();
        let keep: BooleanBuffer = (0..inner.len())
            .map(|row| inner.is_valid(row) && rows.filter.is_none_or(|filter| filter.value(row)))
            .collect();
        let keep = BooleanArray::new(keep, None);
        let columns: [ArrayRef; 1] = [Arc::new(inner)];
        let kept = Rows { columns: &columns, filter: Some(&keep), ..*rows };
        self.mark(&kept)?;
        self.inner.merge(&kept)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let seen = self.first_seen(count);
        let answers = self.inner.finish(count)?;
        if !self.nullable {
            return Ok(answers);
        }
        let nulls = NullBuffer::union(Some(&NullBuffer::from(seen)), answers.logical_nulls().as_ref());
        let data = answers.to_data().into_builder().nulls(nulls).build().map_err(internal)?;
        Ok(make_array(data))
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let seen = self.first_seen(count);
        let inner = self.inner.states(count)?;
        if !self.flagged {
            return Ok(inner);
        }
        let inner = inner.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        for (row, seen) in seen.into_iter().enumerate() {
            let mut bytes = vec![u8::from(seen)];
            if seen {
                bytes.extend_from_slice(inner.value(row));
            }
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        match bytes.split_first() {
            _ if !self.flagged => self.inner.state_length(bytes),
            Some((0, _)) => Ok(1),
            Some((_, rest)) => Ok(1 + self.inner.state_length(rest)?),
            None => Err(super::parts::ended()),
        }
    }

    fn accumulate(&mut self) -> bool {
        let done = self.inner.accumulate();
        if done {
            super::sum::prefixed(&mut self.seen, |before, seen| before || seen);
        }
        done
    }

    fn len(&self) -> usize {
        self.seen.len()
    }

    fn size(&self) -> usize {
        self.inner.size() + self.seen.capacity()
    }
}
