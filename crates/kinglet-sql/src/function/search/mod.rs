//! Searching in texts: positions, LIKE, regular expressions.

mod extract;
mod extract_all;
mod extract_groups;
mod find;
mod ilike;
mod like;
mod like_pattern;
mod match_pattern;
mod not_ilike;
mod not_like;
mod pattern;
mod position;
mod position_case_insensitive;
mod replace_regexp_all;
mod replace_regexp_one;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &extract::Extract,
    &extract_all::ExtractAll,
    &extract_groups::ExtractGroups,
    &ilike::Ilike,
    &like::Like,
    &match_pattern::MatchPattern,
    &not_ilike::NotIlike,
    &not_like::NotLike,
    &position::Position,
    &position_case_insensitive::PositionCaseInsensitive,
    &replace_regexp_all::ReplaceRegexpAll,
    &replace_regexp_one::ReplaceRegexpOne,
];
