//! Texts, numbers and bits in other notations.

mod base32_decode;
mod base32_encode;
mod base58;
mod base58_decode;
mod base58_encode;
mod base64;
mod base64_decode;
mod base64_url_decode;
mod base64_url_encode;
mod bin;
mod bit_positions_to_array;
mod bitmask_to_array;
mod bitmask_to_list;
mod bits_of;
mod char;
mod conv;
mod convert_charset;
mod curve;
mod hex;
mod raw;
mod try_base32_decode;
mod try_base58_decode;
mod try_base64_decode;
mod try_base64_url_decode;
mod unbin;
mod unhex;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &base32_decode::BASE32_DECODE,
    &base32_encode::BASE32_ENCODE,
    &base58_decode::BASE58_DECODE,
    &base58_encode::BASE58_ENCODE,
    &base64_decode::BASE64_DECODE,
    &base64_url_decode::BASE64_URL_DECODE,
    &base64_url_encode::BASE64_URL_ENCODE,
    &bin::Bin,
    &bit_positions_to_array::BitPositionsToArray,
    &bitmask_to_array::BitmaskToArray,
    &bitmask_to_list::BitmaskToList,
    &char::Char,
    &conv::Conv,
    &convert_charset::ConvertCharset,
    &curve::HILBERT_DECODE,
    &curve::HILBERT_ENCODE,
    &curve::MORTON_DECODE,
    &curve::MORTON_ENCODE,
    &hex::Hex,
    &try_base32_decode::TRY_BASE32_DECODE,
    &try_base58_decode::TRY_BASE58_DECODE,
    &try_base64_decode::TRY_BASE64_DECODE,
    &try_base64_url_decode::TRY_BASE64_URL_DECODE,
    &unbin::UNBIN,
    &unhex::Unhex,
];
