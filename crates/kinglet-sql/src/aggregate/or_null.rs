//! `-OrNull`: NULL where no row was aggregated.

use std::sync::Arc;

use kinglet_types::Result;

use super::any_rows::AnyRows;
use super::{Bound, Call, Combinator, Inner};

pub(super) struct OrNull;

impl Combinator for OrNull {
    fn suffix(&self) -> &'static str {
        "OrNull"
    }

    fn summary(&self) -> &'static str {
        "Answers NULL where no row was aggregated."
    }

    fn nests(&self) -> bool {
        true
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        Ok(Arc::new(AnyRows { inner: inner(call)?, null: true }))
    }
}
