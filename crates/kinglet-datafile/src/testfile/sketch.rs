//! A look at a test file without a YAML reader, for a module that must stay small: it knows the block style that
//! test files are written in, and says nothing about a file that is written in another.

use kinglet_diagnostic::Span;

use super::EndpointTest;
use super::check::{Entry, Field, Shape, entry_problems};
use super::endpoint::TestProblem;
use crate::problem::{Parsed, Problem};

/// Says what is wrong with a test file, as [`parse_endpoint_tests`](super::parse_endpoint_tests) does but without
/// its tests. Of a file with anchors, tags, several documents or the like nothing is said.
pub fn check_endpoint_tests(text: &str) -> Parsed<Vec<EndpointTest>> {
    let problems = match (Sketch { text, at: 0 }).entries() {
        Ok(entries) => entry_problems(entries.into_iter()),
        Err(Stop::Wrong(problem)) => vec![*problem],
        Err(Stop::Beyond) => Vec::new(),
    };
    Parsed { value: Vec::new(), problems }
}

/// Why a file is not read to its end.
enum Stop {
    /// It is no YAML, or no list.
    Wrong(Box<Problem>),
    /// It is written in a way that is not known here.
    Beyond,
}

fn wrong<T>(span: Span, message: &str) -> Result<T, Stop> {
    Err(Stop::Wrong(Box::new(Problem::error("datafile/yaml", span, message))))
}

struct Sketch<'a> {
    text: &'a str,
    /// Start of the line to read next.
    at: usize,
}

/// A line with something on it.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// Offset of the first character that is no blank.
    start: usize,
    indent: usize,
    content: &'a str,
}

impl<'a> Sketch<'a> {
    /// The line at an offset and where the next starts; a line without a word has no content.
    fn line_at(&self, at: usize) -> Option<(Line<'a>, usize)> {
        let rest = self.text.get(at..).filter(|rest| !rest.is_empty())?;
        let whole = rest.split_inclusive('\n').next().unwrap_or(rest);
        let content = whole.trim_start_matches(' ');
        let indent = whole.len() - content.len();
        Some((
            Line { start: at + indent, indent, content: content.trim_end_matches([' ', '\n']) },
            at + whole.len(),
        ))
    }

