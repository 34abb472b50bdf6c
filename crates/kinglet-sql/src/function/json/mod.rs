//! Functions that read JSON texts.

mod is_valid_json;
mod json_array_length;
mod json_exists;
mod json_extract;
mod json_extract_array_raw;
mod json_extract_array_raw_case_insensitive;
mod json_extract_bool;
mod json_extract_bool_case_insensitive;
mod json_extract_case_insensitive;
mod json_extract_float;
mod json_extract_float_case_insensitive;
mod json_extract_int;
mod json_extract_int_case_insensitive;
mod json_extract_keys;
mod json_extract_keys_and_values;
mod json_extract_keys_and_values_case_insensitive;
mod json_extract_keys_and_values_raw;
mod json_extract_keys_and_values_raw_case_insensitive;
mod json_extract_keys_case_insensitive;
mod json_extract_raw;
mod json_extract_raw_case_insensitive;
mod json_extract_string;
mod json_extract_string_case_insensitive;
mod json_extract_uint;
mod json_extract_uint_case_insensitive;
mod json_has;
mod json_key;
mod json_length;
mod json_merge_patch;
mod json_query;
mod json_type;
mod json_value;
mod locate;
mod loose;
mod path;
mod pretty_print_json;
mod scalar;
mod simple_json_extract_bool;
mod simple_json_extract_float;
mod simple_json_extract_int;
mod simple_json_extract_raw;
mod simple_json_extract_string;
mod simple_json_extract_uint;
mod simple_json_has;
mod strict;
mod to_json_string;
mod value;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &is_valid_json::IsValidJson,
    &json_array_length::JsonArrayLength,
    &json_exists::JsonExists,
    &json_extract::JsonExtract,
    &json_extract_array_raw::JsonExtractArrayRaw,
    &json_extract_array_raw_case_insensitive::JsonExtractArrayRawCaseInsensitive,
    &json_extract_bool::JsonExtractBool,
    &json_extract_bool_case_insensitive::JsonExtractBoolCaseInsensitive,
    &json_extract_case_insensitive::JsonExtractCaseInsensitive,
    &json_extract_float::JsonExtractFloat,
    &json_extract_float_case_insensitive::JsonExtractFloatCaseInsensitive,
    &json_extract_int::JsonExtractInt,
    &json_extract_int_case_insensitive::JsonExtractIntCaseInsensitive,
    &json_extract_keys::JsonExtractKeys,
    &json_extract_keys_and_values::JsonExtractKeysAndValues,
    &json_extract_keys_and_values_case_insensitive::JsonExtractKeysAndValuesCaseInsensitive,
    &json_extract_keys_and_values_raw::JsonExtractKeysAndValuesRaw,
    &json_extract_keys_and_values_raw_case_insensitive::JsonExtractKeysAndValuesRawCaseInsensitive,
    &json_extract_keys_case_insensitive::JsonExtractKeysCaseInsensitive,
    &json_extract_raw::JsonExtractRaw,
    &json_extract_raw_case_insensitive::JsonExtractRawCaseInsensitive,
    &json_extract_string::JsonExtractString,
    &json_extract_string_case_insensitive::JsonExtractStringCaseInsensitive,
    &json_extract_uint::JsonExtractUint,
    &json_extract_uint_case_insensitive::JsonExtractUintCaseInsensitive,
    &json_has::JsonHas,
    &json_key::JsonKey,
    &json_length::JsonLength,
    &json_merge_patch::JsonMergePatch,
    &json_query::JsonQuery,
    &json_type::JsonType,
    &json_value::JsonValue,
    &pretty_print_json::PRETTY_PRINT_JSON,
    &simple_json_extract_bool::SIMPLE_JSON_EXTRACT_BOOL,
    &simple_json_extract_float::SIMPLE_JSON_EXTRACT_FLOAT,
    &simple_json_extract_int::SIMPLE_JSON_EXTRACT_INT,
    &simple_json_extract_raw::SIMPLE_JSON_EXTRACT_RAW,
    &simple_json_extract_string::SIMPLE_JSON_EXTRACT_STRING,
    &simple_json_extract_uint::SIMPLE_JSON_EXTRACT_UINT,
    &simple_json_has::SIMPLE_JSON_HAS,
    &to_json_string::ToJsonString,
];
