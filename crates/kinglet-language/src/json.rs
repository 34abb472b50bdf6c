//! Writing JSON.

/// JSON as it is written. Commas are put where they belong.
#[derive(Clone, Debug, Default)]
pub struct Json {
    out: String,
}

impl Json {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// An array, its items written by `items`.
    pub fn array(&mut self, items: impl FnOnce(&mut Self)) {
        self.open('[');
        items(self);
        self.out.push(']');
    }

    /// An object, its members written by `members`.
    pub fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.open('{');
        members(self);
        self.out.push('}');
    }

    /// The name of the member whose value is written next.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.out.push(':');
        self
    }

    /// A string.
    pub fn text(&mut self, text: &str) {
        self.open('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                c if c < ' ' => {
                    let code = u32::from(c);
                    let digit = |nibble| char::from_digit(nibble, 16).unwrap_or('0');
                    self.out.push_str("\\u00");
                    self.out.push(digit(code >> 4));
                    self.out.push(digit(code & 15));
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// A number.
    pub fn number(&mut self, value: i64) {
        self.raw(&value.to_string());
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// A value that is JSON already.
    pub fn raw(&mut self, json: &str) {
        self.comma();
        self.out.push_str(json);
    }

    /// A member that is a string; left out when it is empty.
    pub fn member(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.key(name).text(text);
        }
    }

    fn open(&mut self, bracket: char) {
        self.comma();
        self.out.push(bracket);
    }

    fn comma(&mut self) {
        if !(self.out.is_empty() || self.out.ends_with(['[', '{', ':', ','])) {
            self.out.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_escapes() {
        let mut json = Json::new();
        json.object(|json| {
            json.key("a").array(|json| {
                json.number(1);
                json.text("x\"\\\n\u{1}é");
                json.object(|_| {});
                json.bool(true);
            });
            json.member("empty", "");
            json.member("b", ",");
            json.key("c").raw("null");
        });
        assert_eq!(json.finish(), "{\"a\":[1,\"x\\\"\\\\\\n\\u0001é\",{},true],\"b\":\",\",\"c\":null}");
    }
}
