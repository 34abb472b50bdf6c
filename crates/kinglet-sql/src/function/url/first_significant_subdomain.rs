//! `firstSignificantSubdomain`: the label before the top-level domain; the one before it where that is `com`, `net`, `org` or `co`.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};

pub(in crate::function) static FIRST_SIGNIFICANT_SUBDOMAIN: TextMap = TextMap {
    spec: &Spec {
        name: "firstSignificantSubdomain",
        category: "url",
        syntax: "firstSignificantSubdomain(url)",
        summary: "The label before the top-level domain; the one before it where that is `com`, `net`, `org` or `co`.",
        arguments: &[("url", "String")],
        returns: "String",
        examples: &[Example {
            sql: "firstSignificantSubdomain('https://news.clickhouse.com.tr/')",
            answer: "clickhouse",
        }],
        ..Spec::EMPTY
    },
    write: |url, out| {
        let host = super::parts::domain(url);
        out.extend_from_slice(super::subdomain::label(host));
        Ok(())
    },
};
