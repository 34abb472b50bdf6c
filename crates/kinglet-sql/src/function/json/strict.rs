//! JSON as its grammar has it, where readers elsewhere forgive.

use crate::text::{Cursor, parse_float};

/// Steps over one value; `None` when it is no JSON or deeper than 200.
pub(super) fn skip_strict(cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
    if depth > 200 {
        return None;
    }
    cursor.space();
    match cursor.peek()? {
        b'"' => string(cursor),
        open @ (b'{' | b'[') => {
            cursor.byte();
            let close = if open == b'{' { b'}' } else { b']' };
            if cursor.eat(close) {
                return Some(());
            }
            loop {
                if open == b'{' {
                    cursor.space();
                    string(cursor)?;
                    if !cursor.eat(b':') {
                        return None;
                    }
                }
                skip_strict(cursor, depth + 1)?;
                if cursor.eat(close) {
                    return Some(());
                }
                if !cursor.eat(b',') {
                    return None;
                }
            }
        }
        b't' => cursor.eat_word(b"true").then_some(()),
        b'f' => cursor.eat_word(b"false").then_some(()),
        b'n' => cursor.eat_word(b"null").then_some(()),
        _ => number(cursor),
    }
}

fn string(cursor: &mut Cursor<'_>) -> Option<()> {
    if cursor.byte()? != b'"' {
        return None;
    }
    loop {
        match cursor.byte()? {
            b'"' => return Some(()),
            b'\\' => match cursor.byte()? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                b'u' => unit(cursor)?,
                _ => return None,
            },
            0..0x20 => return None,
            _ => {}
        }
    }
}

/// Four digits, and the second half where they are the first of a pair.
fn unit(cursor: &mut Cursor<'_>) -> Option<()> {
    match hex4(cursor)? {
        0xD800..0xDC00 => {
            let second =
                (cursor.byte()? == b'\\' && cursor.byte()? == b'u').then(|| hex4(cursor)).flatten()?;
            (0xDC00..0xE000).contains(&second).then_some(())
        }
        0xDC00..0xE000 => None,
        _ => Some(()),
    }
}

fn hex4(cursor: &mut Cursor<'_>) -> Option<u32> {
    let digits = cursor.take(4);
    let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.len() == 4)?;
    u32::from_str_radix(digits, 16).ok()
}

fn number(cursor: &mut Cursor<'_>) -> Option<()> {
    let text =
        cursor.take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let leading_zero = whole > 1 && digits.first() == Some(&b'0');
    if whole == 0 || leading_zero {
        return None;
    }
    let mut rest = digits.get(whole..)?;
    if rest.is_empty() {
        return Some(());
    }
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = fraction.get(count..).filter(|_| count > 0)?;
    }
    if let Some((b'e' | b'E', exponent)) = rest.split_first() {
        let exponent =
            exponent.strip_prefix(b"-").or_else(|| exponent.strip_prefix(b"+")).unwrap_or(exponent);
        if exponent.is_empty() || !exponent.iter().all(u8::is_ascii_digit) {
            return None;
        }
        rest = b"";
    }
    (rest.is_empty() && parse_float(text).is_some_and(f64::is_finite)).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_the_grammar_has() {
        let valid = |text: &str| {
            let mut cursor = Cursor::new(text.as_bytes());
            skip_strict(&mut cursor, 0).is_some() && cursor.is_at_end()
        };
        for text in
            ["{}", "[1,-0.5e+3]", "\"\\ud83d\\ude00\"", "{\"a\" : [true, null]}", "1234567890123456789012"]
        {
            assert!(valid(text), "{text}");
        }
        for text in [
            "",
            "01",
            "1.",
            ".5",
            "1e",
            "\"\\ud800\"",
            "\"\\x\"",
            "\"a\tb\"",
            "{a:1}",
            "[1,]",
            "1e999",
            "nul",
        ] {
            assert!(!valid(text), "{text}");
        }
    }
}
