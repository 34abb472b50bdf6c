//! Values as text: `str()` and `repr()`.

use super::exception::{Outcome, Stop};
use super::{Heap, Number, Object, View, float, integer};

/// Containers inside containers that are printed.
const MAX_DEPTH: usize = 48;

/// Bytes of text that one value may print as.
const MAX_LENGTH: usize = 8 << 20;

/// `str(value)`.
pub(crate) fn str(value: &Object, heap: &Heap<'_>) -> Outcome<String> {
    match value {
        Object::Str(text) | Object::Sql(text) | Object::Symbol(text) => Ok(text.to_string()),
        Object::Cast(cast) => Ok(cast.sql.to_string()),
        Object::Placeholder => Ok("__no_value__".to_owned()),
        Object::Exception(raised) => Ok(raised.text()),
        _ => repr(value, heap),
    }
}

/// `repr(value)`.
pub(crate) fn repr(value: &Object, heap: &Heap<'_>) -> Outcome<String> {
    let mut out = String::new();
    write_repr(&mut out, value, heap, 0)?;
    Ok(out)
}

fn write_repr(out: &mut String, value: &Object, heap: &Heap<'_>, depth: usize) -> Outcome<()> {
    heap.visit()?;
    if depth > MAX_DEPTH {
        return Err(Stop::Limit("a value is nested too deeply"));
    }
    if out.len() > MAX_LENGTH {
        return Err(Stop::Limit("a value is too long"));
    }
    match value {
        Object::None => out.push_str("None"),
        Object::Bool(true) => out.push_str("True"),
        Object::Bool(false) => out.push_str("False"),
        Object::Int(value) => out.push_str(&integer::to_text(value)?),
        Object::Float(value) => out.push_str(&float::repr(*value)),
        Object::Str(text) | Object::Sql(text) => write_quoted(out, text),
        Object::Cast(cast) => match &cast.number {
            Number::Int(value) => out.push_str(&integer::to_text(value)?),
            Number::Float(value) => out.push_str(&float::repr(*value)),
        },
        // These have no literal form; they are shown as quoted text so that nothing of them ends up outside quotes.
        Object::Symbol(text) => write_quoted(out, text),
        Object::Placeholder => out.push_str("'__no_value__'"),
        Object::List(id) => write_items(out, heap.items(*id), heap, depth, ("[", "]"))?,
        Object::Tuple(id) => {
            let items = heap.items(*id);
            let close = if items.len() == 1 { ",)" } else { ")" };
            write_items(out, items, heap, depth, ("(", close))?;
        }
        Object::Dict(id) => write_dict(out, heap.table(*id).entries(), heap, depth)?,
        Object::Set(id) => {
            let keys: Vec<Object> = heap.table(*id).entries().iter().map(|(key, _)| key.clone()).collect();
            let brackets = if keys.is_empty() { ("set(", ")") } else { ("{", "}") };
            write_items(out, &keys, heap, depth, brackets)?;
        }
        Object::View(id, view) => write_view(out, heap.table(*id).entries(), *view, heap, depth)?,
        Object::Range(range) => {
            let step = if range.step == 1 { String::new() } else { format!(", {}", range.step) };
            out.push_str(&format!("range({}, {}{step})", range.start, range.stop));
        }
        Object::Slice(id) => write_items(out, heap.items(*id), heap, depth, ("slice(", ")"))?,
        Object::Exception(raised) => {
            out.push_str(raised.class);
            out.push('(');
            write_quoted(out, &raised.message);
            out.push(')');
        }
        Object::Class(name) => out.push_str(&format!("<class '{name}'>")),
        Object::Function(name @ ("enumerate" | "filter" | "map" | "reversed" | "zip")) => {
            out.push_str(&format!("<class '{name}'>"));
        }
        Object::Function(name) => out.push_str(&format!("<built-in function {name}>")),
        Object::Lambda(_) => out.push_str("<function <lambda>>"),
        Object::Method(method) => out.push_str(&format!("<built-in method {}>", method.1)),
        Object::Iterator(_) => out.push_str("<generator>"),
        Object::Ellipsis => out.push_str("Ellipsis"),
    }
    Ok(())
}

fn write_items(
    out: &mut String,
    items: &[Object],
    heap: &Heap<'_>,
    depth: usize,
    (open, close): (&str, &str),
) -> Outcome<()> {
    out.push_str(open);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write_repr(out, item, heap, depth + 1)?;
    }
    out.push_str(close);
    Ok(())
}

fn write_dict(out: &mut String, entries: &[(Object, Object)], heap: &Heap<'_>, depth: usize) -> Outcome<()> {
    out.push('{');
    for (at, (key, value)) in entries.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write_repr(out, key, heap, depth + 1)?;
        out.push_str(": ");
        write_repr(out, value, heap, depth + 1)?;
    }
    out.push('}');
    Ok(())
}

fn write_view(
    out: &mut String,
    entries: &[(Object, Object)],
    view: View,
    heap: &Heap<'_>,
    depth: usize,
) -> Outcome<()> {
    let (name, which) = match view {
        View::Keys => ("dict_keys([", 0),
        View::Values => ("dict_values([", 1),
        View::Items => ("dict_items([", 2),
    };
    out.push_str(name);
    for (at, (key, value)) in entries.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        match which {
            0 => write_repr(out, key, heap, depth + 1)?,
            1 => write_repr(out, value, heap, depth + 1)?,
            _ => {
                out.push('(');
                write_repr(out, key, heap, depth + 1)?;
                out.push_str(", ");
                write_repr(out, value, heap, depth + 1)?;
                out.push(')');
            }
        }
    }
    out.push_str("])");
    Ok(())
}

/// `text` as Python's `repr` shows a string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_quoted(&mut out, text);
    out
}

fn write_quoted(out: &mut String, text: &str) {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push(quote);
}

/// Whether Python prints a character as itself.
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return c == ' ' || c.is_ascii_graphic();
    }
    // The standard library escapes the same classes of characters, except for combining marks at the start of a
    // text; a letter in front takes care of those.
    let mut pair = [0; 5];
    pair[0] = b'a';
    let length = c.encode_utf8(&mut pair[1..]).len();
    let text = std::str::from_utf8(pair.get(..=length).unwrap_or(b"a")).unwrap_or("a");
    text.escape_debug().nth(1) == Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_as_in_python() {
        assert_eq!(quoted("a'b"), "\"a'b\"");
        assert_eq!(quoted("e'f\"g"), "'e\\'f\"g'");
        assert_eq!(quoted("é\u{200b}🚚\u{1f}\u{ad}\u{301}"), "'é\\u200b🚚\\x1f\\xad\u{301}'");
    }
}
