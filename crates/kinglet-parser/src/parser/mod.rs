//! The parser: recursive descent, with precedence climbing for expressions.
//!
//! A function that reads something answers it or [`Failure`]; what was expected, and how far the
//! text made sense, is kept in the [`Parser`], which turns it into ClickHouse's message at the end.

mod alter;
mod clause;
mod column;
mod create;
mod data_type;
mod dictionary;
mod error;
mod expr;
mod function;
mod insert;
mod interval;
mod operand;
mod pipe;
mod query;
mod recover;
mod show;
mod special;
mod statement;
mod table;
mod window;

use kinglet_diagnostic::{Diagnostic, Span};

use crate::ast::{Ident, Path, Quote};
use crate::lexer::Lexer;
use crate::token::{Token, TokenKind};
use crate::value;

/// The text does not go on as expected. Details are in the parser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failure;

/// What a parsing function answers.
pub(crate) type Parse<T> = Result<T, Failure>;

/// Levels of nesting that are read: a bracket or call is one, a subquery three. A megabyte of stack is
/// enough for them; without optimisation a level takes about three times as much of it.
const MAX_NESTING: usize = if cfg!(debug_assertions) { 130 } else { 300 };

/// What a word of the text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Part of the grammar.
    Keyword,
    /// A column, table, alias or other name.
    Name,
    /// The name of a call.
    Function,
    /// The name of a data type.
    Type,
    /// Part of a literal before `::`, whose very text is what is cast: `[1,2]::Array(UInt8)`.
    Verbatim,
}

