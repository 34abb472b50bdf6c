//! Parameters of a request: query string and form fields.

use percent_encoding::percent_decode_str;

/// Decoded parameters in the order sent. Keys may repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
}

impl Params {
    /// Reads `a=1&b=2` with `+` for a space, as forms and browsers send it.
    pub(crate) fn from_urlencoded(text: &str) -> Params {
        let pairs = text
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(key), decode(value))
            })
            .collect();
        Params { pairs }
    }

    /// Adds a parameter.
    pub(crate) fn push(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.pairs.push((key.into(), value.into()));
    }

    /// Adds all of `other`.
    pub(crate) fn extend(&mut self, other: Params) {
        self.pairs.extend(other.pairs);
    }

    /// All parameters in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The first value of `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Every value of `key`.
    pub(crate) fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// True for `true`, `True`, `1`, `yes`; false for anything else or nothing.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.flag_or(key, false)
    }

    /// As [`Params::flag`], with the value to take when `key` is absent.
    pub(crate) fn flag_or(&self, key: &str, default: bool) -> bool {
        self.get(key).map_or(default, |value| {
            ["true", "1", "yes", "on"].iter().any(|word| value.eq_ignore_ascii_case(word))
        })
    }
}

/// Percent-decodes one component, `+` being a space; invalid UTF-8 is replaced.
pub(crate) fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_decoded_and_repeat() {
        let params = Params::from_urlencoded("a=1+2&b=%C3%A9&a=x%26y&c&&d=");
        assert_eq!(params.all("a").collect::<Vec<_>>(), ["1 2", "x&y"]);
        assert_eq!(params.get("b"), Some("é"));
        assert_eq!(params.get("c"), Some(""));
        assert_eq!(params.get("d"), Some(""));
        assert_eq!(params.get("e"), None);
    }

    #[test]
    fn flags_are_read_as_clients_write_them() {
        let params = Params::from_urlencoded("a=True&b=1&c=False&d=0&e=");
        let flags: Vec<bool> = ["a", "b", "c", "d", "e", "f"].iter().map(|key| params.flag(key)).collect();
        assert_eq!(flags, [true, true, false, false, false, false]);
    }
}
