//! JSON paths of columns: where in a row a column's value stands.

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// The value of a key: `.key` or `['key']`.
    Key(String),
    /// All elements of an array: `[:]`.
    All,
    /// One element of an array, counted from 0: `[2]`.
    Index(usize),
}

/// A path into a JSON row: `$`, `$.a.b`, `$.items[:].name`, `$.['my-key']`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonPath {
    /// The steps from the row; none for the whole row.
    pub steps: Vec<PathStep>,
}

impl JsonPath {
    /// Reads a path.
    ///
    /// In `['…']` a backslash keeps the next character, and `\uXXXX` stands for a character that may
    /// not stand in a schema, such as a space.
    ///
    /// # Errors
    /// Says what is wrong with the path.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text.strip_prefix('$').ok_or_else(|| format!("a JSON path starts with $: {text}"))?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) =
                step(rest).ok_or_else(|| format!("cannot read `{rest}` in the JSON path {text}"))?;
            steps.push(step);
            rest = after;
        }
        Ok(Self { steps })
    }

    /// How many arrays are opened: the depth of `Array` the column needs.
    pub fn array_depth(&self) -> usize {
        self.steps.iter().filter(|step| **step == PathStep::All).count()
    }
}

impl std::fmt::Display for JsonPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("$")?;
        for step in &self.steps {
            match step {
                PathStep::All => f.write_str("[:]")?,
                PathStep::Index(at) => write!(f, "[{at}]")?,
                PathStep::Key(key) if is_bare(key) => write!(f, ".{key}")?,
                PathStep::Key(key) => write!(f, ".['{}']", escaped(key))?,
            }
        }
        Ok(())
    }
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// A key as it may stand between quotes in a schema: no quote, backtick, comment or white space.
fn escaped(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            _ if c.is_whitespace() || c.is_control() || c == '`' => {
                let mut units = [0u16; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => out.push(c),
        }
    }
    out
}

fn step(text: &str) -> Option<(PathStep, &str)> {
    if let Some(rest) = text.strip_prefix("[:]") {
        return Some((PathStep::All, rest));
    }
    let quoted = text.strip_prefix(".[").or_else(|| text.strip_prefix('['));
    if let Some(inner) = quoted {
        return match inner.chars().next()? {
            quote @ ('\'' | '"') => quoted_key(inner.get(1..)?, quote),
            _ => {
                let (digits, rest) = inner.split_once(']')?;
                Some((PathStep::Index(digits.parse().ok()?), rest))
            }
        };
    }
    let key = text.strip_prefix('.')?;
    let length = key.find(['.', '[']).unwrap_or(key.len());
    let (key, rest) = key.split_at(length);
    (!key.is_empty()).then(|| (PathStep::Key(key.to_owned()), rest))
}

fn quoted_key(text: &str, quote: char) -> Option<(PathStep, &str)> {
    let mut units: Vec<u16> = Vec::new();
    let mut chars = text.chars();
    loop {
        let c = match chars.next()? {
            c if c == quote => break,
            '\\' => match chars.next()? {
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).ok()?);
                    continue;
                }
                c => c,
            },
            c => c,
        };
        units.extend_from_slice(c.encode_utf16(&mut [0u16; 2]));
    }
    let rest = chars.as_str().strip_prefix(']')?;
    Some((PathStep::Key(String::from_utf16_lossy(&units)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        for text in ["$", "$.a.b", "$.items[:].name", "$.m[:][:]", "$.a[0]", "$.['my-key'].x", "$.größe"] {
            assert_eq!(JsonPath::parse(text).map(|path| path.to_string()), Ok(text.to_owned()));
        }
        let spaced = JsonPath { steps: vec![PathStep::Key("it's `a` 😀 key".to_owned())] };
        assert_eq!(spaced.to_string(), "$.['it\\'s\\u0020\\u0060a\\u0060\\u0020😀\\u0020key']");
        assert_eq!(JsonPath::parse(&spaced.to_string()), Ok(spaced));
        assert_eq!(
            JsonPath::parse("$['a b']").map(|path| path.to_string()),
            Ok("$.['a\\u0020b']".to_owned())
        );
        assert_eq!(JsonPath::parse("$.a[:].b[:]").map(|path| path.array_depth()), Ok(2));
        for text in ["", "a", "$.", "$.a[", "$.a[x]", "$['a", "$a"] {
            assert!(JsonPath::parse(text).is_err(), "{text}");
        }
    }
}
