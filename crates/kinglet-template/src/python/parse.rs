//! Tokens to expressions, by precedence climbing.

use std::sync::Arc;

use kinglet_diagnostic::Span;

use super::ast::{
    BinaryOp, Built, Clause, CompareOp, Constant, Expr, ExprKind, Keyword, LambdaParam, Piece, UnaryOp,
};
use super::token::{Token, TokenKind, tokenize};
use super::{SyntaxError, literal};

/// Expressions inside expressions that are accepted.
const MAX_DEPTH: usize = 60;

/// Postfix operators (calls, subscripts, attributes) on one operand that are accepted.
const MAX_TRAILERS: usize = 60;

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

pub(super) struct Parser<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

type Parsed = Result<Expr, SyntaxError>;

impl<'a> Parser<'a> {
    /// A parser over `source[span]`.
    pub(super) fn new(source: &'a str, span: Span) -> Result<Self, SyntaxError> {
        Ok(Self { source, tokens: tokenize(source, span, false)?, at: 0, depth: 0 })
    }

    /// A parser over text that stands inside of brackets, at a given depth.
    pub(super) fn nested(source: &'a str, span: Span, depth: usize) -> Result<Self, SyntaxError> {
        Ok(Self { source, tokens: tokenize(source, span, true)?, at: 0, depth })
    }

    /// All of the text as one expression.
    pub(super) fn whole_expression(&mut self) -> Parsed {
        let value = self.expression_list(true)?;
        self.expect_end()?;
        Ok(value)
    }

    pub(super) fn peek(&self) -> &TokenKind {
        self.tokens.get(self.at).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn peek_after(&self) -> &TokenKind {
        self.tokens.get(self.at + 1).map_or(&TokenKind::End, |token| &token.kind)
    }

    pub(super) fn span(&self) -> Span {
        self.tokens.get(self.at).or_else(|| self.tokens.last()).map_or(Span::at(0), |token| token.span)
    }

    fn last_span(&self) -> Span {
        self.at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or_else(|| self.span(), |token| token.span)
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    pub(super) fn is_op(&self, operator: &str) -> bool {
        matches!(self.peek(), TokenKind::Op(found) if *found == operator)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), TokenKind::Name(found) if &**found == word)
    }

