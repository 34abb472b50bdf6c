//! `groupArraySorted`: the least values in order.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::take;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, OverRows};
use super::{Aggregate, Bound, Call, Empty};
use crate::function::{Example, Spec, comparable, result};

pub(super) struct GroupArraySorted;

static SPEC: Spec = Spec {
    name: "groupArraySorted",
    category: "aggregate",
    syntax: "groupArraySorted(size)(value)",
    summary: "The `size` least values in ascending order.",
    arguments: &[("size", "Whole number"), ("value", "Any type")],
    returns: "Array of the type of the value.",
    examples: &[Example { sql: "SELECT groupArraySorted(2)(5 - number) FROM numbers(5)", answer: "[1,2]" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupArraySorted {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=1)?;
        let size = call.uint_parameter(0)?.and_then(|size| usize::try_from(size).ok()).ok_or_else(|| {
            let message = format!("Aggregate function {} needs a size as parameter", call.name);
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        })?;
        let answer = Arc::new(Sorted { ty: call.ty(0).clone(), size });
        Ok(kept_rows::bound(call.types, answer, false))
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

#[derive(Debug)]
struct Sorted {
    ty: ChType,
    size: usize,
}

impl OverRows for Sorted {
    fn result_type(&self) -> ChType {
        ChType::array(self.ty.clone())
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let values = columns.first().ok_or_else(|| result::internal("no column to sort"))?;
        let order = comparable(values, false)?;
        let (mut positions, mut lengths) = (Vec::new(), Vec::new());
        for rows in groups {
            let mut rows: Vec<u32> = rows.clone().map(|row| row as u32).collect();
            rows.sort_by_key(|row| order.row(*row as usize));
            rows.truncate(self.size);
            lengths.push(rows.len());
            positions.extend(rows);
        }
        let values = take(values, &UInt32Array::from(positions), None).map_err(result::internal)?;
        result::lists(&self.result_type(), values, lengths)
    }
}
