//! `getSubcolumn`: the values a path leads to.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use crate::json::{parse_steps, subcolumn, subcolumn_type};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use kinglet_types::{ErrorCode, SqlError};

pub(in crate::function) struct GetSubcolumn;

static SPEC: Spec = Spec {
    name: "getSubcolumn",
    category: "dynamic",
    syntax: "getSubcolumn(value, 'path')",
    summary: "The values that a path leads to, as `value.path` reads them: a path of a JSON, the values of one type of a Variant or Dynamic, an element of a tuple.",
    arguments: &[
        ("value", "JSON, Dynamic, Variant, Tuple or an array of them"),
        ("path", "The path, constant"),
    ],
    returns: "The type of the values there.",
    examples: &[
        Example { sql: "getSubcolumn('{\\\"a\\\":{\\\"b\\\":1}}'::JSON, 'a.b')", answer: "1" },
        Example {
            sql: "SELECT j.a[].b FROM (SELECT '{\\\"a\\\":[{\\\"b\\\":1},{\\\"b\\\":2}]}'::JSON AS j)",
            answer: "[1,2]",
        },
    ],
    ..Spec::EMPTY
};

impl Function for GetSubcolumn {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        let path = args.constant_text(1)?;
        let found = parse_steps(&path).and_then(|steps| subcolumn_type(args.ty(0), &steps));
        found.ok_or_else(|| {
            let message = format!("{} has no subcolumn {path}", args.ty(0));
            SqlError::new(ErrorCode::ILLEGAL_COLUMN, message)
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let path = call.arg(1)?.text_value().unwrap_or_default();
        let steps = parse_steps(&path).ok_or_else(|| call.illegal_column(1))?;
        subcolumn(&call.arg(0)?.expanded(call.rows), call.ty(0), &steps)
    }
}
