//! Functions that read JSON texts.

mod is_valid_json;
mod json_extract;
mod json_extract_array_raw;
mod json_extract_bool;
mod json_extract_float;
mod json_extract_int;
mod json_extract_keys;
mod json_extract_keys_and_values;
mod json_extract_keys_and_values_raw;
mod json_extract_raw;
mod json_extract_string;
mod json_extract_uint;
mod json_has;
mod json_length;
mod json_type;
mod locate;
mod scalar;
mod to_json_string;
mod value;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &is_valid_json::IsValidJson,
    &json_extract::JsonExtract,
    &json_extract_array_raw::JsonExtractArrayRaw,
    &json_extract_bool::JsonExtractBool,
    &json_extract_float::JsonExtractFloat,
    &json_extract_int::JsonExtractInt,
    &json_extract_keys::JsonExtractKeys,
    &json_extract_keys_and_values::JsonExtractKeysAndValues,
    &json_extract_keys_and_values_raw::JsonExtractKeysAndValuesRaw,
    &json_extract_raw::JsonExtractRaw,
    &json_extract_string::JsonExtractString,
    &json_extract_uint::JsonExtractUint,
    &json_has::JsonHas,
    &json_length::JsonLength,
    &json_type::JsonType,
    &to_json_string::ToJsonString,
];
