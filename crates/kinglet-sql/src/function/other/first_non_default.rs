//! `firstNonDefault`: the first value that is neither NULL nor the default of its type.

use crate::ColumnBuilder;
use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use arrow::compute::interleave;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct FirstNonDefault;

static SPEC: Spec = Spec {
    name: "firstNonDefault",
    category: "other",
    syntax: "firstNonDefault(value, ..)",
    summary: "The first value that is neither NULL nor the default of its type.",
    arguments: &[("value", "Any types with a common one")],
    returns: "The common type",
    examples: &[Example { sql: "firstNonDefault(0, 0, 5)", answer: "5" }],
    ..Spec::EMPTY
};

impl Function for FirstNonDefault {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        args.common_type()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let columns = call
            .args
            .iter()
            .map(|column| convert(&column.array, &column.ty, call.result, Failure::Error, call.environment))
            .collect::<Result<Vec<_>>>()?;
        let mut builder = ColumnBuilder::new(call.result.bare());
        builder.append_default();
        let default =
            convert(&builder.finish()?, call.result.bare(), call.result, Failure::Error, call.environment)?;
        let zero = crate::function::comparable(&default, false)?;
        let keys = columns
            .iter()
            .map(|column| crate::function::comparable(column, false))
            .collect::<Result<Vec<_>>>()?;
        let picks: Vec<(usize, usize)> = (0..call.rows)
            .map(|row| {
                let place = |at: usize| call.args.get(at).map_or(0, |column| column.index(row));
                let found = (0..columns.len()).find(|at| {
                    arrow::array::Array::is_valid(&columns[*at], place(*at))
                        && keys[*at].row(place(*at)) != zero.row(0)
                });
                let at = found.unwrap_or(columns.len() - 1);
                (at, place(at))
            })
            .collect();
        let columns: Vec<_> = columns.iter().map(AsRef::as_ref).collect();
        interleave(&columns, &picks).map_err(internal)
    }
}
