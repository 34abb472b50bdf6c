//! `stringBytesUniq`: number of different bytes in a text.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static STRING_BYTES_UNIQ: TextNumber = TextNumber {
    spec: &Spec {
        name: "stringBytesUniq",
        category: "string",
        syntax: "stringBytesUniq(text)",
        summary: "Number of different bytes in a text.",
        arguments: &[("text", "String")],
        returns: "UInt16",
        examples: &[Example { sql: "stringBytesUniq('Hello')", answer: "4" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt16,
    read: |text| {
        let mut seen = [false; 256];
        text.iter().for_each(|byte| seen[usize::from(*byte)] = true);
        seen.iter().filter(|seen| **seen).count() as i64
    },
};
