//! Words of a directive line.
//!
//! A line with a quote, a backslash or a `#` is split the way a shell lexer without escapes does:
//! a quote opens a quoted word only where a word starts, the quotes stay in the word, the closing
//! quote ends it, and `#` outside quotes starts a comment. Any other line is split at white space.

use kinglet_diagnostic::Span;

use super::Line;
use super::line::is_space;

/// A word and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The text, quotes included.
    pub(crate) text: String,
    /// Its place in the file.
    pub(crate) span: Span,
}

/// Splits a line into words; a comment yields none.
///
/// A line with an unclosed quote becomes one word in single quotes, which no directive is called.
pub(crate) fn split_words(line: &Line<'_>) -> Vec<Word> {
    if line.text.contains(['"', '\'', '\\', '#']) {
        shell_words(line).unwrap_or_else(|| vec![whole_line(line)])
    } else {
        spaced_words(line)
    }
}

fn spaced_words(line: &Line<'_>) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.text.char_indices() {
        match (is_space(c), start) {
            (true, Some(from)) => {
                words.push(word(line, from, at));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(word(line, from, line.text.len()));
    }
    words
}

fn shell_words(line: &Line<'_>) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    for (at, c) in line.text.char_indices() {
        match (quote, start) {
            (Some(open), _) if c != open => {}
            (Some(_), from) => {
                words.push(word(line, from.unwrap_or(at), at + c.len_utf8()));
                (quote, start) = (None, None);
            }
            (None, _) if c == '#' => {
                if let Some(from) = start {
                    words.push(word(line, from, at));
                }
                return Some(words);
            }
            (None, Some(from)) if is_shell_space(c) => {
                words.push(word(line, from, at));
                start = None;
            }
            (None, None) if is_shell_space(c) => {}
            (None, None) => {
                start = Some(at);
                quote = matches!(c, '"' | '\'').then_some(c);
            }
            (None, Some(_)) => {}
        }
    }
    if quote.is_some() {
        return None;
    }
    if let Some(from) = start {
        words.push(word(line, from, line.text.len()));
    }
    Some(words)
}

fn is_shell_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn word(line: &Line<'_>, from: usize, to: usize) -> Word {
    let text = line.text.get(from..to).unwrap_or("").to_owned();
    Word { text, span: Span::new(line.start + from, line.start + to) }
}

fn whole_line(line: &Line<'_>) -> Word {
    let inner = match line.text.split_once('\'') {
        Some((before, _)) => before.to_owned(),
        None => format!("{}\n", line.text),
    };
    Word { text: format!("'{inner}'"), span: line.span() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        split_words(&Line { number: 1, text: line, start: 0 }).into_iter().map(|w| w.text).collect()
    }

    #[test]
    fn splits_like_a_shell_lexer_without_escapes() {
        assert_eq!(texts("A b\u{a0}c"), ["A", "b", "c"]);
        assert_eq!(texts(r#"A "b c" d"#), ["A", r#""b c""#, "d"]);
        assert_eq!(texts("A it's"), ["A", "it's"]);
        assert_eq!(texts(r#"A "a"b"#), ["A", r#""a""#, "b"]);
        assert_eq!(texts("A 'a''b'"), ["A", "'a'", "'b'"]);
        assert_eq!(texts("A b#c d"), ["A", "b"]);
        assert_eq!(texts("  # only"), Vec::<String>::new());
        assert_eq!(texts(r#"A "b # c"#), ["'A \"b # c\n'"]);
        assert_eq!(texts("NODE '"), ["'NODE '"]);
    }
}
