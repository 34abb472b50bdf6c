//! What the values of one column have in common, and the narrowest type for them.

use super::guess::{date_time_parts, is_guess};
use super::literal::{self, Item};

/// How a value is to be read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Class {
    Bool,
    /// A whole number.
    Integer(i128),
    /// A number with a fraction or an exponent; whether seven digits hold it.
    Float(bool),
    /// A day, with its year.
    Date(i32),
    /// A moment, with its year and the digits of its fraction of a second.
    DateTime(i32, usize),
    Text,
}

/// The class of a text that may stand for something else, as in CSV.
pub(super) fn class_of_text(value: &str) -> Class {
    if matches!(value, "true" | "false" | "True" | "False" | "TRUE" | "FALSE") {
        return Class::Bool;
    }
    class_of_number(value).unwrap_or_else(|| class_of_string(value))
}

/// The class of a text that cannot be a number, as in JSON: a date, a moment or plain text.
pub(super) fn class_of_string(value: &str) -> Class {
    if is_guess("Date", value) {
        let part = |range: std::ops::Range<usize>| value.get(range).and_then(|part| part.parse::<i32>().ok());
        if let (Some(year), Some(1..=12), Some(1..=31)) = (part(0..4), part(5..7), part(8..10)) {
            return Class::Date(year);
        }
        return Class::Text;
    }
    match date_time_parts(value) {
        Some((year, fraction)) => Class::DateTime(year, fraction),
        None => Class::Text,
    }
}

/// The class of a number, or `None` for other text. A number with leading zeros or a plus sign is
/// text: a postcode or a telephone number would lose them.
pub(super) fn class_of_number(value: &str) -> Option<Class> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let first = digits.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    let whole = digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if whole > 1 && first == b'0' {
        return None;
    }
    if whole == digits.len() {
        return value.parse().ok().map(Class::Integer);
    }
    if !is_guess("Float64", value) || value.ends_with(char::is_whitespace) {
        return None;
    }
    let mantissa = digits.split(['e', 'E']).next().unwrap_or("");
    let significant = mantissa.trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count();
    Some(Class::Float(significant <= 7 && is_guess("Float32", value)))
}

/// The classes of the values of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// Values seen.
    pub(super) present: usize,
    /// Values that were empty, null or absent.
    pub(super) missing: usize,
    bools: bool,
    text: bool,
    integers: Option<(i128, i128)>,
    floats: bool,
    doubles: bool,
    dates: Option<(i32, i32)>,
    moments: Option<(i32, i32, usize)>,
}

impl Profile {
    /// Takes a value of a class into account.
    pub(super) fn add(&mut self, class: &Class) {
        self.present += 1;
        match *class {
            Class::Bool => self.bools = true,
            Class::Text => self.text = true,
            Class::Integer(number) => {
                let (low, high) = self.integers.unwrap_or((number, number));
                self.integers = Some((low.min(number), high.max(number)));
            }
            Class::Float(single) => {
                self.floats = true;
                self.doubles |= !single;
            }
            Class::Date(year) => {
                let (low, high) = self.dates.unwrap_or((year, year));
                self.dates = Some((low.min(year), high.max(year)));
            }
            Class::DateTime(year, fraction) => {
                let (low, high, digits) = self.moments.unwrap_or((year, year, 0));
                self.moments = Some((low.min(year), high.max(year), digits.max(fraction)));
            }
        }
    }

    /// The narrowest type of all values. Whole numbers get one width more: a sample is only a part of what will
    /// come, as Tinybird sees it, which shows no column of numbers up to 265 narrower than `Int32`.
    pub(super) fn r#type(&self) -> String {
        let numbers = self.integers.is_some() || self.floats;
        let times = self.dates.is_some() || self.moments.is_some();
        let kinds = usize::from(self.bools) + usize::from(numbers) + usize::from(times);
        if self.text || kinds != 1 {
            return "String".to_owned();
        }
        if self.bools {
            return "Bool".to_owned();
        }
        if numbers {
            return self.number();
        }
        match (self.dates, self.moments) {
            (Some((low, high)), None) => {
                if low >= 1970 && high < 2149 {
                    "Date".to_owned()
                } else {
                    "Date32".to_owned()
                }
            }
            (_, Some((low, high, fraction))) => {
                let (low, high) = self.dates.map_or((low, high), |(a, b)| (low.min(a), high.max(b)));
                moment(low, high, fraction)
            }
            (None, None) => "String".to_owned(),
        }
    }

    fn number(&self) -> String {
        let whole_fits = |limit: i128| self.integers.is_none_or(|(low, high)| low > -limit && high < limit);
        if !self.floats {
            let (low, high) = self.integers.unwrap_or((0, 0));
            return integer(low, high);
        }
        let single = !self.doubles && whole_fits(1 << 23);
        if single { "Float32".to_owned() } else { "Float64".to_owned() }
    }
}

fn moment(low: i32, high: i32, fraction: usize) -> String {
    let precision = match fraction {
        0 if low >= 1970 && high < 2106 => return "DateTime".to_owned(),
        0..=3 => 3,
        4..=6 => 6,
        _ => 9,
    };
    format!("DateTime64({precision})")
}

fn integer(low: i128, high: i128) -> String {
    const WIDTHS: [u32; 4] = [8, 16, 32, 64];
    let signed = |bits: u32| low >= -(1 << (bits - 1)) && high < (1 << (bits - 1));
    let unsigned = |bits: u32| low >= 0 && high < (1 << bits);
    let found = WIDTHS.iter().position(|bits| signed(*bits) || unsigned(*bits));
    let Some(at) = found else {
        return if low >= 0 { "UInt128" } else { "Int128" }.to_owned();
    };
    let bits = WIDTHS.get(at).copied().unwrap_or(64);
    let sign = if signed(bits) { "" } else { "U" };
    let wider = WIDTHS.get(at + 1).copied().unwrap_or(bits);
    // Widened, even unsigned numbers fit a signed type.
    let sign = if wider > bits { "" } else { sign };
    format!("{sign}Int{wider}")
}

/// The type of lists as CSV files write them, when all values are such lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    integers: bool,
    floats: bool,
    text: bool,
    seen: usize,
    refused: bool,
}

impl Lists {
    /// Takes a value into account.
    pub(super) fn add(&mut self, value: &str) {
        let Some(items) = (!self.refused).then(|| literal::list(value)).flatten() else {
            self.refused = true;
            return;
        };
        self.seen += 1;
        self.integers |= items.iter().any(Item::is_integer);
        self.floats |= items.iter().any(Item::is_float);
        self.text |= items.iter().any(Item::is_text);
    }

    /// The array type, when every value was a list of one kind.
    pub(super) fn r#type(&self) -> Option<&'static str> {
        if self.refused || self.seen == 0 {
            return None;
        }
        match (self.integers, self.floats, self.text) {
            (true, false, false) => Some("Array(Int32)"),
            (_, true, false) => Some("Array(Float32)"),
            (false, false, _) => Some("Array(String)"),
            _ => None,
        }
    }
}
