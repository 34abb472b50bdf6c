//! Format specifications of f-strings and the `%` operator.

use super::exception::{Outcome, Stop, type_error, value_error};
use super::{Heap, Number, Object, float, integer, text};
use crate::integer::Integer;

/// Widths and precisions that are accepted.
const MAX_WIDTH: usize = 10_000;

/// A format specification: `[[fill]align][sign][#][0][width][,][.precision][type]`.
#[derive(Clone, Debug, Default)]
struct Spec {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

fn parse_spec(spec: &str) -> Outcome<Spec> {
    let mut out = Spec::default();
    let mut rest: Vec<char> = spec.chars().collect();
    rest.reverse();
    let is_align = |c: Option<&char>| matches!(c, Some('<' | '>' | '^' | '='));
    if rest.len() > 1 && is_align(rest.get(rest.len() - 2)) {
        out.fill = rest.pop();
        out.align = rest.pop();
    } else if is_align(rest.last()) {
        out.align = rest.pop();
    }
    out.sign = rest.pop_if(|c| matches!(c, '+' | '-' | ' '));
    out.alternate = rest.pop_if(|c| *c == '#').is_some();
    out.zero = rest.pop_if(|c| *c == '0').is_some();
    out.width = digits(&mut rest)?.unwrap_or(0);
    out.grouping = rest.pop_if(|c| matches!(c, ',' | '_'));
    if rest.pop_if(|c| *c == '.').is_some() {
        match digits(&mut rest)? {
            Some(precision) => out.precision = Some(precision),
            None => return value_error("Format specifier missing precision"),
        }
    }
    out.kind = rest.pop();
    if !rest.is_empty() {
        return value_error("Invalid format specifier");
    }
    Ok(out)
}

fn digits(rest: &mut Vec<char>) -> Outcome<Option<usize>> {
    let mut value: Option<usize> = None;
    while let Some(digit) = rest.last().and_then(|c| c.to_digit(10)) {
        rest.pop();
        let next = value.unwrap_or(0) * 10 + digit as usize;
        if next > MAX_WIDTH {
            return Err(Stop::Limit("a format is too wide"));
        }
        value = Some(next);
    }
    Ok(value)
}

/// `format(value, spec)`.
pub(crate) fn format(value: &Object, spec: &str, heap: &Heap<'_>) -> Outcome<String> {
    if spec.is_empty() {
        return text::str(value, heap);
    }
    let spec = parse_spec(spec)?;
    if let Some(text) = value.as_text() {
        return format_text(text, &spec);
    }
    match (value, value.as_number()) {
        (Object::Bool(_), Some(_)) if spec.kind.is_none() => format_text(&text::str(value, heap)?, &spec),
        (_, Some(Number::Int(number))) => match spec.kind {
            Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => format_float(integer::to_float(&number)?, &spec),
            _ => format_integer(&number, &spec),
        },
        (_, Some(Number::Float(number))) => format_float(number, &spec),
        _ => type_error(format!("unsupported format string passed to {}.__format__", value.class_name())),
    }
}

fn format_text(text: &str, spec: &Spec) -> Outcome<String> {
    if !matches!(spec.kind, None | Some('s'))
        || spec.sign.is_some()
        || spec.grouping.is_some()
        || spec.alternate
    {
        return value_error("Unknown format code for object of type 'str'");
    }
    if spec.align == Some('=') {
        return value_error("'=' alignment not allowed in string format specifier");
    }
    let shown: String = match spec.precision {
        Some(precision) => text.chars().take(precision).collect(),
        None => text.to_owned(),
    };
    Ok(padded("", &shown, spec, '<'))
}

/// `sign` and `body` brought to the width.
fn padded(sign: &str, body: &str, spec: &Spec, default_align: char) -> String {
    let length = sign.chars().count() + body.chars().count();
    let missing = spec.width.saturating_sub(length);
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let zero_align = if spec.zero && default_align == '>' { '=' } else { default_align };
    let run = |count: usize| fill.to_string().repeat(count);
    match spec.align.unwrap_or(zero_align) {
        '<' => format!("{sign}{body}{}", run(missing)),
        '^' => format!("{}{sign}{body}{}", run(missing / 2), run(missing - missing / 2)),
        '=' => format!("{sign}{}{body}", run(missing)),
        _ => format!("{}{sign}{body}", run(missing)),
    }
}

fn sign_of(negative: bool, spec: &Spec) -> &'static str {
    match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    }
}

fn grouped(digits: &str, separator: Option<char>, every: usize) -> String {
    let Some(separator) = separator else { return digits.to_owned() };
    let (whole, rest) = digits.split_at(digits.find(['.', 'e', 'E']).unwrap_or(digits.len()));
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % every == 0 {
            out.push(separator);
        }
        out.push(c);
    }
    out + rest
}

