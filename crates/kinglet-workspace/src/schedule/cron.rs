//! Cron expressions in UTC, to the minute.

use chrono::{Datelike, Days, NaiveDate};

const MICROS_PER_MINUTE: i64 = 60_000_000;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// Days that are looked through for the last time: four years hold every date.
const MAX_DAYS: u64 = 4 * 366;

/// When something runs: sets of values as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cron {
    minutes: u64,
    hours: u64,
    days: u64,
    /// The last day of the month, too.
    last_day: bool,
    months: u64,
    weekdays: u64,
    /// Days and weekdays are both given: either will do.
    either: bool,
}

impl Cron {
    /// `None` for `@on-demand` and what is no expression.
    pub(super) fn parse(text: &str) -> Option<Cron> {
        let text = text.trim().to_ascii_lowercase();
        let text = match text.as_str() {
            "@yearly" | "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" | "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            other => other,
        };
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays, ..] = fields.as_slice() else {
            return None;
        };
        let sundays = set(weekdays, 0, 7, &WEEKDAYS)?;
        Some(Cron {
            minutes: set(minutes, 0, 59, &[])?,
            hours: set(hours, 0, 23, &[])?,
            days: set(&days.replace('l', "32"), 1, 32, &[])?,
            last_day: days.split(',').any(|item| item == "l"),
            months: set(months, 1, 12, &MONTHS)?,
            weekdays: sundays | (sundays >> 7 & 1),
            either: !matches!(*days, "*" | "?") && !matches!(*weekdays, "*" | "?"),
        })
    }

    /// The last time at or before `micros` (since the epoch).
    pub(super) fn last_before(&self, micros: i64) -> Option<i64> {
        let minute = micros.div_euclid(MICROS_PER_MINUTE);
        let today = chrono::DateTime::from_timestamp_micros(micros)?.date_naive();
        let of_today = minute.rem_euclid(24 * 60);
        for back in 0..MAX_DAYS {
            let day = today.checked_sub_days(Days::new(back))?;
            if !self.has_day(day) {
                continue;
            }
            let latest = if back == 0 { of_today } else { 24 * 60 - 1 };
            let found = (0..=latest)
                .rev()
                .find(|minute| has(self.hours, minute / 60) && has(self.minutes, minute % 60));
            if let Some(found) = found {
                let start = day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_micros();
                return Some(start + found * MICROS_PER_MINUTE);
            }
        }
        None
    }

    fn has_day(&self, day: NaiveDate) -> bool {
        if !has(self.months, i64::from(day.month())) {
            return false;
        }
        let is_last = day.succ_opt().is_some_and(|next| next.month() != day.month());
        let date = has(self.days, i64::from(day.day())) || (self.last_day && is_last);
        let weekday = has(self.weekdays, i64::from(day.weekday().num_days_from_sunday()));
        if self.either { date || weekday } else { date && weekday }
    }
}

fn has(bits: u64, value: i64) -> bool {
    bits >> value & 1 == 1
}

/// The values of a field.
fn set(field: &str, low: u32, high: u32, names: &[&str]) -> Option<u64> {
    let mut bits = 0;
    for item in field.split(',') {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, step.parse::<u32>().ok().filter(|step| *step > 0)?),
            None => (item, 1),
        };
        let (from, to) = match range {
            "*" | "?" => (low, high),
            // A value chosen at random: any will do.
            range if range.starts_with('r') => (low, low),
            range => match range.split_once('-') {
                Some((from, to)) => (value(from, low, names)?, value(to, low, names)?),
                None if item.contains('/') => (value(range, low, names)?, high),
                None => (value(range, low, names)?, value(range, low, names)?),
            },
        };
        // `nov-feb` goes over the end.
        let span = if from <= to { to - from } else { (high + 1 - low + to).saturating_sub(from) };
        for offset in (0..=span).step_by(step as usize) {
            let at = from + offset;
            let at = if at > high { at - (high + 1 - low) } else { at };
            bits |= 1u64.checked_shl(at)?;
        }
    }
    Some(bits)
}

/// A number or name; what follows it (`15w`, `mon#1`) is left out of account.
fn value(text: &str, low: u32, names: &[&str]) -> Option<u32> {
    let text = text.split('#').next().unwrap_or(text);
    if let Some(at) = names.iter().position(|name| text.starts_with(name)) {
        return u32::try_from(at).ok().map(|at| at + low);
    }
    text.trim_end_matches('w').parse().ok().filter(|number| *number < 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(cron: &str, now: &str) -> Option<String> {
        let at = chrono::NaiveDateTime::parse_from_str(now, "%Y-%m-%d %H:%M:%S").unwrap().and_utc();
        let found = Cron::parse(cron)?.last_before(at.timestamp_micros())?;
        Some(chrono::DateTime::from_timestamp_micros(found).unwrap().format("%Y-%m-%d %H:%M").to_string())
    }

    #[test]
    fn the_last_time_of_a_schedule() {
        let now = "2024-05-01 10:17:30";
        for (cron, expected) in [
            ("* * * * *", "2024-05-01 10:17"),
            ("*/5 * * * *", "2024-05-01 10:15"),
            ("30 * * * *", "2024-05-01 09:30"),
            ("0 12 * * *", "2024-04-30 12:00"),
            ("0 0 1 1 *", "2024-01-01 00:00"),
            ("0 0 29 2 *", "2024-02-29 00:00"),
            ("0 0 * * mon", "2024-04-29 00:00"),
            ("0 0 * * 7", "2024-04-28 00:00"),
            ("0 0 l * *", "2024-04-30 00:00"),
            ("15 8-18/2 * nov-may 1-5", "2024-05-01 10:15"),
            ("0 0 15 * fri", "2024-04-26 00:00"),
            ("@hourly", "2024-05-01 10:00"),
            ("@weekly", "2024-04-28 00:00"),
        ] {
            assert_eq!(last(cron, now).as_deref(), Some(expected), "{cron}");
        }
        assert_eq!(last("@on-demand", now), None);
        assert_eq!(last("0 0 31 2 *", now), None);
    }
}
