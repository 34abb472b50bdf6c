//! Tokens for editors: what to colour, without a parse.

use kinglet_diagnostic::Span;

use crate::lexer::Lexer;
use crate::token::{Token, TokenKind};

/// One token and how to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HighlightedToken {
    /// How to show it.
    pub highlight: Highlight,
    /// What it is for the lexer.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
}

/// How a token is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Highlight {
    /// A word of the grammar.
    Keyword,
    /// A name before a parenthesis.
    Function,
    /// A data type: after `::` or a name of one in a place of one.
    Type,
    /// Any other name, quoted or not.
    Name,
    /// A number.
    Number,
    /// A string.
    String,
    /// `NULL`, `true`, `false`.
    Constant,
    /// An operator sign.
    Operator,
    /// A bracket.
    Bracket,
    /// A comma, dot, semicolon or colon.
    Punctuation,
    /// A comment.
    Comment,
    /// Text that is no token.
    Error,
}

/// The tokens of a text, comments included, in order; white space is left out. Any text is read, and
/// quickly enough for every keystroke. A word is told by its neighbours alone, so a column called
/// like a keyword may be shown as one.
pub fn tokens(sql: &str) -> Vec<HighlightedToken> {
    let mut lexer = Lexer::new(sql);
    let mut found: Vec<Token> = Vec::new();
    loop {
        let token = lexer.next_token();
        if token.kind == TokenKind::End {
            break;
        }
        found.push(token);
    }
    let mut before = TokenKind::End;
    let mut highlighted = Vec::with_capacity(found.len());
    for (index, token) in found.iter().enumerate() {
        let after = found.iter().skip(index + 1).find(|next| next.kind != TokenKind::Comment);
        let after = after.map_or(TokenKind::End, |next| next.kind);
        let highlight = highlight(*token, sql, before, after);
        highlighted.push(HighlightedToken { highlight, kind: token.kind, span: token.span });
        if token.kind != TokenKind::Comment {
            before = token.kind;
        }
    }
    highlighted
}

fn highlight(token: Token, sql: &str, before: TokenKind, after: TokenKind) -> Highlight {
    use TokenKind as K;
    match token.kind {
        K::Word => word(token.span.text(sql), before, after),
        K::QuotedIdentifier => Highlight::Name,
        K::Number => Highlight::Number,
        K::String | K::HereDoc => Highlight::String,
        K::OpenRound | K::CloseRound | K::OpenSquare | K::CloseSquare | K::OpenCurly | K::CloseCurly => {
            Highlight::Bracket
        }
        K::Comma | K::Semicolon | K::Dot | K::Colon | K::VerticalDelimiter => Highlight::Punctuation,
        K::Comment => Highlight::Comment,
        K::Error(_) => Highlight::Error,
        _ => Highlight::Operator,
    }
}

fn word(word: &str, before: TokenKind, after: TokenKind) -> Highlight {
    let is = |known: &&str| known.eq_ignore_ascii_case(word);
    let is_one_of = |sorted: &[&str]| {
        sorted
            .binary_search_by(|known| known.bytes().cmp(word.bytes().map(|byte| byte.to_ascii_uppercase())))
            .is_ok()
    };
    if before == TokenKind::DoubleColon {
        return Highlight::Type;
    }
    if before == TokenKind::Dot || after == TokenKind::Dot {
        return Highlight::Name;
    }
    if ["NULL", "true", "false"].iter().any(is) {
        return Highlight::Constant;
    }
    if after == TokenKind::OpenRound && !is_one_of(&BEFORE_BRACKETS) {
        return Highlight::Function;
    }
    if is_one_of(&KEYWORDS) || is_one_of(&BEFORE_BRACKETS) { Highlight::Keyword } else { Highlight::Name }
}

