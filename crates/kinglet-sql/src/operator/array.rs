//! `array`: an array of the arguments.

use arrow::array::{Array as _, ArrayRef, new_empty_array};
use arrow::compute::interleave;
use kinglet_types::{ChType, Result, or_variant};

use crate::arrow_type;
use crate::conversion::{Failure, convert};
use crate::function::result::{internal, lists};
use crate::function::{Args, Call, Example, Function, Nulls, Spec};

pub(super) struct Array;

static SPEC: Spec = Spec {
    name: "array",
    category: "array",
    syntax: "[a, b, ..]",
    summary: "An array of the arguments.",
    arguments: &[("a", "Any type")],
    returns: "Array of the common type.",
    examples: &[Example { sql: "[1, 2.5]", answer: "[1,2.5]" }],
    ..Spec::EMPTY
};

impl Function for Array {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn keeps_inner_types(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        Ok(ChType::array(or_variant(&args.types())))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let element = call.result.element().unwrap_or(ChType::Nothing);
        let columns = call
            .args
            .iter()
            .map(|column| {
                convert(&column.expanded(call.rows), &column.ty, &element, Failure::Error, call.environment)
            })
            .collect::<Result<Vec<_>>>()?;
        let elements = match columns.len() {
            0 => new_empty_array(&arrow_type(&element)),
            count => {
                let all: Vec<&dyn arrow::array::Array> = columns.iter().map(AsRef::as_ref).collect();
                let places: Vec<(usize, usize)> =
                    (0..call.rows).flat_map(|row| (0..count).map(move |at| (at, row))).collect();
                interleave(&all, &places).map_err(internal)?
            }
        };
        debug_assert_eq!(elements.len(), call.rows * columns.len());
        lists(call.result, elements, std::iter::repeat_n(columns.len(), call.rows))
    }
}
