//! `cutURLParameter`: the URL without a parameter, or without those of an array.

use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::text::bytes_at;
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct CutUrlParameter;

static SPEC: Spec = Spec {
    name: "cutURLParameter",
    category: "url",
    syntax: "cutURLParameter(url, name)",
    summary: "The URL without a parameter, or without those of an array.",
    arguments: &[("url", "String"), ("name", "String or Array(String)")],
    returns: "String",
    examples: &[Example {
        sql: "cutURLParameter('http://example.com/?a=1&b=2', 'a')",
        answer: "http://example.com/?b=2",
    }],
    ..Spec::EMPTY
};

impl Function for CutUrlParameter {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, |ty| ty.is_text() || ty.element().is_some_and(|element| element.is_text()))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let urls = call.bytes(0)?;
        let lists = call.lists(1).ok();
        let names = if lists.is_none() { Some(call.bytes(1)?) } else { None };
        result::texts(call.rows, |row, out| {
            out.extend_from_slice(urls.get(row));
            if let Some(names) = &names {
                cut(out, names.get(row));
            }
            if let Some(lists) = &lists {
                lists.range(row).for_each(|at| cut(out, bytes_at(lists.elements(), at)));
            }
            Ok(())
        })
    }
}
/// Takes out the first parameter of that name, with the separator after or before it.
fn cut(url: &mut Vec<u8>, name: &[u8]) {
    let Some(query) = url.iter().position(|byte| matches!(byte, b'?' | b'#')) else { return };
    let mut at = query + 1;
    while at <= url.len() {
        let rest = &url[at.min(url.len())..];
        let end = rest.iter().position(|byte| matches!(byte, b'&' | b'?' | b'#')).unwrap_or(rest.len());
        let found = rest[..end].strip_prefix(name).is_some_and(|value| value.starts_with(b"="));
        if found && !name.is_empty() {
            let follows = rest.get(end) == Some(&b'&');
            let range = if follows {
                at..at + end + 1
            } else if url[at - 1] == b'&' {
                at - 1..at + end
            } else {
                at..at + end
            };
            url.drain(range);
            return;
        }
        at += end + 1;
    }
}
