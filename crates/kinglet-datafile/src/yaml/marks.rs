//! Where the entries of a list at the top of a text stand.

use kinglet_diagnostic::Span;

use super::load::byte_span;

/// The entries of the list at the top, in order; empty when there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    pub(crate) entries: Vec<EntryMark>,
}

/// Where an entry stands. The spans inside count characters.
#[derive(Clone, Debug, Default)]
pub(crate) struct EntryMark {
    pub(super) span: Span,
    /// Keys of a mapping that are texts, each with its place and that of its value.
    pub(super) keys: Vec<(String, Span, Span)>,
}

impl EntryMark {
    /// Where the entry stands, in bytes: a mapping at its first key.
    pub(crate) fn place(&self, text: &str) -> Span {
        byte_span(text, self.keys.first().map_or(self.span, |(_, key, _)| *key))
    }

    /// Where a key and its value stand, in bytes; of a value on lines of its own only where it starts.
    pub(crate) fn places(&self, key: &str, text: &str) -> Option<(Span, Span)> {
        let (_, key, value) = self.keys.iter().rev().find(|(known, ..)| known == key)?;
        let (key, value) = (byte_span(text, *key), byte_span(text, *value));
        let on_one_line = !Span::new(key.start as usize, value.end as usize).text(text).contains('\n');
        Some((key, if on_one_line { value } else { Span::at(value.start as usize) }))
    }
}
