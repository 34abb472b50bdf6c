//! Statements: a directive with its words or its block.

use kinglet_diagnostic::Span;

use crate::options::Options;
use crate::problem::Problem;
use crate::text::{
    Line, SourceText, Word, expand, is_blank_or_comment, is_space, lines, split_words, unquote,
};

/// A directive line, or a block opened by `DIRECTIVE >` with its lines.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'a> {
    /// The directive as written.
    pub(crate) keyword: Word,
    /// The words after it; for a block, `>` and what follows it.
    pub(crate) arguments: Vec<Word>,
    /// The lines of the block without blank lines and comments.
    pub(crate) body: Option<Vec<Line<'a>>>,
    /// Number of the line the directive stands on.
    pub(crate) line: usize,
    /// The line Tinybird reports for an error in the directive's handler. For a block it is the
    /// opening line plus the line that ended it.
    pub(crate) reported_line: usize,
    /// Number and text of the last line read when the statement was complete.
    pub(crate) last: (usize, &'a str),
}

/// Splits a file into statements. `is_directive` tells which lower-case words end an open block when
/// they stand at the start of a line.
pub(crate) fn statements<'a>(text: &'a str, is_directive: impl Fn(&str) -> bool) -> Vec<Statement<'a>> {
    let all = lines(text);
    let mut found = Vec::new();
    let mut open: Option<Statement<'a>> = None;
    for line in &all {
        if is_blank_or_comment(line.text) {
            continue;
        }
        let words = split_words(line);
        if let Some(block) = &mut open {
            let ends = !line.text.starts_with(is_space)
                && words.first().is_some_and(|word| is_directive(&word.text.to_ascii_lowercase()));
            if !ends {
                block.body.get_or_insert_default().push(*line);
                continue;
            }
        }
        found.extend(open.take().map(|block| closed(block, line.number, line.text)));
        let mut words = words.into_iter();
        let Some(keyword) = words.next() else { continue };
        let arguments: Vec<Word> = words.collect();
        let opens = arguments.first().is_some_and(|word| word.text == ">");
        let statement = Statement {
            keyword,
            arguments,
            body: opens.then(Vec::new),
            line: line.number,
            reported_line: line.number,
            last: (line.number, line.text),
        };
        if opens {
            open = Some(statement);
        } else {
            found.push(statement);
        }
    }
    let end = (all.len() + 1, all.last().map_or("", |line| line.text));
    found.extend(open.map(|block| closed(block, end.0, end.1)));
    found
}

fn closed<'a>(mut block: Statement<'a>, line: usize, text: &'a str) -> Statement<'a> {
    block.reported_line = block.line + line;
    block.last = (line, text);
    block
}

impl<'a> Statement<'a> {
    /// The directive in lower case.
    pub(crate) fn name(&self) -> String {
        self.keyword.text.to_ascii_lowercase()
    }

    /// Whether it is a block.
    pub(crate) fn is_block(&self) -> bool {
        self.body.is_some()
    }

    /// The value as one text: the trimmed block, or the words joined by single spaces.
    pub(crate) fn value(&self) -> SourceText {
        match &self.body {
            Some(body) => SourceText::from_lines(body).trimmed(),
            None => SourceText::replaced(self.joined(" "), self.argument_span()),
        }
    }

    /// The words joined by a separator.
    pub(crate) fn joined(&self, separator: &str) -> String {
        let words: Vec<&str> = self.arguments.iter().map(|word| word.text.as_str()).collect();
        words.join(separator)
    }

    /// The value without its quotes, or the problem of having none.
    pub(crate) fn unquoted(&self) -> Result<SourceText, Problem> {
        let value = self.value();
        match unquote(&value.text) {
            None => Err(self.missing_value()),
            Some(inner) if inner.len() == value.text.len() => Ok(value),
            // Words that stand closer or farther apart than joined have no places of their own.
            Some(inner) if value.text.len() != value.span.len() => {
                Ok(SourceText::replaced(inner.to_owned(), value.span))
            }
            Some(inner) => Ok(SourceText::contiguous(inner, value.span.start as usize + 1)),
        }
    }

    /// The value without quotes and with environment variables replaced.
    pub(crate) fn expanded(&self, options: &Options) -> Result<SourceText, Problem> {
        let value = self.unquoted()?;
        Ok(if options.expand { expand_text(value, options) } else { value })
    }

    /// The place of the value, or of the directive when it has none.
    pub(crate) fn argument_span(&self) -> Span {
        let words = self.arguments.first().zip(self.arguments.last());
        words.map_or(self.keyword.span, |(first, last)| first.span.to(last.span))
    }

    /// An error that Tinybird places at the start of the directive's line.
    pub(crate) fn error(&self, code: &'static str, message: impl Into<String>) -> Problem {
        Problem::error(code, self.keyword.span, message).at(self.reported_line, 1)
    }

    /// The error for a directive that does not belong in files of this kind.
    pub(crate) fn unknown_directive(&self, kind: &str) -> Problem {
        let word = self.keyword.text.to_ascii_uppercase();
        let message = format!("{word} is not a valid option in {kind} files.");
        Problem::error("datafile/unknown-directive", self.keyword.span, message).at(self.line, 0)
    }

    /// The error for a block where the directive takes a single line.
    pub(crate) fn not_multiline(&self) -> Problem {
        let message =
            format!("{} does not support multiline arguments", self.keyword.text.to_ascii_uppercase());
        Problem::error("datafile/not-multiline", self.keyword.span, message).at(self.line, 1)
    }

    /// The error for a directive without its value: in the words Tinybird has for the directive that it finds in the
    /// last line it read.
    pub(crate) fn missing_value(&self) -> Problem {
        const NAMED: [(&str, &str); 3] =
            [("node", "node name"), ("sql", "sql query"), ("datasource", "datasource name")];
        let (line, text) = self.last;
        let lower = text.to_ascii_lowercase();
        if let Some((word, what)) = NAMED.iter().find(|(word, _)| lower.contains(word)) {
            let label = word.to_ascii_uppercase();
            let message = format!("Missing {what} for pipe creation after the {label} label");
            return Problem::error("datafile/missing-value", self.keyword.span, message);
        }
        let directive = self.keyword.text.to_ascii_uppercase();
        let message = format!("Validation error, found {text}\n in line {line}: {directive} needs a value");
        Problem::error("datafile/missing-value", self.keyword.span, message).in_line(line)
    }
}

/// Replaces environment variables whatever the options say about values.
pub(crate) fn expand_text(value: SourceText, options: &Options) -> SourceText {
    let text = expand(&value.text, &|name| options.environment.get(name).cloned());
    if text == value.text { value } else { SourceText::replaced(text, value.span) }
}
