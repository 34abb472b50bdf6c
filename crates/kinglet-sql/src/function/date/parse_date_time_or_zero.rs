//! `parseDateTimeOrZero`: the time a text spells by a pattern of MySQL's `%` letters; the epoch where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME_OR_ZERO: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTimeOrZero",
        category: "date",
        syntax: "parseDateTimeOrZero(text[, pattern[, zone]])",
        summary: "The time a text spells by a pattern of MySQL's `%` letters; the epoch where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "DateTime",
        examples: &[Example {
            sql: "parseDateTimeOrZero('2021-01-04 23:00:00', '%Y-%m-%d %H:%i:%s')",
            answer: "2021-01-04 23:00:00",
        }],
        ..Spec::EMPTY
    },
    joda: false,
    wide: false,
    failure: Failure::Default,
};
