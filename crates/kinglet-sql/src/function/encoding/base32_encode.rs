//! `base32Encode`: the text in Base32.

use super::base64::THIRTY_TWO;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static BASE32_ENCODE: TextMap = TextMap {
    spec: &Spec {
        name: "base32Encode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "base32Encode(text)",
        summary: "The text in Base32.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[Example { sql: "base32Encode('hello')", answer: "NBSWY3DP" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        THIRTY_TWO.encode(text, out);
        Ok(())
    },
};
