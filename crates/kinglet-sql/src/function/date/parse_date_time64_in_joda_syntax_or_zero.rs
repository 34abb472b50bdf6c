//! `parseDateTime64InJodaSyntaxOrZero`: the time a text spells by a pattern of Joda's letters; the epoch where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME64_IN_JODA_SYNTAX_OR_ZERO: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTime64InJodaSyntaxOrZero",
        category: "date",
        syntax: "parseDateTime64InJodaSyntaxOrZero(text, pattern[, zone])",
        summary: "The time a text spells by a pattern of Joda's letters; the epoch where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "DateTime64",
        examples: &[Example {
            sql: "parseDateTime64InJodaSyntaxOrZero('2023-02-24 14:53:31.123', 'yyyy-MM-dd HH:mm:ss.SSS', 'Europe/Minsk')",
            answer: "2023-02-24 14:53:31.123",
        }],
        ..Spec::EMPTY
    },
    joda: true,
    wide: true,
    failure: Failure::Default,
};