fn format_integer(value: &Integer, spec: &Spec) -> Outcome<String> {
    if spec.precision.is_some() {
        return value_error("Precision not allowed in integer format specifier");
    }
    let magnitude = value.abs();
    let (prefix, body, every) = match spec.kind {
        None | Some('d' | 'n') => ("", integer::to_text(&magnitude)?, 3),
        Some('x') => ("0x", magnitude.to_text(16), 4),
        Some('X') => ("0X", magnitude.to_text(16).to_uppercase(), 4),
        Some('o') => ("0o", magnitude.to_text(8), 4),
        Some('b') => ("0b", magnitude.to_text(2), 4),
        Some('c') => {
            let character = value.to_u32().and_then(char::from_u32);
            return match character {
                Some(character) => Ok(padded("", &character.to_string(), spec, '<')),
                None => type_error("%c arg not in range(0x110000)"),
            };
        }
        Some(kind) => return value_error(format!("Unknown format code '{kind}' for object of type 'int'")),
    };
    let prefix = if spec.alternate { prefix } else { "" };
    let sign = format!("{}{prefix}", sign_of(value.is_negative(), spec));
    Ok(padded(&sign, &grouped(&body, spec.grouping, every), spec, '>'))
}

fn format_float(value: f64, spec: &Spec) -> Outcome<String> {
    let magnitude = value.abs();
    let kind = spec.kind;
    let body = if !value.is_finite() {
        float::repr(magnitude)
    } else {
        match kind {
            Some('f' | 'F') => format!("{magnitude:.*}", spec.precision.unwrap_or(6)),
            Some('%') => format!("{:.*}%", spec.precision.unwrap_or(6), magnitude * 100.0),
            Some('e' | 'E') => scientific(magnitude, spec.precision.unwrap_or(6)),
            Some('g' | 'G' | 'n') => general(magnitude, spec.precision.unwrap_or(6), spec.alternate),
            None => match spec.precision {
                Some(precision) => {
                    let shown = general(magnitude, precision, false);
                    if shown.contains(['.', 'e']) { shown } else { format!("{shown}.0") }
                }
                None => float::repr(magnitude),
            },
            Some(kind) => {
                return value_error(format!("Unknown format code '{kind}' for object of type 'float'"));
            }
        }
    };
    let body = if matches!(kind, Some('E' | 'G' | 'F')) { body.to_uppercase() } else { body };
    let sign = sign_of(value.is_sign_negative() && !value.is_nan(), spec);
    Ok(padded(sign, &grouped(&body, spec.grouping, 3), spec, '>'))
}

fn scientific(value: f64, precision: usize) -> String {
    let (_, digits, exponent) = float::rounded(value, precision + 1);
    float::laid_out(&digits, exponent, 0..0, false)
}

fn general(value: f64, precision: usize, keep_zeros: bool) -> String {
    let precision = precision.max(1);
    let (_, digits, exponent) = float::rounded(value, precision);
    let digits = if keep_zeros { digits.as_str() } else { digits.trim_end_matches('0') };
    let digits = if digits.is_empty() { "0" } else { digits };
    float::laid_out(digits, exponent, -4..i32::try_from(precision).unwrap_or(i32::MAX), false)
}

/// `template % values`.
pub(crate) fn percent(template: &str, values: &Object, heap: &Heap<'_>) -> Outcome<String> {
    let arguments = match values {
        Object::Tuple(id) => heap.items(*id).to_vec(),
        other => vec![other.clone()],
    };
    let mut out = String::new();
    let mut next = 0;
    let mut rest = template;
    while let Some(at) = rest.find('%') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at + 1..).unwrap_or("");
        let mut argument = None;
        if let Some(named) = rest.strip_prefix('(') {
            let Some((name, after)) = named.split_once(')') else {
                return value_error("incomplete format key");
            };
            let Object::Dict(id) = values else { return type_error("format requires a mapping") };
            let Some(found) = heap.table(*id).get(&format!("s{name}")) else {
                return super::exception::key_error(text::quoted(name));
            };
            argument = Some(found.clone());
            rest = after;
        }
        let length =
            rest.find(|c: char| !matches!(c, '#' | '0'..='9' | '-' | ' ' | '+' | '.')).unwrap_or(rest.len());
        let (flags, after) = rest.split_at(length);
        let Some(kind) = after.chars().next() else { return value_error("incomplete format") };
        rest = after.get(kind.len_utf8()..).unwrap_or("");
        if kind == '%' {
            out.push('%');
            continue;
        }
        let argument = match argument {
            Some(argument) => argument,
            None => {
                let Some(argument) = arguments.get(next) else {
                    return type_error("not enough arguments for format string");
                };
                next += 1;
                argument.clone()
            }
        };
        out.push_str(&percent_item(&argument, flags, kind, heap)?);
    }
    out.push_str(rest);
    if matches!(values, Object::Tuple(_)) && next < arguments.len()
        || (next == 0 && values.as_text().is_some_and(|_| !template.contains('%')))
    {
        return type_error("not all arguments converted during string formatting");
    }
    Ok(out)
}

