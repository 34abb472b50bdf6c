//! `-OrDefault`: the default of the type where no row was aggregated.

use std::sync::Arc;

use kinglet_types::Result;

use super::any_rows::AnyRows;
use super::{Bound, Call, Combinator, Inner};

pub(super) struct OrDefault;

impl Combinator for OrDefault {
    fn suffix(&self) -> &'static str {
        "OrDefault"
    }

    fn summary(&self) -> &'static str {
        "Answers the default of the type where no row was aggregated."
    }

    fn nests(&self) -> bool {
        true
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        Ok(Arc::new(AnyRows { inner: inner(call)?, null: false }))
    }
}
