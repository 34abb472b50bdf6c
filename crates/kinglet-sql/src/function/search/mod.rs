//! Searching in texts: positions, LIKE, regular expressions.

mod count_matches;
mod count_matches_case_insensitive;
mod count_substrings;
mod count_substrings_case_insensitive;
mod count_substrings_case_insensitive_utf8;
mod extract;
mod extract_all;
mod extract_all_groups_horizontal;
mod extract_all_groups_vertical;
mod extract_groups;
mod find;
mod groups;
mod has_all_tokens;
mod has_any_tokens;
mod has_subsequence;
mod has_subsequence_case_insensitive;
mod has_subsequence_case_insensitive_utf8;
mod has_subsequence_utf8;
mod has_token;
mod has_token_case_insensitive;
mod has_token_case_insensitive_or_null;
mod has_token_or_null;
mod ilike;
mod like;
mod like_pattern;
mod locate;
mod match_case_insensitive;
mod match_pattern;
mod multi_match_all_indices;
mod multi_match_any;
mod multi_match_any_index;
mod multi_search_all_positions;
mod multi_search_all_positions_case_insensitive;
mod multi_search_all_positions_case_insensitive_utf8;
mod multi_search_all_positions_utf8;
mod multi_search_any;
mod multi_search_any_case_insensitive;
mod multi_search_any_case_insensitive_utf8;
mod multi_search_any_utf8;
mod multi_search_first_index;
mod multi_search_first_index_case_insensitive;
mod multi_search_first_index_case_insensitive_utf8;
mod multi_search_first_index_utf8;
mod multi_search_first_position;
mod multi_search_first_position_case_insensitive;
mod multi_search_first_position_case_insensitive_utf8;
mod multi_search_first_position_utf8;
mod ngram_distance;
mod ngram_distance_case_insensitive;
mod ngram_distance_case_insensitive_utf8;
mod ngram_distance_utf8;
mod ngram_search;
mod ngram_search_case_insensitive;
mod ngram_search_case_insensitive_utf8;
mod ngram_search_utf8;
mod not_ilike;
mod not_like;
mod not_match;
mod pattern;
mod pieces;
mod position;
mod position_case_insensitive;
mod position_case_insensitive_utf8;
mod position_utf8;
mod regexp_extract;
mod regexp_quote_meta;
mod replace_regexp_all;
mod replace_regexp_one;
mod several;
mod token;
mod tokens;

pub(crate) use pattern::Patterns;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &count_matches::CountMatches,
    &count_matches_case_insensitive::CountMatchesCaseInsensitive,
    &count_substrings::COUNT_SUBSTRINGS,
    &count_substrings_case_insensitive::COUNT_SUBSTRINGS_CASE_INSENSITIVE,
    &count_substrings_case_insensitive_utf8::COUNT_SUBSTRINGS_CASE_INSENSITIVE_UTF8,
    &extract::Extract,
    &extract_all::ExtractAll,
    &extract_all_groups_horizontal::ExtractAllGroupsHorizontal,
    &extract_all_groups_vertical::ExtractAllGroupsVertical,
    &extract_groups::ExtractGroups,
    &has_all_tokens::HasAllTokens,
    &has_any_tokens::HasAnyTokens,
    &has_subsequence::HAS_SUBSEQUENCE,
    &has_subsequence_case_insensitive::HAS_SUBSEQUENCE_CASE_INSENSITIVE,
    &has_subsequence_case_insensitive_utf8::HAS_SUBSEQUENCE_CASE_INSENSITIVE_UTF8,
    &has_subsequence_utf8::HAS_SUBSEQUENCE_UTF8,
    &has_token::HAS_TOKEN,
    &has_token_case_insensitive::HAS_TOKEN_CASE_INSENSITIVE,
    &has_token_case_insensitive_or_null::HAS_TOKEN_CASE_INSENSITIVE_OR_NULL,
    &has_token_or_null::HAS_TOKEN_OR_NULL,
    &ilike::Ilike,
    &locate::Locate,
    &like::Like,
    &match_case_insensitive::MatchCaseInsensitive,
    &match_pattern::MatchPattern,
    &multi_match_all_indices::MultiMatchAllIndices,
    &multi_match_any::MultiMatchAny,
    &multi_match_any_index::MultiMatchAnyIndex,
    &multi_search_all_positions::MULTI_SEARCH_ALL_POSITIONS,
    &multi_search_all_positions_case_insensitive::MULTI_SEARCH_ALL_POSITIONS_CASE_INSENSITIVE,
    &multi_search_all_positions_case_insensitive_utf8::MULTI_SEARCH_ALL_POSITIONS_CASE_INSENSITIVE_UTF8,
    &multi_search_all_positions_utf8::MULTI_SEARCH_ALL_POSITIONS_UTF8,
    &multi_search_any::MULTI_SEARCH_ANY,
    &multi_search_any_case_insensitive::MULTI_SEARCH_ANY_CASE_INSENSITIVE,
    &multi_search_any_case_insensitive_utf8::MULTI_SEARCH_ANY_CASE_INSENSITIVE_UTF8,
    &multi_search_any_utf8::MULTI_SEARCH_ANY_UTF8,
    &multi_search_first_index::MULTI_SEARCH_FIRST_INDEX,
    &multi_search_first_index_case_insensitive::MULTI_SEARCH_FIRST_INDEX_CASE_INSENSITIVE,
    &multi_search_first_index_case_insensitive_utf8::MULTI_SEARCH_FIRST_INDEX_CASE_INSENSITIVE_UTF8,
    &multi_search_first_index_utf8::MULTI_SEARCH_FIRST_INDEX_UTF8,
    &multi_search_first_position::MULTI_SEARCH_FIRST_POSITION,
    &multi_search_first_position_case_insensitive::MULTI_SEARCH_FIRST_POSITION_CASE_INSENSITIVE,
    &multi_search_first_position_case_insensitive_utf8::MULTI_SEARCH_FIRST_POSITION_CASE_INSENSITIVE_UTF8,
    &multi_search_first_position_utf8::MULTI_SEARCH_FIRST_POSITION_UTF8,
    &ngram_distance::NGRAM_DISTANCE,
    &ngram_distance_case_insensitive::NGRAM_DISTANCE_CASE_INSENSITIVE,
    &ngram_distance_case_insensitive_utf8::NGRAM_DISTANCE_CASE_INSENSITIVE_UTF8,
    &ngram_distance_utf8::NGRAM_DISTANCE_UTF8,
    &ngram_search::NGRAM_SEARCH,
    &ngram_search_case_insensitive::NGRAM_SEARCH_CASE_INSENSITIVE,
    &ngram_search_case_insensitive_utf8::NGRAM_SEARCH_CASE_INSENSITIVE_UTF8,
    &ngram_search_utf8::NGRAM_SEARCH_UTF8,
    &not_ilike::NotIlike,
    &not_like::NotLike,
    &not_match::NotMatch,
    &position::Position,
    &position_case_insensitive::PositionCaseInsensitive,
    &position_case_insensitive_utf8::PositionCaseInsensitiveUtf8,
    &position_utf8::PositionUtf8,
    &regexp_extract::RegexpExtract,
    &regexp_quote_meta::REGEXP_QUOTE_META,
    &replace_regexp_all::ReplaceRegexpAll,
    &replace_regexp_one::ReplaceRegexpOne,
];