    /// The next line with more than a comment on it, without going past it.
    fn peek(&mut self) -> Result<Option<Line<'a>>, Stop> {
        while let Some((line, next)) = self.line_at(self.at) {
            // Only `\n` ends lines here, and a tab is more than a blank.
            if line.content.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}', '\t']) {
                return Err(Stop::Beyond);
            }
            if !line.content.is_empty() && !line.content.starts_with('#') {
                return Ok(Some(line));
            }
            self.at = next;
        }
        Ok(None)
    }

    /// Goes past the line at the start.
    fn skip(&mut self) {
        self.at = self.line_at(self.at).map_or(self.text.len(), |(_, next)| next);
    }

    fn entries(mut self) -> Result<Vec<Entry>, Stop> {
        let Some(first) = self.peek()? else {
            let problem = Problem::error("datafile/test", Span::at(0), TestProblem::NotATest.message());
            return Err(Stop::Wrong(Box::new(problem)));
        };
        if item(first.content).is_none() {
            return Err(Stop::Beyond);
        }
        let mut entries = Vec::new();
        while let Some(line) = self.peek()? {
            match item(line.content).filter(|_| line.indent == first.indent) {
                Some(rest) => entries.push(self.entry(line, rest)?),
                None if line.content.starts_with(['%', '.', '-', '?']) => return Err(Stop::Beyond),
                None => return wrong(word(line), "expected <block end>, but found '<block mapping start>'"),
            }
        }
        Ok(entries)
    }

    /// The entry that starts on a line, `rest` being what follows the dash.
    fn entry(&mut self, line: Line<'a>, rest: &'a str) -> Result<Entry, Stop> {
        let moved = line.content.len() - rest.len();
        let mut first = Line { start: line.start + moved, indent: line.indent + moved, content: rest };
        let Some((key, _)) = key_of(rest) else {
            let is_word = rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.contains(':');
            self.skip();
            let ends = self.peek()?.is_none_or(|next| next.indent <= line.indent);
            let span = Span::new(first.start, first.start + without_comment(rest).len());
            return if is_word && ends { Ok(Entry { span, fields: None }) } else { Err(Stop::Beyond) };
        };
        let span = Span::new(first.start, first.start + key.len());
        let mut fields = Vec::new();
        loop {
            let field = self.field(first)?;
            if fields.iter().any(|known: &Field| known.key == field.key) {
                return Err(Stop::Beyond);
            }
            fields.push(field);
            match self.peek()? {
                Some(next) if next.indent == first.indent && item(next.content).is_none() => first = next,
                Some(next) if next.indent > line.indent => {
                    if item(next.content).is_some() || key_of(next.content).is_none() {
                        return Err(Stop::Beyond);
                    }
                    let message = if next.indent > first.indent {
                        "mapping values are not allowed here"
                    } else {
                        "expected <block end>, but found '<block mapping start>'"
                    };
                    return wrong(word(next), message);
                }
                _ => return Ok(Entry { span, fields: Some(fields) }),
            }
        }
    }

    /// The key and the value of a line, and of those after it that the value goes on in.
    fn field(&mut self, line: Line<'a>) -> Result<Field, Stop> {
        let Some((key, value)) = key_of(line.content) else { return self.without_colon(line) };
        let key_span = Span::new(line.start, line.start + key.len());
        let start = line.start + line.content.len() - value.len();
        self.skip();
        let (shape, end) = match value.chars().next() {
            None | Some('#') => (Shape::Null, start),
            Some('|' | '>') => (self.block(line, value)?, start),
            Some(quote @ ('"' | '\'')) => self.quoted(line, start, quote)?,
            Some('{' | '[') => nested(value, start)?,
            Some(c @ ('%' | '@' | '`')) => {
                let message = format!("found character '{c}' that cannot start any token");
                return wrong(Span::new(start, start + 1), &message);
            }
            Some(c) if c.is_ascii_alphanumeric() || !c.is_ascii() || "_.+-/(~=".contains(c) => {
                plain(value, start)?
            }
            Some(_) => return Err(Stop::Beyond),
        };
        let is_block = value.starts_with(['|', '>']);
        if !is_block
            && self.peek()?.is_some_and(|next| next.indent > line.indent)
            && !value.starts_with(['"', '\''])
        {
            return self.continued(key, value);
        }
        Ok(Field { key: key.to_owned(), key_span, value: shape, value_span: Span::new(start, end) })
    }

    /// A line in the place of a key: a mistake when it is a word that nothing follows.
    fn without_colon(&mut self, line: Line<'a>) -> Result<Field, Stop> {
        self.skip();
        let is_word = line.content.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_word && self.peek()?.is_none_or(|next| next.indent < line.indent) {
            return wrong(
                Span::new(line.start, line.start + line.content.len()),
                "could not find expected ':'",
            );
        }
        Err(Stop::Beyond)
    }

    /// A deeper line after a value: a key there is a mistake where the value stands on the line of its own key.
    fn continued(&mut self, key: &str, value: &str) -> Result<Field, Stop> {
        match self.peek()? {
            Some(next) if !value.is_empty() && !key.is_empty() && key_of(next.content).is_some() => {
                if value.starts_with(['#', '{', '[']) || value.contains(" #") {
                    return Err(Stop::Beyond);
                }
                let (key, _) = key_of(next.content).unwrap_or_default();
                let colon = next.start + key.len();
                wrong(Span::new(colon, colon + 1), "mapping values are not allowed here")
            }
            _ => Err(Stop::Beyond),
        }
    }

    /// A text in lines of its own, deeper than its key.
    fn block(&mut self, line: Line<'a>, header: &str) -> Result<Shape, Stop> {
        let header = without_comment(header);
        if self.at == self.text.len() || !matches!(header, "|" | "|-" | "|+" | ">" | ">-" | ">+") {
            return Err(Stop::Beyond);
        }
        let mut depth = 0;
        while let Some((next, end)) = self.line_at(self.at) {
            if next.content.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}']) {
                return Err(Stop::Beyond);
            }
            if !next.content.is_empty() {
                if next.indent <= line.indent {
                    break;
                }
                if next.indent < depth || next.content.starts_with('\t') {
                    return Err(Stop::Beyond);
                }
                depth = if depth == 0 { next.indent } else { depth };
            } else if depth == 0 && next.indent > line.indent {
                return Err(Stop::Beyond);
            }
            self.at = end;
        }
        Ok(Shape::Text(String::new()))
    }

    /// A text in quotes, which must end on its line.
    fn quoted(&mut self, line: Line<'a>, start: usize, quote: char) -> Result<(Shape, usize), Stop> {
        let body = self.text.get(start + 1..line.start + line.content.len()).unwrap_or("");
        let mut chars = body.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if quote == '"' => drop(chars.next()),
                '\'' if quote == '\'' && chars.next_if(|(_, next)| *next == '\'').is_some() => {}
                c if c == quote => {
                    let after = body.get(at + 1..).unwrap_or("");
                    if !without_comment(after).is_empty() || after.starts_with('#') {
                        return Err(Stop::Beyond);
                    }
                    let text = body.get(..at).unwrap_or("");
                    // Escapes are only told apart by the loader, which knows them all.
                    if text.contains('\\') && quote == '"' {
                        return Err(Stop::Beyond);
                    }
                    return Ok((Shape::Text(text.replace("''", "'")), start + at + 2));
                }
                _ => {}
            }
        }
        let rest = self.text.get(self.at..).unwrap_or("");
        if rest.contains(quote) {
            return Err(Stop::Beyond);
        }
        wrong(Span::new(start, line.start + line.content.len()), "found unexpected end of stream")
    }
}

