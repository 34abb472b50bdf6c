//! `parseDateTimeOrNull`: the time a text spells by a pattern of MySQL's `%` letters; NULL where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Case, Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME_OR_NULL: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTimeOrNull",
        aliases: &["str_to_date"],
        case: Case::Insensitive,
        category: "date",
        syntax: "parseDateTimeOrNull(text[, pattern[, zone]])",
        summary: "The time a text spells by a pattern of MySQL's `%` letters; NULL where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "Nullable(DateTime)",
        examples: &[Example {
            sql: "parseDateTimeOrNull('2021-01-04 23:00:00', '%Y-%m-%d %H:%i:%s')",
            answer: "2021-01-04 23:00:00",
        }],
        ..Spec::EMPTY
    },
    joda: false,
    wide: false,
    failure: Failure::Null,
};
