//! `retention`: which of several conditions were ever met along with the first.

use std::sync::Arc;

use arrow::array::{ArrayRef, UInt8Array};
use kinglet_types::{ChType, Result};

use super::wire::Reader;
use super::{Aggregate, Bound, Call, Empty, Groups, PerGroup, State};
use crate::function::{Example, Spec, result};
use crate::text::int_at;

pub(super) struct Retention;

static SPEC: Spec = Spec {
    name: "retention",
    category: "aggregate",
    syntax: "retention(condition, ..)",
    summary: "For each condition whether some row met it and some row met the first.",
    arguments: &[("condition", "UInt8, 1 to 32 of them")],
    returns: "Array(UInt8)",
    examples: &[Example {
        sql: "SELECT retention(number = 1, number = 2, number = 9) FROM numbers(5)",
        answer: "[1,1,0]",
    }],
    ..Spec::EMPTY
};

impl Aggregate for Retention {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=32)?;
        for at in 0..call.types.len() {
            call.expect(at, ChType::is_integer)?;
        }
        Ok(Arc::new(BoundMet(call.types.len())))
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

/// The number of conditions.
#[derive(Debug)]
struct BoundMet(usize);

impl Bound for BoundMet {
    fn result_type(&self) -> ChType {
        ChType::array(ChType::UInt8)
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Met>::new(self.0))
    }
}

/// The conditions that some row met, one bit each.
struct Met(u32);

impl State for Met {
    type Setup = usize;
    type Input<'a> = &'a [ArrayRef];

    fn empty(_: &usize) -> Self {
        Self(0)
    }

    fn input<'a>(_: &usize, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok(columns)
    }

    fn add(&mut self, _: &usize, columns: &Self::Input<'_>, row: usize) -> Result<()> {
        let met = columns.iter().enumerate().filter(|(_, column)| int_at(column, row) != 0);
        self.0 = met.fold(self.0, |bits, (at, _)| bits | 1_u32.checked_shl(at as u32).unwrap_or(0));
        Ok(())
    }

    fn merge(&mut self, _: &usize, other: Self) -> Result<()> {
        self.0 |= other.0;
        Ok(())
    }

    fn write(&self, _: &usize, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.0.to_le_bytes());
        Ok(())
    }

    fn read(_: &usize, bytes: &mut Reader<'_>) -> Result<Self> {
        Ok(Self(u32::from_le_bytes(bytes.array()?)))
    }

    fn finish(conditions: &usize, states: Vec<Self>) -> Result<ArrayRef> {
        let flags = states.iter().flat_map(|state| {
            (0..*conditions as u32)
                .map(|at| u8::from(state.0 & 1 == 1 && state.0.checked_shr(at).unwrap_or(0) & 1 == 1))
        });
        let flags = Arc::new(flags.collect::<UInt8Array>());
        result::lists(&ChType::array(ChType::UInt8), flags, vec![*conditions; states.len()])
    }
}
