//! `tryBase32Decode`: the bytes of a text in Base32; empty where it is none.

use super::base64::THIRTY_TWO;
use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static TRY_BASE32_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "tryBase32Decode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "tryBase32Decode(text)",
        summary: "The bytes of a text in Base32; empty where it is none.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[Example { sql: "tryBase32Decode('NBSWY3DP')", answer: "hello" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        if THIRTY_TWO.decode(text, out).is_none() {
            out.clear();
        }
        Ok(())
    },
};
