//! YAML text to one value.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kinglet_diagnostic::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::marks::{EntryMark, Marks};
use super::plain;
use super::{Yaml, YamlError};

/// How deep sequences and mappings may nest.
const MAX_DEPTH: usize = 100;

/// How many values a document may hold, those reached through aliases included.
const MAX_VALUES: usize = 200_000;

/// Loads the only document of a text; an empty text is null.
///
/// # Errors
/// The text is not YAML, has several documents, uses a tag of its own, nests deeper than 100 or holds
/// more than 200,000 values.
pub fn load_yaml(text: &str) -> Result<Yaml, YamlError> {
    load_yaml_with_marks(text).map(|(value, _)| value)
}

/// Loads a text as [`load_yaml`] does, and says where the entries of a list at the top stand.
pub(crate) fn load_yaml_with_marks(text: &str) -> Result<(Yaml, Marks), YamlError> {
    load(text).map_err(|error| YamlError { span: byte_span(text, error.span), ..error })
}

/// The parser counts characters; spans count bytes.
pub(super) fn byte_span(text: &str, span: Span) -> Span {
    let offset = |at: u32| text.char_indices().nth(at as usize).map_or(text.len(), |(offset, _)| offset);
    Span::new(offset(span.start), offset(span.end))
}

fn load(text: &str) -> Result<(Yaml, Marks), YamlError> {
    let last_line = text.rsplit(['\n', '\r']).next().unwrap_or("");
    let ends_in_a_line = !last_line.trim().is_empty();
    let mut loader = Loader {
        parser: Parser::new_from_str(text),
        anchors: BTreeMap::new(),
        values: 0,
        opaque: Vec::new(),
        open_end: ends_in_a_line.then(|| text.chars().count()),
        marks: Marks::default(),
    };
    let mut document = None;
    loop {
        match loader.next()? {
            (Event::DocumentStart(_), span) if document.is_some() => {
                return Err(error(span, "expected a single document in the stream"));
            }
            (Event::DocumentStart(_), _) => {
                let (event, span) = loader.next()?;
                document = Some(loader.value(event, span, 0)?);
            }
            (Event::StreamEnd, _) => {
                refuse_tabs(text, &loader.opaque)?;
                return Ok((document.unwrap_or(Yaml::Null), loader.marks));
            }
            _ => {}
        }
    }
}

type Tagged<'a> = Option<Cow<'a, Tag>>;

struct Loader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: BTreeMap<usize, (Yaml, usize)>,
    values: usize,
    /// Where quoted texts and blocks stand, in characters and in order.
    opaque: Vec<Span>,
    /// Characters of the text, if its last line has no line break.
    open_end: Option<usize>,
    marks: Marks,
}

impl<'a> Loader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), YamlError> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, Span::new(span.start.index(), span.end.index()))),
            Some(Err(found)) => Err(scan_error(&found)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Yaml, YamlError> {
        if depth > MAX_DEPTH {
            return Err(error(span, format!("values nest deeper than {MAX_DEPTH}")));
        }
        let before = self.values;
        self.count(1, span)?;
        let (value, anchor) = match event {
            Event::Alias(anchor) => return self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                if style != ScalarStyle::Plain {
                    self.opaque.push(span);
                }
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                // A block that the end of the text cuts off has no line break at its end.
                let cut_off = self.open_end.is_some_and(|end| span.end as usize >= end);
                let shown =
                    if is_block && cut_off { text.strip_suffix('\n').unwrap_or(&text) } else { &text };
                (scalar(shown, style, tag.as_deref(), span)?, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                check_tag(&tag, "seq", span)?;
                (self.sequence(depth)?, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                check_tag(&tag, "map", span)?;
                (self.mapping(depth)?, anchor)
            }
            _ => (Yaml::Null, 0),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, (value.clone(), self.values - before));
        }
        Ok(value)
    }

    fn count(&mut self, values: usize, span: Span) -> Result<(), YamlError> {
        self.values = self.values.saturating_add(values);
        if self.values > MAX_VALUES {
            return Err(error(span, format!("more than {MAX_VALUES} values")));
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Yaml, YamlError> {
        let Some((value, size)) = self.anchors.get(&anchor).cloned() else {
            return Err(error(span, "found undefined alias"));
        };
        self.count(size, span)?;
        Ok(value)
    }

    fn sequence(&mut self, depth: usize) -> Result<Yaml, YamlError> {
        let mut entries = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, _) => return Ok(Yaml::List(entries)),
                (event, span) => {
                    if depth == 0 {
                        self.marks.entries.push(EntryMark { span, keys: Vec::new() });
                    }
                    entries.push(self.value(event, span, depth + 1)?);
                }
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Yaml, YamlError> {
        let mut entries = Vec::new();
        let mut merged = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                break;
            }
            let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
            let key_span = span;
            let key = if is_merge { Yaml::Null } else { self.value(event, span, depth + 1)? };
            let (event, span) = self.next()?;
            if depth == 1
                && let (Some(entry), Some(key)) = (self.marks.entries.last_mut(), key.as_text())
            {
                entry.keys.push((key.to_owned(), key_span, span));
            }
            let value = self.value(event, span, depth + 1)?;
            if is_merge { merge(&mut merged, value, span)? } else { put(&mut entries, key, value) }
        }
        for (key, value) in merged {
            if !entries.iter().any(|(known, _)| *known == key) {
                entries.push((key, value));
            }
        }
        Ok(Yaml::Map(entries))
    }
}