/// The first word of a line.
fn word(line: Line<'_>) -> Span {
    let length = line.content.find([' ', ':']).unwrap_or(line.content.len());
    Span::new(line.start, line.start + length)
}

/// What follows the dash of an entry.
fn item(content: &str) -> Option<&str> {
    content.strip_prefix("- ").map(|rest| rest.trim_start_matches(' ')).filter(|rest| !rest.is_empty())
}

/// A key and what follows its colon.
fn key_of(content: &str) -> Option<(&str, &str)> {
    let (key, value) = content.split_once(':')?;
    let is_word = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !is_special(key);
    (is_word && (value.is_empty() || value.starts_with(' '))).then(|| (key, value.trim_start_matches(' ')))
}

/// A value without the comment after it.
fn without_comment(value: &str) -> &str {
    let value = value.find(" #").and_then(|end| value.get(..end)).unwrap_or(value);
    value.trim_end()
}

/// A mapping on one line as JSON writes it, of plain words and numbers.
fn nested(value: &str, start: usize) -> Result<(Shape, usize), Stop> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let quoted =
        |word: &str| word.strip_prefix('"').and_then(|word| word.strip_suffix('"')).is_some_and(is_word);
    let is_pair = |pair: &str| {
        let pair = pair.split_once(':').map(|(key, value)| (key.trim(), value.trim()));
        pair.is_some_and(|(key, value)| quoted(key) && (quoted(value) || is_word(value)))
    };
    let inside = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if inside.is_some_and(|inside| inside.split(',').all(is_pair)) {
        Ok((Shape::Nested, start + 1))
    } else {
        Err(Stop::Beyond)
    }
}

/// A value without quotes.
fn plain(value: &str, start: usize) -> Result<(Shape, usize), Stop> {
    let text = without_comment(value);
    let after_colon =
        |at: usize| text.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if let Some((at, _)) = text.match_indices(':').find(|(at, _)| after_colon(*at)) {
        return wrong(Span::new(start + at, start + at + 1), "mapping values are not allowed here");
    }
    if text.starts_with("- ") || text == "-" || text == "=" || text.starts_with("...") {
        return Err(Stop::Beyond);
    }
    let end = start + text.len();
    let is_digits = text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    let shape = match text {
        "null" | "Null" | "NULL" | "~" => Shape::Null,
        _ if is_special(text) => Shape::Scalar,
        _ if is_digits && !text.starts_with('0') => Shape::Int(text.parse().unwrap_or_default()),
        // It may be a number or a date in one of many spellings.
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) && may_be_number(text) => {
            return Err(Stop::Beyond);
        }
        _ => Shape::Text(text.to_owned()),
    };
    Ok((shape, end))
}

fn may_be_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_hexdigit() || "xoinINTtZz_+-.: ".contains(c))
}

/// Whether a word is a truth value or nothing.
fn is_special(word: &str) -> bool {
    ["yes", "no", "true", "false", "on", "off", "null"].iter().any(|known| {
        let rest = word.get(1..).unwrap_or("");
        word.eq_ignore_ascii_case(known)
            && (known.ends_with(rest) || word.bytes().all(|byte| byte.is_ascii_uppercase()))
    })
}