/// Reads one text.
pub(crate) struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    tokens: Vec<Token>,
    at: usize,
    /// Where the current statement starts.
    start: usize,
    /// The last token that was looked at, as ClickHouse counts: where errors are reported.
    furthest: usize,
    /// What could have stood at `furthest`; only kept on the second reading of a faulty text.
    expected: Vec<&'static str>,
    recording: bool,
    nesting: usize,
    /// Where the innermost expression starts, if it stands in brackets of its own syntax.
    inside: Option<usize>,
    /// Start of the expression in which `IN` is no operator: the needle of `POSITION(needle IN s)`.
    without_in: Option<usize>,
    /// Tokens that were read a second time, for what `|>` repeats.
    read_again: usize,
    /// Ternary operators whose colon is still to come.
    open_ternaries: usize,
    /// Whether the arguments of a table function are read, where `view(SELECT ...)` may stand.
    in_table_function: bool,
    /// Whether the expressions of a `SELECT` are read, outside brackets.
    in_projection: bool,
    /// Whether tables in parentheses are read, whose alias takes `AS`.
    in_joined_tables: bool,
    too_deep: Option<Span>,
    /// An error that is more telling than what was expected.
    special_error: Option<Diagnostic>,
    /// Whether reading goes on after errors inside queries, and what was reported then.
    is_lenient: bool,
    reports: Vec<Diagnostic>,
    /// What each token turned out to be, by index; only kept when asked for.
    roles: Option<Vec<Role>>,
    /// Places where a word that may start a construct turned out to be a name.
    plain_words: Vec<usize>,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str, recording: bool) -> Self {
        Self {
            text,
            lexer: Lexer::new(text),
            tokens: Vec::new(),
            at: 0,
            start: 0,
            furthest: 0,
            expected: Vec::new(),
            recording,
            nesting: 0,
            inside: None,
            without_in: None,
            read_again: 0,
            open_ternaries: 0,
            in_table_function: false,
            in_projection: false,
            in_joined_tables: false,
            too_deep: None,
            special_error: None,
            is_lenient: false,
            reports: Vec::new(),
            roles: None,
            plain_words: Vec::new(),
        }
    }

    /// A parser that also remembers what each word turned out to be.
    pub(crate) fn with_roles(text: &'a str) -> Self {
        Self { roles: Some(Vec::new()), ..Self::new(text, false) }
    }

    /// What the words turned out to be, by index of significant token.
    pub(crate) fn into_roles(self) -> Vec<Role> {
        self.roles.unwrap_or_default()
    }

    fn set_role(&mut self, index: usize, role: Role) {
        if let Some(roles) = &mut self.roles {
            if roles.len() <= index {
                roles.resize(index + 1, Role::Keyword);
            }
            if let Some(known) = roles.get_mut(index) {
                *known = role;
            }
        }
    }

    /// Marks the tokens from an index up to the current one.
    fn set_roles_since(&mut self, start: usize, role: Role) {
        for index in start..self.at {
            self.set_role(index, role);
        }
    }

    /// The token `ahead` of the current one, without counting it as looked at.
    fn token(&mut self, ahead: usize) -> Token {
        let index = self.at + ahead;
        while self.tokens.len() <= index {
            let token = self.lexer.next_significant();
            if token.kind == TokenKind::End
                && self.tokens.last().is_some_and(|last| last.kind == TokenKind::End)
            {
                return token;
            }
            self.tokens.push(token);
        }
        self.tokens
            .get(index)
            .copied()
            .unwrap_or(Token { kind: TokenKind::End, span: Span::at(self.text.len()) })
    }

    fn kind(&mut self) -> TokenKind {
        self.token(0).kind
    }

    fn kind_at(&mut self, ahead: usize) -> TokenKind {
        self.token(ahead).kind
    }

    fn span(&mut self) -> Span {
        self.token(0).span
    }

    /// Source text of the current token.
    fn token_text(&mut self) -> &'a str {
        self.token(0).span.text(self.text)
    }

    /// Goes on to the next token.
    fn advance(&mut self) -> Token {
        let token = self.token(0);
        if token.kind != TokenKind::End {
            self.set_role(self.at, Role::Keyword);
            self.at += 1;
            self.touch(0);
        }
        token
    }

    /// Counts the token `ahead` as looked at.
    fn touch(&mut self, ahead: usize) {
        let index = self.at + ahead;
        if index > self.furthest {
            self.furthest = index;
            self.expected.clear();
        }
    }

    /// Notes what could have stood at the current token.
    fn note(&mut self, what: &'static str) {
        if self.recording && self.at == self.furthest && !self.expected.contains(&what) {
            self.expected.push(what);
        }
    }

    /// Gives up after noting what was expected.
    fn fail<T>(&mut self, what: &'static str) -> Parse<T> {
        self.note(what);
        Err(Failure)
    }

    /// Gives up with a message of its own.
    fn fail_with<T>(&mut self, error: Diagnostic) -> Parse<T> {
        if self.special_error.is_none() {
            self.special_error = Some(error);
        }
        Err(Failure)
    }

    fn eat(&mut self, kind: TokenKind) -> bool {
        if self.kind() == kind {
            self.advance();
            return true;
        }
        self.note(error::token_name(kind));
        false
    }

    fn expect(&mut self, kind: TokenKind) -> Parse<Token> {
        if self.kind() == kind {
            return Ok(self.advance());
        }
        self.fail(error::token_name(kind))
    }

    /// Whether the token `ahead` is the given word, in any case, unquoted.
    fn word_at(&mut self, ahead: usize, word: &str) -> bool {
        let token = self.token(ahead);
        token.kind == TokenKind::Word && token.span.text(self.text).eq_ignore_ascii_case(word)
    }

    fn at_word(&mut self, word: &str) -> bool {
        self.word_at(0, word)
    }

    /// Whether the next tokens are the given words, which are separated by spaces.
    fn at_words(&mut self, words: &'static str) -> bool {
        let token = self.token(0);
        let first = self.text.as_bytes().get(token.span.start as usize);
        let starts_alike =
            first.zip(words.as_bytes().first()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        if token.kind != TokenKind::Word || !starts_alike {
            return false;
        }
        for (count, word) in words.split(' ').enumerate() {
            if count > 0 {
                self.touch(count);
            }
            if !self.word_at(count, word) {
                if self.recording && count > 0 && self.at + count == self.furthest {
                    self.expected.push(word);
                }
                return false;
            }
        }
        true
    }

    /// Takes the given words, or nothing.
    fn eat_words(&mut self, words: &'static str) -> bool {
        if !self.at_words(words) {
            self.note(words);
            return false;
        }
        for _ in words.split(' ') {
            self.advance();
        }
        true
    }

    fn expect_words(&mut self, words: &'static str) -> Parse<()> {
        if self.eat_words(words) { Ok(()) } else { Err(Failure) }
    }

    /// Takes one of the given words and answers it.
    fn eat_one_of(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.eat_words(word))
    }

    /// The span from `start` to the last token taken.
    fn since(&self, start: Span) -> Span {
        let last = self.at.checked_sub(1).and_then(|index| self.tokens.get(index));
        last.map_or(start, |token| Span { start: start.start, end: token.span.end.max(start.start) })
    }

    /// Runs `read` one level deeper, unless that is too deep.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.nesting >= MAX_NESTING {
            self.too_deep = Some(self.span());
        }
        if self.too_deep.is_some() {
            return Err(Failure);
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        result
    }

    /// Runs `read`; when it fails, the parser is back where it was. Not for errors that end everything.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Parse<T>) -> Option<T> {
        let at = self.at;
        let reports = self.reports.len();
        match read(self) {
            Ok(value) => Some(value),
            Err(Failure) => {
                self.at = at;
                self.reports.truncate(reports);
                None
            }
        }
    }

    /// Forgets a failure.
    fn reset(&mut self) {
        self.nesting = 0;
        self.too_deep = None;
        self.special_error = None;
        self.expected.clear();
        self.at = self.at.max(self.furthest);
    }

    /// Whether reading cannot succeed any more, whatever else is tried.
    fn is_hopeless(&self) -> bool {
        self.too_deep.is_some() || self.special_error.is_some()
    }

    /// Reads items separated by commas; at least one.
    fn comma_separated<T>(&mut self, mut read: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut items = vec![read(self)?];
        while self.eat(TokenKind::Comma) {
            items.push(read(self)?);
        }
        Ok(items)
    }

    /// Reads something in parentheses.
    fn in_parentheses<T>(&mut self, read: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        self.expect(TokenKind::OpenRound)?;
        let value = read(self)?;
        self.expect(TokenKind::CloseRound)?;
        Ok(value)
    }

    /// Reads an identifier, quoted or not. Every word can be one.
    fn ident(&mut self) -> Parse<Ident> {
        let token = self.token(0);
        let (name, quote) = match token.kind {
            TokenKind::Word => (token.span.text(self.text).to_owned(), Quote::None),
            TokenKind::QuotedIdentifier => {
                let text = token.span.text(self.text);
                let quote = if text.starts_with('`') { Quote::Backtick } else { Quote::Double };
                (value::identifier(text), quote)
            }
            _ => return self.fail("identifier"),
        };
        if name.is_empty() {
            return self.fail("identifier");
        }
        self.advance();
        self.set_roles_since(self.at.saturating_sub(1), Role::Name);
        Ok(Ident { name, quote, span: token.span })
    }

    /// Reads an identifier or `{name:Identifier}`.
    fn ident_or_parameter(&mut self) -> Parse<Ident> {
        if self.kind() != TokenKind::OpenCurly {
            return self.ident();
        }
        self.attempt(|parser| {
            let start = parser.advance().span;
            let name = parser.ident()?.name;
            parser.expect(TokenKind::Colon)?;
            parser.expect_words("Identifier")?;
            parser.set_roles_since(parser.at.saturating_sub(1), Role::Type);
            parser.expect(TokenKind::CloseCurly)?;
            Ok(Ident { name, quote: Quote::Parameter, span: parser.since(start) })
        })
        .ok_or(Failure)
    }

    /// Reads `name` or `database.name`.
    fn table_name(&mut self) -> Parse<Path> {
        let first = self.ident_or_parameter()?;
        let span = first.span;
        let mut parts = vec![first];
        if self.eat(TokenKind::Dot) {
            parts.push(self.ident_or_parameter()?);
        }
        Ok(Path { parts, span: self.since(span) })
    }

    /// Reads a dotted name of any length, the dots read together with the names.
    fn dotted_ident(&mut self) -> Parse<Ident> {
        let mut ident = self.ident()?;
        while self.kind() == TokenKind::Dot {
            self.advance();
            let part = self.ident()?;
            ident.name.push('.');
            ident.name.push_str(&part.name);
            // Parts that need no quotes are printed one by one.
            if part.quote != Quote::None {
                ident.quote = Quote::Backtick;
            }
            ident.span = ident.span.to(part.span);
        }
        Ok(ident)
    }

    /// Takes a string literal and answers its bytes.
    fn string_bytes(&mut self) -> Parse<Vec<u8>> {
        match self.kind() {
            TokenKind::String | TokenKind::HereDoc => {
                let bytes = value::string(self.token_text());
                self.advance();
                Ok(bytes)
            }
            _ => self.fail("string literal"),
        }
    }

    /// Takes a string literal as text; bytes that are no UTF-8 are replaced.
    fn string(&mut self) -> Parse<String> {
        self.string_bytes().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Takes a whole number.
    fn unsigned(&mut self) -> Parse<u64> {
        if self.kind() == TokenKind::Number
            && let Ok(number) = self.token_text().parse::<u64>()
        {
            self.advance();
            return Ok(number);
        }
        self.fail("unsigned integer")
    }
}
