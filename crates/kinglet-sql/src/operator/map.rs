//! `map`: a map of keys and values.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError, or_variant};

use super::array::Array;
use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Column, Example, Function, Nulls, Spec};

pub(super) struct Map;

static SPEC: Spec = Spec {
    name: "map",
    category: "map",
    syntax: "map(key, value, ..)",
    summary: "A map of the keys and values given in turn.",
    arguments: &[("key", "Any type that is not Nullable"), ("value", "Any type")],
    returns: "Map of the common types.",
    examples: &[Example { sql: "map('a', 1, 'b', 2)", answer: "{'a':1,'b':2}" }],
    ..Spec::EMPTY
};

impl Function for Map {
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
        if !args.len().is_multiple_of(2) {
            let message = "Function map requires an even number of arguments".to_owned();
            return Err(SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message));
        }
        let types = args.types();
        let every = |from: usize| types.iter().skip(from).step_by(2).cloned().collect::<Vec<_>>();
        Ok(ChType::map(or_variant(&every(0)), or_variant(&every(1))))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ChType::Map(key, value) = call.result.without_low_cardinality() else {
            return Err(call.illegal_column(0));
        };
        let pair = ChType::tuple([key.as_ref().clone(), value.as_ref().clone()]);
        let pairs = call
            .args
            .chunks(2)
            .map(|chunk| {
                let columns = chunk
                    .iter()
                    .zip([key, value])
                    .map(|(c, ty)| {
                        convert(&c.expanded(call.rows), &c.ty, ty, Failure::Error, call.environment)
                    })
                    .collect::<Result<Vec<_>>>()?;
                let arrow::datatypes::DataType::Struct(fields) = crate::arrow_type(&pair) else {
                    return Err(call.illegal_column(0));
                };
                let array = crate::column_builder::struct_array(&fields, columns, call.rows)?;
                Ok(Column::new(pair.clone(), array))
            })
            .collect::<Result<Vec<_>>>()?;
        let list = ChType::array(pair);
        let array = Array.evaluate(&Call { args: &pairs, result: &list, ..*call })?;
        convert(&array, &list, call.result, Failure::Error, call.environment)
    }
}
