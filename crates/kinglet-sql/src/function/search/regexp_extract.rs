//! `regexpExtract`: A group of the first match of a regular expression; empty if there is none.

use super::pattern::Patterns;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct RegexpExtract;

static SPEC: Spec = Spec {
    name: "regexpExtract",
    aliases: &["REGEXP_EXTRACT", "REGEXP_SUBSTR"],
    case: Case::Insensitive,
    category: "search",
    syntax: "regexpExtract(text, pattern[, group])",
    summary: "A group of the first match of a regular expression; empty if there is none.",
    arguments: &[
        ("text", "String"),
        ("pattern", "String, constant"),
        ("group", "Integer; 1 if left out, 0 for the whole match"),
    ],
    returns: "String",
    examples: &[Example { sql: "regexpExtract('100-200', '(\\\\\\\\d+)-(\\\\\\\\d+)', 2)", answer: "" }],
    ..Spec::EMPTY
};

impl Function for RegexpExtract {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        if args.len() > 2 {
            args.expect(2, ChType::is_integer)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (texts, pattern) = (call.bytes(0)?, call.bytes(1)?);
        let group = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        let mut patterns = Patterns::default();
        result::texts(call.rows, |row, out| {
            let compiled = patterns.get(pattern.get(row))?;
            let groups = compiled.captures_len();
            let wanted = match &group {
                Some(group) => group.get(row),
                None => i64::from(groups > 1),
            };
            let at = usize::try_from(wanted).ok().filter(|at| *at < groups).ok_or_else(|| {
                let message = format!(
                    "Index value {wanted} for regexp pattern in function {} is out-of-range, should be in [0, {groups})",
                    call.name
                );
                SqlError::new(ErrorCode(353), message)
            })?;
            let found = compiled.captures(texts.get(row));
            let found = found.as_ref().and_then(|found| found.get(at));
            out.extend_from_slice(found.map_or(&[], |found| found.as_bytes()));
            Ok(())
        })
    }
}
