//! Tokens.

use kinglet_diagnostic::Span;

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
}

/// The kinds of token, as ClickHouse's lexer tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// An unquoted word: keywords are words too.
    Word,
    /// A number; words may start with a digit, numbers may hold `_`.
    Number,
    /// `'text'`, `x'41'`, `b'01'` or `‘text’`.
    String,
    /// `$tag$text$tag$`.
    HereDoc,
    /// `` `name` ``, `"name"` or `“name”`.
    QuotedIdentifier,
    /// `(`.
    OpenRound,
    /// `)`.
    CloseRound,
    /// `[`.
    OpenSquare,
    /// `]`.
    CloseSquare,
    /// `{`.
    OpenCurly,
    /// `}`.
    CloseCurly,
    /// `,`.
    Comma,
    /// `;`.
    Semicolon,
    /// `\G`.
    VerticalDelimiter,
    /// `.`.
    Dot,
    /// `*`.
    Asterisk,
    /// `$` alone.
    Dollar,
    /// `+`.
    Plus,
    /// `-`.
    Minus,
    /// `/`.
    Slash,
    /// `%`.
    Percent,
    /// `->`.
    Arrow,
    /// `?`.
    QuestionMark,
    /// `:`.
    Colon,
    /// `::`.
    DoubleColon,
    /// `^`.
    Caret,
    /// `=`.
    Equals,
    /// `==`.
    DoubleEquals,
    /// `!=`.
    NotEquals,
    /// `<>`.
    AngleNotEquals,
    /// `<`.
    Less,
    /// `>`.
    Greater,
    /// `<=`.
    LessOrEquals,
    /// `>=`.
    GreaterOrEquals,
    /// `<=>`.
    Spaceship,
    /// `~`.
    Match,
    /// `!~`.
    NotMatch,
    /// `~*`.
    IMatch,
    /// `!~*`.
    NotIMatch,
    /// `||`.
    Concatenation,
    /// `|`.
    Pipe,
    /// `|>`.
    PipeArrow,
    /// `@`.
    At,
    /// `@@`.
    DoubleAt,
    /// A comment of any form. Only [`crate::tokens`] answers them.
    Comment,
    /// The end of the text.
    End,
    /// Text that is no token.
    Error(LexicalError),
}

/// What is wrong with a piece of text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LexicalError {
    /// A character that starts nothing.
    UnknownCharacter,
    /// A comment without `*/`.
    UnclosedComment,
    /// A string without its closing quote.
    UnclosedString,
    /// An identifier without its closing backtick.
    UnclosedBackticks,
    /// An identifier without its closing double quote.
    UnclosedDoubleQuotes,
    /// `!` that is not part of `!=`.
    LoneExclamationMark,
    /// A number that does not end as one.
    WrongNumber,
}

impl LexicalError {
    /// The words ClickHouse uses for it.
    pub fn message(self) -> &'static str {
        match self {
            LexicalError::UnknownCharacter => "Unrecognized token",
            LexicalError::UnclosedComment => "Multiline comment is not closed",
            LexicalError::UnclosedString => "Single quoted string is not closed",
            LexicalError::UnclosedBackticks => "Back quoted string is not closed",
            LexicalError::UnclosedDoubleQuotes => "Double quoted string is not closed",
            LexicalError::LoneExclamationMark => {
                "Exclamation mark can only occur in !=, !~ and !~* operators"
            }
            LexicalError::WrongNumber => "Wrong number",
        }
    }
}
