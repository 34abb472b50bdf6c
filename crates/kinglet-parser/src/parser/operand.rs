//! Operands: literals, names, brackets, prefix operators.

use kinglet_diagnostic::Span;

use super::expr::{Alias, NEGATE, NOT};
use super::{Failure, Parse, Parser, Role};
use crate::ast::{
    CastForm, Expr, ExprKind, Ident, Literal, Operator, Path, Query, QueryParameter, Quote, Syntax, Value,
};
use crate::token::TokenKind;
use crate::value;

impl Parser<'_> {
    /// Reads one operand with the prefix operators before it. After a dot, `1::T` is no cast of 1.
    #[inline(never)]
    pub(super) fn operand(&mut self, after_dot: bool) -> Parse<Expr> {
        use TokenKind as K;
        if !after_dot && let Some(expr) = self.literal_cast()? {
            return Ok(expr);
        }
        while self.kind() == K::Plus {
            self.advance();
        }
        match self.kind() {
            K::Minus if !after_dot && self.at_negative_number() => self.negative_number(),
            K::Minus => self.prefix(Operator::Negate, NEGATE),
            K::Word => self.word_operand(),
            K::QuotedIdentifier => self.name_operand(),
            K::Number => self.number(),
            K::String | K::HereDoc => self.string_literal(),
            K::OpenRound => self.round_brackets(),
            K::OpenSquare => self.square_brackets(),
            K::OpenCurly => self.curly_brackets(),
            K::Asterisk => self.matcher(None, None),
            K::DoubleAt => self.global_variable(),
            kind => {
                let after_operator = self.inside.is_some_and(|start| start < self.at);
                let in_projection = self.in_projection && self.inside.is_none();
                let is_first = matches!(self.previous_kind(), K::OpenRound | K::OpenSquare);
                if after_operator && matches!(kind, K::Comma | K::CloseRound | K::CloseSquare)
                    || (in_projection || is_first) && kind == K::Comma
                {
                    self.touch(1);
                }
                self.fail("expression")
            }
        }
    }

    fn previous_kind(&self) -> TokenKind {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.map_or(TokenKind::End, |token| token.kind)
    }

    fn at_negative_number(&mut self) -> bool {
        self.kind_at(1) == TokenKind::Number
            || ["INF", "INFINITY", "NAN"].iter().any(|word| self.word_at(1, word))
    }

    /// An operator before its operand, which takes in whatever binds tighter.
    #[inline(never)]
    fn prefix(&mut self, operator: Operator, priority: u8) -> Parse<Expr> {
        let span = self.advance().span;
        let operand = self.nested(|parser| parser.climb(priority + 1))?;
        let whole = span.to(operand.span);
        self.function(operator.function_name(), span, Syntax::Operator(operator), vec![operand], whole)
    }

    #[inline(never)]
    fn word_operand(&mut self) -> Parse<Expr> {
        if self.at_probable_clause() {
            return self.fail("expression");
        }
        match self.token_text().len() {
            3 if self.at_word("NOT") => return self.prefix(Operator::Not, NOT),
            3 if self.at_word("INF") || self.at_word("NAN") => return self.number(),
            4 if self.at_word("NULL") => return Ok(self.literal_word(Value::Null)),
            4 if self.at_word("TRUE") => return Ok(self.literal_word(Value::Bool(true))),
            4 if self.at_word("CASE") => return self.word_construct(Self::case),
            4 if self.at_word("DATE") && self.string_follows() => return self.date_literal("toDate"),
            5 if self.at_word("FALSE") => return Ok(self.literal_word(Value::Bool(false))),
            7 if self.at_columns() => return self.matcher(None, None),
            8 if self.at_word("INTERVAL") => return self.word_construct(Self::interval),
            8 if self.at_word("INFINITY") => return self.number(),
            9 if self.at_word("TIMESTAMP") && self.string_follows() => {
                return self.date_literal("toDateTime");
            }
            _ => {}
        }
        self.name_operand()
    }

    fn string_follows(&mut self) -> bool {
        self.touch(1);
        matches!(self.kind_at(1), TokenKind::String | TokenKind::HereDoc)
    }

    /// Reads a construct that starts with a word which may also be a name, as in `SELECT interval`.
    #[inline(never)]
    fn word_construct(&mut self, read: fn(&mut Self) -> Parse<Expr>) -> Parse<Expr> {
        let at = self.at;
        if !self.plain_words.contains(&at) {
            if let Some(expr) = self.attempt(read) {
                return Ok(expr);
            }
            if self.is_hopeless() {
                return Err(Failure);
            }
            self.plain_words.push(at);
        }
        self.name_operand()
    }

    fn literal_word(&mut self, value: Value) -> Expr {
        let text = self.token_text().to_owned();
        let span = self.advance().span;
        Expr::new(ExprKind::Literal(Box::new(Literal { value, text })), span)
    }

    #[inline(never)]
    pub(super) fn number(&mut self) -> Parse<Expr> {
        let text = self.token_text().to_owned();
        let Some(value) = value::number(&text, false) else { return self.fail("number") };
        let span = self.advance().span;
        Ok(Expr::new(ExprKind::Literal(Box::new(Literal { value, text })), span))
    }

    #[inline(never)]
    pub(super) fn negative_number(&mut self) -> Parse<Expr> {
        let sign = self.span();
        let number = self.token(1).span;
        let Some(value) = value::number(number.text(self.text), true) else {
            self.touch(1);
            return self.fail("number");
        };
        self.advance();
        self.advance();
        let span = sign.to(number);
        let text = format!("-{}", number.text(self.text));
        Ok(Expr::new(ExprKind::Literal(Box::new(Literal { value, text })), span))
    }

    #[inline(never)]
    pub(super) fn string_literal(&mut self) -> Parse<Expr> {
        let text = self.token_text().to_owned();
        let span = self.span();
        let value = Value::String(self.string_bytes()?);
        Ok(Expr::new(ExprKind::Literal(Box::new(Literal { value, text })), span))
    }

    /// A literal directly followed by `::`: its text is what is cast.
    #[inline(never)]
    fn literal_cast(&mut self) -> Parse<Option<Expr>> {
        let Some(length) = self.literal_length() else { return Ok(None) };
        if self.kind_at(length) != TokenKind::DoubleColon {
            return Ok(None);
        }
        let start = self.span();
        let is_string = self.kind() == TokenKind::String;
        let first = self.at;
        for _ in 0..length {
            self.advance();
        }
        self.set_roles_since(first, Role::Verbatim);
        let span = self.since(start);
        let text = span.text(self.text).to_owned();
        let bytes = if is_string { value::string(&text) } else { text.clone().into_bytes() };
        let literal =
            Expr::new(ExprKind::Literal(Box::new(Literal { value: Value::String(bytes), text })), span);
        let operator = self.advance().span;
        let data_type = self.data_type()?;
        let text = crate::print::data_type_to_string(&data_type);
        let target = Literal { value: Value::String(text.clone().into_bytes()), text };
        let target = Expr::new(ExprKind::Literal(Box::new(target)), data_type.span);
        let whole = span.to(data_type.span);
        let syntax = Syntax::Cast(CastForm::DoubleColon);
        self.function("CAST", operator, syntax, vec![literal, target], whole).map(Some)
    }

    /// Number of tokens of the literal that starts here: a number, a string, or brackets of them.
    fn literal_length(&mut self) -> Option<usize> {
        use TokenKind as K;
        match self.kind() {
            K::Number | K::String => return Some(1),
            K::Minus => return (self.kind_at(1) == K::Number).then_some(2),
            K::OpenRound | K::OpenSquare => {}
            _ => return None,
        }
        let mut open = Vec::new();
        let mut last = K::OpenSquare;
        let mut length = 0;
        loop {
            let kind = self.kind_at(length);
            let starts = matches!(last, K::OpenSquare | K::OpenRound | K::Comma);
            let fits = match kind {
                K::OpenRound | K::OpenSquare => {
                    open.push(kind);
                    starts
                }
                K::CloseSquare => {
                    !matches!(last, K::Comma | K::OpenRound | K::Minus) && open.pop() == Some(K::OpenSquare)
                }
                K::CloseRound => {
                    !matches!(last, K::Comma | K::OpenSquare | K::Minus) && open.pop() == Some(K::OpenRound)
                }
                K::Comma => !(starts || last == K::Minus),
                K::Number => starts || last == K::Minus,
                K::String | K::Minus => starts,
                _ => return None,
            };
            if !fits {
                return None;
            }
            length += 1;
            last = kind;
            if open.is_empty() {
                return Some(length);
            }
        }
    }

    fn date_literal(&mut self, function: &str) -> Parse<Expr> {
        let keyword = self.advance().span;
        let text = self.string_literal()?;
        let whole = keyword.to(text.span);
        self.function(function, keyword, Syntax::DateLiteral, vec![text], whole)
    }

    fn global_variable(&mut self) -> Parse<Expr> {
        let start = self.advance().span;
        let mut name = self.expect(TokenKind::Word)?;
        self.set_roles_since(self.at.saturating_sub(1), Role::Name);
        if self.eat(TokenKind::Dot) {
            name = self.expect(TokenKind::Word)?;
        }
        self.set_roles_since(self.at.saturating_sub(1), Role::Name);
        let text = name.span.text(self.text).to_owned();
        let alias = Ident { name: format!("@@{text}"), quote: Quote::Backtick, span: name.span };
        let literal = Literal { value: Value::String(text.clone().into_bytes()), text };
        let literal = Expr::new(ExprKind::Literal(Box::new(literal)), name.span);
        let span = self.since(start);
        let mut expr = self.function("globalVariable", start, Syntax::GlobalVariable, vec![literal], span)?;
        expr.alias = Some(Box::new(alias));
        Ok(expr)
    }

    /// A name: a column, a call, or something before `.*`.
    #[inline(never)]
    fn name_operand(&mut self) -> Parse<Expr> {
        let start = self.at;
        let path = self.expression_path(false)?;
        if self.kind() == TokenKind::OpenRound {
            self.set_roles_since(start, Role::Function);
            return self.call(path);
        }
        if self.kind() == TokenKind::Dot && self.matcher_follows_dot() {
            self.advance();
            return self.matcher(Some(path), None);
        }
        let span = path.span;
        Ok(Expr::new(ExprKind::Identifier(path), span))
    }

    fn matcher_follows_dot(&mut self) -> bool {
        self.kind_at(1) == TokenKind::Asterisk
            || self.word_at(1, "COLUMNS") && self.kind_at(2) == TokenKind::OpenRound
    }

    /// Reads `a.b.c`, with the forms `JSON` columns have: `.^object`, `.:Type`, `[]`.
    pub(super) fn expression_path(&mut self, allow_parameters: bool) -> Parse<Path> {
        let first = if allow_parameters { self.ident_or_parameter()? } else { self.ident()? };
        let start = first.span;
        let mut parts = vec![first];
        loop {
            self.array_suffix(&mut parts);
            if self.kind() != TokenKind::Dot {
                break;
            }
            match self.kind_at(1) {
                TokenKind::Word if self.matcher_follows_dot() => break,
                TokenKind::Word | TokenKind::QuotedIdentifier => {
                    self.advance();
                    parts.push(self.ident()?);
                }
                TokenKind::OpenCurly if allow_parameters => {
                    self.advance();
                    parts.push(self.ident_or_parameter()?);
                }
                sign @ (TokenKind::Caret | TokenKind::At) => {
                    self.advance();
                    self.advance();
                    let mut part = self.ident()?;
                    part.quote = if sign == TokenKind::At { Quote::JsonExact } else { Quote::JsonObject };
                    parts.push(part);
                }
                TokenKind::Colon => {
                    self.advance();
                    self.advance();
                    parts.push(self.json_type()?);
                }
                _ => break,
            }
        }
        Ok(Path { parts, span: self.since(start) })
    }

    fn json_type(&mut self) -> Parse<Ident> {
        if self.kind() == TokenKind::QuotedIdentifier {
            let mut part = self.ident()?;
            part.quote = Quote::JsonType;
            return Ok(part);
        }
        let data_type = self.data_type()?;
        let name = crate::print::data_type_to_string(&data_type);
        Ok(Ident { name, quote: Quote::JsonType, span: data_type.span })
    }

    /// `a[][]` in a `JSON` path: an array (of arrays) of objects.
    fn array_suffix(&mut self, parts: &mut Vec<Ident>) {
        // After a name without dots it is nothing, but ClickHouse looks past it.
        if parts.len() == 1
            && self.kind() == TokenKind::OpenSquare
            && self.kind_at(1) == TokenKind::CloseSquare
        {
            return self.touch(2);
        }
        let start = self.span();
        let mut name = "JSON".to_owned();
        while self.kind() == TokenKind::OpenSquare && self.kind_at(1) == TokenKind::CloseSquare {
            self.advance();
            self.advance();
            name = format!("Array({name})");
        }
        if name.len() > "JSON".len() {
            parts.push(Ident { name, quote: Quote::JsonType, span: self.since(start) });
        }
    }

    /// `( ... )`: a subquery, a tuple, or just an expression.
    #[inline(never)]
    fn round_brackets(&mut self) -> Parse<Expr> {
        if self.at_subquery() {
            return self.subquery();
        }
        let start = self.advance().span;
        let mut elements = Vec::new();
        let mut is_tuple = false;
        if self.kind() == TokenKind::CloseRound {
            is_tuple = true;
        } else {
            self.element(&mut elements, Alias::AsInside)?;
            while self.eat(TokenKind::Comma) {
                is_tuple = true;
                if self.kind() == TokenKind::CloseRound {
                    break;
                }
                self.element(&mut elements, Alias::AsInside)?;
            }
        }
        self.expect(TokenKind::CloseRound)?;
        is_tuple |= self.kind() == TokenKind::Arrow;
        self.bracketed(elements, is_tuple, start)
    }

    #[inline(never)]
    fn bracketed(&mut self, mut elements: Vec<Expr>, is_tuple: bool, start: Span) -> Parse<Expr> {
        if !is_tuple && let Some(mut single) = elements.pop() {
            single.parenthesized = true;
            return Ok(single);
        }
        let span = self.since(start);
        self.function("tuple", start, Syntax::Tuple, elements, span)
    }

    #[inline(never)]
    fn square_brackets(&mut self) -> Parse<Expr> {
        let start = self.advance().span;
        let mut elements = Vec::new();
        if !self.eat(TokenKind::CloseSquare) {
            self.element(&mut elements, Alias::AsInside)?;
            while self.eat(TokenKind::Comma) {
                self.element(&mut elements, Alias::AsInside)?;
            }
            self.expect(TokenKind::CloseSquare)?;
        }
        let span = self.since(start);
        self.function("array", start, Syntax::Array, elements, span)
    }

    #[inline(never)]
    fn curly_brackets(&mut self) -> Parse<Expr> {
        let start = self.advance().span;
        if self.kind() != TokenKind::Word {
            return self.fail("substitution name (identifier)");
        }
        let name = self.ident()?;
        self.expect(TokenKind::Colon)?;
        let data_type = self.data_type()?;
        self.expect(TokenKind::CloseCurly)?;
        let span = self.since(start);
        Ok(Expr::new(ExprKind::Parameter(Box::new(QueryParameter { name, data_type })), span))
    }

    /// Reads `(query)`.
    #[inline(never)]
    pub(super) fn subquery(&mut self) -> Parse<Expr> {
        let start = self.span();
        let query = self.nested(Self::parenthesized_query)?;
        let span = self.since(start);
        Ok(Expr::new(ExprKind::Subquery(Box::new(query)), span))
    }

    pub(super) fn parenthesized_query(&mut self) -> Parse<Query> {
        self.expect(TokenKind::OpenRound)?;
        let query = if self.at_word("EXPLAIN") { self.explain_query()? } else { self.query()? };
        self.close_query()?;
        Ok(query)
    }

    /// Whether the parenthesis here opens a query and no expression. In `((SELECT 1) + 1)` it does not:
    /// what follows the inner brackets tells.
    pub(super) fn at_subquery(&mut self) -> bool {
        let mut opened = 0;
        while self.kind_at(opened) == TokenKind::OpenRound {
            opened += 1;
        }
        if opened == 0 || !self.query_starts(opened) {
            return false;
        }
        let mut level = opened - 1;
        let mut end = opened;
        while level > 0 {
            let Some(close) = self.matching_close(end) else { return true };
            let follows_set =
                ["UNION", "EXCEPT", "INTERSECT"].iter().any(|word| self.word_at(close + 1, word));
            if self.kind_at(close + 1) != TokenKind::CloseRound && !follows_set {
                return false;
            }
            end = close + 1;
            level -= 1;
        }
        true
    }

    fn query_starts(&mut self, ahead: usize) -> bool {
        if self.word_at(ahead, "SELECT") {
            return true;
        }
        let next = self.kind_at(ahead + 1);
        let name_follows = matches!(
            next,
            TokenKind::Word | TokenKind::QuotedIdentifier | TokenKind::OpenRound | TokenKind::OpenSquare
        );
        if self.word_at(ahead, "WITH") {
            return name_follows
                || matches!(
                    next,
                    TokenKind::Number | TokenKind::String | TokenKind::OpenCurly | TokenKind::Minus
                );
        }
        let operator_follows = ["AS", "IN", "NOT", "LIKE", "ILIKE", "BETWEEN", "IS", "AND", "OR"]
            .iter()
            .any(|word| self.word_at(ahead + 1, word));
        (self.word_at(ahead, "FROM") || self.word_at(ahead, "EXPLAIN"))
            && name_follows
            && next != TokenKind::OpenSquare
            && !operator_follows
    }

    /// Offset of the bracket that closes the one open before `from`.
    fn matching_close(&mut self, from: usize) -> Option<usize> {
        let mut open = 1usize;
        let mut ahead = from;
        loop {
            match self.kind_at(ahead) {
                TokenKind::OpenRound => open += 1,
                TokenKind::CloseRound => open -= 1,
                TokenKind::End => return None,
                _ => {}
            }
            if open == 0 {
                return Some(ahead);
            }
            ahead += 1;
        }
    }
}
