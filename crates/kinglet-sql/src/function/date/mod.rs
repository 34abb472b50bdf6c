//! Dates and times.

mod add_date;
mod add_days;
mod add_hours;
mod add_interval;
mod add_microseconds;
mod add_milliseconds;
mod add_minutes;
mod add_months;
mod add_nanoseconds;
mod add_quarters;
mod add_seconds;
mod add_tuple_of_intervals;
mod add_weeks;
mod add_years;
mod age;
mod best_effort;
mod change;
mod change_day;
mod change_hour;
mod change_minute;
mod change_month;
mod change_second;
mod change_year;
mod date_diff;
mod date_name;
mod date_trunc;
mod decimal_digits;
mod format_date_time;
mod format_date_time_in_joda_syntax;
mod from_days_since_year_zero;
mod from_days_since_year_zero32;
mod from_modified_julian_day;
mod from_modified_julian_day_or_null;
mod from_unix_timestamp;
mod from_unix_timestamp64_micro;
mod from_unix_timestamp64_milli;
mod from_unix_timestamp64_nano;
mod from_unix_timestamp64_second;
mod from_unix_timestamp_in_joda_syntax;
mod from_utc_timestamp;
mod interval_tuple;
mod joda;
mod julian;
mod make;
mod make_date;
mod make_date32;
mod make_date_time;
mod make_date_time64;
mod moments;
mod month_name;
mod now;
mod now64;
mod now_in_block;
mod number;
mod parse_date_time;
mod parse_date_time64;
mod parse_date_time64_best_effort;
mod parse_date_time64_best_effort_or_null;
mod parse_date_time64_best_effort_or_zero;
mod parse_date_time64_best_effort_us;
mod parse_date_time64_best_effort_us_or_null;
mod parse_date_time64_best_effort_us_or_zero;
mod parse_date_time64_in_joda_syntax;
mod parse_date_time64_in_joda_syntax_or_null;
mod parse_date_time64_in_joda_syntax_or_zero;
mod parse_date_time64_or_null;
mod parse_date_time64_or_zero;
mod parse_date_time_best_effort;
mod parse_date_time_best_effort_or_null;
mod parse_date_time_best_effort_or_zero;
mod parse_date_time_best_effort_us;
mod parse_date_time_best_effort_us_or_null;
mod parse_date_time_best_effort_us_or_zero;
mod parse_date_time_in_joda_syntax;
mod parse_date_time_in_joda_syntax_or_null;
mod parse_date_time_in_joda_syntax_or_zero;
mod parse_date_time_or_null;
mod parse_date_time_or_zero;
mod parse_pattern;
mod parse_time_delta;
mod pattern;
mod pattern_reader;
mod round;
mod scale;
mod server_timezone;
mod shift;
mod sub_date;
mod sub_second;
mod subtract_days;
mod subtract_hours;
mod subtract_interval;
mod subtract_microseconds;
mod subtract_milliseconds;
mod subtract_minutes;
mod subtract_months;
mod subtract_nanoseconds;
mod subtract_quarters;
mod subtract_seconds;
mod subtract_tuple_of_intervals;
mod subtract_weeks;
mod subtract_years;
mod time_diff;
mod time_slot;
mod time_slots;
mod time_zone;
mod timestamp;
mod timezone_of;
mod timezone_offset;
mod to_day_of_month;
mod to_day_of_week;
mod to_day_of_year;
mod to_days_in_month;
mod to_days_since_year_zero;
mod to_hour;
mod to_interval;
mod to_iso_week;
mod to_iso_year;
mod to_last_day_of_month;
mod to_last_day_of_week;
mod to_microsecond;
mod to_millisecond;
mod to_minute;
mod to_modified_julian_day;
mod to_modified_julian_day_or_null;
mod to_monday;
mod to_month;
mod to_month_num_since_epoch;
mod to_nanosecond;
mod to_quarter;
mod to_relative_day_num;
mod to_relative_hour_num;
mod to_relative_minute_num;
mod to_relative_month_num;
mod to_relative_quarter_num;
mod to_relative_second_num;
mod to_relative_week_num;
mod to_relative_year_num;
mod to_second;
mod to_start_of_day;
mod to_start_of_fifteen_minutes;
mod to_start_of_five_minutes;
mod to_start_of_hour;
mod to_start_of_interval;
mod to_start_of_iso_year;
mod to_start_of_microsecond;
mod to_start_of_millisecond;
mod to_start_of_minute;
mod to_start_of_month;
mod to_start_of_nanosecond;
mod to_start_of_quarter;
mod to_start_of_second;
mod to_start_of_ten_minutes;
mod to_start_of_week;
mod to_start_of_year;
mod to_time_zone;
mod to_unix_timestamp;
mod to_unix_timestamp64_micro;
mod to_unix_timestamp64_milli;
mod to_unix_timestamp64_nano;
mod to_unix_timestamp64_second;
mod to_utc_timestamp;
mod to_week;
mod to_year;
mod to_year_num_since_epoch;
mod to_year_week;
mod to_yyyymm;
mod to_yyyymmdd;
mod to_yyyymmddhhmmss;
mod today;
mod today_of;
mod utc;
mod utc_timestamp;
mod week_number;
mod window;
mod yesterday;
mod yyyymmdd_to_date;
mod yyyymmdd_to_date32;
mod yyyymmddhhmmss_to_date_time;
mod yyyymmddhhmmss_to_date_time64;

