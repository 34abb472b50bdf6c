//! Offsets in rendered SQL back to offsets in the template.

use kinglet_diagnostic::Span;

/// How a piece of rendered SQL came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Literal text, copied byte for byte.
    Text,
    /// The value of an expression, or text whose white space was reduced.
    Expression,
}

/// One piece of the rendered SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bytes of the rendered SQL.
    pub rendered: Span,
    /// Bytes of the template that produced them.
    pub template: Span,
    /// How.
    pub origin: Origin,
}

/// Pieces of rendered SQL in order, each with its place in the template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
}

impl SourceMap {
    /// All pieces, in the order of the rendered text. Empty pieces are left out.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The place in the template of byte `offset` of the rendered SQL: the same byte for literal text, the whole
    /// expression for a computed value. An offset past the end maps to the end of the last piece.
    pub fn template_span(&self, offset: usize) -> Option<Span> {
        let at = u32::try_from(offset).unwrap_or(u32::MAX);
        let index = self.segments.partition_point(|segment| segment.rendered.end <= at);
        match self.segments.get(index) {
            Some(segment) if segment.origin == Origin::Text => {
                let start = segment.template.start + at.saturating_sub(segment.rendered.start);
                Some(Span { start, end: segment.template.end.min(start.saturating_add(1)) })
            }
            Some(segment) => Some(segment.template),
            None => {
                self.segments.last().map(|last| Span { start: last.template.end, end: last.template.end })
            }
        }
    }

    /// The place in the template of the rendered range `range`.
    pub fn template_range(&self, range: Span) -> Option<Span> {
        let first = self.template_span(range.start as usize)?;
        if range.is_empty() {
            return Some(Span { start: first.start, end: first.start.max(first.end.min(first.start)) });
        }
        let last = self.template_span(range.end as usize - 1)?;
        Some(first.to(last))
    }

    pub(crate) fn push(&mut self, rendered: Span, template: Span, origin: Origin) {
        if !rendered.is_empty() {
            self.segments.push(Segment { rendered, template, origin });
        }
    }
}
