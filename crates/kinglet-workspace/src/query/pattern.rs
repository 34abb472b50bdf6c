//! What a `LIKE` pattern tells of the texts that match it.

use kinglet_storage::{TextTest, words};

/// What is known of every text that matches a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// How it begins.
    pub(super) prefix: Vec<u8>,
    /// What it holds.
    pub(super) text: TextTest,
}

/// Bytes of the pattern between its wildcards.
#[derive(Default)]
struct Piece {
    bytes: Vec<u8>,
    /// It is at the text's start, or its end.
    at_start: bool,
    at_end: bool,
}

/// Reads a pattern: `%` stands for any bytes, `_` for one character, a backslash takes the next one literally.
pub(super) fn known(pattern: &[u8]) -> Known {
    let mut pieces = vec![Piece { at_start: true, ..Piece::default() }];
    let mut bytes = pattern.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' | b'_' => pieces.push(Piece::default()),
            b'\\' => push(&mut pieces, *bytes.next().unwrap_or(&b'\\')),
            other => push(&mut pieces, *other),
        }
    }
    if let Some(last) = pieces.last_mut() {
        last.at_end = true;
    }
    let mut known = Known::default();
    for piece in pieces.into_iter().filter(|piece| !piece.bytes.is_empty()) {
        known.text.words.extend(whole_words(&piece));
        if piece.at_start {
            known.prefix.clone_from(&piece.bytes);
        }
        known.text.pieces.push(piece.bytes);
    }
    known
}

fn push(pieces: &mut [Piece], byte: u8) {
    if let Some(last) = pieces.last_mut() {
        last.bytes.push(byte);
    }
}

/// The words of a piece that cannot go on beyond it.
fn whole_words(piece: &Piece) -> Vec<Vec<u8>> {
    let found: Vec<&[u8]> = words(&piece.bytes).collect();
    let starts_inside = |word: &[u8]| piece.bytes.starts_with(word) && !piece.at_start;
    let ends_inside = |word: &[u8]| piece.bytes.ends_with(word) && !piece.at_end;
    let last = found.len().saturating_sub(1);
    let whole = found
        .iter()
        .enumerate()
        .filter(|(at, word)| !(*at == 0 && starts_inside(word) || *at == last && ends_inside(word)));
    whole.map(|(_, word)| word.to_vec()).collect()
}

/// The least text after all that begin with `prefix`, if there is one.
pub(super) fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < 0xff {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_tell_pieces_words_and_the_start() {
        let cases: [(&str, &str, &[&str], &[&str]); 8] = [
            ("%needle%", "", &["needle"], &[]),
            ("% needle %", "", &[" needle "], &["needle"]),
            ("GET /shop/%", "GET /shop/", &["GET /shop/"], &["GET", "shop"]),
            ("%a b c%", "", &["a b c"], &["b"]),
            ("abc", "abc", &["abc"], &["abc"]),
            ("a_c%", "a", &["a", "c"], &[]),
            (r"100\% of\_%", "100% of_", &["100% of_"], &["100", "of"]),
            ("%%", "", &[], &[]),
        ];
        for (pattern, prefix, pieces, words) in cases {
            let owned = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
            let text = TextTest { pieces: owned(pieces), words: owned(words) };
            assert_eq!(known(pattern.as_bytes()), Known { prefix: prefix.into(), text }, "{pattern}");
        }
        assert_eq!(after(b"ab\xff"), Some(b"ac".to_vec()));
        assert_eq!(after(b"\xff"), None);
    }
}