fn put(entries: &mut Vec<(Yaml, Yaml)>, key: Yaml, value: Yaml) {
    match entries.iter_mut().find(|(known, _)| *known == key) {
        Some((_, old)) => *old = value,
        None => entries.push((key, value)),
    }
}

/// Adds the entries of the mapping, or of the list of mappings, that `<<` names.
fn merge(into: &mut Vec<(Yaml, Yaml)>, value: Yaml, span: Span) -> Result<(), YamlError> {
    let maps = match value {
        Yaml::List(maps) => maps,
        other => vec![other],
    };
    for map in maps {
        let Yaml::Map(entries) = map else {
            return Err(error(span, "expected a mapping or list of mappings for merging"));
        };
        for (key, value) in entries {
            if !into.iter().any(|(known, _)| *known == key) {
                into.push((key, value));
            }
        }
    }
    Ok(())
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Result<Yaml, YamlError> {
    let Some(tag) = tag else {
        let plain = style == ScalarStyle::Plain;
        let special = if text == "<<" { "merge" } else { "value" };
        if plain && matches!(text, "<<" | "=") {
            let message =
                format!("could not determine a constructor for the tag 'tag:yaml.org,2002:{special}'");
            return Err(error(span, message));
        }
        return Ok(if plain { plain::resolve(text) } else { Yaml::Text(text.to_owned()) });
    };
    if !tag.is_yaml_core_schema() {
        return if tag.suffix.is_empty() {
            Ok(Yaml::Text(text.to_owned()))
        } else {
            Err(unknown_tag(tag, span))
        };
    }
    let resolved = plain::resolve(text);
    let fits = match (tag.suffix.as_str(), &resolved) {
        ("str", _) => return Ok(Yaml::Text(text.to_owned())),
        ("null", _) => return Ok(Yaml::Null),
        ("int", Yaml::Int(_)) | ("float", Yaml::Float(_)) | ("bool", Yaml::Bool(_)) => true,
        ("timestamp", Yaml::Date(_) | Yaml::DateTime(_)) => true,
        ("float", Yaml::Int(number)) => return Ok(Yaml::Float(*number as f64)),
        _ => false,
    };
    if fits { Ok(resolved) } else { Err(unknown_tag(tag, span)) }
}

/// Outside quotes, blocks and comments a tab is an error, as in the loader that test files have been read with.
fn refuse_tabs(text: &str, opaque: &[Span]) -> Result<(), YamlError> {
    let mut rest = opaque.iter().peekable();
    let (mut in_comment, mut before) = (false, '\n');
    for (at, c) in text.chars().enumerate() {
        while rest.peek().is_some_and(|span| span.end as usize <= at) {
            rest.next();
        }
        let is_opaque = rest.peek().is_some_and(|span| span.start as usize <= at);
        if !is_opaque {
            in_comment = c != '\n' && (in_comment || c == '#' && before.is_whitespace());
            if c == '\t' && !in_comment {
                return Err(error(Span::at(at), "found character '\\t' that cannot start any token"));
            }
        }
        before = c;
    }
    Ok(())
}

fn check_tag(tag: &Tagged<'_>, expected: &str, span: Span) -> Result<(), YamlError> {
    match tag.as_deref() {
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == expected => Ok(()),
        Some(tag) if !tag.suffix.is_empty() => Err(unknown_tag(tag, span)),
        _ => Ok(()),
    }
}

fn unknown_tag(tag: &Tag, span: Span) -> YamlError {
    error(span, format!("could not determine a constructor for the tag '{}{}'", tag.handle, tag.suffix))
}

fn error(span: Span, message: impl Into<String>) -> YamlError {
    YamlError { message: message.into(), span }
}

fn scan_error(found: &ScanError) -> YamlError {
    error(Span::at(found.marker().index()), found.info())
}
