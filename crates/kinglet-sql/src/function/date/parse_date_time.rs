//! `parseDateTime`: the time a text spells by a pattern of MySQL's `%` letters; an error where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTime",
        aliases: &["TO_UNIXTIME"],
        case: Case::Insensitive,
        category: "date",
        syntax: "parseDateTime(text[, pattern[, zone]])",
        summary: "The time a text spells by a pattern of MySQL's `%` letters; an error where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "DateTime",
        examples: &[Example {
            sql: "parseDateTime('2021-01-04 23:00:00', '%Y-%m-%d %H:%i:%s')",
            answer: "2021-01-04 23:00:00",
        }],
        ..Spec::EMPTY
    },
    joda: false,
    wide: false,
    failure: Failure::Error,
};
