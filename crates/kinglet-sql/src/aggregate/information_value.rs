//! `categoricalInformationValue`: how much categories say about a target.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::wire::Reader;
use super::{Aggregate, Bound, Call, Groups, PerGroup, State};
use crate::function::result::lists;
use crate::function::{Example, Spec};
use crate::text::int_at;

pub(super) struct InformationValue;

static SPEC: Spec = Spec {
    name: "categoricalInformationValue",
    category: "aggregate",
    syntax: "categoricalInformationValue(category, .., target)",
    summary: "For each category its information value: (P(tag = 1) - P(tag = 0)) * (ln P(tag = 1) - ln P(tag = 0)).",
    arguments: &[("category", "UInt8, whether the row is of it"), ("target", "UInt8, the tag")],
    returns: "Array(Float64)",
    examples: &[Example {
        sql: "SELECT arrayMap(x -> round(x, 6), categoricalInformationValue(number % 5 = 1, number % 3 = 0)) FROM numbers(100)",
        answer: "[0.000394]",
    }],
    ..Spec::EMPTY
};

impl Aggregate for InformationValue {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        if call.types.len() < 2 {
            let message = format!("Aggregate function {} requires two or more arguments.", call.name);
            return Err(SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message));
        }
        if call.types.iter().any(|ty| *ty != ChType::UInt8) {
            let message = format!("All the arguments of aggregate function {} should be UInt8.", call.name);
            return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
        }
        Ok(Arc::new(BoundValue { categories: call.types.len() - 1 }))
    }
}

#[derive(Debug)]
struct BoundValue {
    categories: usize,
}

impl Bound for BoundValue {
    fn result_type(&self) -> ChType {
        ChType::array(ChType::Float64)
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Tags>::new(self.categories))
    }
}

/// Rows without and with the tag: of each category, then of all.
struct Tags(Vec<[u64; 2]>);

impl State for Tags {
    type Setup = usize;
    type Input<'a> = &'a [ArrayRef];

    fn empty(categories: &usize) -> Self {
        Self(vec![[0; 2]; categories + 1])
    }

    fn input<'a>(_: &usize, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok(columns)
    }

    fn add(&mut self, categories: &usize, columns: &Self::Input<'_>, row: usize) -> Result<()> {
        let tag = columns.get(*categories).is_some_and(|tags| int_at(tags, row) != 0);
        for (at, counts) in self.0.iter_mut().enumerate() {
            let counted = at == *categories || columns.get(at).is_some_and(|column| int_at(column, row) != 0);
            let [without, with] = counts;
            *(if tag { with } else { without }) += u64::from(counted);
        }
        Ok(())
    }

    fn merge(&mut self, _: &usize, other: Self) -> Result<()> {
        for (counts, others) in self.0.iter_mut().zip(other.0) {
            counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
        }
        Ok(())
    }

    fn write(&self, _: &usize, out: &mut Vec<u8>) -> Result<()> {
        self.0.iter().flatten().for_each(|count| out.extend(count.to_le_bytes()));
        Ok(())
    }

    fn read(categories: &usize, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::empty(categories);
        for count in read.0.iter_mut().flatten() {
            *count = u64::from_le_bytes(bytes.array()?);
        }
        Ok(read)
    }

    fn finish(categories: &usize, states: Vec<Self>) -> Result<ArrayRef> {
        let mut values = Vec::with_capacity(states.len() * categories);
        for state in &states {
            let Some([all_without, all_with]) = state.0.last() else { continue };
            for [without, with] in state.0.iter().take(*categories) {
                let with = *with as f64 / *all_with as f64;
                let without = *without as f64 / *all_without as f64;
                values.push((with - without) * (with.ln() - without.ln()));
            }
        }
        let elements = Arc::new(Float64Array::from(values));
        lists(&ChType::array(ChType::Float64), elements, vec![*categories; states.len()])
    }

    fn size(&self) -> usize {
        self.0.capacity() * 16
    }
}
