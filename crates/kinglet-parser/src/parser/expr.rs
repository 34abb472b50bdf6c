//! Expressions: operators by precedence, aliases, lambdas.

use kinglet_diagnostic::Span;

use super::{Failure, Parse, Parser};
use crate::MAX_TREE_DEPTH;
use crate::ast::{
    CastForm, Expr, ExprKind, Function, Ident, Literal, Operator, Path, Query, QueryBody, Syntax,
    TableElement, TableExpr, TableSource, Value,
};
use crate::token::TokenKind;

/// Where an alias may stand after an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alias {
    /// `AS name`, and nothing but the end of the expression after it.
    As,
    /// `AS name` or just `name`, and nothing but the end of the expression after it.
    Bare,
    /// `AS name`, after which operators may go on: inside brackets.
    AsInside,
    /// `AS name` or just `name`, after which operators may go on.
    BareInside,
    /// No alias.
    None,
}

impl Alias {
    fn is_bare(self) -> bool {
        matches!(self, Alias::Bare | Alias::BareInside)
    }

    fn is_inside(self) -> bool {
        matches!(self, Alias::AsInside | Alias::BareInside)
    }
}

/// An operator between or after operands.
#[derive(Clone, Copy)]
enum Infix {
    /// A binary operator.
    Binary(Operator),
    /// `IS NULL` and `IS NOT NULL`.
    Postfix(Operator),
    /// `IS [NOT] TRUE | FALSE`: the operator and the value it compares with.
    Truth(Operator, bool),
    /// `[NOT] BETWEEN`.
    Between { negated: bool },
    /// `?`.
    Ternary,
    /// `.`.
    Dot,
    /// `[`.
    Index,
    /// `::`.
    Cast,
}

/// Binding powers, as in ClickHouse: higher binds tighter.
const TERNARY: u8 = 2;
const OR: u8 = 3;
const AND: u8 = 4;
pub(super) const NOT: u8 = 5;
const IS: u8 = 6;
const BETWEEN: u8 = 7;
const BETWEEN_END: u8 = 8;
const COMPARISON: u8 = 9;
const CONCAT: u8 = 10;
const ADDITIVE: u8 = 11;
const MULTIPLICATIVE: u8 = 12;
pub(super) const NEGATE: u8 = 13;
const ACCESS: u8 = 14;

/// Words that are no alias unless `AS` stands before them.
const NOT_AN_ALIAS: [&str; 45] = [
    "ALL",
    "ANTI",
    "ANY",
    "ARRAY",
    "AS",
    "ASOF",
    "BETWEEN",
    "CROSS",
    "ELSE",
    "EXCEPT",
    "FINAL",
    "FORMAT",
    "FROM",
    "FULL",
    "GLOBAL",
    "GROUP",
    "HAVING",
    "ILIKE",
    "INNER",
    "INTERSECT",
    "INTO",
    "JOIN",
    "LEFT",
    "LIKE",
    "LIMIT",
    "NATURAL",
    "NOT",
    "OFFSET",
    "ON",
    "ONLY",
    "ORDER",
    "PARALLEL",
    "PASTE",
    "PREWHERE",
    "QUALIFY",
    "RIGHT",
    "SAMPLE",
    "SEMI",
    "SETTINGS",
    "STREAM",
    "UNION",
    "USING",
    "WHERE",
    "WINDOW",
    "WITH",
];

