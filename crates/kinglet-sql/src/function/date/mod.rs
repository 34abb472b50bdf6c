//! Dates and times.

mod add_days;
mod add_hours;
mod add_minutes;
mod add_months;
mod add_quarters;
mod add_seconds;
mod add_weeks;
mod add_years;
mod age;
mod best_effort;
mod date_diff;
mod date_trunc;
mod format_date_time;
mod from_unix_timestamp;
mod from_unix_timestamp64_micro;
mod from_unix_timestamp64_milli;
mod from_unix_timestamp64_nano;
mod from_unix_timestamp64_second;
mod make_date;
mod moments;
mod month_name;
mod now;
mod now64;
mod number;
mod parse_date_time64_best_effort;
mod parse_date_time64_best_effort_or_null;
mod parse_date_time64_best_effort_or_zero;
mod parse_date_time64_best_effort_us;
mod parse_date_time64_best_effort_us_or_null;
mod parse_date_time64_best_effort_us_or_zero;
mod parse_date_time_best_effort;
mod parse_date_time_best_effort_or_null;
mod parse_date_time_best_effort_or_zero;
mod parse_date_time_best_effort_us;
mod parse_date_time_best_effort_us_or_null;
mod parse_date_time_best_effort_us_or_zero;
mod pattern;
mod round;
mod scale;
mod shift;
mod subtract_days;
mod subtract_hours;
mod subtract_minutes;
mod subtract_months;
mod subtract_quarters;
mod subtract_seconds;
mod subtract_weeks;
mod subtract_years;
mod time_zone;
mod timezone_of;
mod timezone_offset;
mod to_day_of_month;
mod to_day_of_week;
mod to_day_of_year;
mod to_hour;
mod to_iso_week;
mod to_iso_year;
mod to_last_day_of_month;
mod to_millisecond;
mod to_minute;
mod to_monday;
mod to_month;
mod to_quarter;
mod to_relative_day_num;
mod to_relative_second_num;
mod to_relative_year_num;
mod to_second;
mod to_start_of_day;
mod to_start_of_fifteen_minutes;
mod to_start_of_five_minutes;
mod to_start_of_hour;
mod to_start_of_interval;
mod to_start_of_iso_year;
mod to_start_of_minute;
mod to_start_of_month;
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
mod to_week;
mod to_year;
mod to_year_week;
mod to_yyyymm;
mod to_yyyymmdd;
mod to_yyyymmddhhmmss;
mod today;
mod today_of;
mod week_number;
mod yesterday;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &add_days::AddDays,
    &add_hours::AddHours,
    &add_minutes::AddMinutes,
    &add_months::AddMonths,
    &add_quarters::AddQuarters,
    &add_seconds::AddSeconds,
    &add_weeks::AddWeeks,
    &add_years::AddYears,
    &age::Age,
    &date_diff::DateDiff,
    &date_trunc::DateTrunc,
    &format_date_time::FormatDateTime,
    &from_unix_timestamp64_micro::FromUnixTimestamp64Micro,
    &from_unix_timestamp64_milli::FromUnixTimestamp64Milli,
    &from_unix_timestamp64_nano::FromUnixTimestamp64Nano,
    &from_unix_timestamp64_second::FromUnixTimestamp64Second,
    &from_unix_timestamp::FromUnixTimestamp,
    &make_date::MakeDate,
    &month_name::MonthName,
    &now64::Now64,
    &now::Now,
    &parse_date_time64_best_effort::ParseDateTime64BestEffort,
    &parse_date_time64_best_effort_or_null::ParseDateTime64BestEffortOrNull,
    &parse_date_time64_best_effort_or_zero::ParseDateTime64BestEffortOrZero,
    &parse_date_time64_best_effort_us::ParseDateTime64BestEffortUs,
    &parse_date_time64_best_effort_us_or_null::ParseDateTime64BestEffortUsOrNull,
    &parse_date_time64_best_effort_us_or_zero::ParseDateTime64BestEffortUsOrZero,
    &parse_date_time_best_effort::ParseDateTimeBestEffort,
    &parse_date_time_best_effort_or_null::ParseDateTimeBestEffortOrNull,
    &parse_date_time_best_effort_or_zero::ParseDateTimeBestEffortOrZero,
    &parse_date_time_best_effort_us::ParseDateTimeBestEffortUs,
    &parse_date_time_best_effort_us_or_null::ParseDateTimeBestEffortUsOrNull,
    &parse_date_time_best_effort_us_or_zero::ParseDateTimeBestEffortUsOrZero,
    &subtract_days::SubtractDays,
    &subtract_hours::SubtractHours,
    &subtract_minutes::SubtractMinutes,
    &subtract_months::SubtractMonths,
    &subtract_quarters::SubtractQuarters,
    &subtract_seconds::SubtractSeconds,
    &subtract_weeks::SubtractWeeks,
    &subtract_years::SubtractYears,
    &time_zone::TimeZone,
    &timezone_of::TimezoneOf,
    &timezone_offset::TimezoneOffset,
    &to_day_of_month::ToDayOfMonth,
    &to_day_of_week::ToDayOfWeek,
    &to_day_of_year::ToDayOfYear,
    &to_hour::ToHour,
    &to_iso_week::ToIsoWeek,
    &to_iso_year::ToIsoYear,
    &to_last_day_of_month::ToLastDayOfMonth,
    &to_millisecond::ToMillisecond,
    &to_minute::ToMinute,
    &to_monday::ToMonday,
    &to_month::ToMonth,
    &to_quarter::ToQuarter,
    &to_relative_day_num::ToRelativeDayNum,
    &to_relative_second_num::ToRelativeSecondNum,
    &to_relative_year_num::ToRelativeYearNum,
    &to_second::ToSecond,
    &to_start_of_day::ToStartOfDay,
    &to_start_of_fifteen_minutes::ToStartOfFifteenMinutes,
    &to_start_of_five_minutes::ToStartOfFiveMinutes,
    &to_start_of_hour::ToStartOfHour,
    &to_start_of_interval::ToStartOfInterval,
    &to_start_of_iso_year::ToStartOfIsoYear,
    &to_start_of_minute::ToStartOfMinute,
    &to_start_of_month::ToStartOfMonth,
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
    &to_week::ToWeek,
    &to_year::ToYear,
    &to_year_week::ToYearWeek,
    &to_yyyymm::ToYyyymm,
    &to_yyyymmdd::ToYyyymmdd,
    &to_yyyymmddhhmmss::ToYyyymmddhhmmss,
    &today::Today,
    &yesterday::Yesterday,
];
