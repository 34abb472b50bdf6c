//! `domainRFC`: as domain, by RFC 3986: user and password may stand before the host, and it may be an IPv6 address.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static DOMAIN_RFC: TextMap = TextMap {
    spec: &Spec {
        name: "domainRFC",
        category: "url",
        syntax: "domainRFC(url)",
        summary: "As domain, by RFC 3986: user and password may stand before the host, and it may be an IPv6 address.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "domainRFC('http://user:password@example.com:8080/a')",
            answer: "example.com",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        out.extend_from_slice(super::parts::domain_rfc(url));
        Ok(())
    },
};
