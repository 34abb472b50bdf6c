//! Aggregates that a constant text names, as the first argument of `arrayReduce` and its like.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Args, Call};
use crate::Environment;
use crate::aggregate::{self, Bound, Rows, parameter_of};

/// The aggregate that `text` names, with its parameters, under a further combinator ("" for none).
pub(super) fn bound(
    text: &str,
    combinator: &str,
    types: &[ChType],
    environment: &Environment,
) -> Result<Arc<dyn Bound>> {
    let (name, parameters) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end().trim_end_matches(')')),
        None => (text, ""),
    };
    let parameters = parameters.split(',').map(str::trim).filter(|text| !text.is_empty());
    let parameters: Vec<_> = parameters.map(parameter_of).collect();
    let name = format!("{}{combinator}", name.trim());
    aggregate::bind(&aggregate::Call { name: &name, parameters: &parameters, types, environment })
}

/// The type of the aggregate over the arguments after its name.
pub(super) fn return_type(args: &Args<'_>, combinator: &str) -> Result<ChType> {
    args.expect_count(2..=usize::MAX)?;
    let text = args.constant_text(0)?;
    let types: Vec<ChType> = args.list.iter().skip(1).map(|arg| arg.ty.clone()).collect();
    Ok(bound(&text, combinator, &types, args.environment)?.result_type())
}

/// The aggregate of each row alone.
pub(super) fn per_row(call: &Call<'_>, combinator: &str) -> Result<ArrayRef> {
    let text = call.arg(0)?.text_value().ok_or_else(|| call.illegal_column(0))?;
    let types: Vec<ChType> = call.args.iter().skip(1).map(|arg| arg.ty.clone()).collect();
    let columns: Vec<ArrayRef> = call.args.iter().skip(1).map(|arg| arg.expanded(call.rows)).collect();
    let groups: Vec<usize> = (0..call.rows).collect();
    let mut held = bound(&text, combinator, &types, call.environment)?.groups();
    held.update(&Rows { columns: &columns, groups: &groups, filter: None, total: call.rows })?;
    held.finish(call.rows)
}
