//! `cutToFirstSignificantSubdomain`: the host from its first significant subdomain on.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static CUT_TO_FIRST_SIGNIFICANT_SUBDOMAIN: TextMap = TextMap {
    spec: &Spec {
        name: "cutToFirstSignificantSubdomain",
        category: "url",
        syntax: "cutToFirstSignificantSubdomain(url)",
        summary: "The host from its first significant subdomain on.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "cutToFirstSignificantSubdomain('https://news.clickhouse.com.tr/')",
            answer: "clickhouse.com.tr",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        let host = super::parts::without_www(super::parts::domain(url));
        out.extend_from_slice(super::subdomain::tail(host));
        Ok(())
    },
};
