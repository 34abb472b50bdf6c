//! Calls with a syntax of their own: `CAST`, `EXTRACT`, `TRIM` and their kin.

use kinglet_diagnostic::Span;

use super::expr::Alias;
use super::interval::{ExtractUnit, extract_unit_named};
use super::{Failure, Parse, Parser};
use crate::ast::{CaseForm, CastForm, Expr, ExprKind, Ident, Literal, Syntax, Value};
use crate::token::TokenKind;

type SpecialCall<'a> = fn(&mut Parser<'a>, Ident) -> Parse<Expr>;

impl<'a> Parser<'a> {
    /// The reader of a call whose lower-case name has a syntax of its own. It starts at the parenthesis.
    pub(super) fn special_call(lower: &str) -> Option<SpecialCall<'a>> {
        Some(match lower {
            "cast" => Self::cast,
            "extract" => Self::extract,
            "date_part" | "datepart" => Self::date_part,
            "substring" => Self::substring,
            "overlay" | "overlayutf8" => Self::overlay,
            "position" => Self::position,
            "exists" => Self::exists,
            "trim" | "ltrim" | "rtrim" => Self::trim,
            "dateadd" | "date_add" | "timestampadd" | "timestamp_add" => Self::date_add,
            "datesub" | "date_sub" | "timestampsub" | "timestamp_sub" => Self::date_sub,
            "datediff" | "date_diff" | "timestampdiff" | "timestamp_diff" => Self::date_diff,
            _ => return None,
        })
    }

    /// Ends a special call: takes the parenthesis and makes the node.
    fn finish_call(&mut self, name: &str, at: &Ident, syntax: Syntax, arguments: Vec<Expr>) -> Parse<Expr> {
        self.expect(TokenKind::CloseRound)?;
        let span = self.since(at.span);
        self.function(name, at.span, syntax, arguments, span)
    }

    /// Reads the rest of a list of arguments, up to the parenthesis.
    fn more_arguments(&mut self, arguments: &mut Vec<Expr>, alias: Alias) -> Parse<()> {
        while self.eat(TokenKind::Comma) {
            self.element(arguments, alias)?;
        }
        Ok(())
    }

    /// `CAST(x AS T)` or `CAST(x, 'T')`; `x` may have an alias in either.
    #[inline(never)]
    fn cast(&mut self, name: Ident) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let mut expr = self.nested(|parser| parser.climb(0))?;
        if self.kind() == TokenKind::Arrow {
            expr = self.lambda(&mut Vec::new(), expr)?;
        }
        if self.eat_words("AS") {
            if let Some(alias) = self.attempt(Self::cast_alias) {
                expr.alias = Some(Box::new(alias));
                if self.eat_words("AS") {
                    return self.cast_as(name, expr);
                }
            } else {
                return self.cast_as(name, expr);
            }
        } else if expr.alias.is_none() && self.at_bare_alias() {
            expr.alias = Some(Box::new(self.ident()?));
            if self.eat_words("AS") {
                return self.cast_as(name, expr);
            }
        }
        self.expect(TokenKind::Comma)?;
        let target = self.expr(Alias::BareInside)?;
        self.finish_call("CAST", &name, Syntax::Cast(CastForm::Comma), vec![expr, target])
    }

    /// The alias in `CAST(x AS alias AS T)` and `CAST(x AS alias, 'T')`.
    fn cast_alias(&mut self) -> Parse<Ident> {
        let alias = self.ident()?;
        if self.at_word("AS") || self.kind() == TokenKind::Comma { Ok(alias) } else { Err(Failure) }
    }

    fn cast_as(&mut self, name: Ident, expr: Expr) -> Parse<Expr> {
        let data_type = self.data_type()?;
        let text = crate::print::data_type_to_string(&data_type);
        let target = text_literal(text, data_type.span);
        self.finish_call("CAST", &name, Syntax::Cast(CastForm::As), vec![expr, target])
    }

    /// `EXTRACT(unit FROM x)`, or the function `extract(haystack, pattern)`.
    #[inline(never)]
    fn extract(&mut self, name: Ident) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let unit = self.attempt(|parser| {
            let unit = parser.extract_unit()?;
            parser.expect_words("FROM")?;
            Ok(unit)
        });
        if let Some(unit) = unit {
            let expr = self.expr(Alias::BareInside)?;
            self.expect(TokenKind::CloseRound)?;
            let span = self.since(name.span);
            return self.extract_call(unit, expr, name.span, span);
        }
        let mut arguments = Vec::new();
        if self.kind() != TokenKind::CloseRound {
            self.element(&mut arguments, Alias::BareInside)?;
            self.more_arguments(&mut arguments, Alias::BareInside)?;
        }
        self.finish_call("extract", &name, Syntax::Call, arguments)
    }

    /// `date_part('unit', x)` is `EXTRACT(unit FROM x)`.
    fn date_part(&mut self, name: Ident) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let unit = self.string()?;
        let Some(unit) = extract_unit_named(&unit.to_ascii_lowercase()) else { return Err(Failure) };
        self.expect(TokenKind::Comma)?;
        let expr = self.expr(Alias::BareInside)?;
        self.expect(TokenKind::CloseRound)?;
        let span = self.since(name.span);
        self.extract_call(unit, expr, name.span, span)
    }

    fn extract_call(&mut self, unit: ExtractUnit, expr: Expr, at: Span, span: Span) -> Parse<Expr> {
        let number = |value: u64| number_literal(value, at);
        let syntax = Syntax::Extract;
        match unit {
            ExtractUnit::Part(function) => self.function(function, at, syntax, vec![expr], span),
            ExtractUnit::SundayFirst => self.function("toDayOfWeek", at, syntax, vec![expr, number(2)], span),
            ExtractUnit::Spans(length) => {
                let year = self.function("__toYearCalendarOnly", at, Syntax::Call, vec![expr], span)?;
                let one_based = length != 10;
                let year = if one_based {
                    self.function("minus", at, Syntax::Call, vec![year, number(1)], span)?
                } else {
                    year
                };
                let syntax = if one_based { Syntax::Call } else { syntax };
                let spans = self.function("intDiv", at, syntax, vec![year, number(length)], span)?;
                if !one_based {
                    return Ok(spans);
                }
                self.function("plus", at, Syntax::Extract, vec![spans, number(1)], span)
            }
            ExtractUnit::ZoneHour => {
                let offset = self.function("timezoneOffset", at, Syntax::Call, vec![expr], span)?;
                let hour = self.function("toInt64", at, Syntax::Call, vec![number(3600)], span)?;
                self.function("intDiv", at, syntax, vec![offset, hour], span)
            }
            ExtractUnit::ZoneMinute => {
                let offset = self.function("timezoneOffset", at, Syntax::Call, vec![expr], span)?;
                let hour = self.function("toInt64", at, Syntax::Call, vec![number(3600)], span)?;
                let rest = self.function("modulo", at, Syntax::Call, vec![offset, hour], span)?;
                let minute = self.function("toInt64", at, Syntax::Call, vec![number(60)], span)?;
                self.function("intDiv", at, syntax, vec![rest, minute], span)
            }
        }
    }

    /// `SUBSTRING(s FROM start FOR length)`, or with commas.
    #[inline(never)]
    fn substring(&mut self, name: Ident) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let mut arguments = Vec::new();
        self.element(&mut arguments, Alias::BareInside)?;
        let mut syntax = Syntax::Call;
        let mut separators = 0;
        loop {
            let word = if separators == 0 { "FROM" } else { "FOR" };
            if separators < 2 && self.eat(TokenKind::Comma) {
            } else if separators < 2 && self.eat_words(word) {
                syntax = Syntax::Substring;
            } else {
                break;
            }
            separators += 1;
            self.element(&mut arguments, Alias::BareInside)?;
        }
        let is_lambda = arguments
            .iter()
            .any(|argument| argument.as_function().is_some_and(|function| function.syntax == Syntax::Lambda));
        if separators == 0 && !is_lambda {
            return self.fail("Comma");
        }
        self.finish_call("substring", &name, syntax, arguments)
    }

    /// `OVERLAY(s PLACING r FROM start FOR length)`, or with commas.
    #[inline(never)]
    fn overlay(&mut self, name: Ident) -> Parse<Expr> {
        let function = if name.name.eq_ignore_ascii_case("overlay") { "overlay" } else { "overlayUTF8" };
        self.expect(TokenKind::OpenRound)?;
        let mut arguments = Vec::new();
        self.element(&mut arguments, Alias::BareInside)?;
        if self.eat_words("PLACING") {
            self.element(&mut arguments, Alias::BareInside)?;
            self.expect_words("FROM")?;
            self.element(&mut arguments, Alias::BareInside)?;
            if self.eat_words("FOR") {
                self.element(&mut arguments, Alias::BareInside)?;
            }
        } else {
            self.more_arguments(&mut arguments, Alias::BareInside)?;
        }
        self.finish_call(function, &name, Syntax::Call, arguments)
    }

    /// `POSITION(needle IN haystack)`, or with commas the other way round.
    fn position(&mut self, name: Ident) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let mut arguments = Vec::new();
        let outside = self.without_in.replace(self.at);
        let needle = self.element(&mut arguments, Alias::BareInside);
        self.without_in = outside;
        needle?;
        if self.eat_words("IN") {
            let haystack = self.expr(Alias::BareInside)?;
            arguments.insert(0, haystack);
            return self.finish_call("position", &name, Syntax::Position, arguments);
        }
        let is_lambda = arguments
            .iter()
            .any(|argument| argument.as_function().is_some_and(|function| function.syntax == Syntax::Lambda));
        if self.kind() != TokenKind::Comma && !is_lambda {
            return self.fail("Comma");
        }
        self.more_arguments(&mut arguments, Alias::BareInside)?;
        self.finish_call("position", &name, Syntax::Call, arguments)
    }

    fn exists(&mut self, name: Ident) -> Parse<Expr> {
        let subquery = self.subquery()?;
        let span = self.since(name.span);
        self.function("exists", name.span, Syntax::Exists, vec![subquery], span)
    }

    /// `TRIM(BOTH 'a' FROM s)` and its kin.
    #[inline(never)]
    fn trim(&mut self, name: Ident) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let mut function = match name.name.to_ascii_lowercase().as_str() {
            "ltrim" => "trimLeft",
            "rtrim" => "trimRight",
            _ => "trimBoth",
        };
        let mut removed = None;
        if function == "trimBoth"
            && let Some(side) = self.eat_one_of(&["BOTH", "LEADING", "TRAILING"])
        {
            function = match side {
                "LEADING" => "trimLeft",
                "TRAILING" => "trimRight",
                _ => "trimBoth",
            };
            removed = Some(self.expr(Alias::BareInside)?);
            self.expect_words("FROM")?;
        }
        let mut arguments = Vec::new();
        self.element(&mut arguments, Alias::BareInside)?;
        self.more_arguments(&mut arguments, Alias::BareInside)?;
        let syntax = if removed.is_some() { Syntax::Trim } else { Syntax::Call };
        arguments.extend(removed);
        self.finish_call(function, &name, syntax, arguments)
    }

    fn date_add(&mut self, name: Ident) -> Parse<Expr> {
        self.date_arithmetic(name, "plus")
    }

    fn date_sub(&mut self, name: Ident) -> Parse<Expr> {
        self.date_arithmetic(name, "minus")
    }

    /// `date_add(unit, n, x)`, or `date_add(x, interval)`.
    #[inline(never)]
    fn date_arithmetic(&mut self, name: Ident, function: &str) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let at = self.at;
        let unit_span = self.span();
        let unit = self.interval_unit();
        if unit.is_some() && self.kind() != TokenKind::Comma {
            return self.fail("Comma");
        }
        let mut arguments = Vec::new();
        match unit {
            Some(unit) => {
                self.advance();
                let count = self.expr(Alias::BareInside)?;
                self.expect(TokenKind::Comma)?;
                let date = self.expr(Alias::BareInside)?;
                let span = unit_span.to(count.span);
                let interval =
                    self.function(unit.to_interval, unit_span, Syntax::Interval, vec![count], span)?;
                arguments.extend([date, interval]);
            }
            None => {
                self.at = at;
                self.element(&mut arguments, Alias::BareInside)?;
                self.more_arguments(&mut arguments, Alias::BareInside)?;
            }
        }
        self.finish_call(function, &name, Syntax::DateArithmetic, arguments)
    }

    /// `date_diff(unit, a, b)`, the unit a word or a string.
    #[inline(never)]
    fn date_diff(&mut self, name: Ident) -> Parse<Expr> {
        self.expect(TokenKind::OpenRound)?;
        let at = self.at;
        let unit_span = self.span();
        let mut arguments = Vec::new();
        let unit = self.interval_unit();
        if unit.is_some() && self.kind() != TokenKind::Comma {
            return self.fail("Comma");
        }
        match unit {
            Some(unit) => arguments.push(text_literal(unit.name.to_owned(), unit_span)),
            None => {
                self.at = at;
                self.element(&mut arguments, Alias::BareInside)?;
            }
        }
        self.more_arguments(&mut arguments, Alias::BareInside)?;
        self.finish_call("dateDiff", &name, Syntax::DateDifference, arguments)
    }

    /// `CASE [x] WHEN a THEN b ... [ELSE c] END`.
    #[inline(never)]
    pub(super) fn case(&mut self) -> Parse<Expr> {
        let start = self.advance().span;
        let mut arguments = Vec::new();
        let operand = !self.at_word("WHEN");
        if operand {
            self.element(&mut arguments, Alias::BareInside)?;
        }
        while self.eat_words("WHEN") {
            self.element(&mut arguments, Alias::BareInside)?;
            self.expect_words("THEN")?;
            self.element(&mut arguments, Alias::BareInside)?;
        }
        let has_else = self.eat_words("ELSE");
        if has_else {
            self.element(&mut arguments, Alias::BareInside)?;
        } else {
            let literal = Literal { value: Value::Null, text: "NULL".to_owned() };
            let span = self.span();
            arguments.push(Expr::new(ExprKind::Literal(Box::new(literal)), Span::at(span.start as usize)));
        }
        self.expect_words("END")?;
        let span = self.since(start);
        let name = if operand { "caseWithExpression" } else { "multiIf" };
        self.function(name, start, Syntax::Case(CaseForm { operand, has_else }), arguments, span)
    }
}

/// A string literal made by the parser.
pub(super) fn text_literal(text: String, span: Span) -> Expr {
    let value = Value::String(text.clone().into_bytes());
    Expr::new(ExprKind::Literal(Box::new(Literal { value, text })), span)
}

/// A number literal made by the parser.
fn number_literal(value: u64, span: Span) -> Expr {
    let literal = Literal { value: Value::UInt64(value), text: value.to_string() };
    Expr::new(ExprKind::Literal(Box::new(literal)), span)
}
