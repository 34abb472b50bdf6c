//! Functions of values of any type.

mod bar;
mod best;
mod block_number;
mod block_size;
mod byte_size;
mod byte_swap;
mod clamp;
mod concat;
mod count_digits;
mod current_database;
mod current_user;
mod default_value_of_argument_type;
mod default_value_of_type_name;
mod empty;
mod error_code_to_name;
mod finalize_aggregation;
mod first_non_default;
mod format_query;
mod format_readable_decimal_size;
mod format_readable_quantity;
mod format_readable_size;
mod format_readable_time_delta;
mod format_row;
mod get_size_of_enum_type;
mod greatest;
mod host_name;
mod index_hint;
mod initialize_aggregation;
mod is_nullable;
mod is_zero_or_null;
mod least;
mod not_empty;
mod parse_readable_size;
mod parse_readable_size_or_null;
mod parse_readable_size_or_zero;
mod readable;
mod row_number_in_all_blocks;
mod row_number_in_block;
mod size_text;
mod throw_if;
mod to_type_name;
mod transform;
mod uptime;
mod version;
mod visible_width;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &bar::Bar,
    &block_number::BlockNumber,
    &block_size::BlockSize,
    &byte_size::ByteSize,
    &byte_swap::ByteSwap,
    &clamp::CLAMP,
    &concat::Concat,
    &count_digits::CountDigits,
    &current_database::CurrentDatabase,
    &current_user::CurrentUser,
    &default_value_of_argument_type::DefaultValueOfArgumentType,
    &default_value_of_type_name::DefaultValueOfTypeName,
    &empty::Empty,
    &error_code_to_name::ErrorCodeToName,
    &finalize_aggregation::FinalizeAggregation,
    &first_non_default::FirstNonDefault,
    &format_query::FORMAT_QUERY_SINGLE_LINE,
    &format_query::FORMAT_QUERY_SINGLE_LINE_OR_NULL,
    &format_readable_decimal_size::FORMAT_READABLE_DECIMAL_SIZE,
    &format_readable_quantity::FORMAT_READABLE_QUANTITY,
    &format_readable_size::FORMAT_READABLE_SIZE,
    &format_readable_time_delta::FormatReadableTimeDelta,
    &format_row::FORMAT_ROW,
    &format_row::FORMAT_ROW_NO_NEWLINE,
    &format_row::NAMED,
    &format_row::NAMED_NO_NEWLINE,
    &get_size_of_enum_type::GetSizeOfEnumType,
    &greatest::Greatest,
    &host_name::HostName,
    &index_hint::IndexHint,
    &initialize_aggregation::InitializeAggregation,
    &is_nullable::IsNullable,
    &is_zero_or_null::IsZeroOrNull,
    &least::Least,
    &not_empty::NotEmpty,
    &parse_readable_size::ParseReadableSize,
    &parse_readable_size_or_null::ParseReadableSizeOrNull,
    &parse_readable_size_or_zero::PARSE_READABLE_SIZE_OR_ZERO,
    &row_number_in_all_blocks::RowNumberInAllBlocks,
    &row_number_in_block::RowNumberInBlock,
    &throw_if::ThrowIf,
    &to_type_name::ToTypeName,
    &transform::Transform,
    &uptime::Uptime,
    &version::Version,
    &visible_width::VisibleWidth,
];