impl Parser<'_> {
    /// Reads an expression and the alias it may have.
    pub(super) fn expr(&mut self, alias: Alias) -> Parse<Expr> {
        let mut elements = Vec::new();
        self.element(&mut elements, alias)?;
        elements.pop().ok_or(Failure)
    }

    /// Reads expressions separated by commas; at least one.
    pub(super) fn expr_list(&mut self, alias: Alias) -> Parse<Vec<Expr>> {
        self.comma_separated(|parser| parser.expr(alias))
    }

    /// Reads one more element of a list. A lambda takes the names before it in the list as its
    /// parameters: `f(x, y -> x + y)` has one argument.
    pub(super) fn element(&mut self, elements: &mut Vec<Expr>, alias: Alias) -> Parse<()> {
        if self.nesting >= super::MAX_NESTING {
            self.too_deep = Some(self.span());
            return Err(Failure);
        }
        self.nesting += 1;
        let inside = alias.is_inside().then_some(self.at);
        let outside = std::mem::replace(&mut self.inside, inside);
        let result = self.element_unbounded(elements, alias);
        self.inside = outside;
        self.nesting -= 1;
        result
    }

    #[inline(never)]
    fn element_unbounded(&mut self, elements: &mut Vec<Expr>, alias: Alias) -> Parse<()> {
        let mut expr = self.climb(0)?;
        if self.kind() == TokenKind::Arrow {
            expr = self.lambda(elements, expr)?;
        }
        elements.push(self.aliased(expr, alias)?);
        Ok(())
    }

    /// Reads the alias of `expr`, if one follows, and the operators that may come after it.
    pub(super) fn aliased(&mut self, mut expr: Expr, alias: Alias) -> Parse<Expr> {
        if self.alias(&mut expr, alias)? && alias.is_inside() {
            return self.operators(expr, 0);
        }
        Ok(expr)
    }

    #[inline(never)]
    pub(super) fn lambda(&mut self, elements: &mut Vec<Expr>, last: Expr) -> Parse<Expr> {
        let is_name = |expr: &Expr| matches!(expr.kind, ExprKind::Identifier(_));
        let is_names = |expr: &Expr| {
            let tuple = expr.as_function().filter(|function| function.syntax == Syntax::Tuple);
            tuple.is_some_and(|tuple| tuple.arguments.iter().all(is_name))
        };
        let parameters = if is_names(&last) {
            last
        } else if is_name(&last) && elements.iter().all(is_name) {
            let mut names: Vec<Expr> = std::mem::take(elements);
            let span = names.first().map_or(last.span, |first| first.span.to(last.span));
            names.push(last);
            self.function("tuple", Span::at(span.start as usize), Syntax::Tuple, names, span)?
        } else {
            return self.fail("lambda parameters");
        };
        let start = parameters.span;
        let arrow = self.advance().span;
        let body = self.climb(TERNARY)?;
        let span = start.to(self.since(start));
        self.function("lambda", arrow, Syntax::Lambda, vec![parameters, body], span)
    }

    /// Reads the alias of `expr`, if one follows; answers whether it did.
    fn alias(&mut self, expr: &mut Expr, alias: Alias) -> Parse<bool> {
        if alias == Alias::None {
            return Ok(false);
        }
        let named = self.eat_words("AS")
            || alias.is_bare()
                && !is_bare_from(expr)
                && self.at_bare_alias()
                && (alias == Alias::Bare || !self.at_inner_keyword());
        if !named {
            return Ok(false);
        }
        let name = self.ident()?;
        if matches!(expr.kind, ExprKind::Asterisk(_) | ExprKind::Columns(_) | ExprKind::Settings(_)) {
            return self.fail("alias cannot be here");
        }
        expr.alias = Some(Box::new(name));
        Ok(true)
    }

    /// Whether a name stands here that can be an alias without `AS`.
    pub(super) fn at_bare_alias(&mut self) -> bool {
        self.note("alias");
        match self.kind() {
            TokenKind::QuotedIdentifier => true,
            TokenKind::Word => {
                let word = self.token_text();
                let is_keyword = NOT_AN_ALIAS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word));
                if is_keyword {
                    self.touch(1);
                }
                !is_keyword
            }
            TokenKind::OpenCurly => {
                self.touch_substitution();
                false
            }
            _ => false,
        }
    }

    /// An alias may be `{name:Identifier}` for ClickHouse, which finds only at its end that it is of another type.
    fn touch_substitution(&mut self) {
        let is_name = |kind| matches!(kind, TokenKind::Word | TokenKind::QuotedIdentifier);
        let mut ahead = 1;
        if is_name(self.kind_at(1)) {
            ahead = 2;
            if self.kind_at(2) == TokenKind::Colon {
                ahead = if is_name(self.kind_at(3)) { 4 } else { 3 };
            }
        }
        self.touch(ahead);
    }

    /// Whether a word stands here that goes on with `CASE`, `SUBSTRING` and their kin.
    fn at_inner_keyword(&mut self) -> bool {
        ["WHEN", "THEN", "ELSE", "END", "FOR", "PLACING", "IN"].iter().any(|word| self.word_at(0, word))
    }

    /// Reads operands and the operators between them that bind at least as tightly as `min`.
    #[inline(never)]
    pub(super) fn climb(&mut self, min: u8) -> Parse<Expr> {
        let operand = self.operand(false)?;
        self.operators(operand, min)
    }

    #[inline(never)]
    fn operators(&mut self, mut left: Expr, min: u8) -> Parse<Expr> {
        while let Some((infix, priority, length)) = self.infix() {
            if priority < min {
                break;
            }
            left = match infix {
                Infix::Binary(operator @ (Operator::Or | Operator::And | Operator::Concat)) => {
                    self.chain(left, operator, priority)?
                }
                Infix::Binary(operator) => self.binary(left, operator, priority, length)?,
                Infix::Postfix(operator) => {
                    let span = self.advance_by(length);
                    let whole = left.span.to(span);
                    self.function(
                        operator.function_name(),
                        span,
                        Syntax::Operator(operator),
                        vec![left],
                        whole,
                    )?
                }
                Infix::Truth(operator, value) => self.truth(left, operator, value, length)?,
                Infix::Between { negated } => self.between(left, negated, length)?,
                Infix::Ternary => return self.ternary(left),
                Infix::Dot => self.member(left)?,
                Infix::Index => self.index(left)?,
                Infix::Cast => self.double_colon(left)?,
            };
        }
        if self.open_ternaries == 0 && self.kind() == TokenKind::Colon {
            return self.lone_colon();
        }
        Ok(left)
    }

    /// Which operator stands here, how tightly it binds and of how many tokens it is.
    #[inline(never)]
    fn infix(&mut self) -> Option<(Infix, u8, usize)> {
        use TokenKind as K;
        self.note("operator");
        let (operator, priority) = match self.kind() {
            K::Word => return self.word_infix(),
            K::QuestionMark => return Some((Infix::Ternary, TERNARY, 1)),
            K::Dot => return Some((Infix::Dot, ACCESS, 1)),
            K::OpenSquare => return Some((Infix::Index, ACCESS, 1)),
            K::DoubleColon => return Some((Infix::Cast, ACCESS, 1)),
            K::Equals => (Operator::Equals, COMPARISON),
            K::DoubleEquals => (Operator::DoubleEquals, COMPARISON),
            K::NotEquals => (Operator::NotEquals, COMPARISON),
            K::AngleNotEquals => (Operator::AngleNotEquals, COMPARISON),
            K::Less => (Operator::Less, COMPARISON),
            K::LessOrEquals => (Operator::LessOrEquals, COMPARISON),
            K::Greater => (Operator::Greater, COMPARISON),
            K::GreaterOrEquals => (Operator::GreaterOrEquals, COMPARISON),
            K::Spaceship => (Operator::NullSafeEquals, COMPARISON),
            K::Match => (Operator::Match, COMPARISON),
            K::NotMatch => (Operator::NotMatch, COMPARISON),
            K::IMatch => (Operator::IMatch, COMPARISON),
            K::NotIMatch => (Operator::NotIMatch, COMPARISON),
            K::Concatenation => (Operator::Concat, CONCAT),
            K::Plus => (Operator::Plus, ADDITIVE),
            K::Minus => (Operator::Minus, ADDITIVE),
            K::Asterisk => (Operator::Multiply, MULTIPLICATIVE),
            K::Slash => (Operator::Divide, MULTIPLICATIVE),
            K::Percent => (Operator::Modulo, MULTIPLICATIVE),
            _ => return None,
        };
        Some((Infix::Binary(operator), priority, 1))
    }

    fn word_infix(&mut self) -> Option<(Infix, u8, usize)> {
        let binary = |operator, priority, length| Some((Infix::Binary(operator), priority, length));
        match self.token_text().as_bytes().first()?.to_ascii_lowercase() {
            b'a' if self.at_word("AND") => binary(Operator::And, AND, 1),
            b'a' if self.at_words("AT TIME ZONE") => binary(Operator::AtTimeZone, ACCESS, 3),
            b'b' if self.at_word("BETWEEN") => Some((Infix::Between { negated: false }, BETWEEN, 1)),
            b'd' if self.at_word("DIV") => binary(Operator::Div, MULTIPLICATIVE, 1),
            b'g' if self.at_words("GLOBAL IN") => binary(Operator::GlobalIn, COMPARISON, 2),
            b'g' if self.at_words("GLOBAL NOT IN") => binary(Operator::GlobalNotIn, COMPARISON, 3),
            b'i' if self.at_word("IS") => self.is_infix(),
            b'i' if self.at_words("IN PARTITION") => None,
            b'i' if self.at_word("IN") && self.without_in.is_some() && self.without_in == self.inside => None,
            b'i' if self.at_word("IN") => binary(Operator::In, COMPARISON, 1),
            b'i' if self.at_word("ILIKE") => binary(Operator::ILike, COMPARISON, 1),
            b'l' if self.at_word("LIKE") => binary(Operator::Like, COMPARISON, 1),
            b'm' if self.at_word("MOD") => binary(Operator::Mod, MULTIPLICATIVE, 1),
            b'n' if self.at_word("NOT") => self.not_infix(),
            b'o' if self.at_word("OR") => binary(Operator::Or, OR, 1),
            b'r' if self.at_word("REGEXP") => binary(Operator::Regexp, COMPARISON, 1),
            _ => None,
        }
    }

    fn not_infix(&mut self) -> Option<(Infix, u8, usize)> {
        let binary = |operator| Some((Infix::Binary(operator), COMPARISON, 2));
        if self.at_words("NOT BETWEEN") {
            return Some((Infix::Between { negated: true }, BETWEEN, 2));
        }
        if self.at_words("NOT LIKE") {
            return binary(Operator::NotLike);
        }
        if self.at_words("NOT ILIKE") {
            return binary(Operator::NotILike);
        }
        if self.at_words("NOT IN") { binary(Operator::NotIn) } else { None }
    }

    fn is_infix(&mut self) -> Option<(Infix, u8, usize)> {
        let (equal, different) = (Operator::IsNotDistinctFrom, Operator::IsDistinctFrom);
        let (infix, length) = if self.at_words("IS NOT DISTINCT FROM") {
            (Infix::Binary(equal), 4)
        } else if self.at_words("IS DISTINCT FROM") {
            (Infix::Binary(different), 3)
        } else if self.at_words("IS NOT NULL") || self.at_words("IS NOT UNKNOWN") {
            (Infix::Postfix(Operator::IsNotNull), 3)
        } else if self.at_words("IS NULL") || self.at_words("IS UNKNOWN") {
            (Infix::Postfix(Operator::IsNull), 2)
        } else if self.at_words("IS NOT FALSE") {
            (Infix::Truth(different, false), 3)
        } else if self.at_words("IS FALSE") {
            (Infix::Truth(equal, false), 2)
        } else if self.at_words("IS NOT TRUE") {
            (Infix::Truth(different, true), 3)
        } else if self.at_words("IS TRUE") {
            (Infix::Truth(equal, true), 2)
        } else {
            return None;
        };
        Some((infix, IS, length))
    }

    fn advance_by(&mut self, length: usize) -> Span {
        let mut span = self.span();
        for _ in 0..length {
            span = span.to(self.advance().span);
        }
        span
    }

    /// `a AND b AND c` is one node of three arguments, however long.
    #[inline(never)]
    fn chain(&mut self, left: Expr, operator: Operator, priority: u8) -> Parse<Expr> {
        let mut span = left.span;
        let mut operator_span = None;
        let mut arguments = vec![left];
        while let Some((Infix::Binary(next), _, length)) = self.infix() {
            if next != operator {
                break;
            }
            operator_span = operator_span.or(Some(self.span()));
            self.advance_by(length);
            let right = self.climb(priority + 1)?;
            span = span.to(right.span);
            arguments.push(right);
        }
        let operator_span = operator_span.unwrap_or(span);
        self.function(operator.function_name(), operator_span, Syntax::Operator(operator), arguments, span)
    }

    #[inline(never)]
    fn binary(&mut self, left: Expr, operator: Operator, priority: u8, length: usize) -> Parse<Expr> {
        let span = self.advance_by(length);
        if priority == COMPARISON && !operator.is_in() && self.at_quantifier() {
            return self.quantified(left, operator, span);
        }
        if priority == COMPARISON
            && !operator.is_in()
            && let Some((all, array)) = self.attempt(Self::quantified_array)
        {
            return self.of_array(left, operator, span, all, array);
        }
        let right = self.climb(priority + 1)?;
        let mut whole = left.span.to(right.span);
        let mut arguments = vec![left, right];
        let is_like =
            matches!(operator, Operator::Like | Operator::ILike | Operator::NotLike | Operator::NotILike);
        if is_like && self.eat_words("ESCAPE") {
            let escape = self.string_literal()?;
            whole = whole.to(escape.span);
            arguments.push(escape);
        }
        self.function(operator.function_name(), span, Syntax::Operator(operator), arguments, whole)
    }

    #[inline(never)]
    fn truth(&mut self, left: Expr, operator: Operator, value: bool, length: usize) -> Parse<Expr> {
        let span = self.advance_by(length);
        let literal = Literal { value: Value::Bool(value), text: value.to_string() };
        let right = Expr::new(ExprKind::Literal(Box::new(literal)), span);
        let whole = left.span.to(span);
        self.function(operator.function_name(), span, Syntax::Operator(operator), vec![left, right], whole)
    }

    #[inline(never)]
    fn between(&mut self, left: Expr, negated: bool, length: usize) -> Parse<Expr> {
        let span = self.advance_by(length);
        let low = self.climb(BETWEEN_END)?;
        if !self.eat_words("AND") {
            self.operators(low, 0)?;
            return self.fail("AND");
        }
        let high = self.climb(BETWEEN_END + 1)?;
        let whole = left.span.to(high.span);
        let (name, syntax) =
            if negated { ("notBetween", Syntax::NotBetween) } else { ("between", Syntax::Between) };
        self.function(name, span, syntax, vec![left, low, high], whole)
    }

    #[inline(never)]
    fn ternary(&mut self, condition: Expr) -> Parse<Expr> {
        let span = self.advance().span;
        self.open_ternaries += 1;
        let yes = self.climb(OR);
        self.open_ternaries -= 1;
        let yes = yes?;
        if self.kind() == TokenKind::QuestionMark {
            return self.nested_ternary(yes);
        }
        self.expect(TokenKind::Colon)?;
        let no = self.climb(AND)?;
        if let Some((_, TERNARY | OR, _)) = self.infix() {
            self.operators(no, TERNARY)?;
            return self.fail("end of the ternary operator");
        }
        let whole = condition.span.to(no.span);
        self.function("if", span, Syntax::Ternary, vec![condition, yes, no], whole)
    }

    /// `a ? b ? c : d : e` without parentheses, which ClickHouse reads to its end and then refuses.
    fn nested_ternary(&mut self, condition: Expr) -> Parse<Expr> {
        self.nested(|parser| parser.ternary(condition))?;
        self.expect(TokenKind::Colon)?;
        self.climb(AND)?;
        self.fail("end of the ternary operator")
    }

    /// A colon without a question mark before it; ClickHouse notices only after the operand.
    fn lone_colon(&mut self) -> Parse<Expr> {
        self.advance();
        self.climb(AND)?;
        self.fail("end of the expression")
    }

    #[inline(never)]
    fn member(&mut self, left: Expr) -> Parse<Expr> {
        let dot = self.advance().span;
        if self.kind() == TokenKind::Asterisk || self.at_columns() {
            return self.matcher(None, Some(left));
        }
        let right = if matches!(self.kind(), TokenKind::Word | TokenKind::QuotedIdentifier) {
            let name = self.ident()?;
            let literal = Literal { value: Value::String(name.name.clone().into_bytes()), text: name.name };
            Expr::new(ExprKind::Literal(Box::new(literal)), name.span)
        } else {
            self.operand(true)?
        };
        let whole = left.span.to(right.span);
        self.function("tupleElement", dot, Syntax::Member, vec![left, right], whole)
    }

    #[inline(never)]
    fn index(&mut self, left: Expr) -> Parse<Expr> {
        let bracket = self.advance().span;
        let index = self.expr(Alias::AsInside)?;
        let is_list = self.kind() == TokenKind::Comma;
        while self.eat(TokenKind::Comma) {
            self.expr(Alias::AsInside)?;
        }
        self.expect(TokenKind::CloseSquare)?;
        if is_list {
            return self.fail("one index");
        }
        let whole = self.since(left.span);
        self.function("arrayElement", bracket, Syntax::Index, vec![left, index], whole)
    }

    #[inline(never)]
    fn double_colon(&mut self, left: Expr) -> Parse<Expr> {
        let operator = self.advance().span;
        let data_type = self.data_type()?;
        let text = crate::print::data_type_to_string(&data_type);
        let literal = Literal { value: Value::String(text.clone().into_bytes()), text };
        let target = Expr::new(ExprKind::Literal(Box::new(literal)), data_type.span);
        let whole = left.span.to(data_type.span);
        self.function("CAST", operator, Syntax::Cast(CastForm::DoubleColon), vec![left, target], whole)
    }

    /// Whether `ANY (subquery)` or its kin stands here, and not a call of the function `any`.
    fn at_quantifier(&mut self) -> bool {
        let is_word = self.at_word("ALL") || self.at_word("ANY") || self.at_word("SOME");
        if !is_word || self.kind_at(1) != TokenKind::OpenRound {
            return false;
        }
        self.at += 1;
        let is_subquery = self.at_subquery();
        self.at -= 1;
        is_subquery
    }

    /// `x = ANY (subquery)` and the like, in the form ClickHouse gives them.
    #[inline(never)]
    fn quantified(&mut self, left: Expr, operator: Operator, span: Span) -> Parse<Expr> {
        let all = self.at_word("ALL");
        self.advance();
        let subquery = self.subquery()?;
        let whole = left.span.to(subquery.span);
        let (operator, wrapper) = match (operator, all) {
            (Operator::Equals | Operator::DoubleEquals, false) => (Operator::In, None),
            (Operator::NotEquals | Operator::AngleNotEquals, true) => (Operator::NotIn, None),
            (Operator::Equals | Operator::DoubleEquals, true) => (Operator::In, Some("singleValueOrNull")),
            (Operator::NotEquals | Operator::AngleNotEquals, false) => {
                (Operator::NotIn, Some("singleValueOrNull"))
            }
            (Operator::Less | Operator::LessOrEquals, false) => (operator, Some("max")),
            (Operator::Greater | Operator::GreaterOrEquals, true) => (operator, Some("max")),
            (_, _) => (operator, Some("min")),
        };
        let right = match wrapper {
            Some(name) => self.aggregate_of(name, subquery)?,
            None => subquery,
        };
        let syntax = Syntax::Operator(operator);
        self.function(operator.function_name(), span, syntax, vec![left, right], whole)
    }

    /// `ALL (array)` or `SOME (array)`; `ANY (array)` is a call of the function.
    fn quantified_array(&mut self) -> Parse<(bool, Expr)> {
        let all = self.at_word("ALL");
        if !all && !self.at_word("SOME") || self.kind_at(1) != TokenKind::OpenRound {
            return Err(Failure);
        }
        self.advance();
        Ok((all, self.in_parentheses(|parser| parser.expr(Alias::None))?))
    }

    /// `x > ALL (array)` and the like, in the form ClickHouse gives them: functions of the array and a lambda.
    #[inline(never)]
    fn of_array(
        &mut self,
        left: Expr,
        operator: Operator,
        span: Span,
        all: bool,
        array: Expr,
    ) -> Parse<Expr> {
        let whole = left.span.to(array.span);
        match (operator, all) {
            (Operator::Equals | Operator::DoubleEquals, false) => {
                return self.function("has", span, Syntax::Call, vec![array, left], whole);
            }
            (Operator::NotEquals | Operator::AngleNotEquals, true) => {
                let has = self.function("has", span, Syntax::Call, vec![array, left], whole)?;
                return self.function("not", span, Syntax::Operator(Operator::Not), vec![has], whole);
            }
            _ => {}
        }
        let element = || Expr::new(ExprKind::Identifier(Path::single(Ident::new("_a", span))), span);
        let syntax = Syntax::Operator(operator);
        let body = self.function(operator.function_name(), span, syntax, vec![left, element()], whole)?;
        let parameters = self.function("tuple", span, Syntax::Call, vec![element()], span)?;
        let lambda = self.function("lambda", span, Syntax::Lambda, vec![parameters, body], whole)?;
        let name = if all { "arrayAll" } else { "arrayExists" };
        self.function(name, span, Syntax::Call, vec![lambda, array], whole)
    }

    /// `(SELECT name(*) FROM subquery)`.
    fn aggregate_of(&mut self, name: &str, subquery: Expr) -> Parse<Expr> {
        let span = subquery.span;
        let ExprKind::Subquery(query) = subquery.kind else { return Err(Failure) };
        let asterisk = Expr::new(ExprKind::Asterisk(Box::default()), span);
        let call = self.function(name, span, Syntax::Call, vec![asterisk], span)?;
        let table = TableExpr {
            source: TableSource::Subquery(query),
            alias: None,
            columns: Vec::new(),
            is_final: false,
            sample: None,
            stream: None,
            span,
        };
        let mut select = Self::empty_select(span);
        select.projection = vec![call];
        select.from = vec![TableElement::Table { table: Box::new(table), join: None }];
        let query = Query { body: QueryBody::Select(Box::new(select)), span };
        Ok(Expr::new(ExprKind::Subquery(Box::new(query)), span))
    }

    /// A function node, unless the tree gets too high.
    pub(super) fn function(
        &mut self,
        name: &str,
        name_span: Span,
        syntax: Syntax,
        arguments: Vec<Expr>,
        span: Span,
    ) -> Parse<Expr> {
        self.function_expr(Function::new(Ident::new(name, name_span), syntax, arguments), span)
    }

    /// The expression of a function node, unless the tree gets too high.
    #[inline(never)]
    pub(super) fn function_expr(&mut self, function: Function, span: Span) -> Parse<Expr> {
        let expr = Expr::new(ExprKind::Function(Box::new(function)), span);
        if expr.depth() > MAX_TREE_DEPTH {
            self.too_deep = Some(span);
            return Err(Failure);
        }
        Ok(expr)
    }
}

/// `FROM` read as a column takes no bare alias, so that `SELECT a, FROM t` is refused where it should be.
fn is_bare_from(expr: &Expr) -> bool {
    let name = expr.as_identifier().and_then(|path| path.as_single());
    name.is_some_and(|name| name.name.eq_ignore_ascii_case("from"))
}
