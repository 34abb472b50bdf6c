//! `*`, `COLUMNS` and what may follow them.

use super::expr::Alias;
use super::{Parse, Parser};
use crate::ast::{
    Asterisk, Columns, ColumnsPattern, ExceptColumns, Expr, ExprKind, Path, Replacement, Syntax, Transformer,
};
use crate::token::TokenKind;

impl Parser<'_> {
    /// Whether `COLUMNS` stands here with a pattern or a list of names, and not the call of a function of that name.
    pub(super) fn at_columns(&mut self) -> bool {
        if !self.at_word("COLUMNS") || self.kind_at(1) != TokenKind::OpenRound {
            return false;
        }
        if self.kind_at(2) == TokenKind::String {
            return matches!(self.kind_at(3), TokenKind::CloseRound | TokenKind::End);
        }
        let mut at = 2;
        loop {
            if !matches!(self.kind_at(at), TokenKind::Word | TokenKind::QuotedIdentifier) {
                return self.kind_at(at) == TokenKind::End;
            }
            match self.kind_at(at + 1) {
                TokenKind::Dot | TokenKind::Comma => at += 2,
                TokenKind::CloseRound | TokenKind::End => return true,
                _ => return false,
            }
        }
    }

    /// Reads `*` or `COLUMNS(...)`; what qualifies it was read already, dot included.
    pub(super) fn matcher(&mut self, qualifier: Option<Path>, expression: Option<Expr>) -> Parse<Expr> {
        let here = self.span();
        let start = match (&qualifier, &expression) {
            (Some(path), _) => path.span,
            (_, Some(expr)) => expr.span,
            _ => here,
        };
        let kind = if self.eat(TokenKind::Asterisk) {
            if let Some(pattern) = self.asterisk_like()? {
                let transformers = self.transformers()?;
                let columns = Columns { qualifier, expression, pattern, transformers };
                return Ok(Expr::new(ExprKind::Columns(Box::new(columns)), self.since(start)));
            }
            let transformers = self.transformers()?;
            ExprKind::Asterisk(Box::new(Asterisk { qualifier, expression, transformers }))
        } else {
            self.expect_words("COLUMNS")?;
            let pattern = self.in_parentheses(Self::columns_pattern)?;
            let transformers = self.transformers()?;
            ExprKind::Columns(Box::new(Columns { qualifier, expression, pattern, transformers }))
        };
        Ok(Expr::new(kind, self.since(start)))
    }

    /// `* LIKE 'pattern'`: the columns whose names match, as `COLUMNS` with a regular expression.
    fn asterisk_like(&mut self) -> Parse<Option<ColumnsPattern>> {
        let word = self.eat_one_of(&["LIKE", "ILIKE"]);
        let Some(word) = word else { return Ok(None) };
        let pattern = self.string()?;
        Ok(Some(ColumnsPattern::Regexp(like_to_regexp(&pattern, word == "ILIKE"))))
    }

    fn columns_pattern(&mut self) -> Parse<ColumnsPattern> {
        if matches!(self.kind(), TokenKind::String | TokenKind::HereDoc) {
            return Ok(ColumnsPattern::Regexp(self.string()?));
        }
        let paths = self.comma_separated(|parser| parser.expression_path(false))?;
        Ok(ColumnsPattern::List(paths))
    }

    fn transformers(&mut self) -> Parse<Vec<Transformer>> {
        let mut transformers = Vec::new();
        loop {
            if self.at_word("EXCEPT") && !self.set_operation_follows() {
                self.advance();
                let strict = self.eat_words("STRICT");
                transformers.push(Transformer::Except { strict, columns: self.except_columns()? });
            } else if self.eat_words("REPLACE") {
                let strict = self.eat_words("STRICT");
                transformers.push(Transformer::Replace { strict, items: self.replacements()? });
            } else if self.eat_words("APPLY") {
                transformers.push(self.apply()?);
            } else {
                return Ok(transformers);
            }
        }
    }

    /// Whether `EXCEPT` here combines queries: `SELECT * EXCEPT SELECT ...`.
    fn set_operation_follows(&mut self) -> bool {
        ["SELECT", "ALL", "DISTINCT", "WITH"].iter().any(|word| self.word_at(1, word))
            || self.kind_at(1) == TokenKind::OpenRound
                && (self.kind_at(2) == TokenKind::OpenRound
                    || self.word_at(2, "SELECT")
                    || self.word_at(2, "WITH"))
    }

    fn except_columns(&mut self) -> Parse<ExceptColumns> {
        if self.kind() != TokenKind::OpenRound {
            return if self.kind() == TokenKind::String {
                Ok(ExceptColumns::Regexp(self.string()?))
            } else {
                Ok(ExceptColumns::Names(vec![Path::single(self.ident_or_parameter()?)]))
            };
        }
        self.in_parentheses(|parser| {
            if parser.kind() == TokenKind::String {
                return Ok(ExceptColumns::Regexp(parser.string()?));
            }
            let names = parser.comma_separated(|parser| parser.expression_path(true))?;
            Ok(ExceptColumns::Names(names))
        })
    }

    fn replacements(&mut self) -> Parse<Vec<Replacement>> {
        if self.kind() != TokenKind::OpenRound {
            return Ok(vec![self.replacement()?]);
        }
        self.in_parentheses(|parser| parser.comma_separated(Self::replacement))
    }

    fn replacement(&mut self) -> Parse<Replacement> {
        let expr = self.expr(Alias::None)?;
        self.expect_words("AS")?;
        Ok(Replacement { expr, name: self.ident()? })
    }

    /// Reads what follows `APPLY`.
    fn apply(&mut self) -> Parse<Transformer> {
        let bracket = self.eat(TokenKind::OpenRound);
        let lambda = self.attempt(|parser| {
            let expr = parser.expr(Alias::None)?;
            let is_lambda = expr.as_function().is_some_and(|function| function.syntax == Syntax::Lambda);
            if is_lambda { Ok(expr) } else { Err(super::Failure) }
        });
        let mut transformer = match lambda {
            Some(lambda) => Transformer::ApplyLambda { lambda, prefix: None },
            None => {
                let name = self.ident()?;
                let parameters = match self.kind() {
                    TokenKind::OpenRound => Some(self.in_parentheses(|parser| {
                        if parser.kind() == TokenKind::CloseRound {
                            return Ok(Vec::new());
                        }
                        parser.expr_list(Alias::As)
                    })?),
                    _ => None,
                };
                Transformer::ApplyFunction { name, parameters, prefix: None }
            }
        };
        if bracket && self.eat(TokenKind::Comma) {
            let text = self.string()?;
            match &mut transformer {
                Transformer::ApplyFunction { prefix, .. } | Transformer::ApplyLambda { prefix, .. } => {
                    *prefix = Some(text);
                }
                Transformer::Except { .. } | Transformer::Replace { .. } => {}
            }
        }
        if bracket {
            self.expect(TokenKind::CloseRound)?;
        }
        Ok(transformer)
    }
}

/// The regular expression that matches what a `LIKE` pattern does.
fn like_to_regexp(pattern: &str, ignore_case: bool) -> String {
    let mut regexp = String::from(if ignore_case { "(?i)" } else { "" });
    let inner = pattern.trim_start_matches('%');
    if inner.len() == pattern.len() {
        regexp.push('^');
    }
    let open_end = inner.ends_with('%') && !inner.ends_with("\\%") || inner.is_empty() && !pattern.is_empty();
    let inner = if open_end { inner.trim_end_matches('%') } else { inner };
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => regexp.push_str(".*"),
            '_' => regexp.push('.'),
            '\\' => match chars.next() {
                Some(escaped) => push_literal(&mut regexp, escaped),
                None => regexp.push_str("\\\\"),
            },
            c => push_literal(&mut regexp, c),
        }
    }
    if !open_end {
        regexp.push('$');
    }
    regexp
}

fn push_literal(regexp: &mut String, c: char) {
    if ".^$*+?()[]{}|\\".contains(c) {
        regexp.push('\\');
    }
    regexp.push(c);
}
