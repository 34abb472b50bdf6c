//! Dates read by a `strptime` format, and the time between them.

/// A point in time: microseconds since the year 1, and the offset from UTC where the text gave one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    micros: i128,
    zoned: bool,
}

impl Moment {
    /// Microseconds from `other` to `self`; none when only one of them has a time zone.
    pub(crate) fn since(self, other: Self) -> Option<i128> {
        (self.zoned == other.zoned).then(|| self.micros - other.micros)
    }
}

/// What a format and a text have given so far.
#[derive(Clone, Copy, Debug)]
struct Fields {
    year: i64,
    month: i64,
    day: i64,
    day_of_year: Option<i64>,
    hour: i64,
    hour12: Option<i64>,
    afternoon: Option<bool>,
    minute: i64,
    second: i64,
    micros: i64,
    offset_micros: Option<i64>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Bytes of a format that are accepted.
const MAX_FORMAT: usize = 256;

/// Reads `text` by `format`; none when it does not match or names no real time.
pub(crate) fn parse(text: &str, format: &str) -> Option<Moment> {
    if format.len() > MAX_FORMAT || text.len() > 4 * MAX_FORMAT {
        return None;
    }
    let items = items(format)?;
    let start = Fields {
        year: 1900,
        month: 1,
        day: 1,
        day_of_year: None,
        hour: 0,
        hour12: None,
        afternoon: None,
        minute: 0,
        second: 0,
        micros: 0,
        offset_micros: None,
    };
    let mut budget = 100_000;
    moment(matched(&items, text, start, &mut budget)?)
}

#[derive(Clone, Copy, Debug)]
enum Item {
    Literal(char),
    White,
    Directive(char),
}

fn items(format: &str) -> Option<Vec<Item>> {
    let mut out = Vec::new();
    let mut characters = format.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '%' {
            match characters.next()? {
                '%' => out.push(Item::Literal('%')),
                directive if "YmdHIMSfyjpbBaAzw".contains(directive) => out.push(Item::Directive(directive)),
                _ => return None,
            }
        } else if c.is_whitespace() {
            while characters.next_if(|next| next.is_whitespace()).is_some() {}
            out.push(Item::White);
        } else {
            out.push(Item::Literal(c));
        }
    }
    Some(out)
}

/// Matches items in order, trying shorter readings when a longer one leads nowhere.
fn matched(items: &[Item], text: &str, fields: Fields, budget: &mut usize) -> Option<Fields> {
    *budget = budget.checked_sub(1)?;
    let Some((item, rest)) = items.split_first() else {
        return text.is_empty().then_some(fields);
    };
    match item {
        Item::Literal(c) => {
            let first = text.chars().next()?;
            let same = first == *c || first.to_lowercase().eq(c.to_lowercase());
            same.then(|| matched(rest, text.get(first.len_utf8()..)?, fields, budget)).flatten()
        }
        Item::White => {
            let trimmed = text.trim_start();
            (trimmed.len() < text.len()).then(|| matched(rest, trimmed, fields, budget)).flatten()
        }
        Item::Directive(directive) => {
            for length in candidates(*directive, text).into_iter().flatten() {
                let mut next = fields;
                if apply(*directive, text.get(..length)?, &mut next).is_some()
                    && let Some(found) = matched(rest, text.get(length..)?, next, budget)
                {
                    return Some(found);
                }
            }
            None
        }
    }
}

/// Lengths a directive may take, the preferred one first.
fn candidates(directive: char, text: &str) -> [Option<usize>; 6] {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let exactly = |length: usize| [(digits >= length).then_some(length), None, None, None, None, None];
    let up_to = |most: usize| {
        let mut out = [None; 6];
        for (slot, length) in out.iter_mut().zip((1..=most.min(digits)).rev()) {
            *slot = Some(length);
        }
        out
    };
    let word = |names: &[&str], short: bool| {
        let lower = text.to_ascii_lowercase();
        let found = names.iter().find_map(|name| {
            let name = if short { name.get(..3).unwrap_or(name) } else { name };
            lower.starts_with(name).then_some(name.len())
        });
        [found, None, None, None, None, None]
    };
    match directive {
        'Y' => exactly(4),
        'y' => exactly(2),
        'f' => up_to(6),
        'j' => up_to(3),
        'd' if text.starts_with(' ') && text.as_bytes().get(1).is_some_and(|b| (b'1'..=b'9').contains(b)) => {
            [Some(2), None, None, None, None, None]
        }
        'm' | 'd' | 'H' | 'I' | 'M' | 'S' => up_to(2),
        'w' => exactly(1),
        'p' => word(&["am", "pm"], false),
        'b' => word(&MONTHS, true),
        'B' => word(&MONTHS, false),
        'a' => word(&WEEKDAYS, true),
        'A' => word(&WEEKDAYS, false),
        'z' => [zone_length(text), None, None, None, None, None],
        _ => [None; 6],
    }
}

