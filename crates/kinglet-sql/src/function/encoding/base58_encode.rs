//! `base58Encode`: the text in Base58.

use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static BASE58_ENCODE: TextMap = TextMap {
    spec: &Spec {
        name: "base58Encode",
        case: Case::Insensitive,
        category: "encoding",
        syntax: "base58Encode(text)",
        summary: "The text in Base58.",
        arguments: &[("text", "String or FixedString")],
        returns: "String",
        examples: &[Example { sql: "base58Encode('clickhouse')", answer: "6ayc1iGg9m22ma" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        super::base58::encode(text, out);
        Ok(())
    },
};
