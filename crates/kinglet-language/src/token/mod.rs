//! What to colour.

mod datafile;
mod python;
mod schema;
mod sql;
mod yaml;

use kinglet_diagnostic::Span;
use kinglet_parser::Highlight;

use crate::document::{Document, Kind};

pub(crate) use python::{Piece, PieceKind, pieces};

/// How a token is shown. The numbers are the places in `tokenKinds` of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the SQL grammar.
    Keyword,
    /// A SQL function.
    Function,
    /// A data type.
    Type,
    /// A name of something else.
    Name,
    /// A number.
    Number,
    /// A string.
    String,
    /// `NULL`, `true` and the like.
    Constant,
    /// An operator sign.
    Operator,
    /// A bracket.
    Bracket,
    /// A comma, a dot, a colon.
    Punctuation,
    /// A comment.
    Comment,
    /// Text that is no token.
    Error,
    /// A word that starts a part of a datafile.
    Directive,
    /// The value on a directive's line.
    Value,
    /// Free text.
    Text,
    /// Braces of a template tag, and the `%` of a template.
    TemplateTag,
    /// A word of the template language.
    TemplateKeyword,
    /// A function of the template language.
    TemplateFunction,
    /// A name in a template tag.
    Parameter,
    /// A JSON path of a schema.
    JsonPath,
}

impl TokenKind {
    /// Names of the kinds in the order of their numbers, as the client has them.
    pub const NAMES: [&'static str; 20] = [
        "keyword",
        "function",
        "type",
        "name",
        "number",
        "string",
        "constant",
        "operator",
        "bracket",
        "punctuation",
        "comment",
        "error",
        "directive",
        "value",
        "text",
        "templateTag",
        "templateKeyword",
        "templateFunction",
        "parameter",
        "jsonPath",
    ];
}

/// A piece of text and how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it is, in bytes.
    pub span: Span,
    /// How it is shown.
    pub kind: TokenKind,
}

impl Token {
    fn new(start: usize, end: usize, kind: TokenKind) -> Self {
        Self { span: Span::new(start, end), kind }
    }
}

/// The tokens of a text, in order and apart.
pub fn tokens(document: &Document<'_>) -> Vec<Token> {
    match document.kind() {
        Kind::Query => sql::tokens(document.text, 0),
        Kind::Datafile(_) => datafile::tokens(document),
        Kind::Test => yaml::tokens(document.text),
        Kind::Other => Vec::new(),
    }
}

fn shown(highlight: Highlight) -> TokenKind {
    match highlight {
        Highlight::Keyword => TokenKind::Keyword,
        Highlight::Function => TokenKind::Function,
        Highlight::Type => TokenKind::Type,
        Highlight::Name => TokenKind::Name,
        Highlight::Number => TokenKind::Number,
        Highlight::String => TokenKind::String,
        Highlight::Constant => TokenKind::Constant,
        Highlight::Operator => TokenKind::Operator,
        Highlight::Bracket => TokenKind::Bracket,
        Highlight::Punctuation => TokenKind::Punctuation,
        Highlight::Comment => TokenKind::Comment,
        Highlight::Error => TokenKind::Error,
    }
}

/// Two lists, each in order, in one. Of `under`, what the spans of `over` cover is left out.
fn laid_over(under: Vec<Token>, over: Vec<Token>) -> Vec<Token> {
    let spans: Vec<Span> = over.iter().map(|token| token.span).collect();
    merged(outside(under, &spans), over)
}

/// The parts of tokens that lie outside of `spans`; both are in order and apart.
fn outside(tokens: Vec<Token>, spans: &[Span]) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut first = 0;
    for token in tokens {
        let (mut start, end) = (token.span.start, token.span.end);
        while spans.get(first).is_some_and(|span| span.end <= start) {
            first += 1;
        }
        for span in spans.iter().skip(first).take_while(|span| span.start < end) {
            if start < span.start {
                out.push(Token { span: Span { start, end: span.start }, ..token });
            }
            start = start.max(span.end);
        }
        if start < end {
            out.push(Token { span: Span { start, end }, ..token });
        }
    }
    out
}

fn merged(first: Vec<Token>, second: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(first.len() + second.len());
    let mut second = second.into_iter().peekable();
    for token in first {
        while let Some(next) = second.next_if(|next| next.span.start < token.span.start) {
            out.push(next);
        }
        out.push(token);
    }
    out.extend(second);
    out
}
