//! `tryBase58Decode`: the bytes of a text in Base58; empty where it is none.

use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static TRY_BASE58_DECODE: TextMap = TextMap {
    spec: &Spec {
        name: "tryBase58Decode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "tryBase58Decode(text)",
        summary: "The bytes of a text in Base58; empty where it is none.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[
            Example { sql: "tryBase58Decode('3dc8KtHrwM')", answer: "Encoded" },
            Example { sql: "tryBase58Decode('0')", answer: "" },
        ],
        ..Spec::EMPTY
    },
    write: |text, out| {
        if super::base58::decode(text, out).is_none() {
            out.clear();
        }
        Ok(())
    },
};
