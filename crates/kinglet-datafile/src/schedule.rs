//! Schedules of copies and sinks: `@on-demand` or a cron expression.

/// Whether a schedule is `@on-demand` or a cron expression of five to seven fields
/// (minute, hour, day, month, weekday, second, year) or a macro such as `@daily`.
pub fn is_schedule(text: &str) -> bool {
    text == "@on-demand" || is_cron(text)
}

const MACROS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

struct Field {
    low: u32,
    high: u32,
    names: &'static [&'static str],
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS: [Field; 7] = [
    Field { low: 0, high: 59, names: &[] },
    Field { low: 0, high: 23, names: &[] },
    Field { low: 1, high: 31, names: &[] },
    Field { low: 1, high: 12, names: &MONTHS },
    Field { low: 0, high: 7, names: &WEEKDAYS },
    Field { low: 0, high: 59, names: &[] },
    Field { low: 1970, high: 2099, names: &[] },
];

const DAY: usize = 2;
const WEEKDAY: usize = 4;

/// Whether a text is a cron expression.
pub fn is_cron(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if MACROS.contains(&lower.as_str()) {
        return true;
    }
    let fields: Vec<&str> = lower.split_whitespace().collect();
    (5..=7).contains(&fields.len()) && fields.iter().enumerate().all(|(at, text)| field(at, text))
}

fn field(position: usize, text: &str) -> bool {
    text.split(',').all(|item| item_fits(position, item))
}

/// One item of a list: `*`, `a`, `a-b`, any of them with `/step`, and the special forms.
fn item_fits(position: usize, item: &str) -> bool {
    let Some(known) = FIELDS.get(position) else { return false };
    let (range, step) = match item.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (item, None),
    };
    if step.is_some_and(|step| step.parse::<u32>().map_or(true, |step| step == 0)) {
        return false;
    }
    let any = range == "?" && step.is_none() && (position == DAY || position == WEEKDAY);
    if range == "*" || any {
        return true;
    }
    if is_random(range) || (position == DAY && step.is_none() && is_day_form(known, range)) {
        return true;
    }
    if position == WEEKDAY && step.is_none() {
        if let Some((day, nth)) = range.split_once('#') {
            return value(known, day).is_some() && nth.parse::<u32>().is_ok_and(|nth| (1..=5).contains(&nth));
        }
        if let Some(day) = range.strip_prefix('l') {
            return value(known, day).is_some();
        }
    }
    match range.split_once('-') {
        Some((from, to)) => value(known, from).is_some() && value(known, to).is_some(),
        None => value(known, range).is_some(),
    }
}

/// `l`, the last day of the month, or `15w`, the weekday nearest to a day.
fn is_day_form(field: &Field, text: &str) -> bool {
    text == "l" || text.strip_suffix('w').is_some_and(|day| value(field, day).is_some())
}

/// `r`, perhaps with a range in parentheses: a value chosen at random.
fn is_random(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('r') else { return false };
    if rest.is_empty() {
        return true;
    }
    let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let bounds = inner.and_then(|inner| inner.split_once('-'));
    bounds.is_some_and(|(from, to)| from.parse::<u32>().is_ok() && to.parse::<u32>().is_ok())
}

fn value(field: &Field, text: &str) -> Option<u32> {
    if let Some(at) = field.names.iter().position(|name| *name == text) {
        return u32::try_from(at).ok().map(|at| at + field.low);
    }
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = if digits { text.parse().ok()? } else { return None };
    (field.low..=field.high).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules() {
        for text in [
            "@on-demand",
            "@daily",
            "*/5 * * * *",
            "0 0 L * *",
            "0 0 15W * *",
            "R(0-9) * * * *",
            "0 0 * dec-jan mon#1",
        ] {
            assert!(is_schedule(text), "{text}");
        }
        for text in [
            "@once",
            "* * * *",
            "60 * * * *",
            "*/0 * * * *",
            "H * * * *",
            "0 0 * * L",
            "0 0 ?/2 * *",
            "1-5#1 * * * *",
        ] {
            assert!(!is_schedule(text), "{text}");
        }
    }
}
