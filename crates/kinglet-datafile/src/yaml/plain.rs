//! What a scalar without quotes means in YAML 1.1.

use super::Yaml;

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> Yaml {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Yaml::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => return Yaml::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Yaml::Bool(false);
        }
        _ => {}
    }
    let number = || integer(text).map(Yaml::Int).or_else(|| float(text).map(Yaml::Float));
    number().or_else(|| time(text)).unwrap_or_else(|| Yaml::Text(text.to_owned()))
}

/// Removes a sign; the factor is 1 or -1.
fn sign(text: &str) -> (i128, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn integer(text: &str) -> Option<i128> {
    let (factor, digits) = sign(text);
    let radix = |prefix: &str, radix: u32| {
        let body = digits.strip_prefix(prefix)?;
        let clean: String = body.chars().filter(|c| *c != '_').collect();
        let value = (!body.is_empty()).then(|| i128::from_str_radix(&clean, radix).ok());
        clean.bytes().all(|b| b.is_ascii_alphanumeric()).then_some(value).flatten()
    };
    if digits == "0" {
        return Some(0);
    }
    let value = match digits.get(..2).unwrap_or(digits) {
        "0b" => radix("0b", 2)?,
        "0x" => radix("0x", 16)?,
        _ if digits.starts_with('0') => radix("0", 8)?,
        _ => Some(sexagesimal(digits)?),
    };
    value.and_then(|value| value.checked_mul(factor))
}

/// Digits with `_` in them, or groups of base 60 separated by `:`.
fn sexagesimal(text: &str) -> Option<i128> {
    let mut groups = text.split(':');
    let first = groups.next()?;
    let clean: String = first.chars().filter(|c| *c != '_').collect();
    if !first.starts_with(|c: char| c.is_ascii_digit()) || !clean.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut value: i128 = clean.parse().ok()?;
    for group in groups {
        let digits = (1..=2).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit());
        let number: i128 = if digits { group.parse().ok()? } else { return None };
        if number > 59 {
            return None;
        }
        value = value.checked_mul(60)?.checked_add(number)?;
    }
    Some(value)
}

/// A number with a point; an exponent needs a sign. `.inf` and `.nan` in three spellings.
fn float(text: &str) -> Option<f64> {
    let (factor, digits) = sign(text);
    match digits {
        ".inf" | ".Inf" | ".INF" => return Some(f64::INFINITY * factor as f64),
        ".nan" | ".NaN" | ".NAN" if digits.len() == text.len() => return Some(f64::NAN),
        _ => {}
    }
    let (whole, rest) = digits.split_once('.')?;
    if whole.contains(':') {
        let base = sexagesimal(whole)? as f64;
        let fraction = fraction(rest)?;
        return Some(factor as f64 * (base + fraction));
    }
    let exponent_at = rest.find(['e', 'E']);
    let (decimals, exponent) = match exponent_at {
        Some(at) => (rest.get(..at)?, Some(rest.get(at + 1..)?)),
        None => (rest, None),
    };
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let starts = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let fits =
        is_digits(whole) && is_digits(decimals) && (starts(whole) || (whole.is_empty() && starts(decimals)));
    let fits_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or("");
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    if !fits || !fits_exponent {
        return None;
    }
    text.chars().filter(|c| *c != '_').collect::<String>().parse().ok()
}

fn fraction(digits: &str) -> Option<f64> {
    let clean: String = digits.chars().filter(|c| *c != '_').collect();
    clean.bytes().all(|b| b.is_ascii_digit()).then(|| format!("0.{clean}0").parse().ok()).flatten()
}

/// A date, or a date with a time of day and perhaps a zone.
fn time(text: &str) -> Option<Yaml> {
    let bytes = text.as_bytes();
    let date_length = date_length(bytes)?;
    let rest = text.get(date_length..)?;
    if rest.is_empty() {
        let (month, day) = (number(bytes.get(5..7)?)?, number(bytes.get(8..10)?)?);
        let exact = date_length == 10 && (1..=12).contains(&month) && (1..=31).contains(&day);
        return exact.then(|| Yaml::Date(text.to_owned()));
    }
    let after = rest.strip_prefix(['T', 't']).unwrap_or_else(|| rest.trim_start_matches([' ', '\t']));
    if after.len() == rest.len() {
        return None;
    }
    let clock = time_of_day(after)?;
    let mut parts = text.get(..date_length)?.split('-').filter_map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Yaml::DateTime(format!("{year:04}-{month:02}-{day:02} {clock}")))
}

