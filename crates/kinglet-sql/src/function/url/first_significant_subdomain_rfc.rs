//! `firstSignificantSubdomainRFC`: as firstSignificantSubdomain, by RFC 3986.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static FIRST_SIGNIFICANT_SUBDOMAIN_RFC: TextMap = TextMap {
    spec: &Spec {
        name: "firstSignificantSubdomainRFC",
        category: "url",
        syntax: "firstSignificantSubdomainRFC(url)",
        summary: "As firstSignificantSubdomain, by RFC 3986.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "firstSignificantSubdomainRFC('http://user:password@example.com:8080/path')",
            answer: "example",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        out.extend_from_slice(super::subdomain::label(super::parts::domain_rfc(url)));
        Ok(())
    },
};
