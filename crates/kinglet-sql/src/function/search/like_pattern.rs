//! LIKE patterns.

use arrow::array::ArrayRef;
use kinglet_types::Result;
use memchr::memmem;

use crate::function::{Call, result};

/// Compares argument 1 with the pattern in argument 2.
pub(super) fn matches(call: &Call<'_>, any_case: bool, negated: bool) -> Result<ArrayRef> {
    let (text, pattern) = (call.bytes(0)?, call.bytes(1)?);
    let mut compiled: Option<(Vec<u8>, Pattern)> = None;
    result::flags(call.rows, |row| {
        let source = pattern.get(row);
        if compiled.as_ref().is_none_or(|(known, _)| known != source) {
            compiled = Some((source.to_vec(), Pattern::new(source, any_case)));
        }
        let found = compiled.as_ref().is_some_and(|(_, pattern)| pattern.matches(text.get(row)));
        Ok(found != negated)
    })
}

/// One element of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Byte(u8),
    /// `_`: one character.
    One,
    /// `%`: any bytes.
    Many,
}

/// A pattern made ready. The common shapes need no backtracking.
enum Shape {
    Equal(Vec<u8>),
    Prefix(Vec<u8>),
    Suffix(Vec<u8>),
    Contains(Box<memmem::Finder<'static>>),
    /// Texts in this order with anything between them.
    Parts {
        prefix: Vec<u8>,
        middle: Vec<memmem::Finder<'static>>,
        suffix: Vec<u8>,
    },
    Items(Vec<Item>),
}

/// A LIKE pattern.
struct Pattern {
    shape: Shape,
    any_case: bool,
}

impl Pattern {
    fn new(source: &[u8], any_case: bool) -> Self {
        let folded = if any_case { lower(source) } else { source.to_vec() };
        Self { shape: shape(items(&folded)), any_case }
    }

    fn matches(&self, text: &[u8]) -> bool {
        if self.any_case { self.matches_folded(&lower(text)) } else { self.matches_folded(text) }
    }

    fn matches_folded(&self, text: &[u8]) -> bool {
        match &self.shape {
            Shape::Equal(other) => text == other.as_slice(),
            Shape::Prefix(prefix) => text.starts_with(prefix),
            Shape::Suffix(suffix) => text.ends_with(suffix),
            Shape::Contains(needle) => needle.find(text).is_some(),
            Shape::Parts { prefix, middle, suffix } => parts(text, prefix, middle, suffix),
            Shape::Items(items) => walk(items, text),
        }
    }
}

fn lower(text: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(text) {
        Ok(text) => text.to_lowercase().into_bytes(),
        Err(_) => text.to_ascii_lowercase(),
    }
}

fn items(source: &[u8]) -> Vec<Item> {
    let mut items = Vec::with_capacity(source.len());
    let mut bytes = source.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' if items.last() == Some(&Item::Many) => {}
            b'%' => items.push(Item::Many),
            b'_' => items.push(Item::One),
            b'\\' => match bytes.next() {
                Some(escaped @ (b'%' | b'_' | b'\\')) => items.push(Item::Byte(escaped)),
                Some(other) => items.extend([Item::Byte(b'\\'), Item::Byte(other)]),
                None => items.push(Item::Byte(b'\\')),
            },
            other => items.push(Item::Byte(other)),
        }
    }
    items
}

fn shape(items: Vec<Item>) -> Shape {
    let literal = |part: &[Item]| -> Option<Vec<u8>> {
        let byte = |item: &Item| if let Item::Byte(byte) = item { Some(*byte) } else { None };
        part.iter().map(byte).collect()
    };
    let found = match items.as_slice() {
        [Item::Many, inner @ .., Item::Many] => {
            literal(inner).map(|needle| Shape::Contains(Box::new(memmem::Finder::new(&needle).into_owned())))
        }
        [Item::Many, rest @ ..] => literal(rest).map(Shape::Suffix),
        [rest @ .., Item::Many] => literal(rest).map(Shape::Prefix),
        all => literal(all).map(Shape::Equal),
    };
    found.or_else(|| in_parts(&items)).unwrap_or(Shape::Items(items))
}

/// A pattern without `_` in its parts between `%`s.
fn in_parts(items: &[Item]) -> Option<Shape> {
    let texts = items
        .split(|item| *item == Item::Many)
        .map(|part| {
            part.iter().map(|item| if let Item::Byte(byte) = item { Some(*byte) } else { None }).collect()
        })
        .collect::<Option<Vec<Vec<u8>>>>()?;
    let [prefix, middle @ .., suffix] = texts.as_slice() else { return None };
    let middle = middle.iter().map(|text| memmem::Finder::new(text).into_owned()).collect();
    Some(Shape::Parts { prefix: prefix.clone(), middle, suffix: suffix.clone() })
}

fn parts(text: &[u8], prefix: &[u8], middle: &[memmem::Finder<'static>], suffix: &[u8]) -> bool {
    let Some(mut rest) = text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix)) else {
        return false;
    };
    for needle in middle {
        let after = needle.find(rest).and_then(|at| rest.get(at + needle.needle().len()..));
        let Some(after) = after else { return false };
        rest = after;
    }
    true
}

/// Matches with one point to return to: after a `%`, the shortest run that fits is enough.
fn walk(items: &[Item], text: &[u8]) -> bool {
    let (mut item, mut at) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() || item < items.len() {
        let step = match items.get(item) {
            Some(Item::Many) => {
                retry = Some((item + 1, at));
                item += 1;
                continue;
            }
            Some(Item::Byte(byte)) if text.get(at) == Some(byte) => 1,
            Some(Item::One) if at < text.len() => character_length(&text[at..]),
            _ => 0,
        };
        if step > 0 {
            (item, at) = (item + 1, at + step);
            continue;
        }
        let Some((after, start)) = retry.filter(|(_, start)| *start < text.len()) else { return false };
        retry = Some((after, start + 1));
        (item, at) = (after, start + 1);
    }
    true
}

/// Bytes of the first character; a byte that starts none is one of its own.
fn character_length(text: &[u8]) -> usize {
    let continuing = text.iter().skip(1).take_while(|byte| **byte & 0xC0 == 0x80).count();
    match text.first() {
        Some(0xC0..=0xDF) => 1 + continuing.min(1),
        Some(0xE0..=0xEF) => 1 + continuing.min(2),
        Some(0xF0..=0xF7) => 1 + continuing.min(3),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(text: &str, pattern: &str) -> bool {
        Pattern::new(pattern.as_bytes(), false).matches(text.as_bytes())
    }

    #[test]
    fn wildcards_match_as_in_clickhouse() {
        for (text, pattern, expected) in [
            ("kinglet", "kinglet", true),
            ("kinglet", "king%", true),
            ("kinglet", "%let", true),
            ("kinglet", "%ngl%", true),
            ("kinglet", "k%g%t", true),
            ("kinglet", "k_nglet", true),
            ("kinglet", "%i%l%", true),
            ("kinglet", "%l%i%", false),
            ("kinglet", "king%glet", false),
            ("kinglet", "%ing%et", true),
            ("kinglet", "k_let", false),
            ("ü", "_", true),
            ("100%", "100\\%", true),
            ("1000", "100\\%", false),
            ("", "%", true),
            ("", "_", false),
            ("aaab", "%a_", true),
            ("a\\d", "a\\d", true),
        ] {
            assert_eq!(like(text, pattern), expected, "{text} LIKE {pattern}");
        }
        assert!(Pattern::new(b"KING%", true).matches("kinglet".as_bytes()));
    }
}
