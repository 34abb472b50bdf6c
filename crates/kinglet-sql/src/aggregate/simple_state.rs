//! `-SimpleState`: the answer, typed as a state that is its own value.

use std::sync::Arc;

use kinglet_types::{AggregateType, ChType, ErrorCode, Result, SqlError};

use super::{Bound, Call, Combinator, Groups, Inner};

pub(super) struct SimpleState;

impl Combinator for SimpleState {
    fn suffix(&self) -> &'static str {
        "SimpleState"
    }

    fn summary(&self) -> &'static str {
        "Answers the value as SimpleAggregateFunction, to be stored and aggregated again later."
    }

    fn skips_nulls(&self) -> bool {
        false
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let bound = inner(call)?;
        let supported = call.name.strip_suffix("SimpleState").is_some_and(|name| SUPPORTED.contains(&name));
        if !supported {
            let message = format!(
                "Unsupported aggregate function {}, supported functions are {}",
                call.name,
                SUPPORTED.join(",")
            );
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let function = call.name.strip_suffix("SimpleState").unwrap_or(call.name);
        let ty = AggregateType {
            version: None,
            function: function.into(),
            parameters: Arc::from([]),
            arguments: Arc::from([bound.result_type()]),
        };
        let ty = ChType::SimpleAggregateFunction(Arc::new(ty));
        Ok(Arc::new(BoundSimple { inner: bound, ty }))
    }
}

/// The aggregates whose answers can be aggregated again.
const SUPPORTED: &[&str] = &[
    "any",
    "anyLast",
    "any_respect_nulls",
    "anyLast_respect_nulls",
    "min",
    "max",
    "sum",
    "sumWithOverflow",
    "groupBitAnd",
    "groupBitOr",
    "groupBitXor",
    "sumMap",
    "minMap",
    "maxMap",
    "groupArrayArray",
    "groupArrayLastArray",
    "groupUniqArrayArray",
    "groupUniqArrayArrayMap",
];

#[derive(Debug)]
struct BoundSimple {
    inner: Arc<dyn Bound>,
    ty: ChType,
}

impl Bound for BoundSimple {
    fn result_type(&self) -> ChType {
        self.ty.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        self.inner.groups()
    }
}
