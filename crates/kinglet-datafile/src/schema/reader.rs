//! Reads columns one after the other; stops at the first error, as Tinybird does.

use kinglet_diagnostic::Span;

use super::keyword::{self, Found, Keyword};
use super::scanner::{Place, Scanner};
use super::type_text::{self, At};
use crate::column::{Column, split_nullable};
use crate::text::SourceText;

/// An error in a schema; the span lies in the schema's text.
pub(super) struct ColumnError {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) hint: Option<&'static str>,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) span: Span,
}

const USE_BACKTICKS: &str = "Hint: use backticks";
const USE_INDEXES: &str = "Indexes are not allowed in SCHEMA section. Use the INDEXES section instead";

/// The parts of a column, in the order of their names in messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Name,
    Type,
    Default,
    Codec,
    Jsonpath,
}

/// How much is demanded of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// The `SCHEMA` of a datafile.
    Datafile,
    /// Columns as SQL, when an engine is checked against them: all ClickHouse types and
    /// `MATERIALIZED` are allowed, a trailing comma is not.
    Sql,
}

/// Errors after which reading a schema stops.
const MAX_ERRORS: usize = 20;

/// The columns that could be read, and the errors in the order of the text. After an error, reading goes
/// on behind the next comma; Tinybird stops at the first one.
pub(super) fn read(source: &SourceText, rules: Rules) -> (Vec<Column>, Vec<ColumnError>) {
    let mut reader = Reader { scanner: Scanner::new(&source.text), source, rules, boundary: 0 };
    let mut columns = Vec::new();
    let mut errors = Vec::new();
    while errors.len() < MAX_ERRORS {
        match reader.column() {
            Ok(Some(column)) => columns.push(column),
            Ok(None) => break,
            Err(error) => {
                errors.push(error);
                reader.recover();
            }
        }
    }
    (columns, errors)
}

struct Reader<'a> {
    scanner: Scanner,
    source: &'a SourceText,
    rules: Rules,
    /// Position after the last comma between columns, or after the last column.
    boundary: usize,
}

/// A column in the making, with positions of its parts in the scanner.
#[derive(Default)]
struct Draft {
    column: Column,
    start: usize,
    name_place: Place,
    type_range: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn column(&mut self) -> Result<Option<Column>, ColumnError> {
        self.scanner.skip_spaces();
        let Some(mut draft) = self.name()? else { return Ok(None) };
        let mut part = Part::Name;
        loop {
            match keyword::ahead(&self.scanner, part.is_value()) {
                Some(found) => part = self.clause(&found, part, &mut draft)?,
                None => {
                    let before = self.scanner.position();
                    self.scanner.skip_spaces();
                    match self.scanner.peek() {
                        None => break,
                        Some(',') => {
                            self.check_space_before_comma(part, &draft, before)?;
                            self.scanner.skip(1);
                            self.boundary = self.scanner.position();
                            self.check_trailing_comma()?;
                            return self.finished(draft, before).map(Some);
                        }
                        Some(_)
                            if draft.type_range.is_none() && matches!(part, Part::Name | Part::Jsonpath) =>
                        {
                            part = self.r#type(&mut draft)?;
                        }
                        Some(_) => {
                            let message = format!("Unexpected TYPE after {}", part.label());
                            return Err(self.error_before("datafile/column-order", message, before));
                        }
                    }
                }
            }
        }
        let end = self.scanner.position();
        self.boundary = end;
        self.finished(draft, end).map(Some)
    }