/// Length of `YYYY-M?M-D?D` at the start.
fn date_length(bytes: &[u8]) -> Option<usize> {
    let mut at = digits(bytes, 0, 4, 4)?;
    for _ in 0..2 {
        if bytes.get(at) != Some(&b'-') {
            return None;
        }
        at = digits(bytes, at + 1, 1, 2)?;
    }
    Some(at)
}

/// Position after `least` to `most` digits.
fn digits(bytes: &[u8], from: usize, least: usize, most: usize) -> Option<usize> {
    let count = bytes.iter().skip(from).take(most).take_while(|b| b.is_ascii_digit()).count();
    (count >= least).then_some(from + count)
}

fn number(bytes: &[u8]) -> Option<u32> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// `h?h:mm:ss`, perhaps a fraction, perhaps a zone, in the form `hh:mm:ss.ffffff+hh:mm`.
fn time_of_day(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut at = digits(bytes, 0, 1, 2)?;
    let hour: u32 = text.get(..at)?.parse().ok()?;
    for _ in 0..2 {
        if bytes.get(at) != Some(&b':') {
            return None;
        }
        at = digits(bytes, at + 1, 2, 2)?;
    }
    let mut out = format!("{hour:02}{}", text.get(at - 6..at)?);
    if bytes.get(at) == Some(&b'.') {
        let end = at + 1 + bytes.iter().skip(at + 1).take_while(|b| b.is_ascii_digit()).count();
        let micros: String = text.get(at + 1..end)?.chars().chain("000000".chars()).take(6).collect();
        if micros != "000000" {
            out.push_str(&format!(".{micros}"));
        }
        at = end;
    }
    out.push_str(&offset(text.get(at..)?.trim_start_matches([' ', '\t']))?);
    Some(out)
}

/// A zone as `+hh:mm`, or nothing.
fn offset(zone: &str) -> Option<String> {
    match zone {
        "" => return Some(String::new()),
        "Z" => return Some("+00:00".to_owned()),
        _ => {}
    }
    let sign = zone.chars().next().filter(|c| matches!(c, '-' | '+'))?;
    let (hours, minutes) = zone.get(1..)?.split_once(':').unwrap_or((zone.get(1..)?, "00"));
    let is_digits = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(hours) || !is_digits(minutes) || minutes.len() != 2 {
        return None;
    }
    let hours: u32 = hours.parse().ok()?;
    Some(format!("{sign}{hours:02}:{minutes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_as_yaml_1_1() {
        let int = |text: &str| match resolve(text) {
            Yaml::Int(number) => Some(number),
            _ => None,
        };
        assert_eq!(int("1_000"), Some(1000));
        assert_eq!(int("-12:30:45"), Some(-45045));
        assert_eq!(int("010"), Some(8));
        assert_eq!(int("0o17"), None);
        assert_eq!(int("0x1F"), Some(31));
        assert_eq!(int("0"), Some(0));
        assert_eq!(resolve("1e3"), Yaml::Text("1e3".to_owned()));
        assert_eq!(resolve("1.5e+3"), Yaml::Float(1500.0));
        assert_eq!(resolve("2024-01-02"), Yaml::Date("2024-01-02".to_owned()));
        assert!(matches!(resolve("2024-1-2 10:00:00 +01:00"), Yaml::DateTime(_)));
        assert_eq!(resolve("2024-13-02"), Yaml::Text("2024-13-02".to_owned()));
        assert_eq!(resolve("Off"), Yaml::Bool(false));
        assert_eq!(resolve("off-road"), Yaml::Text("off-road".to_owned()));
    }
}
