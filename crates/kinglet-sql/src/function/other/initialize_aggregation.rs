//! `initializeAggregation`: an aggregate of a single row.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::Environment;
use crate::aggregate::{self, Bound, Rows, parameter_of};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct InitializeAggregation;

static SPEC: Spec = Spec {
    name: "initializeAggregation",
    category: "other",
    syntax: "initializeAggregation(aggregate, argument, ..)",
    summary: "What the aggregate answers to one row; with -State its state. Parameters stand in the name.",
    arguments: &[("aggregate", "String, constant"), ("argument", "Any types")],
    returns: "The aggregate's type.",
    examples: &[
        Example { sql: "initializeAggregation('sum', 5)", answer: "5" },
        Example { sql: "finalizeAggregation(initializeAggregation('uniqState', 5))", answer: "1" },
    ],
    ..Spec::EMPTY
};

impl Function for InitializeAggregation {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        let text = args.constant_text(0)?;
        let types: Vec<ChType> = args.list.iter().skip(1).map(|arg| arg.ty.clone()).collect();
        Ok(bound(&text, &types, args.environment)?.result_type())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let text = call.arg(0)?.text_value().ok_or_else(|| call.illegal_column(0))?;
        let types: Vec<ChType> = call.args.iter().skip(1).map(|arg| arg.ty.clone()).collect();
        let columns: Vec<ArrayRef> = call.args.iter().skip(1).map(|arg| arg.expanded(call.rows)).collect();
        let groups: Vec<usize> = (0..call.rows).collect();
        let mut held = bound(&text, &types, call.environment)?.groups();
        held.update(&Rows { columns: &columns, groups: &groups, filter: None, total: call.rows })?;
        held.finish(call.rows)
    }
}

/// The aggregate over rows; `text` is its name with parameters.
fn bound(text: &str, types: &[ChType], environment: &Environment) -> Result<Arc<dyn Bound>> {
    let (name, parameters) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end().trim_end_matches(')')),
        None => (text, ""),
    };
    let parameters = parameters.split(',').map(str::trim).filter(|text| !text.is_empty());
    let parameters: Vec<_> = parameters.map(parameter_of).collect();
    aggregate::bind(&aggregate::Call { name: name.trim(), parameters: &parameters, types, environment })
}
