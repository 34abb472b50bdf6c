//! Words looked for among the words of texts.

use std::collections::HashSet;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::string::words::words;
use crate::function::{Args, Call, result};
use crate::text::bytes_at;

/// Checks a text and the words.
pub(super) fn tokens_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(2..=3)?;
    args.expect(0, ChType::is_text)?;
    args.expect(1, |ty| {
        ty.is_text() || ty.element().is_some_and(|element| element.is_text() || element == ChType::Nothing)
    })?;
    Ok(ChType::UInt8)
}

/// Whether all or any of the words in argument 2 occur; no words occur nowhere.
pub(super) fn has_tokens(call: &Call<'_>, all: bool) -> Result<ArrayRef> {
    let texts = call.bytes(0)?;
    let list = call.lists(1).ok();
    let text = if list.is_none() { Some(call.bytes(1)?) } else { None };
    result::flags(call.rows, |row| {
        let wanted: Vec<&[u8]> = match (&list, &text) {
            (Some(list), _) => list.range(row).map(|at| bytes_at(list.elements(), at)).collect(),
            (_, Some(text)) => words(text.get(row)).collect(),
            _ => Vec::new(),
        };
        let present: HashSet<&[u8]> = words(texts.get(row)).collect();
        let mut found = wanted.iter().map(|word| present.contains(word));
        Ok(!wanted.is_empty() && if all { found.all(|found| found) } else { found.any(|found| found) })
    })
}
