//! `encodeXMLComponent`: the text with `<`, `>`, `&` and both quotes as entities.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static ENCODE_XML_COMPONENT: TextMap = TextMap {
    spec: &Spec {
        name: "encodeXMLComponent",
        category: "string",
        syntax: "encodeXMLComponent(text)",
        summary: "The text with `<`, `>`, `&` and both quotes as entities.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example {
            sql: "encodeXMLComponent('a < b & \"c\"')",
            answer: "a &lt; b &amp; &quot;c&quot;",
        }],
        ..Spec::EMPTY
    },
    write: encode,
};

fn encode(text: &[u8], out: &mut Vec<u8>) -> Result<()> {
    for byte in text {
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            b'\'' => out.extend_from_slice(b"&apos;"),
            other => out.push(*other),
        }
    }
    Ok(())
}
