//! `parseDateTime64OrZero`: the time a text spells by a pattern of MySQL's `%` letters; the epoch where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME64_OR_ZERO: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTime64OrZero",
        category: "date",
        syntax: "parseDateTime64OrZero(text[, pattern[, zone]])",
        summary: "The time a text spells by a pattern of MySQL's `%` letters; the epoch where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "DateTime64",
        examples: &[Example {
            sql: "parseDateTime64OrZero('2021-01-04 23:00:00.123456', '%Y-%m-%d %H:%i:%s.%f')",
            answer: "2021-01-04 23:00:00.123456",
        }],
        ..Spec::EMPTY
    },
    joda: false,
    wide: true,
    failure: Failure::Default,
};
