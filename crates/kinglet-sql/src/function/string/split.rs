//! Arrays of the parts of a text.

use std::sync::Arc;

use arrow::array::{ArrayRef, BinaryViewBuilder};
use kinglet_types::Result;

use crate::function::{Call, result};

/// What is called with each part of a text, in order.
pub(super) type Visit<'a> = &'a mut dyn FnMut(&[u8]);

/// The parts of argument 2 as arrays; `parts` calls its visitor with each part of one text. Argument 3, if
/// there is one and it is positive, limits the number of parts.
pub(super) fn split(call: &Call<'_>, parts: impl Fn(&[u8], Visit<'_>)) -> Result<ArrayRef> {
    let text = call.bytes(1)?;
    let limit = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
    let mut elements = BinaryViewBuilder::new();
    let mut lengths = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let limit =
            limit.as_ref().and_then(|limit| usize::try_from(limit.get(row)).ok()).filter(|limit| *limit > 0);
        let limit = limit.unwrap_or(usize::MAX);
        let mut count = 0;
        parts(text.get(row), &mut |part: &[u8]| {
            if count < limit {
                elements.append_value(part);
                count += 1;
            }
        });
        lengths.push(count);
    }
    result::lists(call.result, Arc::new(elements.finish()), lengths)
}