    pub(super) fn take_op(&mut self, operator: &str) -> bool {
        let found = self.is_op(operator);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn expect_op(&mut self, operator: &str) -> Result<(), SyntaxError> {
        if self.take_op(operator) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub(super) fn expect_end(&self) -> Result<(), SyntaxError> {
        if matches!(self.peek(), TokenKind::End) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub(super) fn unexpected(&self) -> SyntaxError {
        SyntaxError::invalid(self.span())
    }

    /// An identifier that is not a keyword.
    pub(super) fn identifier(&mut self) -> Result<Arc<str>, SyntaxError> {
        match self.peek() {
            TokenKind::Name(name) if !KEYWORDS.contains(&&**name) => {
                let name = name.clone();
                self.advance();
                Ok(name)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn enter(&mut self) -> Result<(), SyntaxError> {
        if self.depth >= MAX_DEPTH {
            return Err(SyntaxError::new(self.span(), "the expression is nested too deeply"));
        }
        self.depth += 1;
        Ok(())
    }

    /// Whether the next token cannot start an expression.
    fn at_list_end(&self) -> bool {
        match self.peek() {
            TokenKind::Op(op) => {
                matches!(*op, ")" | "]" | "}" | "=" | ":" | ";" | "+=" | "-=" | "*=" | "/=" | "%=")
            }
            TokenKind::End | TokenKind::Newline | TokenKind::Comment => true,
            TokenKind::Name(word) => matches!(&**word, "in" | "for" | "if" | "else"),
            _ => false,
        }
    }

    /// `a` or `a, b, …` (a tuple); with `starred`, items may be `*a`.
    pub(super) fn expression_list(&mut self, starred: bool) -> Parsed {
        if self.is_word("yield") {
            return self.yielded();
        }
        let first = self.bare_item(starred)?;
        if !self.is_op(",") {
            return Ok(first);
        }
        let start = first.span;
        let mut items = vec![first];
        while self.take_op(",") && !self.at_list_end() {
            items.push(self.bare_item(starred)?);
        }
        Ok(Expr::new(ExprKind::Tuple(items), start.to(self.last_span())))
    }

    /// An item outside of brackets, where `name := value` is not allowed.
    fn bare_item(&mut self, starred: bool) -> Parsed {
        if starred && self.is_op("*") { self.list_item(true) } else { self.expression() }
    }

    fn list_item(&mut self, starred: bool) -> Parsed {
        if starred && self.is_op("*") {
            let start = self.span();
            self.advance();
            let value = self.binary(0)?;
            let span = start.to(value.span);
            return Ok(Expr::new(ExprKind::Starred(Box::new(value)), span));
        }
        self.named()
    }

    fn yielded(&mut self) -> Parsed {
        let start = self.span();
        self.advance();
        let from = self.take_word("from");
        let inner = if from || !self.at_list_end() { vec![self.expression_list(true)?] } else { Vec::new() };
        let name = if from { "YieldFrom" } else { "Yield" };
        Ok(Expr::new(ExprKind::Refused(name, inner), start.to(self.last_span())))
    }

    /// An expression or `name := expression`.
    pub(super) fn named(&mut self) -> Parsed {
        if matches!(self.peek(), TokenKind::Name(_)) && matches!(self.peek_after(), TokenKind::Op(":=")) {
            let start = self.span();
            let target = self.identifier()?;
            self.advance();
            let value = self.expression()?;
            let span = start.to(value.span);
            return Ok(Expr::new(ExprKind::Named { target, value: Box::new(value) }, span));
        }
        self.expression()
    }

    /// A conditional expression, a lambda, or anything that binds tighter.
    pub(super) fn expression(&mut self) -> Parsed {
        self.enter()?;
        let parsed = if self.is_word("lambda") { self.lambda() } else { self.conditional() };
        self.depth -= 1;
        parsed
    }

    fn conditional(&mut self) -> Parsed {
        let body = self.disjunction()?;
        if !self.take_word("if") {
            return Ok(body);
        }
        let test = self.disjunction()?;
        if !self.take_word("else") {
            return Err(SyntaxError::new(self.span(), "expected 'else' after 'if' expression"));
        }
        let orelse = self.expression()?;
        let span = body.span.to(orelse.span);
        let (test, body, orelse) = (Box::new(test), Box::new(body), Box::new(orelse));
        Ok(Expr::new(ExprKind::Conditional { test, body, orelse }, span))
    }

    fn lambda(&mut self) -> Parsed {
        let start = self.span();
        self.advance();
        let mut params: Vec<LambdaParam> = Vec::new();
        while !self.is_op(":") {
            let rest = self.take_op("*");
            let name = self.identifier()?;
            let default = if !rest && self.take_op("=") { Some(self.expression()?) } else { None };
            let previous = params.last();
            let misplaced = previous.is_some_and(|last| last.rest)
                || (!rest && default.is_none() && previous.is_some_and(|last| last.default.is_some()));
            if misplaced || params.iter().any(|param| param.name == name) {
                return Err(self.unexpected());
            }
            params.push(LambdaParam { name, default, rest });
            if !self.take_op(",") {
                break;
            }
        }
        self.expect_op(":")?;
        let body = self.expression()?;
        let span = start.to(body.span);
        Ok(Expr::new(ExprKind::Lambda { params, body: Box::new(body) }, span))
    }

    fn disjunction(&mut self) -> Parsed {
        self.logical("or", |parser| parser.logical("and", Self::negation))
    }

    fn logical(&mut self, word: &str, operand: fn(&mut Self) -> Parsed) -> Parsed {
        let first = operand(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let start = first.span;
        let mut operands = vec![first];
        while self.take_word(word) {
            operands.push(operand(self)?);
        }
        Ok(Expr::new(ExprKind::Bool { and: word == "and", operands }, start.to(self.last_span())))
    }

    fn negation(&mut self) -> Parsed {
        if !self.is_word("not") {
            return self.comparison();
        }
        let start = self.span();
        self.advance();
        self.enter()?;
        let operand = self.negation();
        self.depth -= 1;
        let operand = operand?;
        let span = start.to(operand.span);
        Ok(Expr::new(ExprKind::Unary(UnaryOp::Not, Box::new(operand)), span))
    }

    fn comparison(&mut self) -> Parsed {
        let first = self.binary(0)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.compare_operator() {
            rest.push((operator, self.binary(0)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let span = first.span.to(self.last_span());
        Ok(Expr::new(ExprKind::Compare { first: Box::new(first), rest }, span))
    }

    fn compare_operator(&mut self) -> Option<CompareOp> {
        let operator = match self.peek() {
            TokenKind::Op("==") => CompareOp::Eq,
            TokenKind::Op("!=") => CompareOp::NotEq,
            TokenKind::Op("<") => CompareOp::Lt,
            TokenKind::Op("<=") => CompareOp::LtE,
            TokenKind::Op(">") => CompareOp::Gt,
            TokenKind::Op(">=") => CompareOp::GtE,
            TokenKind::Name(word) if &**word == "in" => CompareOp::In,
            TokenKind::Name(word) if &**word == "is" => {
                self.advance();
                return Some(if self.take_word("not") { CompareOp::IsNot } else { CompareOp::Is });
            }
            TokenKind::Name(word) if &**word == "not" => {
                if !matches!(self.peek_after(), TokenKind::Name(next) if &**next == "in") {
                    return None;
                }
                self.at += 2;
                return Some(CompareOp::NotIn);
            }
            _ => return None,
        };
        self.advance();
        Some(operator)
    }

    /// Operators from `|` (level 0) to `*` (level 5); one chain for each level.
    pub(super) fn binary(&mut self, level: usize) -> Parsed {
        if level > 5 {
            return self.unary();
        }
        let first = self.binary(level + 1)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.binary_operator(level) {
            self.advance();
            rest.push((operator, self.binary(level + 1)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let span = first.span.to(self.last_span());
        Ok(Expr::new(ExprKind::Binary { first: Box::new(first), rest }, span))
    }

    fn binary_operator(&self, level: usize) -> Option<BinaryOp> {
        let TokenKind::Op(operator) = self.peek() else { return None };
        let (operator, at) = match *operator {
            "|" => (BinaryOp::BitOr, 0),
            "^" => (BinaryOp::BitXor, 1),
            "&" => (BinaryOp::BitAnd, 2),
            "<<" => (BinaryOp::LShift, 3),
            ">>" => (BinaryOp::RShift, 3),
            "+" => (BinaryOp::Add, 4),
            "-" => (BinaryOp::Sub, 4),
            "*" => (BinaryOp::Mult, 5),
            "/" => (BinaryOp::Div, 5),
            "//" => (BinaryOp::FloorDiv, 5),
            "%" => (BinaryOp::Mod, 5),
            "@" => (BinaryOp::MatMult, 5),
            _ => return None,
        };
        (at == level).then_some(operator)
    }

    fn unary(&mut self) -> Parsed {
        let operator = match self.peek() {
            TokenKind::Op("-") => UnaryOp::Minus,
            TokenKind::Op("+") => UnaryOp::Plus,
            TokenKind::Op("~") => UnaryOp::Invert,
            _ => return self.power(),
        };
        let start = self.span();
        self.advance();
        self.enter()?;
        let operand = self.unary();
        self.depth -= 1;
        let operand = operand?;
        let span = start.to(operand.span);
        Ok(Expr::new(ExprKind::Unary(operator, Box::new(operand)), span))
    }

    fn power(&mut self) -> Parsed {
        let awaited = self.is_word("await").then(|| self.span());
        if awaited.is_some() {
            self.advance();
        }
        let mut base = self.trailed()?;
        if let Some(start) = awaited {
            let span = start.to(base.span);
            base = Expr::new(ExprKind::Refused("Await", vec![base]), span);
        }
        if !self.take_op("**") {
            return Ok(base);
        }
        self.enter()?;
        let exponent = self.unary();
        self.depth -= 1;
        let exponent = exponent?;
        let span = base.span.to(exponent.span);
        let rest = vec![(BinaryOp::Pow, exponent)];
        Ok(Expr::new(ExprKind::Binary { first: Box::new(base), rest }, span))
    }

    /// An atom with the calls, subscripts and attributes that follow it.
    fn trailed(&mut self) -> Parsed {
        let mut value = self.atom()?;
        for _ in 0..MAX_TRAILERS {
            if self.take_op("(") {
                value = self.call(value)?;
            } else if self.take_op("[") {
                let index = self.subscript()?;
                self.expect_op("]")?;
                let span = value.span.to(self.last_span());
                value =
                    Expr::new(ExprKind::Subscript { value: Box::new(value), index: Box::new(index) }, span);
            } else if self.take_op(".") {
                let name = self.identifier()?;
                let span = value.span.to(self.last_span());
                value = Expr::new(ExprKind::Attribute { value: Box::new(value), name }, span);
            } else {
                return Ok(value);
            }
        }
        Err(SyntaxError::new(self.span(), "the expression is nested too deeply"))
    }

    fn call(&mut self, func: Expr) -> Parsed {
        let mut args = Vec::new();
        let mut keywords: Vec<Keyword> = Vec::new();
        while !self.take_op(")") {
            let start = self.span();
            if self.take_op("**") {
                keywords.push(Keyword { name: None, value: self.expression()? });
            } else if matches!(self.peek(), TokenKind::Name(_))
                && matches!(self.peek_after(), TokenKind::Op("="))
            {
                let name = self.identifier()?;
                self.advance();
                if keywords.iter().any(|keyword| keyword.name.as_ref() == Some(&name)) {
                    return Err(SyntaxError::new(start, format!("keyword argument repeated: {name}")));
                }
                keywords.push(Keyword { name: Some(name), value: self.expression()? });
            } else if self.is_op("*") {
                args.push(self.list_item(true)?);
            } else {
                let value = self.named()?;
                if self.is_word("for") {
                    let value = self.comprehension(Built::Generator, start, value, None)?;
                    if !args.is_empty() || !keywords.is_empty() || !self.is_op(")") {
                        return Err(SyntaxError::new(start, "Generator expression must be parenthesized"));
                    }
                    args.push(value);
                } else if keywords.is_empty() {
                    args.push(value);
                } else {
                    return Err(SyntaxError::new(start, "positional argument follows keyword argument"));
                }
            }
            if !self.take_op(",") && !self.is_op(")") {
                return Err(self.unexpected());
            }
        }
        let span = func.span.to(self.last_span());
        Ok(Expr::new(ExprKind::Call { func: Box::new(func), args, keywords }, span))
    }

    fn subscript(&mut self) -> Parsed {
        let first = self.subscript_item()?;
        if !self.is_op(",") {
            return Ok(first);
        }
        let start = first.span;
        let mut items = vec![first];
        while self.take_op(",") && !self.is_op("]") {
            items.push(self.subscript_item()?);
        }
        Ok(Expr::new(ExprKind::Tuple(items), start.to(self.last_span())))
    }

    fn subscript_item(&mut self) -> Parsed {
        let start = self.span();
        let lower = if self.is_op(":") { None } else { Some(self.list_item(true)?) };
        if !self.take_op(":") {
            return lower.ok_or_else(|| self.unexpected());
        }
        let upper = self.slice_bound()?;
        let step = if self.take_op(":") { self.slice_bound()? } else { None };
        let lower = lower.map(Box::new);
        Ok(Expr::new(ExprKind::Slice { lower, upper, step }, start.to(self.last_span())))
    }

    fn slice_bound(&mut self) -> Result<Option<Box<Expr>>, SyntaxError> {
        if self.is_op(":") || self.is_op("]") || self.is_op(",") {
            return Ok(None);
        }
        Ok(Some(Box::new(self.expression()?)))
    }

    fn atom(&mut self) -> Parsed {
        let span = self.span();
        match self.peek().clone() {
            TokenKind::Name(name) => {
                let kind = match &*name {
                    "None" => ExprKind::Constant(Constant::None),
                    "True" => ExprKind::Constant(Constant::Bool(true)),
                    "False" => ExprKind::Constant(Constant::Bool(false)),
                    word if KEYWORDS.contains(&word) => return Err(self.unexpected()),
                    _ => ExprKind::Name(name),
                };
                self.advance();
                Ok(Expr::new(kind, span))
            }
            TokenKind::Number => {
                self.advance();
                Ok(Expr::new(ExprKind::Constant(literal::number(span.text(self.source), span)?), span))
            }
            TokenKind::String => self.strings(),
            TokenKind::Op("(") => self.parenthesised(),
            TokenKind::Op("[") => self.list(),
            TokenKind::Op("{") => self.braced(),
            TokenKind::Op("...") => {
                self.advance();
                Ok(Expr::new(ExprKind::Constant(Constant::Ellipsis), span))
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Adjacent string literals, which are one value.
    fn strings(&mut self) -> Parsed {
        let start = self.span();
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut formatted, mut n_bytes, mut n_literals) = (false, 0, 0);
        while matches!(self.peek(), TokenKind::String) {
            let part = literal::string(self.source, self.span(), self.depth)?;
            formatted |= part.formatted;
            n_bytes += usize::from(part.bytes);
            n_literals += 1;
            for piece in part.pieces {
                match (pieces.last_mut(), piece) {
                    (Some(Piece::Text(last)), Piece::Text(text)) => *last = format!("{last}{text}").into(),
                    (_, piece) => pieces.push(piece),
                }
            }
            self.advance();
        }
        let span = start.to(self.last_span());
        if n_bytes > 0 && n_bytes < n_literals {
            return Err(SyntaxError::new(span, "cannot mix bytes and nonbytes literals"));
        }
        if formatted {
            return Ok(Expr::new(ExprKind::Joined(pieces), span));
        }
        let text: Arc<str> = match pieces.into_iter().next() {
            Some(Piece::Text(text)) => text,
            _ => "".into(),
        };
        let constant = if n_bytes > 0 { Constant::Bytes } else { Constant::Str(text) };
        Ok(Expr::new(ExprKind::Constant(constant), span))
    }

    fn parenthesised(&mut self) -> Parsed {
        let start = self.span();
        self.advance();
        if self.take_op(")") {
            return Ok(Expr::new(ExprKind::Tuple(Vec::new()), start.to(self.last_span())));
        }
        if self.is_word("yield") {
            let value = self.yielded()?;
            self.expect_op(")")?;
            return Ok(value);
        }
        let first = self.list_item(true)?;
        if self.is_word("for") {
            let value = self.comprehension(Built::Generator, start, first, None)?;
            self.expect_op(")")?;
            return Ok(value);
        }
        if !self.is_op(",") {
            self.expect_op(")")?;
            if matches!(first.kind, ExprKind::Starred(_)) {
                return Err(SyntaxError::new(first.span, "cannot use starred expression here"));
            }
            return Ok(Expr::new(first.kind, start.to(self.last_span())));
        }
        let mut items = vec![first];
        while self.take_op(",") && !self.is_op(")") {
            items.push(self.list_item(true)?);
        }
        self.expect_op(")")?;
        Ok(Expr::new(ExprKind::Tuple(items), start.to(self.last_span())))
    }

    fn list(&mut self) -> Parsed {
        let start = self.span();
        self.advance();
        let mut items = Vec::new();
        while !self.take_op("]") {
            let item = self.list_item(true)?;
            if items.is_empty() && self.is_word("for") {
                let value = self.comprehension(Built::List, start, item, None)?;
                self.expect_op("]")?;
                return Ok(value);
            }
            items.push(item);
            if !self.take_op(",") && !self.is_op("]") {
                return Err(self.unexpected());
            }
        }
        Ok(Expr::new(ExprKind::List(items), start.to(self.last_span())))
    }

    /// A dictionary or a set.
    fn braced(&mut self) -> Parsed {
        let start = self.span();
        self.advance();
        let mut pairs: Vec<(Option<Expr>, Expr)> = Vec::new();
        let mut items: Vec<Expr> = Vec::new();
        while !self.take_op("}") {
            if items.is_empty() && self.take_op("**") {
                pairs.push((None, self.binary(0)?));
            } else {
                let key = if pairs.is_empty() { self.list_item(true)? } else { self.expression()? };
                let value =
                    if items.is_empty() && self.take_op(":") { Some(self.expression()?) } else { None };
                if items.is_empty() && pairs.is_empty() && self.is_word("for") {
                    let built = if value.is_some() { Built::Dict } else { Built::Set };
                    let made = self.comprehension(built, start, key, value)?;
                    self.expect_op("}")?;
                    return Ok(made);
                }
                match value {
                    Some(value) => pairs.push((Some(key), value)),
                    None if pairs.is_empty() => items.push(key),
                    None => return Err(self.unexpected()),
                }
            }
            if !self.take_op(",") && !self.is_op("}") {
                return Err(self.unexpected());
            }
        }
        let kind = if items.is_empty() { ExprKind::Dict(pairs) } else { ExprKind::Set(items) };
        Ok(Expr::new(kind, start.to(self.last_span())))
    }

    fn comprehension(&mut self, built: Built, start: Span, element: Expr, value: Option<Expr>) -> Parsed {
        let mut clauses = Vec::new();
        while self.take_word("for") {
            let target = self.targets()?;
            if !self.take_word("in") {
                return Err(self.unexpected());
            }
            let iter = self.disjunction()?;
            let mut conditions = Vec::new();
            while self.take_word("if") {
                conditions.push(self.disjunction()?);
            }
            clauses.push(Clause { target, iter, conditions });
        }
        let span = start.to(self.last_span());
        let (element, value) = (Box::new(element), value.map(Box::new));
        Ok(Expr::new(ExprKind::Comprehension { built, element, value, clauses }, span))
    }

    /// Targets of a loop: `a`, `a, b`, `(a, b)`, `a[0]`, …
    pub(super) fn targets(&mut self) -> Parsed {
        let first = self.target_item()?;
        if !self.is_op(",") {
            require_target(&first)?;
            return Ok(first);
        }
        let start = first.span;
        let mut items = vec![first];
        while self.take_op(",") && !self.at_list_end() {
            items.push(self.target_item()?);
        }
        let target = Expr::new(ExprKind::Tuple(items), start.to(self.last_span()));
        require_target(&target)?;
        Ok(target)
    }

    fn target_item(&mut self) -> Parsed {
        if self.is_op("*") { self.list_item(true) } else { self.binary(0) }
    }
}

/// Refuses what cannot be assigned to.
pub(super) fn require_target(target: &Expr) -> Result<(), SyntaxError> {
    match &target.kind {
        ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => Ok(()),
        ExprKind::Starred(inner) => require_target(inner),
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            if items.iter().filter(|item| matches!(item.kind, ExprKind::Starred(_))).count() > 1 {
                return Err(SyntaxError::new(target.span, "multiple starred expressions in assignment"));
            }
            items.iter().try_for_each(require_target)
        }
        _ => Err(SyntaxError::new(target.span, "cannot assign to this expression")),
    }
}
