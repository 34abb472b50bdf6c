//! `stringToH3`: the H3 cell in hexadecimal digits; 0 for another text.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static STRING_TO_H3: TextNumber = TextNumber {
    spec: &Spec {
        name: "stringToH3",
        category: "geo",
        syntax: "stringToH3(text)",
        summary: "The H3 cell in hexadecimal digits; 0 for another text.",
        arguments: &[("text", "String")],
        returns: "UInt64",
        examples: &[Example { sql: "stringToH3('89184926cc3ffff')", answer: "617420388351344639" }],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    read: |text| std::str::from_utf8(text).ok().and_then(leading).unwrap_or(0) as i64,
};

/// The number in the hexadecimal digits at the beginning.
fn leading(text: &str) -> Option<u64> {
    let end = text.find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(text.len());
    u64::from_str_radix(text.get(..end)?, 16).ok()
}
