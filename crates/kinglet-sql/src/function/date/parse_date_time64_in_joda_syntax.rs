//! `parseDateTime64InJodaSyntax`: the time a text spells by a pattern of Joda's letters; an error where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME64_IN_JODA_SYNTAX: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTime64InJodaSyntax",
        category: "date",
        syntax: "parseDateTime64InJodaSyntax(text, pattern[, zone])",
        summary: "The time a text spells by a pattern of Joda's letters; an error where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "DateTime64",
        examples: &[Example {
            sql: "parseDateTime64InJodaSyntax('2023-02-24 14:53:31.123', 'yyyy-MM-dd HH:mm:ss.SSS', 'Europe/Minsk')",
            answer: "2023-02-24 14:53:31.123",
        }],
        ..Spec::EMPTY
    },
    joda: true,
    wide: true,
    failure: Failure::Error,
};