/// Length of `Z`, `+hh:mm`, `+hhmm`, or with seconds, at the start of `text`.
fn zone_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'Z') {
        return Some(1);
    }
    let digits = |at: usize| bytes.get(at..at + 2).is_some_and(|two| two.iter().all(u8::is_ascii_digit));
    if !matches!(bytes.first(), Some(b'+' | b'-')) || !digits(1) {
        return None;
    }
    let colon = usize::from(bytes.get(3) == Some(&b':'));
    if !digits(3 + colon) {
        return None;
    }
    let minutes_end = 5 + colon;
    let seconds = minutes_end + usize::from(colon == 1 && bytes.get(minutes_end) == Some(&b':'));
    Some(if (seconds > minutes_end || colon == 0) && digits(seconds) { seconds + 2 } else { minutes_end })
}

fn apply(directive: char, text: &str, fields: &mut Fields) -> Option<()> {
    let number = |range: std::ops::RangeInclusive<i64>| -> Option<i64> {
        text.trim_start().parse().ok().filter(|value| range.contains(value))
    };
    let name = |names: &[&str]| -> Option<i64> {
        let lower = text.to_ascii_lowercase();
        names.iter().position(|name| name.starts_with(&lower)).map(|at| at as i64 + 1)
    };
    match directive {
        'Y' => fields.year = number(1..=9999)?,
        'y' => {
            let year = number(0..=99)?;
            fields.year = if year <= 68 { 2000 + year } else { 1900 + year };
        }
        'm' => fields.month = number(1..=12)?,
        'd' => fields.day = number(1..=31)?,
        'j' => fields.day_of_year = Some(number(1..=366)?),
        'H' => fields.hour = number(0..=23)?,
        'I' => fields.hour12 = Some(number(1..=12)?),
        'M' => fields.minute = number(0..=59)?,
        'S' => fields.second = number(0..=61)?,
        'f' => fields.micros = text.parse::<i64>().ok()? * 10i64.pow(6u32.saturating_sub(text.len() as u32)),
        'p' => fields.afternoon = Some(text.eq_ignore_ascii_case("pm")),
        'b' | 'B' => fields.month = name(&MONTHS)?,
        'a' | 'A' => {
            name(&WEEKDAYS)?;
        }
        'w' => {
            number(0..=6)?;
        }
        'z' => fields.offset_micros = Some(offset(text)?),
        _ => return None,
    }
    Some(())
}

fn offset(text: &str) -> Option<i64> {
    let Some(sign) = text.chars().next().filter(|sign| matches!(sign, '+' | '-')) else {
        return Some(0);
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let part = |at: usize| digits.get(at..at + 2).and_then(|two| two.parse::<i64>().ok());
    let (hours, minutes, seconds) = (part(0)?, part(2)?, part(4).unwrap_or(0));
    if minutes > 59 || hours > 23 {
        return None;
    }
    let micros = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000;
    Some(if sign == '-' { -micros } else { micros })
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the first of January of the year 1.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    years + (1..month).map(|month| days_in_month(year, month)).sum::<i64>() + day - 1
}

fn moment(fields: Fields) -> Option<Moment> {
    let hour = match (fields.hour12, fields.afternoon) {
        (Some(hour), Some(true)) => hour % 12 + 12,
        (Some(hour), Some(false)) => hour % 12,
        (Some(hour), None) => hour,
        (None, _) => fields.hour,
    };
    let day = match fields.day_of_year {
        Some(day) if fields.month == 1 && fields.day == 1 => day_number(fields.year, 1, 1) + day - 1,
        _ if fields.day > days_in_month(fields.year, fields.month) => return None,
        _ => day_number(fields.year, fields.month, fields.day),
    };
    if fields.second > 59 {
        return None;
    }
    let seconds = ((day * 24 + hour) * 60 + fields.minute) * 60 + fields.second;
    let micros = i128::from(seconds) * 1_000_000 + i128::from(fields.micros);
    let shift = i128::from(fields.offset_micros.unwrap_or(0));
    Some(Moment { micros: micros - shift, zoned: fields.offset_micros.is_some() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_count_days_and_seconds() {
        let at = |text, format| parse(text, format).unwrap();
        let days = at("2024-03-02", "%Y-%m-%d").since(at("2024-02-27", "%Y-%m-%d")).unwrap() / 86_400_000_000;
        assert_eq!(days, 4);
        let zoned = "%Y-%m-%d %H:%M:%S%z";
        let gap = at("2024-02-27 01:00:00+0000", zoned).since(at("2024-02-27 02:00:00+0200", zoned));
        assert_eq!(gap, Some(3_600_000_000));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        assert_eq!(parse("2023-02-29", "%Y-%m-%d"), None);
        assert_eq!(parse("2024-01-01 00:00:00", "%Y-%m-%d"), None);
        assert_eq!(parse("999-01-01", "%Y-%m-%d"), None);
        assert_eq!(parse("0", "%s"), None);
    }
}
