//! The way from the text a resource was read from back to files.

use kinglet_diagnostic::Span;

use crate::include::Expanded;

/// A run of a rendered text.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where the run starts in the rendered text.
    offset: usize,
    /// What it stands for in the text before rendering.
    source: Span,
    /// Whether the two are the same text.
    literal: bool,
}

/// The runs of a text whose tags were rendered, ascending.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    runs: Vec<Run>,
}

impl Runs {
    /// Adds a run that starts at `offset` of the rendered text.
    pub(crate) fn push(&mut self, offset: usize, source: Span, literal: bool) {
        self.runs.push(Run { offset, source, literal });
    }

    /// The span before rendering, and whether it holds the very text.
    fn source(&self, span: Span) -> (Span, bool) {
        let start = span.start as usize;
        let at = self.runs.partition_point(|run| run.offset <= start).checked_sub(1);
        let Some(run) = at.and_then(|at| self.runs.get(at)) else { return (Span::at(0), false) };
        if !run.literal {
            return (run.source, false);
        }
        let from = run.source.start as usize + (start - run.offset);
        let found = Span::new(from, from + span.len());
        (found, found.end <= run.source.end)
    }
}

/// How the text of a resource came about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// The files the text was put together from, when it is not the file's own.
    pub(crate) included: Option<Box<Expanded>>,
    /// Whether tags were rendered, and if it is known, run by run.
    pub(crate) rendered: Option<Option<Runs>>,
}

impl Origin {
    /// The file and the span in it that a span of the text comes from, and whether the very text stands
    /// there. `path` is the resource's file.
    pub(crate) fn place<'a>(&'a self, path: &'a str, span: Span) -> (&'a str, Span, bool) {
        let (span, literal) = match &self.rendered {
            None => (span, true),
            Some(Some(runs)) => runs.source(span),
            Some(None) => return (path, Span::at(0), false),
        };
        match &self.included {
            None => (path, span, literal),
            Some(expanded) => match expanded.origin(span) {
                Some((path, span)) => (path, span, literal),
                None => (path, Span::at(0), false),
            },
        }
    }
}
