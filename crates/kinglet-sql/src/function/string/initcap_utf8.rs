//! `initcapUTF8`: the first letter of each word in upper case and the rest in lower case, by Unicode.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static INITCAP_UTF8: TextMap = TextMap {
    spec: &Spec {
        name: "initcapUTF8",
        category: "string",
        syntax: "initcapUTF8(text)",
        summary: "The first letter of each word in upper case and the rest in lower case, by Unicode.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "initcapUTF8('école à côté')", answer: "École À Côté" }],
        ..Spec::EMPTY
    },
    write: initcap,
};

fn initcap(text: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let mut inside = false;
    for letter in String::from_utf8_lossy(text).chars() {
        let written =
            if inside { letter.to_lowercase().to_string() } else { letter.to_uppercase().to_string() };
        out.extend(written.into_bytes());
        inside = letter.is_alphanumeric();
    }
    Ok(())
}