fn percent_item(argument: &Object, flags: &str, kind: char, heap: &Heap<'_>) -> Outcome<String> {
    let sizes = flags.trim_start_matches(['#', '0', '-', ' ', '+']);
    let marks = flags.get(..flags.len() - sizes.len()).unwrap_or("");
    let (width, precision) = match sizes.split_once('.') {
        Some((width, precision)) => (width, Some(precision)),
        None => (sizes, None),
    };
    let size = |digits: &str| -> Outcome<usize> {
        if digits.is_empty() {
            return Ok(0);
        }
        match digits.parse::<usize>() {
            Ok(size) if size <= MAX_WIDTH => Ok(size),
            _ => Err(Stop::Limit("a format is too wide")),
        }
    };
    let spec = Spec {
        align: marks.contains('-').then_some('<'),
        sign: if marks.contains('+') { Some('+') } else { marks.contains(' ').then_some(' ') },
        alternate: marks.contains('#'),
        zero: marks.contains('0') && !marks.contains('-'),
        width: size(width)?,
        precision: precision.map(size).transpose()?,
        ..Spec::default()
    };
    let number = argument.as_number();
    match (kind, number) {
        ('s' | 'r' | 'a', _) => {
            let shown = if kind == 's' { text::str(argument, heap)? } else { text::repr(argument, heap)? };
            let shown = match spec.precision {
                Some(precision) => shown.chars().take(precision).collect(),
                None => shown,
            };
            let spec = Spec { zero: false, sign: None, ..spec };
            Ok(padded("", &shown, &spec, '>'))
        }
        ('d' | 'i' | 'u', Some(number)) => {
            let whole = match number {
                Number::Int(value) => value,
                Number::Float(value) => integer::from_float(value)?,
            };
            let spec = Spec { precision: None, kind: Some('d'), ..spec };
            format_integer(&whole, &spec)
        }
        ('x' | 'X' | 'o', Some(Number::Int(value))) => {
            let spec = Spec { precision: None, kind: Some(kind), ..spec };
            format_integer(&value, &spec)
        }
        ('e' | 'E' | 'f' | 'F' | 'g' | 'G', Some(number)) => {
            let value = match number {
                Number::Int(value) => integer::to_float(&value)?,
                Number::Float(value) => value,
            };
            format_float(value, &Spec { kind: Some(kind), ..spec })
        }
        ('c', Some(Number::Int(value))) => {
            format_integer(&value, &Spec { kind: Some('c'), precision: None, ..spec })
        }
        ('c', None) if argument.as_text().is_some_and(|text| text.chars().count() == 1) => {
            text::str(argument, heap)
        }
        ('d' | 'i' | 'u' | 'x' | 'X' | 'o', _) => {
            type_error(format!("%{kind} format: a real number is required, not {}", argument.class_name()))
        }
        ('e' | 'E' | 'f' | 'F' | 'g' | 'G', None) => {
            type_error(format!("must be real number, not {}", argument.class_name()))
        }
        _ => value_error(format!("unsupported format character '{kind}'")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: Object, spec: &str) -> String {
        format(&value, spec, &Heap::default()).unwrap()
    }

    #[test]
    fn specifications_follow_python() {
        assert_eq!(shown(Object::int(2), "03d"), "002");
        assert_eq!(shown(Object::int(-1234567), ","), "-1,234,567");
        assert_eq!(shown(Object::Float(2.675), ".2f"), "2.67");
        assert_eq!(shown(Object::Float(1234.5), ".3g"), "1.23e+03");
        assert_eq!(shown(Object::str("ab"), "*^6"), "**ab**");
        assert_eq!(shown(Object::int(255), "#x"), "0xff");
        assert_eq!(shown(Object::Float(0.25), ".0%"), "25%");
    }

    #[test]
    fn percent_formats_follow_python() {
        let mut heap = Heap::default();
        let values = heap.tuple(vec![Object::str("x"), Object::int(7)]);
        assert_eq!(percent("%s-%03d%%", &values, &heap).unwrap(), "x-007%");
        assert!(percent("%s %s %s", &values, &heap).is_err());
    }
}