    /// Moves behind the next comma outside parentheses, unless the column in error was read to its end.
    fn recover(&mut self) {
        if self.scanner.position() == self.boundary && self.boundary > 0 {
            return;
        }
        let mut depth = 0usize;
        while let Some(c) = self.scanner.peek() {
            self.scanner.skip(1);
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => break,
                _ => {}
            }
        }
        self.boundary = self.scanner.position();
    }

    /// White space between a name or a path and a comma is read as the start of a type.
    fn check_space_before_comma(&self, part: Part, draft: &Draft, before: usize) -> Result<(), ColumnError> {
        if before == self.scanner.position() || !matches!(part, Part::Name | Part::Jsonpath) {
            return Ok(());
        }
        if draft.type_range.is_some() || draft.column.default.is_some() {
            let message = format!("Unexpected TYPE after {}", part.label());
            return Err(self.error_before("datafile/column-order", message, before));
        }
        Err(self.error_here("datafile/missing-value", "Missing mandatory value for TYPE"))
    }

    fn check_trailing_comma(&self) -> Result<(), ColumnError> {
        if self.rules == Rules::Sql && self.scanner.peek().is_none() {
            return Err(self.error_here("datafile/column-name", "Syntax error: expecting NAME, found EOF"));
        }
        Ok(())
    }

    /// Reads the name; `None` at the end of the text. An empty name in backticks is passed over.
    fn name(&mut self) -> Result<Option<Draft>, ColumnError> {
        loop {
            self.scanner.skip_spaces();
            let start = self.scanner.position();
            let name_place = self.scanner.place();
            let quoted = match self.scanner.peek() {
                None => return Ok(None),
                Some('`') => true,
                Some(_) => false,
            };
            let name = if quoted { self.quoted_name()? } else { self.bare_name()? };
            if name.is_empty() {
                continue;
            }
            let end = self.scanner.position();
            if name == "INDEX" {
                let place = self.scanner.place_at(end.saturating_sub(1));
                let column = (place.1 + 1).saturating_sub(name.len());
                let error = self.error_at("datafile/index-in-schema", "Forbidden INDEX definition", start);
                return Err(ColumnError { line: place.0, column, hint: Some(USE_INDEXES), ..error });
            }
            let name_span = self.source.file_span(self.scanner.span(start, end));
            let column = Column { name, name_span, ..Column::default() };
            return Ok(Some(Draft { column, start, name_place, type_range: None }));
        }
    }

    fn quoted_name(&mut self) -> Result<String, ColumnError> {
        self.scanner.skip(1);
        self.until_backtick()
    }

    /// The text up to a closing backtick, which is passed; white space may not stand in it.
    fn until_backtick(&mut self) -> Result<String, ColumnError> {
        let from = self.scanner.position();
        loop {
            match self.scanner.peek() {
                Some('`') => break,
                Some(c) if self.rules == Rules::Sql || !c.is_whitespace() => self.scanner.skip(1),
                _ => return Err(self.error_here("datafile/unclosed-backtick", "Expected closing backtick")),
            }
        }
        let text = self.scanner.text(from, self.scanner.position());
        self.scanner.skip(1);
        Ok(text)
    }

    fn bare_name(&mut self) -> Result<String, ColumnError> {
        let from = self.scanner.position();
        while let Some(c) = self.scanner.peek().filter(|c| !c.is_whitespace()) {
            if !(c.is_ascii_alphanumeric() || "._`*<>+-'".contains(c)) {
                let message = format!("Column name contains invalid character {}", shown(c));
                let error = self.error_here("datafile/column-name", message);
                return Err(ColumnError { hint: Some(USE_BACKTICKS), ..error });
            }
            self.scanner.skip(1);
        }
        Ok(self.scanner.text(from, self.scanner.position()))
    }

    fn r#type(&mut self, draft: &mut Draft) -> Result<Part, ColumnError> {
        let from = self.scanner.position();
        self.value(false)?;
        let to = self.scanner.position();
        draft.type_range = Some((from, to));
        self.check_type(self.scanner.text(from, to).trim_end(), from, to)?;
        Ok(Part::Type)
    }

    /// Reads a clause that a keyword opens.
    fn clause(&mut self, found: &Found, part: Part, draft: &mut Draft) -> Result<Part, ColumnError> {
        self.check_clause(found, part, &draft.column)?;
        self.scanner.skip(found.spaces + found.length);
        match found.keyword {
            Keyword::Jsonpath => {
                let path = self.until_backtick()?;
                draft.column.jsonpath = (!path.is_empty()).then_some(path);
                Ok(Part::Jsonpath)
            }
            Keyword::Default | Keyword::Materialized => {
                let word = if found.keyword == Keyword::Default { "DEFAULT" } else { "MATERIALIZED" };
                let value = self.mandatory_value(word)?;
                draft.column.default = (!value.is_empty()).then(|| format!("{word} {value}"));
                Ok(Part::Default)
            }
            _ => {
                let value = self.mandatory_value("CODEC")?;
                draft.column.codec = (!value.is_empty()).then(|| format!("CODEC{value}"));
                Ok(Part::Codec)
            }
        }
    }

    /// Refuses clauses that Tinybird does not support, and those in the wrong place.
    fn check_clause(&self, found: &Found, part: Part, column: &Column) -> Result<(), ColumnError> {
        let start = self.scanner.position() + found.spaces;
        let in_value = part.is_value();
        let (message, hint) = match found.keyword {
            Keyword::Materialized if self.rules == Rules::Sql && !in_value => return Ok(()),
            Keyword::Jsonpath if self.rules == Rules::Sql && part == Part::Default => {
                return Err(self.unexpected("JSONPATH", part));
            }
            Keyword::Materialized => ("MATERIALIZED columns are not supported", None),
            Keyword::Alias if !in_value => ("ALIAS columns are not supported", None),
            Keyword::Ttl => ("column TTL is not supported", None),
            Keyword::Null => ("NULL column syntax not supported", Some("Hint: use Nullable(...)")),
            Keyword::NotNull => {
                ("NOT NULL column syntax not supported", Some("Hint: Columns are not nullable by default"))
            }
            Keyword::Alias => return Err(self.unexpected("ALIAS", part)),
            Keyword::Default if in_value || column.default.is_some() || column.codec.is_some() => {
                return Err(self.unexpected("DEFAULT", part));
            }
            Keyword::Codec if part == Part::Codec || column.codec.is_some() => {
                return Err(self.unexpected("CODEC", part));
            }
            Keyword::Default | Keyword::Codec | Keyword::Jsonpath => return Ok(()),
        };
        let error = self.error_at("datafile/column-clause", message, start);
        Err(ColumnError { hint, ..error })
    }

    fn unexpected(&self, word: &str, part: Part) -> ColumnError {
        let message = format!("Unexpected {word} after {}", part.label());
        self.error_before("datafile/column-order", message, self.scanner.position())
    }

    /// The value of a clause, trimmed. Nothing at all between keyword and what follows is an error.
    fn mandatory_value(&mut self, word: &str) -> Result<String, ColumnError> {
        let from = self.scanner.position();
        let nothing = match self.scanner.peek() {
            None | Some(',') => true,
            Some(_) => keyword::ahead(&self.scanner, true).is_some(),
        };
        if nothing {
            let message = format!("Missing mandatory value for {word}");
            return Err(self.error_before("datafile/missing-value", message, from));
        }
        self.value(true)?;
        Ok(self.scanner.text(from, self.scanner.position()).trim().to_owned())
    }

    /// Passes a type, default or codec: up to a comma outside parentheses and quotes, a keyword, or
    /// the end of the text.
    fn value(&mut self, in_value: bool) -> Result<(), ColumnError> {
        let mut open: Vec<char> = Vec::new();
        while let Some(c) = self.scanner.peek() {
            let quote = open.last().copied().filter(|open| *open != ')');
            match (quote, c) {
                (Some(close), _) if c == close => {
                    open.pop();
                }
                (Some(_), _) => {}
                (None, ',') if open.is_empty() => return Ok(()),
                (None, _) if open.is_empty() && keyword::ahead(&self.scanner, in_value).is_some() => {
                    return Ok(());
                }
                (None, '(') => open.push(')'),
                (None, ')') => {
                    open.pop();
                }
                (None, '\'' | '"') => open.push(c),
                (None, _) if !is_value_character(c) => {
                    return Err(self.error_here(
                        "datafile/invalid-character",
                        format!("Invalid character {}", shown(c)),
                    ));
                }
                _ => {}
            }
            self.scanner.skip(1);
        }
        match open.last() {
            Some(close) => Err(self.error_here("datafile/unclosed", format!("Expected closing {close}"))),
            None => Ok(()),
        }
    }

    /// Checks and completes a column whose definition ends at `end`.
    fn finished(&self, draft: Draft, end: usize) -> Result<Column, ColumnError> {
        let Draft { mut column, start, name_place, type_range } = draft;
        if self.rules == Rules::Datafile && type_range.is_none() && column.default.is_none() {
            let message = "Column name and either type or DEFAULT are required";
            let error = self.error_at("datafile/column-type", message, start);
            return Err(ColumnError { line: name_place.0, column: name_place.1, ..error });
        }
        if let Some((from, to)) = type_range {
            let text = self.scanner.text(from, to);
            let text = text.trim_end();
            let (inner, nullable) = split_nullable(text);
            column.r#type = inner.to_owned();
            column.nullable = nullable;
            column.type_span = self.source.file_span(self.scanner.span(from, to));
        }
        if column.nullable
            && column.default.as_deref().is_some_and(|d| d.eq_ignore_ascii_case("DEFAULT NULL"))
        {
            column.default = None;
        }
        column.span = self.source.file_span(self.scanner.span(start, end));
        Ok(column)
    }

    fn check_type(&self, text: &str, from: usize, to: usize) -> Result<(), ColumnError> {
        let span = self.scanner.span(from, to);
        let error = |message, hint, (line, column)| {
            Err(ColumnError { code: "datafile/column-type", message, hint, line, column, span })
        };
        let start = (self.scanner.place_at(to.saturating_sub(1)).0, self.scanner.place_at(from).1);
        if let Some(objection) = type_text::objection(text).filter(|_| self.rules == Rules::Datafile) {
            let place = match objection.at {
                // Counted back from where the type ends.
                At::Start => {
                    let end = self.scanner.place_before(to);
                    (end.0, end.1.saturating_sub(text.chars().count()))
                }
                At::End => self.scanner.place_before(to),
            };
            return error(objection.message, objection.hint, place);
        }
        match type_text::clickhouse_objection(text) {
            Some(message) => error(message, None, start),
            None => Ok(()),
        }
    }

    fn error_here(&self, code: &'static str, message: impl Into<String>) -> ColumnError {
        self.error_at(code, message, self.scanner.position())
    }

    fn error_before(&self, code: &'static str, message: impl Into<String>, position: usize) -> ColumnError {
        let (line, column) = self.scanner.place_before(position);
        ColumnError { line, column, ..self.error_at(code, message, position) }
    }

    fn error_at(&self, code: &'static str, message: impl Into<String>, position: usize) -> ColumnError {
        let (line, column) = self.scanner.place_at(position);
        let span = self.scanner.span(position, position + 1);
        ColumnError { code, message: message.into(), hint: None, line, column, span }
    }
}

impl Part {
    fn is_value(self) -> bool {
        matches!(self, Self::Default | Self::Codec)
    }

    fn label(self) -> &'static str {
        match self {
            Self::Name => "NAME",
            Self::Type => "TYPE",
            Self::Default => "DEFAULT",
            Self::Codec => "CODEC",
            Self::Jsonpath => "JSONPATH",
        }
    }
}

/// A character in quotes; one that cannot be seen as its code.
fn shown(c: char) -> String {
    match c {
        '\'' => "\"'\"".to_owned(),
        '\\' => "'\\\\'".to_owned(),
        c if c.is_control() => format!("'\\x{:02x}'", u32::from(c)),
        '\u{200b}'..='\u{200f}' | '\u{feff}' => format!("'\\u{:04x}'", u32::from(c)),
        c => format!("'{c}'"),
    }
}

fn is_value_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_whitespace() || ".,_`*<>+-/%=!?:[]".contains(c)
}