pub(crate) use best_effort::best_effort;

use super::Function;
pub(crate) use best_effort::parse as parse_best_effort;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &add_date::ADD_DATE,
    &add_days::AddDays,
    &add_hours::AddHours,
    &add_interval::ADD_INTERVAL,
    &add_microseconds::AddMicroseconds,
    &add_milliseconds::AddMilliseconds,
    &add_minutes::AddMinutes,
    &add_months::AddMonths,
    &add_nanoseconds::AddNanoseconds,
    &add_quarters::AddQuarters,
    &add_seconds::AddSeconds,
    &add_tuple_of_intervals::ADD_TUPLE_OF_INTERVALS,
    &add_weeks::AddWeeks,
    &add_years::AddYears,
    &age::Age,
    &change_day::ChangeDay,
    &change_hour::ChangeHour,
    &change_minute::ChangeMinute,
    &change_month::ChangeMonth,
    &change_second::ChangeSecond,
    &change_year::ChangeYear,
    &date_diff::DateDiff,
    &date_name::DateName,
    &date_trunc::DateTrunc,
    &format_date_time::FormatDateTime,
    &format_date_time_in_joda_syntax::FormatDateTimeInJodaSyntax,
    &from_days_since_year_zero32::FromDaysSinceYearZero32,
    &from_days_since_year_zero::FromDaysSinceYearZero,
    &from_modified_julian_day::FromModifiedJulianDay,
    &from_modified_julian_day_or_null::FromModifiedJulianDayOrNull,
    &from_unix_timestamp64_micro::FromUnixTimestamp64Micro,
    &from_unix_timestamp64_milli::FromUnixTimestamp64Milli,
    &from_unix_timestamp64_nano::FromUnixTimestamp64Nano,
    &from_unix_timestamp64_second::FromUnixTimestamp64Second,
    &from_unix_timestamp::FromUnixTimestamp,
    &from_unix_timestamp_in_joda_syntax::FromUnixTimestampInJodaSyntax,
    &from_utc_timestamp::FromUtcTimestamp,
    &make_date32::MakeDate32,
    &make_date::MakeDate,
    &make_date_time64::MakeDateTime64,
    &make_date_time::MakeDateTime,
    &month_name::MonthName,
    &now64::Now64,
    &now::Now,
    &now_in_block::NowInBlock,
    &parse_date_time64::PARSE_DATE_TIME64,
    &parse_date_time64_best_effort::ParseDateTime64BestEffort,
    &parse_date_time64_best_effort_or_null::ParseDateTime64BestEffortOrNull,
    &parse_date_time64_best_effort_or_zero::ParseDateTime64BestEffortOrZero,
    &parse_date_time64_best_effort_us::ParseDateTime64BestEffortUs,
    &parse_date_time64_best_effort_us_or_null::ParseDateTime64BestEffortUsOrNull,
    &parse_date_time64_best_effort_us_or_zero::ParseDateTime64BestEffortUsOrZero,
    &parse_date_time64_in_joda_syntax::PARSE_DATE_TIME64_IN_JODA_SYNTAX,
    &parse_date_time64_in_joda_syntax_or_null::PARSE_DATE_TIME64_IN_JODA_SYNTAX_OR_NULL,
    &parse_date_time64_in_joda_syntax_or_zero::PARSE_DATE_TIME64_IN_JODA_SYNTAX_OR_ZERO,
    &parse_date_time64_or_null::PARSE_DATE_TIME64_OR_NULL,
    &parse_date_time64_or_zero::PARSE_DATE_TIME64_OR_ZERO,
    &parse_date_time::PARSE_DATE_TIME,
    &parse_date_time_best_effort::ParseDateTimeBestEffort,
    &parse_date_time_best_effort_or_null::ParseDateTimeBestEffortOrNull,
    &parse_date_time_best_effort_or_zero::ParseDateTimeBestEffortOrZero,
    &parse_date_time_best_effort_us::ParseDateTimeBestEffortUs,
    &parse_date_time_best_effort_us_or_null::ParseDateTimeBestEffortUsOrNull,
    &parse_date_time_best_effort_us_or_zero::ParseDateTimeBestEffortUsOrZero,
    &parse_date_time_in_joda_syntax::PARSE_DATE_TIME_IN_JODA_SYNTAX,
    &parse_date_time_in_joda_syntax_or_null::PARSE_DATE_TIME_IN_JODA_SYNTAX_OR_NULL,
    &parse_date_time_in_joda_syntax_or_zero::PARSE_DATE_TIME_IN_JODA_SYNTAX_OR_ZERO,
    &parse_date_time_or_null::PARSE_DATE_TIME_OR_NULL,
    &parse_date_time_or_zero::PARSE_DATE_TIME_OR_ZERO,
    &parse_time_delta::ParseTimeDelta,
    &server_timezone::ServerTimezone,
    &sub_date::SUB_DATE,
    &subtract_days::SubtractDays,
    &subtract_hours::SubtractHours,
    &subtract_interval::SUBTRACT_INTERVAL,
    &subtract_microseconds::SubtractMicroseconds,
    &subtract_milliseconds::SubtractMilliseconds,
    &subtract_minutes::SubtractMinutes,
    &subtract_months::SubtractMonths,
    &subtract_nanoseconds::SubtractNanoseconds,
    &subtract_quarters::SubtractQuarters,
    &subtract_seconds::SubtractSeconds,
    &subtract_tuple_of_intervals::SUBTRACT_TUPLE_OF_INTERVALS,
    &subtract_weeks::SubtractWeeks,
    &subtract_years::SubtractYears,
    &time_diff::TimeDiff,
    &time_slot::TimeSlot,
    &time_slots::TimeSlots,
    &time_zone::TimeZone,
    &timestamp::Timestamp,
    &timezone_of::TimezoneOf,
    &timezone_offset::TimezoneOffset,
    &to_day_of_month::ToDayOfMonth,
    &to_day_of_week::ToDayOfWeek,
    &to_day_of_year::ToDayOfYear,
    &to_days_in_month::ToDaysInMonth,
    &to_days_since_year_zero::ToDaysSinceYearZero,
    &to_hour::ToHour,
    &to_interval::ToInterval,
    &to_iso_week::ToIsoWeek,
    &to_iso_year::ToIsoYear,
    &to_last_day_of_month::ToLastDayOfMonth,
    &to_last_day_of_week::ToLastDayOfWeek,
    &to_microsecond::ToMicrosecond,
    &to_millisecond::ToMillisecond,
    &to_minute::ToMinute,
    &to_modified_julian_day::ToModifiedJulianDay,
    &to_modified_julian_day_or_null::ToModifiedJulianDayOrNull,
    &to_monday::ToMonday,
    &to_month::ToMonth,
    &to_month_num_since_epoch::ToMonthNumSinceEpoch,
    &to_nanosecond::ToNanosecond,
    &to_quarter::ToQuarter,
    &to_relative_day_num::ToRelativeDayNum,
    &to_relative_hour_num::ToRelativeHourNum,
    &to_relative_minute_num::ToRelativeMinuteNum,
    &to_relative_month_num::ToRelativeMonthNum,
    &to_relative_quarter_num::ToRelativeQuarterNum,
    &to_relative_second_num::ToRelativeSecondNum,
    &to_relative_week_num::ToRelativeWeekNum,
    &to_relative_year_num::ToRelativeYearNum,
    &to_second::ToSecond,
    &to_start_of_day::ToStartOfDay,
    &to_start_of_fifteen_minutes::ToStartOfFifteenMinutes,
    &to_start_of_five_minutes::ToStartOfFiveMinutes,
    &to_start_of_hour::ToStartOfHour,
    &to_start_of_interval::ToStartOfInterval,
    &to_start_of_iso_year::ToStartOfIsoYear,
    &to_start_of_microsecond::ToStartOfMicrosecond,
    &to_start_of_millisecond::ToStartOfMillisecond,
    &to_start_of_minute::ToStartOfMinute,
    &to_start_of_month::ToStartOfMonth,
    &to_start_of_nanosecond::ToStartOfNanosecond,
    &to_start_of_quarter::ToStartOfQuarter,
    &to_start_of_second::ToStartOfSecond,
    &to_start_of_ten_minutes::ToStartOfTenMinutes,
    &to_start_of_week::ToStartOfWeek,
    &to_start_of_year::ToStartOfYear,
    &to_time_zone::ToTimeZone,
    &to_unix_timestamp64_micro::ToUnixTimestamp64Micro,
    &to_unix_timestamp64_milli::ToUnixTimestamp64Milli,
    &to_unix_timestamp64_nano::ToUnixTimestamp64Nano,
    &to_unix_timestamp64_second::ToUnixTimestamp64Second,
    &to_unix_timestamp::ToUnixTimestamp,
    &to_utc_timestamp::ToUtcTimestamp,
    &to_week::ToWeek,
    &to_year::ToYear,
    &to_year_num_since_epoch::ToYearNumSinceEpoch,
    &to_year_week::ToYearWeek,
    &to_yyyymm::ToYyyymm,
    &to_yyyymmdd::ToYyyymmdd,
    &to_yyyymmddhhmmss::ToYyyymmddhhmmss,
    &today::Today,
    &utc_timestamp::UtcTimestamp,
    &window::HOP,
    &window::HOP_END,
    &window::HOP_START,
    &window::TUMBLE,
    &window::TUMBLE_END,
    &window::TUMBLE_START,
    &yesterday::Yesterday,
    &yyyymmdd_to_date32::YyyymmddToDate32,
    &yyyymmdd_to_date::YyyymmddToDate,
    &yyyymmddhhmmss_to_date_time64::YyyymmddhhmmssToDateTime64,
    &yyyymmddhhmmss_to_date_time::YyyymmddhhmmssToDateTime,
];
