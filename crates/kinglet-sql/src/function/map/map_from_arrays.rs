//! `mapFromArrays`: the map of these keys and values.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use std::sync::Arc;

use arrow::array::{MapArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::DataType;

use crate::arrow_type;
use crate::function::array_map::Zipped;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct MapFromArrays;

static SPEC: Spec = Spec {
    name: "mapFromArrays",
    aliases: &["MAP_FROM_ARRAYS"],
    category: "map",
    syntax: "mapFromArrays(keys, values)",
    summary: "The map of these keys and values.",
    arguments: &[("keys", "Array"), ("values", "Array")],
    returns: "Map",
    examples: &[Example { sql: "mapFromArrays(['a', 'b'], [1, 2])", answer: "{'a':1,'b':2}" }],
    ..Spec::EMPTY
};

impl Function for MapFromArrays {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        let key = args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        let value = args.ty(1).element().ok_or_else(|| args.illegal(1))?;
        Ok(ChType::map(key, value))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let zipped = Zipped::read(call, 0)?;
        let DataType::Map(field, sorted) = arrow_type(call.result) else {
            return Err(call.illegal_column(0));
        };
        let DataType::Struct(fields) = field.data_type() else { return Err(call.illegal_column(0)) };
        let entries =
            StructArray::try_new(fields.clone(), zipped.elements, None).map_err(result::internal)?;
        let offsets = OffsetBuffer::new(zipped.offsets.into());
        let map = MapArray::try_new(field, offsets, entries, None, sorted).map_err(result::internal)?;
        Ok(Arc::new(map))
    }
}
