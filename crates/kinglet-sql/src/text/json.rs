//! JSON strings and skipping of JSON values.

use super::Cursor;

/// Appends `text` in double quotes with JSON escapes, as ClickHouse writes it (`/` is escaped too).
pub fn write_json_string(text: &[u8], out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.push(b'"');
    let mut rest = text;
    // What needs no escape is copied in one go.
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'/' | 0..0x20)) {
        let (plain, from) = rest.split_at(at);
        out.extend_from_slice(plain);
        let Some((&byte, later)) = from.split_first() else { break };
        rest = later;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'/' => out.extend_from_slice(b"\\/"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            0..0x20 => {
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 15)]);
            }
            _ => out.push(byte),
        }
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Reads one JSON value of any kind and answers its text. `None` when it is malformed or deeper than 200.
pub fn skip_json<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    cursor.space();
    let before = *cursor;
    skip(cursor, 0)?;
    let length = cursor.position() - before.position();
    before.rest().get(..length)
}

fn skip(cursor: &mut Cursor<'_>, depth: usize) -> Option<()> {
    if depth > 200 {
        return None;
    }
    cursor.space();
    match cursor.byte()? {
        b'"' => loop {
            cursor.take(memchr::memchr2(b'"', b'\\', cursor.rest())?);
            if cursor.byte()? == b'"' {
                return Some(());
            }
            cursor.byte()?;
        },
        open @ (b'{' | b'[') => {
            let close = if open == b'{' { b'}' } else { b']' };
            if cursor.eat(close) {
                return Some(());
            }
            loop {
                if open == b'{' {
                    skip(cursor, depth + 1)?;
                    if !cursor.eat(b':') {
                        return None;
                    }
                }
                skip(cursor, depth + 1)?;
                if cursor.eat(close) {
                    return Some(());
                }
                if !cursor.eat(b',') {
                    return None;
                }
            }
        }
        byte if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'+' => {
            cursor.take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
            Some(())
        }
        _ => None,
    }
}

/// Reads a JSON string (the cursor stands at its opening quote). Invalid escapes are an error.
pub fn read_json_string(cursor: &mut Cursor<'_>, out: &mut Vec<u8>) -> Option<()> {
    if !cursor.eat(b'"') {
        return None;
    }
    loop {
        let plain = memchr::memchr2(b'"', b'\\', cursor.rest())?;
        out.extend_from_slice(cursor.take(plain));
        match cursor.byte()? {
            b'"' => return Some(()),
            _ => escape(cursor, out)?,
        }
    }
}

fn escape(cursor: &mut Cursor<'_>, out: &mut Vec<u8>) -> Option<()> {
    let byte = match cursor.byte()? {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => 0x08,
        b'f' => 0x0c,
        b'u' => {
            let mut code = hex4(cursor)?;
            if (0xD800..0xDC00).contains(&code) && cursor.rest().starts_with(b"\\u") {
                cursor.take(2);
                let low = hex4(cursor)?;
                code = 0x10000 + ((code - 0xD800) << 10) + (low.checked_sub(0xDC00)? & 0x3FF);
            }
            let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            return Some(());
        }
        other => other,
    };
    out.push(byte);
    Some(())
}

fn hex4(cursor: &mut Cursor<'_>) -> Option<u32> {
    let digits = std::str::from_utf8(cursor.take(4)).ok()?;
    u32::from_str_radix(digits, 16).ok()
}
