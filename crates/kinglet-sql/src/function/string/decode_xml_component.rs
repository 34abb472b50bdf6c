//! `decodeXMLComponent`: the text with the five entities of XML and numeric references replaced by what they stand for.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static DECODE_XML_COMPONENT: TextMap = TextMap {
    spec: &Spec {
        name: "decodeXMLComponent",
        category: "string",
        syntax: "decodeXMLComponent(text)",
        summary: "The text with the five entities of XML and numeric references replaced by what they stand for.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "decodeXMLComponent('&lt;b&gt; &#x3a3;')", answer: "<b> Σ" }],
        ..Spec::EMPTY
    },
    write: |text, out| {
        super::entities::decode(text, out);
        Ok(())
    },
};
