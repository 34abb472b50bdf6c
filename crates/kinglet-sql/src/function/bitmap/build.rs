//! `bitmapBuild`: the set of an array's values.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::operands::{BASE, written};
use crate::aggregate::bitmap_set::{BitmapSet, Element};
use crate::aggregate::bitmaps::set_type;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct BitmapBuild;

static SPEC: Spec = Spec {
    name: "bitmapBuild",
    syntax: "bitmapBuild(array)",
    summary: "The set of the array's values.",
    arguments: &[("array", "Array of whole numbers of 8 to 64 bits")],
    returns: "AggregateFunction(groupBitmap, ..)",
    examples: &[Example { sql: "bitmapToArray(bitmapBuild([1, 2, 2]))", answer: "[1,2]" }],
    ..BASE
};

impl Function for BitmapBuild {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let element = args.ty(0).element().filter(|ty| Element::of(ty).is_some());
        element.map(|ty| set_type(&ty)).ok_or_else(|| args.illegal(0))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let values = lists.int_elements().ok_or_else(|| call.illegal_column(0))?;
        let element =
            call.ty(0).element().as_ref().and_then(Element::of).ok_or_else(|| call.illegal_column(0))?;
        written(call.rows, |row| {
            let mut set = BitmapSet::new(element);
            values
                .get(lists.range(row))
                .unwrap_or_default()
                .iter()
                .for_each(|value| set.add(element.key(*value)));
            Ok(set)
        })
    }
}
