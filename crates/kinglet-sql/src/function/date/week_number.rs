//! Numbers of weeks in MySQL's modes.

use crate::calendar::{civil_from_days, days_from_civil};

/// Year and number of the week of a day. Of the mode's bits the first makes weeks start on Monday, the
/// second makes the first week 1 to 53 of its own year instead of 0, the third makes the first week the
/// first that starts in the year. Modes 8 and 9 count from the week that holds January 1st.
pub(super) fn week_number(days: i64, mode: i64) -> (i64, i64) {
    let (year, ..) = civil_from_days(days);
    let monday = mode & 1 != 0;
    if mode & 8 != 0 {
        let start = |year: i64| week_start(days_from_civil(year, 1, 1), monday);
        let year = if days >= start(year + 1) { year + 1 } else { year };
        return (year, (days - start(year)).div_euclid(7) + 1);
    }
    let own_year = mode & 2 != 0;
    // MySQL reads the third bit the other way where weeks start on Sunday.
    let by_weekday = (mode & 4 != 0) == monday;
    let first = |year: i64| {
        let new_year = days_from_civil(year, 1, 1);
        let start = week_start(new_year, monday);
        // Days of that week which lie in the year before.
        let before = new_year - start;
        let counts = if by_weekday { before == 0 } else { before <= 3 };
        if counts { start } else { start + 7 }
    };
    if days < first(year) {
        if !own_year {
            return (year, 0);
        }
        return (year - 1, (days - first(year - 1)).div_euclid(7) + 1);
    }
    if own_year && days >= first(year + 1) {
        return (year + 1, 1);
    }
    (year, (days - first(year)).div_euclid(7) + 1)
}

/// The Monday or Sunday on or before a day. Day 0 was a Thursday.
fn week_start(days: i64, monday: bool) -> i64 {
    let weekday = if monday { (days + 3).rem_euclid(7) } else { (days + 4).rem_euclid(7) };
    days - weekday
}
