//! `URLHash`: the CityHash of a URL without a trailing `/`, `?` or `#`; with a level, of that part of its hierarchy.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct UrlHash;

static SPEC: Spec = Spec {
    name: "URLHash",
    category: "hash",
    syntax: "URLHash(url[, level])",
    summary: "The CityHash of a URL without a trailing `/`, `?` or `#`; with a level, of that part of its hierarchy.",
    arguments: &[("url", "String"), ("level", "Integer, constant")],
    returns: "UInt64",
    examples: &[Example { sql: "URLHash('https://example.com/')", answer: "1221806079363753413" }],
    ..Spec::EMPTY
};

impl Function for UrlHash {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| {
            let url = texts.get(row);
            let url =
                url.strip_suffix(b"/").or(url.strip_suffix(b"?")).or(url.strip_suffix(b"#")).unwrap_or(url);
            Ok(ch_cityhash102::cityhash64(url) as i64)
        })
    }
}
