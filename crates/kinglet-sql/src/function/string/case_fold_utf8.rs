//! `caseFoldUTF8`: the text in a form that is equal for texts which differ in case alone.

use super::characters::lower;
use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static CASE_FOLD_UTF8: TextMap = TextMap {
    spec: &Spec {
        name: "caseFoldUTF8",
        category: "string",
        syntax: "caseFoldUTF8(text)",
        summary: "The text in a form that is equal for texts which differ in case alone.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "caseFoldUTF8('École')", answer: "école" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        out.extend(lower(text));
        Ok(())
    },
};
