//! The aggregates that answer one of their values: which one, says a [`Choice`].

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewBuilder};
use kinglet_types::{ChType, Result};

use super::keep::Kept;
use super::wire::Reader;
use super::{Bound, Call, Groups, Rows};
use crate::function::result::internal;

/// Which value a group keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    First,
    Last,
    Least,
    Greatest,
}

impl Choice {
    /// Whether the value of a row takes the place of the kept one.
    pub(super) fn replaces(
        self,
        kept: &Kept,
        group: usize,
        loaded: &super::keep::Loaded,
        row: usize,
    ) -> bool {
        if !kept.has(group) {
            return true;
        }
        let wanted = match self {
            Choice::First => return false,
            Choice::Last => return true,
            Choice::Least => Ordering::Less,
            Choice::Greatest => Ordering::Greater,
        };
        match kept.compare(group, loaded, row) {
            Some(order) => order == wanted,
            // A comparison with a NaN: a kept one gives way.
            None => kept.is_nan(group),
        }
    }
}

/// Binds an aggregate of one argument of any type that answers one of its values.
pub(super) fn bind(call: &Call<'_>, choice: Choice) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect_no_parameters()?;
    if matches!(choice, Choice::Greatest | Choice::Least) {
        call.expect_ordered(0)?;
    }
    let ty = call.ty(0).clone();
    Kept::new(&ty)?;
    Ok(Arc::new(BoundSingle { ty, choice }))
}

#[derive(Debug)]
struct BoundSingle {
    ty: ChType,
    choice: Choice,
}

impl Bound for BoundSingle {
    fn result_type(&self) -> ChType {
        self.ty.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        match Kept::new(&self.ty) {
            Ok(kept) => Box::new(SingleValues { kept, choice: self.choice }),
            Err(error) => Box::new(super::refused::Refused(error)),
        }
    }
}

struct SingleValues {
    kept: Kept,
    choice: Choice,
}

impl SingleValues {
    fn add(&mut self, rows: &Rows<'_>, column: &ArrayRef) -> Result<()> {
        let loaded = self.kept.load(column)?;
        let greatest = match self.choice {
            Choice::Least => Some(false),
            Choice::Greatest => Some(true),
            _ => None,
        };
        if greatest.is_some_and(|greatest| self.kept.keep_extreme(rows, &loaded, greatest)) {
            return Ok(());
        }
        rows.each(|row, group| {
            if self.choice.replaces(&self.kept, group, &loaded, row) {
                self.kept.set(group, &loaded, row);
            }
            Ok(())
        })
    }
}

impl Groups for SingleValues {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.kept.grow(rows.total);
        self.add(rows, rows.column(0)?)
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.kept.grow(rows.total);
        let states = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let mut builder = self.kept.builder();
        let mut there = Vec::with_capacity(states.len());
        for row in 0..states.len() {
            if states.is_null(row) {
                builder.append_default();
                there.push(false);
            } else {
                there.push(self.kept.read(&mut Reader::new(states.value(row)), &mut builder)?);
            }
        }
        let present = arrow::array::BooleanArray::from(there);
        let filter = super::if_condition::condition(&(Arc::new(present) as ArrayRef), rows.filter)?;
        let column = builder.finish()?;
        self.add(&Rows { filter: Some(&filter), ..*rows }, &column)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        Ok(self.kept.first(count)?.0)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let (values, seen) = self.kept.first(count)?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        let mut bytes = Vec::new();
        for row in 0..count {
            bytes.clear();
            self.kept.write(&values, seen.value(row), row, &mut bytes)?;
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut reader = Reader::new(bytes);
        self.kept.read(&mut reader, &mut self.kept.builder())?;
        Ok(bytes.len() - reader.rest().len())
    }

    fn accumulate(&mut self) -> bool {
        let choice = self.choice;
        self.kept.accumulate(matches!(choice, Choice::Least | Choice::Greatest), |order| match choice {
            Choice::First => true,
            Choice::Last => false,
            Choice::Least => order != Some(Ordering::Less),
            Choice::Greatest => order != Some(Ordering::Greater),
        })
    }

    fn len(&self) -> usize {
        self.kept.len()
    }

    fn size(&self) -> usize {
        self.kept.size()
    }
}
