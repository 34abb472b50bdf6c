//! The parts of a template: literal text, expressions, statements, blocks.

use kinglet_diagnostic::Span;

use crate::python::ast::Expr;
use crate::python::{Handler, Statement};

/// How literal text is treated, from `{% whitespace mode %}` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whitespace {
    /// Kept.
    All,
    /// Runs of blanks become one blank, runs with a line break one line break.
    Single,
    /// Every run becomes one blank.
    OneLine,
}

/// The word that opens a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    If,
    For,
    While,
    Try,
}

/// The word that divides a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Divider {
    Elif,
    Else,
    Except,
    Finally,
}

/// What the head of a block or section holds besides its word.
#[derive(Clone, Debug)]
pub(crate) enum Head {
    Nothing,
    Condition(Expr),
    Loop { target: Expr, iter: Expr },
    Handler(Handler),
}

impl Head {
    /// The expressions of the head, in the order Python visits them.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Expr> {
        let parts = match self {
            Self::Nothing | Self::Handler(Handler { class: None, .. }) => [None, None],
            Self::Condition(value) | Self::Handler(Handler { class: Some(value), .. }) => [Some(value), None],
            Self::Loop { target, iter } => [Some(target), Some(iter)],
        };
        parts.into_iter().flatten()
    }
}

/// One part of a template.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// Literal text; `span` is what to copy.
    Text { span: Span, whitespace: Whitespace },
    /// `{{ code }}`.
    Expression { code: Span, value: Expr },
    /// `{% set code %}`.
    Set(Statement),
    /// A block with its `{% end %}`.
    Block(Block),
    /// `{% break %}`, or `{% continue %}` when not.
    Jump { leaves: bool },
}

/// `{% if … %} … {% elif … %} … {% end %}` and its like.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) keyword: Keyword,
    pub(crate) head: Head,
    pub(crate) body: Vec<Node>,
    pub(crate) sections: Vec<Section>,
}

/// The part of a block after a divider.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) divider: Divider,
    pub(crate) head: Head,
    pub(crate) body: Vec<Node>,
}

impl Block {
    /// The section after a divider of which there is at most one.
    pub(crate) fn section(&self, divider: Divider) -> Option<&[Node]> {
        self.sections.iter().find(|section| section.divider == divider).map(|section| section.body.as_slice())
    }

    /// What is wrong with the order of the sections, if anything.
    pub(crate) fn misplaced(&self) -> Option<&'static str> {
        let of = |divider| self.sections.iter().filter(move |section| section.divider == divider).count();
        if of(Divider::Else) > 1 || of(Divider::Finally) > 1 {
            return Some("invalid syntax");
        }
        let order = |divider| match divider {
            Divider::Elif | Divider::Except => 0,
            Divider::Else => 1,
            Divider::Finally => 2,
        };
        if self.sections.windows(2).any(|pair| matches!(pair, [a, b] if order(a.divider) > order(b.divider)))
        {
            return Some("invalid syntax");
        }
        if self.keyword != Keyword::Try {
            return None;
        }
        if of(Divider::Except) + of(Divider::Finally) == 0 {
            return Some("expected 'except' or 'finally' block");
        }
        if of(Divider::Else) > 0 && of(Divider::Except) == 0 {
            return Some("expected 'except' or 'finally' block");
        }
        let handlers: Vec<&Head> = self
            .sections
            .iter()
            .filter(|section| section.divider == Divider::Except)
            .map(|section| &section.head)
            .collect();
        let (_, before) = handlers.split_last()?;
        let catches_all = |head: &&&Head| matches!(head, Head::Handler(Handler { class: None, .. }));
        before.iter().find(catches_all).map(|_| "default 'except:' must be last")
    }
}
