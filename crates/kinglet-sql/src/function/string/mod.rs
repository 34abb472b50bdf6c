//! Functions of texts.

mod ascii;
mod base64_encode;
mod ends_with;
mod left;
mod left_pad;
mod length_utf8;
mod lower_utf8;
mod repeat;
mod replace_all;
mod replace_one;
mod reverse;
mod reverse_utf8;
mod right;
mod right_pad;
mod slice;
mod split;
mod split_by_char;
mod split_by_string;
mod split_by_whitespace;
mod starts_with;
mod substring;
mod substring_index;
mod substring_utf8;
mod trim;
mod trim_both;
mod trim_left;
mod trim_right;
mod upper;
mod upper_utf8;

pub(super) use slice::slice_range;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &ascii::Ascii,
    &base64_encode::Base64Encode,
    &ends_with::EndsWith,
    &left::Left,
    &left_pad::LeftPad,
    &length_utf8::LengthUtf8,
    &lower_utf8::LowerUtf8,
    &repeat::Repeat,
    &replace_all::ReplaceAll,
    &replace_one::ReplaceOne,
    &reverse::Reverse,
    &reverse_utf8::ReverseUtf8,
    &right::Right,
    &right_pad::RightPad,
    &split_by_char::SplitByChar,
    &split_by_string::SplitByString,
    &split_by_whitespace::SplitByWhitespace,
    &starts_with::StartsWith,
    &substring::Substring,
    &substring_index::SubstringIndex,
    &substring_utf8::SubstringUtf8,
    &trim_both::TrimBoth,
    &trim_left::TrimLeft,
    &trim_right::TrimRight,
    &upper::Upper,
    &upper_utf8::UpperUtf8,
];
