//! `-Distinct`: every combination of arguments once.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::kept_rows::{self, OverRows, group_numbers};
use super::{Bound, Call, Combinator, Inner, Rows};

pub(super) struct Distinct;

impl Combinator for Distinct {
    fn suffix(&self) -> &'static str {
        "Distinct"
    }

    fn summary(&self) -> &'static str {
        "Aggregates each different combination of arguments once."
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let answer = Arc::new(OfDistinct { inner: inner(call)? });
        Ok(kept_rows::bound(call.types, answer, true))
    }
}

#[derive(Debug)]
struct OfDistinct {
    inner: Arc<dyn Bound>,
}

impl OverRows for OfDistinct {
    fn result_type(&self) -> ChType {
        self.inner.result_type()
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let mut held = self.inner.groups();
        let numbers = group_numbers(groups);
        held.update(&Rows { columns, groups: &numbers, filter: None, total: groups.len() })?;
        held.finish(groups.len())
    }
}
