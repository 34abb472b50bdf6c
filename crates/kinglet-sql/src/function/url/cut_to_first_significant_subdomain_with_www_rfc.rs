//! `cutToFirstSignificantSubdomainWithWWWRFC`: as cutToFirstSignificantSubdomainWithWWW, by RFC 3986.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN_WITH_WWW_RFC: TextMap = TextMap {
    spec: &Spec {
        name: "cutToFirstSignificantSubdomainWithWWWRFC",
        category: "url",
        syntax: "cutToFirstSignificantSubdomainWithWWWRFC(url)",
        summary: "As cutToFirstSignificantSubdomainWithWWW, by RFC 3986.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "cutToFirstSignificantSubdomainWithWWWRFC('http://user:password@news.clickhouse.com.tr:8080/')",
            answer: "clickhouse.com.tr",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        out.extend_from_slice(super::subdomain::tail(super::parts::domain_rfc(url)));
        Ok(())
    },
};
