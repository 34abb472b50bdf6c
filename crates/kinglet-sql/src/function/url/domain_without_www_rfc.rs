//! `domainWithoutWWWRFC`: as domainWithoutWWW, by RFC 3986.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static DOMAIN_WITHOUT_WWW_RFC: TextMap = TextMap {
    spec: &Spec {
        name: "domainWithoutWWWRFC",
        category: "url",
        syntax: "domainWithoutWWWRFC(url)",
        summary: "As domainWithoutWWW, by RFC 3986.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "domainWithoutWWWRFC('http://user:password@www.example.com:8080/a')",
            answer: "example.com",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        out.extend_from_slice(super::parts::without_www(super::parts::domain_rfc(url)));
        Ok(())
    },
};
