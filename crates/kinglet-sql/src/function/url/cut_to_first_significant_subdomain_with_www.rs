//! `cutToFirstSignificantSubdomainWithWWW`: the host from its first significant subdomain on, where `www` counts as one.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN_WITH_WWW: TextMap = TextMap {
    spec: &Spec {
        name: "cutToFirstSignificantSubdomainWithWWW",
        category: "url",
        syntax: "cutToFirstSignificantSubdomainWithWWW(url)",
        summary: "The host from its first significant subdomain on, where `www` counts as one.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "cutToFirstSignificantSubdomainWithWWW('https://news.clickhouse.com.tr/')",
            answer: "clickhouse.com.tr",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        let host = super::parts::domain(url);
        out.extend_from_slice(super::subdomain::tail(host));
        Ok(())
    },
};
