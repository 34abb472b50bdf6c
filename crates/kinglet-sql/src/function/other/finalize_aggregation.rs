//! `finalizeAggregation`: the answer of an aggregate from its state.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use std::sync::Arc;

use kinglet_types::SqlError;

use crate::Environment;
use crate::aggregate::{self, Bound, Rows};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct FinalizeAggregation;

static SPEC: Spec = Spec {
    name: "finalizeAggregation",
    category: "other",
    syntax: "finalizeAggregation(state)",
    summary: "The answer of an aggregate from its state.",
    arguments: &[("state", "AggregateFunction")],
    returns: "The aggregate's type.",
    examples: &[Example { sql: "finalizeAggregation(arrayReduce('sumState', [1, 2]))", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for FinalizeAggregation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        Ok(bound(args.ty(0), args.environment).map_err(|_| args.illegal(0))?.result_type())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let state = call.arg(0)?.expanded(call.rows);
        let groups: Vec<usize> = (0..call.rows).collect();
        let mut held = bound(call.ty(0), call.environment)?.groups();
        held.update(&Rows { columns: &[state], groups: &groups, filter: None, total: call.rows })?;
        held.finish(call.rows)
    }
}

fn bound(ty: &ChType, environment: &Environment) -> Result<Arc<dyn Bound>> {
    let ChType::AggregateFunction(state) = ty else {
        return Err(SqlError::illegal_type(SPEC.name, 1, ty));
    };
    let name = format!("{}Merge", state.function);
    let types = std::slice::from_ref(ty);
    aggregate::bind(&aggregate::Call { name: &name, parameters: &[], types, environment })
}
