//! `initcap`: the first letter of each word in upper case and the rest in lower case.

use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static INITCAP: TextMap = TextMap {
    spec: &Spec {
        name: "initcap",
        case: Case::Insensitive,
        category: "string",
        syntax: "initcap(text)",
        summary: "The first letter of each word in upper case and the rest in lower case.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "initcap('building for fast')", answer: "Building For Fast" }],
        ..Spec::EMPTY
    },
    write: initcap,
};

fn initcap(text: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let mut inside = false;
    for byte in text {
        out.push(if inside { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() });
        inside = byte.is_ascii_alphanumeric();
    }
    Ok(())
}
