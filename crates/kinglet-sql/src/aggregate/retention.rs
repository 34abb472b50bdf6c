//! `retention`: which of several conditions were ever met along with the first.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt8Array};
use kinglet_types::{ChType, Result};

use super::kept_rows::{self, OverRows};
use super::{Aggregate, Bound, Call, Empty};
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
        Ok(kept_rows::bound(call.types, Arc::new(Met(call.types.len())), true))
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

/// The number of conditions.
#[derive(Debug)]
struct Met(usize);

impl OverRows for Met {
    fn result_type(&self) -> ChType {
        ChType::array(ChType::UInt8)
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let mut flags = Vec::with_capacity(groups.len() * self.0);
        for rows in groups {
            let met = |column: &ArrayRef| rows.clone().any(|row| int_at(column, row) != 0);
            let first = columns.first().is_some_and(met);
            flags.extend(columns.iter().map(|column| u8::from(first && met(column))));
        }
        result::lists(&self.result_type(), Arc::new(UInt8Array::from(flags)), vec![self.0; groups.len()])
    }
}
