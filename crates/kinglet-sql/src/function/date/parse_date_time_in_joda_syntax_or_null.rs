//! `parseDateTimeInJodaSyntaxOrNull`: the time a text spells by a pattern of Joda's letters; NULL where it does not fit.

use super::parse_pattern::ParsePattern;
use crate::conversion::Failure;
use crate::function::{Example, Spec};

pub(in crate::function) static PARSE_DATE_TIME_IN_JODA_SYNTAX_OR_NULL: ParsePattern = ParsePattern {
    spec: &Spec {
        name: "parseDateTimeInJodaSyntaxOrNull",
        category: "date",
        syntax: "parseDateTimeInJodaSyntaxOrNull(text, pattern[, zone])",
        summary: "The time a text spells by a pattern of Joda's letters; NULL where it does not fit.",
        arguments: &[("text", "String"), ("pattern", "String, constant"), ("zone", "String, constant")],
        returns: "Nullable(DateTime)",
        examples: &[Example {
            sql: "parseDateTimeInJodaSyntaxOrNull('2023-02-24 14:53:31', 'yyyy-MM-dd HH:mm:ss', 'Europe/Minsk')",
            answer: "2023-02-24 14:53:31",
        }],
        ..Spec::EMPTY
    },
    joda: true,
    wide: false,
    failure: Failure::Null,
};
