//! UUIDs and other identifiers.

mod date_time64_to_snowflake_id;
mod date_time_to_snowflake_id;
mod generate_snowflake_id;
mod generate_uuid_v4;
mod generate_uuid_v7;
mod snowflake_id_to_date_time;
mod snowflake_id_to_date_time64;
mod uuid_num_to_string;
mod uuid_string_to_num;
mod uuid_to_num;
mod uuid_v7_to_date_time;
mod zone;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &date_time64_to_snowflake_id::DateTime64ToSnowflakeId,
    &date_time_to_snowflake_id::DateTimeToSnowflakeId,
    &generate_snowflake_id::GenerateSnowflakeId,
    &generate_uuid_v4::GenerateUuidV4,
    &generate_uuid_v7::GenerateUuidV7,
    &snowflake_id_to_date_time64::SnowflakeIdToDateTime64,
    &snowflake_id_to_date_time::SnowflakeIdToDateTime,
    &uuid_num_to_string::UuidNumToString,
    &uuid_string_to_num::UuidStringToNum,
    &uuid_to_num::UuidToNum,
    &uuid_v7_to_date_time::UuidV7ToDateTime,
];
