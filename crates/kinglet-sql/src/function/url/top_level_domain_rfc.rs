//! `topLevelDomainRFC`: as topLevelDomain, by RFC 3986.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static TOP_LEVEL_DOMAIN_RFC: TextMap = TextMap {
    spec: &Spec {
        name: "topLevelDomainRFC",
        category: "url",
        syntax: "topLevelDomainRFC(url)",
        summary: "As topLevelDomain, by RFC 3986.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "topLevelDomainRFC('http://user:password@example.co.uk/')",
            answer: "uk",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        out.extend_from_slice(super::parts::top_level(super::parts::domain_rfc(url)));
        Ok(())
    },
};
