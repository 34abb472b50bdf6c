//! The parts of a template: literal text, expressions, statements, blocks.

use kinglet_diagnostic::Span;

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

/// One part of a template.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// Literal text; `span` is what to copy.
    Text { span: Span, whitespace: Whitespace },
    /// `{{ code }}`.
    Expression { code: Span },
    /// `{% set code %}`.
    Set { code: Span },
    /// A block with its `{% end %}`.
    Block(Block),
    /// `{% break %}` or `{% continue %}`.
    Jump { code: Span },
}

/// `{% if … %} … {% elif … %} … {% end %}` and its like.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) keyword: Keyword,
    /// The whole head, keyword included.
    pub(crate) code: Span,
    pub(crate) body: Vec<Node>,
    pub(crate) sections: Vec<Section>,
}

/// The part of a block after a divider.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) divider: Divider,
    /// The whole head, divider included.
    pub(crate) code: Span,
    pub(crate) body: Vec<Node>,
}
