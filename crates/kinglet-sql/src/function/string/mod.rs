//! Functions of texts.

mod alpha_tokens;
mod append_trailing_char_if_absent;
pub(super) mod as_texts;
mod ascii;
mod base64_encode;
mod basename;
mod byte_hamming_distance;
mod case_fold_utf8;
pub(super) mod characters;
mod compare_substrings;
mod concat_with_separator;
mod conversion;
mod damerau_levenshtein_distance;
mod decode_xml_component;
mod edit_distance;
mod edit_distance_utf8;
pub(super) mod edits;
mod encode_xml_component;
mod ends_with;
mod ends_with_case_insensitive;
mod ends_with_case_insensitive_utf8;
mod ends_with_utf8;
mod entities;
mod first_line;
mod format;
mod initcap;
mod initcap_utf8;
mod is_valid_ascii;
mod is_valid_utf8;
mod jaro_similarity;
mod jaro_winkler_similarity;
mod left;
mod left_pad;
mod left_pad_utf8;
mod left_utf8;
mod length_utf8;
mod lower_utf8;
mod natural_sort_key;
mod ngrams;
mod overlay;
mod overlay_bytes;
mod overlay_utf8;
mod pad;
mod printf;
mod repeat;
mod replace_all;
mod replace_one;
mod reverse;
mod reverse_by_separator;
mod reverse_utf8;
mod right;
mod right_pad;
mod right_pad_utf8;
mod right_utf8;
mod slice;
mod soundex;
mod space;
mod split;
mod split_by_char;
mod split_by_non_alpha;
mod split_by_regexp;
mod split_by_string;
mod split_by_whitespace;
mod starts_with;
mod starts_with_case_insensitive;
mod starts_with_case_insensitive_utf8;
mod starts_with_utf8;
mod string_bytes_entropy;
mod string_bytes_uniq;
mod string_jaccard_index;
mod string_jaccard_index_utf8;
mod substring;
mod substring_index;
mod substring_index_utf8;
mod substring_utf8;
mod to_string_cut_to_zero;
mod to_valid_utf8;
mod tokens;
mod translate;
mod translate_utf8;
mod translation;
mod trim;
mod trim_both;
mod trim_left;
mod trim_right;
mod upper;
mod upper_utf8;
pub(super) mod words;

pub(super) use slice::slice_range;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &alpha_tokens::ALPHA_TOKENS,
    &append_trailing_char_if_absent::APPEND_TRAILING_CHAR_IF_ABSENT,
    &ascii::Ascii,
    &base64_encode::Base64Encode,
    &basename::BASENAME,
    &byte_hamming_distance::BYTE_HAMMING_DISTANCE,
    &case_fold_utf8::CASE_FOLD_UTF8,
    &compare_substrings::CompareSubstrings,
    &concat_with_separator::ConcatWithSeparator,
    &damerau_levenshtein_distance::DAMERAU_LEVENSHTEIN_DISTANCE,
    &decode_xml_component::DECODE_XML_COMPONENT,
    &edit_distance::EDIT_DISTANCE,
    &edit_distance_utf8::EDIT_DISTANCE_UTF8,
    &encode_xml_component::ENCODE_XML_COMPONENT,
    &ends_with::EndsWith,
    &ends_with_case_insensitive::ENDS_WITH_CASE_INSENSITIVE,
    &ends_with_case_insensitive_utf8::ENDS_WITH_CASE_INSENSITIVE_UTF8,
    &ends_with_utf8::ENDS_WITH_UTF8,
    &first_line::FIRST_LINE,
    &format::Format,
    &initcap::INITCAP,
    &initcap_utf8::INITCAP_UTF8,
    &is_valid_ascii::IS_VALID_ASCII,
    &is_valid_utf8::IS_VALID_UTF8,
    &jaro_similarity::JARO_SIMILARITY,
    &jaro_winkler_similarity::JARO_WINKLER_SIMILARITY,
    &left::Left,
    &left_pad::LeftPad,
    &left_pad_utf8::LeftPadUtf8,
    &left_utf8::LeftUtf8,
    &length_utf8::LengthUtf8,
    &lower_utf8::LowerUtf8,
    &natural_sort_key::NATURAL_SORT_KEY,
    &ngrams::Ngrams,
    &overlay_bytes::OverlayBytes,
    &overlay_utf8::OverlayUtf8,
    &printf::Printf,
    &repeat::Repeat,
    &replace_all::ReplaceAll,
    &replace_one::ReplaceOne,
    &reverse::Reverse,
    &reverse_by_separator::ReverseBySeparator,
    &reverse_utf8::ReverseUtf8,
    &right::Right,
    &right_pad::RightPad,
    &right_pad_utf8::RightPadUtf8,
    &right_utf8::RightUtf8,
    &soundex::SOUNDEX,
    &space::Space,
    &split_by_char::SplitByChar,
    &split_by_non_alpha::SPLIT_BY_NON_ALPHA,
    &split_by_regexp::SplitByRegexp,
    &split_by_string::SplitByString,
    &split_by_whitespace::SplitByWhitespace,
    &starts_with::StartsWith,
    &starts_with_case_insensitive::STARTS_WITH_CASE_INSENSITIVE,
    &starts_with_case_insensitive_utf8::STARTS_WITH_CASE_INSENSITIVE_UTF8,
    &starts_with_utf8::STARTS_WITH_UTF8,
    &string_bytes_entropy::StringBytesEntropy,
    &string_bytes_uniq::STRING_BYTES_UNIQ,
    &string_jaccard_index::STRING_JACCARD_INDEX,
    &string_jaccard_index_utf8::STRING_JACCARD_INDEX_UTF8,
    &substring::Substring,
    &substring_index::SubstringIndex,
    &substring_index_utf8::SubstringIndexUtf8,
    &substring_utf8::SubstringUtf8,
    &to_string_cut_to_zero::TO_STRING_CUT_TO_ZERO,
    &to_valid_utf8::TO_VALID_UTF8,
    &tokens::Tokens,
    &translate::Translate,
    &translate_utf8::TranslateUtf8,
    &trim_both::TrimBoth,
    &trim_left::TrimLeft,
    &trim_right::TrimRight,
    &upper::Upper,
    &upper_utf8::UpperUtf8,
];