/// Keywords that a parenthesis may follow, sorted.
const BEFORE_BRACKETS: [&str; 37] = [
    "ALL",
    "AND",
    "ANY",
    "APPLY",
    "AS",
    "BETWEEN",
    "BY",
    "CASE",
    "CODEC",
    "COLUMNS",
    "CUBE",
    "DISTINCT",
    "ELSE",
    "EXCEPT",
    "EXISTS",
    "FILTER",
    "FROM",
    "HAVING",
    "IN",
    "INTERPOLATE",
    "INTERSECT",
    "JOIN",
    "LIKE",
    "LIMIT",
    "NOT",
    "ON",
    "OR",
    "OVER",
    "REPLACE",
    "ROLLUP",
    "SELECT",
    "SETS",
    "THEN",
    "UNION",
    "USING",
    "VALUES",
    "WHERE",
];

/// Other words that are hardly ever names, sorted.
const KEYWORDS: [&str; 90] = [
    "ADD",
    "ALIAS",
    "ALTER",
    "ANTI",
    "ARRAY",
    "ASC",
    "ASOF",
    "ATTACH",
    "CHECK",
    "CLUSTER",
    "COLLATE",
    "COLUMN",
    "CONSTRAINT",
    "CREATE",
    "CROSS",
    "CURRENT",
    "DATABASE",
    "DEFAULT",
    "DELETE",
    "DESC",
    "DESCRIBE",
    "DETACH",
    "DICTIONARY",
    "DROP",
    "END",
    "ENGINE",
    "ESCAPE",
    "EXCHANGE",
    "EXPLAIN",
    "FETCH",
    "FILL",
    "FINAL",
    "FOLLOWING",
    "FORMAT",
    "FULL",
    "FUNCTION",
    "GLOBAL",
    "GRANULARITY",
    "GROUP",
    "GROUPING",
    "ILIKE",
    "INDEX",
    "INNER",
    "INSERT",
    "INTERVAL",
    "INTO",
    "IS",
    "KEY",
    "LAYOUT",
    "LEFT",
    "LIFETIME",
    "MATERIALIZED",
    "MODIFY",
    "NULLS",
    "OFFSET",
    "OPTIMIZE",
    "ORDER",
    "OUTER",
    "OUTFILE",
    "PARTITION",
    "PASTE",
    "POPULATE",
    "PRECEDING",
    "PREWHERE",
    "PRIMARY",
    "PROJECTION",
    "QUALIFY",
    "RANGE",
    "RECURSIVE",
    "REFRESH",
    "REGEXP",
    "RENAME",
    "RIGHT",
    "ROWS",
    "SAMPLE",
    "SEMI",
    "SET",
    "SETTINGS",
    "SHOW",
    "STEP",
    "SYSTEM",
    "TABLE",
    "TIES",
    "TOTALS",
    "TRUNCATE",
    "TTL",
    "UNBOUNDED",
    "VIEW",
    "WHEN",
    "WITH",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_their_neighbours() {
        let shown: Vec<Highlight> = tokens("SELECT t.order, sum(x)::UInt8 /* c */ FROM `t` WHERE NULL")
            .iter()
            .map(|token| token.highlight)
            .collect();
        use Highlight as H;
        assert_eq!(
            shown,
            [
                H::Keyword,
                H::Name,
                H::Punctuation,
                H::Name,
                H::Punctuation,
                H::Function,
                H::Bracket,
                H::Name,
                H::Bracket,
                H::Operator,
                H::Type,
                H::Comment,
                H::Keyword,
                H::Name,
                H::Keyword,
                H::Constant,
            ]
        );
    }

    #[test]
    fn every_keyword_is_found() {
        assert!(BEFORE_BRACKETS.is_sorted() && KEYWORDS.is_sorted());
        for keyword in BEFORE_BRACKETS.iter().chain(&KEYWORDS) {
            let shown = tokens(&keyword.to_lowercase());
            assert_eq!(shown.first().map(|token| token.highlight), Some(Highlight::Keyword), "{keyword}");
        }
    }

    #[test]
    fn broken_text_has_tokens_too() {
        let shown = tokens("SELECT 'abc");
        assert_eq!(shown.last().map(|token| token.highlight), Some(Highlight::Error));
        assert!(tokens("").is_empty());
    }
}
