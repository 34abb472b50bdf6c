//! Dates and times as decimal numbers.

use crate::calendar::civil_from_days;

use super::round;

/// YYYYMM.
pub(super) fn yyyymm(days: i64) -> i64 {
    let (year, month, _) = civil_from_days(days);
    year * 100 + i64::from(month)
}

/// YYYYMMDD.
pub(super) fn yyyymmdd(days: i64) -> i64 {
    yyyymm(days) * 100 + i64::from(civil_from_days(days).2)
}

/// hhmmss of the seconds of a day.
pub(super) fn hhmmss(seconds: i64) -> i64 {
    seconds / 3_600 * 10_000 + seconds / 60 % 60 * 100 + seconds % 60
}

/// The year and week of ISO 8601: weeks start on Monday, and a week belongs to the year of its Thursday.
pub(super) fn iso_week(days: i64) -> (i64, i64) {
    let thursday = round::monday(days) + 3;
    (civil_from_days(thursday).0, (thursday - round::year(thursday)) / 7 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_belong_to_the_year_of_their_thursday() {
        assert_eq!(iso_week(20_087), (2025, 1), "2024-12-30");
        assert_eq!(iso_week(18_628), (2020, 53), "2021-01-01");
    }
}
