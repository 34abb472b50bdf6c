//! `cutFragment`: a URL without its fragment.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct CutFragment;

static SPEC: Spec = Spec {
    name: "cutFragment",
    category: "url",
    syntax: "cutFragment(url)",
    summary: "The URL without its fragment, number sign included.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example {
        sql: "cutFragment('https://example.com/?a=1#b')",
        answer: "https://example.com/?a=1",
    }],
    ..Spec::EMPTY
};

impl Function for CutFragment {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let url = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            out.extend_from_slice(parts::without_fragment(url.get(row)));
            Ok(())
        })
    }
}
