//! Clauses: grouping, ordering, settings.

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{
    Expr, ExprKind, Fill, GroupBy, GroupByItems, GroupByModifier, Ident, Interpolate, NullsOrder, OrderBy,
    OrderItem, Path, Quote, Setting, SettingValue, Value,
};
use crate::token::TokenKind;
use crate::value;

impl Parser<'_> {
    /// Reads `GROUP BY` with its modifiers, or the modifiers alone, or nothing.
    pub(super) fn group_by(&mut self) -> Parse<Option<GroupBy>> {
        let start = self.span();
        let mut modifier = None;
        let items = if !self.eat_words("GROUP BY") {
            GroupByItems::None
        } else if self.at_word("ALL") && self.kind_at(1) != TokenKind::Comma {
            self.advance();
            GroupByItems::All
        } else if self.at_words("GROUPING SETS") {
            self.advance();
            self.advance();
            GroupByItems::GroupingSets(self.in_parentheses(Self::grouping_sets)?)
        } else if self.kind_at(1) == TokenKind::OpenRound && (self.at_word("ROLLUP") || self.at_word("CUBE"))
        {
            let rollup = self.at_word("ROLLUP");
            self.advance();
            modifier = Some(if rollup { GroupByModifier::Rollup } else { GroupByModifier::Cube });
            GroupByItems::Exprs(self.in_parentheses(|parser| parser.expr_list(Alias::As))?)
        } else {
            GroupByItems::Exprs(self.expr_list(Alias::As)?)
        };
        let mut totals = false;
        while self.at_word("WITH") {
            if self.eat_words("WITH TOTALS") {
                totals = true;
            } else if self.eat_words("WITH ROLLUP") {
                modifier = Some(GroupByModifier::Rollup);
            } else if self.eat_words("WITH CUBE") {
                modifier = Some(GroupByModifier::Cube);
            } else {
                break;
            }
        }
        if matches!(items, GroupByItems::None) && !totals && modifier.is_none() {
            return Ok(None);
        }
        Ok(Some(GroupBy { items, modifier, totals, span: self.since(start) }))
    }

    fn grouping_sets(&mut self) -> Parse<Vec<Vec<Expr>>> {
        self.comma_separated(|parser| {
            if parser.kind() != TokenKind::OpenRound {
                return Ok(vec![parser.expr(Alias::As)?]);
            }
            parser.in_parentheses(|parser| {
                if parser.kind() == TokenKind::CloseRound {
                    return Ok(Vec::new());
                }
                parser.expr_list(Alias::As)
            })
        })
    }

    /// Reads `ORDER BY`, `INTERPOLATE` included.
    pub(super) fn order_by(&mut self) -> Parse<OrderBy> {
        let start = self.span();
        self.expect_words("ORDER BY")?;
        if let Some(items) = self.attempt(Self::order_by_all) {
            return Ok(OrderBy { all: true, items, interpolate: None, span: self.since(start) });
        }
        let items = self.order_items()?;
        let mut interpolate = None;
        if items.iter().any(|item| item.fill.is_some()) && self.eat_words("INTERPOLATE") {
            interpolate = Some(match self.kind() {
                TokenKind::OpenRound => self.in_parentheses(Self::interpolations)?,
                _ => Vec::new(),
            });
        }
        Ok(OrderBy { all: false, items, interpolate, span: self.since(start) })
    }

    fn order_by_all(&mut self) -> Parse<Vec<OrderItem>> {
        let span = self.span();
        if !self.at_word("ALL") {
            return Err(Failure);
        }
        self.advance();
        let name = Ident { name: "all".to_owned(), quote: Quote::None, span };
        let expr = Expr::new(ExprKind::Identifier(Path::single(name)), span);
        let mut item = OrderItem { expr, descending: false, nulls: None, collate: None, fill: None };
        self.direction(&mut item)?;
        if self.kind() == TokenKind::Comma { Err(Failure) } else { Ok(vec![item]) }
    }

    fn interpolations(&mut self) -> Parse<Vec<Interpolate>> {
        if self.kind() == TokenKind::CloseRound {
            return Ok(Vec::new());
        }
        self.comma_separated(|parser| {
            let column = parser.ident()?;
            let expr = if parser.eat_words("AS") {
                parser.expr(Alias::None)?
            } else {
                Expr::new(ExprKind::Identifier(Path::single(column.clone())), column.span)
            };
            Ok(Interpolate { column, expr })
        })
    }

    /// Reads the keys of an `ORDER BY`.
    pub(super) fn order_items(&mut self) -> Parse<Vec<OrderItem>> {
        self.comma_separated(Self::order_item)
    }

    fn order_item(&mut self) -> Parse<OrderItem> {
        let expr = self.expr(Alias::As)?;
        let mut item = OrderItem { expr, descending: false, nulls: None, collate: None, fill: None };
        self.direction(&mut item)?;
        if self.eat_words("COLLATE") {
            item.collate = Some(self.operand(false)?);
        }
        if self.eat_words("WITH FILL") {
            item.fill = Some(Box::new(self.fill()?));
        }
        Ok(item)
    }

    fn direction(&mut self, item: &mut OrderItem) -> Parse<()> {
        let word = self.eat_one_of(&["DESCENDING", "DESC", "ASCENDING", "ASC"]);
        item.descending = matches!(word, Some("DESCENDING" | "DESC"));
        if self.eat_words("NULLS") {
            item.nulls = match self.eat_one_of(&["FIRST", "LAST"]) {
                Some("FIRST") => Some(NullsOrder::First),
                Some(_) => Some(NullsOrder::Last),
                None => return Err(Failure),
            };
        }
        Ok(())
    }

    fn fill(&mut self) -> Parse<Fill> {
        let mut fill = Fill::default();
        if self.eat_words("FROM") {
            fill.from = Some(self.expr(Alias::As)?);
        }
        if self.eat_words("TO") {
            fill.to = Some(self.expr(Alias::As)?);
        }
        if self.eat_words("STEP") {
            fill.step = Some(self.expr(Alias::As)?);
        }
        if self.eat_words("STALENESS") {
            fill.staleness = Some(self.expr(Alias::As)?);
        }
        Ok(fill)
    }

    /// Reads `name = value, ...`.
    pub(super) fn settings(&mut self) -> Parse<Vec<Setting>> {
        let mut settings = vec![self.setting()?];
        while self.kind() == TokenKind::Comma
            && matches!(self.kind_at(1), TokenKind::Word | TokenKind::QuotedIdentifier)
        {
            self.advance();
            settings.push(self.setting()?);
        }
        // Parameters of queries are kept apart and printed last.
        let is_parameter = |setting: &Setting| setting.name.name.starts_with("param_");
        let (parameters, mut settings): (Vec<_>, Vec<_>) = settings.into_iter().partition(is_parameter);
        settings.extend(parameters);
        Ok(settings)
    }

    fn setting(&mut self) -> Parse<Setting> {
        let name = self.dotted_ident()?;
        if !self.eat(TokenKind::Equals) && !self.eat(TokenKind::DoubleEquals) {
            return Ok(Setting { name, value: SettingValue::Implied });
        }
        // The value of a query parameter is kept as text.
        if name.name.starts_with("param_") && self.kind() != TokenKind::String {
            let value = self.operand(false)?;
            let text = crate::print::expr_to_string(&value);
            return Ok(Setting { name, value: SettingValue::Literal(Value::String(text.into_bytes())) });
        }
        let value = if self.at_word("DEFAULT") {
            self.advance();
            SettingValue::Default
        } else if self.kind() == TokenKind::OpenCurly && self.kind_at(1) != TokenKind::Word {
            SettingValue::Map(self.map_literal()?)
        } else if let Some(value) = self.plain_value()? {
            SettingValue::Literal(value)
        } else {
            match self.kind() {
                TokenKind::Word | TokenKind::QuotedIdentifier | TokenKind::OpenCurly => {
                    let value = self.operand(true)?;
                    if value.as_identifier().is_some() {
                        return self.fail("OpeningRoundBracket");
                    }
                    SettingValue::Expr(value)
                }
                _ => return self.fail("literal or map"),
            }
        };
        Ok(Setting { name, value })
    }

    /// Takes a literal that is no part of a larger expression.
    pub(super) fn plain_value(&mut self) -> Parse<Option<Value>> {
        let value = match self.kind() {
            TokenKind::String | TokenKind::HereDoc => Value::String(value::string(self.token_text())),
            TokenKind::Number => match value::number(self.token_text(), false) {
                Some(value) => value,
                None => return self.fail("number"),
            },
            TokenKind::Minus | TokenKind::Plus if self.kind_at(1) == TokenKind::Number => {
                let negative = self.kind() == TokenKind::Minus;
                self.advance();
                match value::number(self.token_text(), negative) {
                    Some(value) => value,
                    None => return self.fail("number"),
                }
            }
            TokenKind::Word if self.at_word("TRUE") => Value::Bool(true),
            TokenKind::Word if self.at_word("FALSE") => Value::Bool(false),
            TokenKind::Word if self.at_word("NULL") => Value::Null,
            _ => return Ok(None),
        };
        self.advance();
        Ok(Some(value))
    }

    pub(super) fn map_literal(&mut self) -> Parse<Vec<(Value, Value)>> {
        self.expect(TokenKind::OpenCurly)?;
        let mut pairs = Vec::new();
        while self.kind() != TokenKind::CloseCurly {
            if !pairs.is_empty() {
                self.expect(TokenKind::Comma)?;
            }
            let key = self.required_value()?;
            self.expect(TokenKind::Colon)?;
            pairs.push((key, self.required_value()?));
        }
        self.expect(TokenKind::CloseCurly)?;
        Ok(pairs)
    }

    fn required_value(&mut self) -> Parse<Value> {
        match self.plain_value()? {
            Some(value) => Ok(value),
            None => self.fail("literal"),
        }
    }
}
