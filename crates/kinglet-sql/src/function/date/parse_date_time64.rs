//! `parseDateTime64`: the time a text spells by a pattern of MySQL's `%` letters; an error where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME64: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTime64",
        category: "date",
        syntax: "parseDateTime64(text[, pattern[, zone]])",
        summary: "The time a text spells by a pattern of MySQL's `%` letters; an error where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "DateTime64",
        examples: &[Example {
            sql: "parseDateTime64('2021-01-04 23:00:00.123456', '%Y-%m-%d %H:%i:%s.%f')",
            answer: "2021-01-04 23:00:00.123456",
        }],
        ..Spec::EMPTY
    },
    joda: false,
    wide: true,
    failure: Failure::Error,
};
