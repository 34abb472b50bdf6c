//! `SELECT` and combinations of it.

use kinglet_diagnostic::{Diagnostic, Span};

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{
    Distinct, Expr, ExprKind, Fetch, Limit, LimitBy, LimitRange, Materialized, Query, QueryBody, Select,
    SetChain, SetOperator, SetQuantifier, SetStep, With, WithItem,
};
use crate::token::TokenKind;

impl Parser<'_> {
    /// Reads a query: operands combined by `UNION` and `EXCEPT`, evaluated from left to right.
    #[inline(never)]
    pub(super) fn query(&mut self) -> Parse<Query> {
        let (start, at) = (self.span(), self.at);
        let first = self.intersection()?;
        let body = self.set_chain(first, Self::union_or_except, Self::intersection)?;
        let query = Query { body, span: self.since(start) };
        if self.kind() == TokenKind::PipeArrow { self.piped(query, at) } else { Ok(query) }
    }

    #[inline(never)]
    fn intersection(&mut self) -> Parse<QueryBody> {
        let first = self.query_operand()?;
        self.set_chain(first, Self::intersect, Self::query_operand)
    }

    #[inline(never)]
    fn set_chain(
        &mut self,
        first: QueryBody,
        operator: fn(&mut Self) -> Option<SetOperator>,
        operand: fn(&mut Self) -> Parse<QueryBody>,
    ) -> Parse<QueryBody> {
        let mut rest = Vec::new();
        loop {
            let start = self.span();
            let Some(operator) = operator(self) else { break };
            let quantifier = match self.eat_one_of(&["ALL", "DISTINCT"]) {
                Some("ALL") => SetQuantifier::All,
                Some(_) => SetQuantifier::Distinct,
                None => SetQuantifier::Unspecified,
            };
            let span = self.since(start);
            let operand = operand(self)?;
            rest.push(SetStep { operator, quantifier, operand, span });
        }
        Ok(if rest.is_empty() { first } else { QueryBody::Set(Box::new(SetChain { first, rest })) })
    }

    pub(super) fn union_or_except(&mut self) -> Option<SetOperator> {
        if self.eat_words("UNION") {
            return Some(SetOperator::Union);
        }
        self.eat_words("EXCEPT").then_some(SetOperator::Except)
    }

    pub(super) fn intersect(&mut self) -> Option<SetOperator> {
        self.eat_words("INTERSECT").then_some(SetOperator::Intersect)
    }

    #[inline(never)]
    pub(super) fn query_operand(&mut self) -> Parse<QueryBody> {
        if self.kind() == TokenKind::OpenRound {
            let query = self.nested(Self::parenthesized_query)?;
            return Ok(QueryBody::Nested(Box::new(query)));
        }
        self.nested(|parser| parser.select()).map(QueryBody::Select)
    }

    pub(super) fn empty_select(span: Span) -> Select {
        Select { span, ..Select::default() }
    }

    fn select(&mut self) -> Parse<Box<Select>> {
        let outside = (self.in_projection, self.in_joined_tables);
        (self.in_projection, self.in_joined_tables) = (false, false);
        let select = self.select_clauses();
        (self.in_projection, self.in_joined_tables) = outside;
        select
    }

    #[inline(never)]
    fn select_clauses(&mut self) -> Parse<Box<Select>> {
        let start = self.span();
        let mut select = Box::new(Self::empty_select(start));
        if self.eat_words("WITH") {
            select.with = self.clause(Self::with_clause)?;
        }
        if self.eat_words("FROM") {
            select.from_first = true;
            select.from = self.tables()?;
        }
        if self.eat_words("SELECT") {
            self.select_head(&mut select)?;
        } else if select.from_first {
            select.projection = vec![Expr::new(ExprKind::Asterisk(Box::default()), self.since(start))];
        } else {
            if !(self.is_lenient && select.with.is_some()) {
                return Err(Failure);
            }
            self.report();
            select.span = self.since(start);
            return Ok(select);
        }
        if !select.from_first && self.eat_words("FROM") {
            select.from = self.tables()?;
        }
        self.filters(&mut select)?;
        self.clause(|parser| parser.limits(&mut select))?;
        if self.eat_words("SETTINGS") {
            select.settings = self.clause(Self::settings)?.unwrap_or_default();
        }
        select.span = self.since(start);
        Ok(select)
    }

    /// What follows `WITH`.
    #[inline(never)]
    pub(super) fn with_clause(&mut self) -> Parse<With> {
        let recursive =
            self.at_word("RECURSIVE") && self.kind_at(1) != TokenKind::Comma && !self.word_at(1, "AS");
        if recursive {
            self.advance();
        }
        let mut items = vec![self.with_item()?];
        while self.eat(TokenKind::Comma) {
            if self.at_word("SELECT") {
                break;
            }
            items.push(self.with_item()?);
        }
        Ok(With { recursive, items })
    }

    fn with_item(&mut self) -> Parse<WithItem> {
        let start = self.span();
        let head = self.attempt(Self::cte_head);
        if let Some((name, columns, materialized)) = head {
            let query = Box::new(self.nested(Self::parenthesized_query)?);
            return Ok(WithItem::Query { name, columns, materialized, query, span: self.since(start) });
        }
        let expr = self.expr(Alias::As)?;
        Ok(WithItem::Expr(Box::new(expr)))
    }

    /// `name (columns) AS [MATERIALIZED]` before the parenthesis of a query.
    fn cte_head(&mut self) -> Parse<(crate::ast::Ident, Vec<crate::ast::Ident>, Option<Materialized>)> {
        let name = self.ident()?;
        let columns = if self.kind() == TokenKind::OpenRound {
            self.in_parentheses(|parser| parser.comma_separated(Self::ident))?
        } else {
            Vec::new()
        };
        self.expect_words("AS")?;
        let materialized = if self.eat_words("NOT MATERIALIZED") {
            Some(Materialized::No)
        } else if self.at_word("MATERIALIZED") && self.kind_at(1) == TokenKind::OpenRound {
            self.advance();
            Some(Materialized::Yes)
        } else {
            None
        };
        if self.at_subquery() {
            return Ok((name, columns, materialized));
        }
        if self.kind() == TokenKind::OpenRound {
            self.touch(1);
        }
        Err(Failure)
    }

    /// `[ALL | DISTINCT [ON (...)]] [TOP n] expressions`.
    #[inline(never)]
    fn select_head(&mut self, select: &mut Select) -> Parse<()> {
        if self.eat_words("ALL") {
            select.distinct = Some(Distinct::All);
        } else if self.eat_words("DISTINCT ON") {
            let on = self.in_parentheses(|parser| parser.expr_list(Alias::As))?;
            select.distinct = Some(Distinct::On(on));
        } else if self.eat_words("DISTINCT") {
            select.distinct = Some(Distinct::Distinct);
        }
        if self.at_word("TOP") {
            self.top(select)?;
        }
        self.in_projection = true;
        let projection = self.projection();
        self.in_projection = false;
        select.projection = projection?;
        Ok(())
    }

    fn top(&mut self, select: &mut Select) -> Parse<()> {
        self.advance();
        let count = if self.kind() == TokenKind::OpenRound {
            self.in_parentheses(Self::number)?
        } else {
            self.number()?
        };
        let with_ties = self.eat_words("WITH TIES");
        select.limit =
            Some(Limit { count: Some(count), offset: None, with_ties, range: None, form: Fetch::Top });
        Ok(())
    }

    /// The expressions of a `SELECT`; a comma may follow the last.
    pub(super) fn projection(&mut self) -> Parse<Vec<Expr>> {
        if self.is_lenient && self.at_word("FROM") && self.kind_at(1) != TokenKind::Comma {
            self.fail::<()>("expression").ok();
            self.report();
            return Ok(Vec::new());
        }
        let mut items = vec![self.item(|parser| parser.expr(Alias::Bare))?];
        while self.kind() == TokenKind::Comma {
            self.advance();
            let has_alias = items.last().is_some_and(|item| item.alias.is_some());
            if !has_alias && self.projection_ends() {
                break;
            }
            items.push(self.item(|parser| parser.expr(Alias::Bare))?);
        }
        Ok(items)
    }

    /// Whether the comma just read was the last of the list: the text ends, or `FROM` follows as a
    /// keyword and not as the name of a column.
    fn projection_ends(&mut self) -> bool {
        match self.kind() {
            TokenKind::End | TokenKind::Semicolon | TokenKind::CloseRound => return true,
            TokenKind::Word if self.at_word("FROM") => {}
            _ => return false,
        }
        let is_name = matches!(
            self.kind_at(1),
            TokenKind::Comma
                | TokenKind::Dot
                | TokenKind::OpenSquare
                | TokenKind::Plus
                | TokenKind::Minus
                | TokenKind::Asterisk
                | TokenKind::Slash
                | TokenKind::Percent
                | TokenKind::Equals
                | TokenKind::DoubleColon
                | TokenKind::End
        );
        let operators = ["FROM", "AS", "IN", "LIKE", "AND", "OR", "IS", "BETWEEN", "NOT"];
        !is_name && !operators.iter().any(|word| self.word_at(1, word))
    }

    #[inline(never)]
    fn filters(&mut self, select: &mut Select) -> Parse<()> {
        let condition = |parser: &mut Self| parser.item(|parser| parser.expr(Alias::As)).map(Some);
        if self.eat_words("PREWHERE") {
            select.prewhere = condition(self)?;
        }
        if self.eat_words("WHERE") {
            select.filter = condition(self)?;
        }
        select.group_by = self.clause(Self::group_by)?.flatten();
        if self.eat_words("HAVING") {
            select.having = condition(self)?;
        }
        if self.eat_words("WINDOW") {
            select.windows = self.clause(Self::named_windows)?.unwrap_or_default();
        }
        if self.eat_words("QUALIFY") {
            select.qualify = condition(self)?;
        }
        if self.at_words("ORDER BY") {
            select.order_by = self.clause(Self::order_by)?;
        }
        Ok(())
    }

    #[inline(never)]
    fn limits(&mut self, select: &mut Select) -> Parse<()> {
        if self.eat_words("LIMIT") {
            let limit = self.limit_clause()?;
            let at_by = limit.range.is_none() && self.at_word("BY");
            if at_by && (limit.with_ties || matches!(select.distinct, Some(Distinct::On(_)))) {
                return self.fail("end of query");
            }
            if at_by {
                self.advance();
                select.limit_by = Some(self.limit_by(limit)?);
            } else {
                self.set_limit(select, limit)?;
            }
            if at_by && self.eat_words("LIMIT") {
                let limit = self.limit_clause()?;
                self.set_limit(select, limit)?;
            }
        }
        if select.limit.as_ref().is_none_or(|limit| limit.range.is_none()) {
            self.offset_and_fetch(select)?;
        }
        let Some(limit) = select.limit.as_ref().filter(|_| select.order_by.is_none()) else { return Ok(()) };
        let (code, message) = match limit.form {
            _ if limit.with_ties => {
                ("sql/with-ties-without-order-by", "Can not use WITH TIES without ORDER BY")
            }
            Fetch::Fetch => {
                ("sql/offset-fetch-without-order-by", "Can not use OFFSET FETCH clause without ORDER BY")
            }
            _ => return Ok(()),
        };
        let span = limit.count.as_ref().map_or_else(Span::default, |count| count.span);
        self.fail_with(Diagnostic::error(code, span, message))
    }

    fn set_limit(&mut self, select: &mut Select, limit: Limit) -> Parse<()> {
        if select.limit.is_some() {
            let message = "Can not use TOP and LIMIT together";
            return self.fail_with(Diagnostic::error(
                super::error::SYNTAX,
                limit.count.as_ref().map_or_else(Span::default, |count| count.span),
                message,
            ));
        }
        select.limit = Some(limit);
        Ok(())
    }

    fn limit_clause(&mut self) -> Parse<Limit> {
        // As the first word, `AFTER` and `UNTIL` may be columns.
        let range = self.attempt(|parser| parser.limit_range()?.ok_or(Failure));
        if range.is_some() {
            return Ok(Limit { count: None, offset: None, with_ties: false, range, form: Fetch::Limit });
        }
        let mut count = self.expr(Alias::As)?;
        let mut offset = None;
        let mut form = Fetch::Limit;
        if self.eat(TokenKind::Comma) {
            offset = Some(count);
            count = self.expr(Alias::As)?;
            form = Fetch::Comma;
        } else if self.eat_words("OFFSET") {
            offset = Some(self.expr(Alias::As)?);
        }
        let with_ties = self.eat_words("WITH TIES");
        let range = self.limit_range()?;
        Ok(Limit { count: Some(count), offset, with_ties, range, form })
    }

    fn limit_range(&mut self) -> Parse<Option<Box<LimitRange>>> {
        let mut range = LimitRange { after: None, all: false, until: None };
        if self.eat_words("AFTER") {
            range.after = Some(self.expr(Alias::As)?);
            range.all = self.eat_words("ALL");
        }
        if self.eat_words("UNTIL") {
            range.until = Some(self.expr(Alias::As)?);
        }
        let is_there = range.after.is_some() || range.until.is_some();
        Ok(is_there.then(|| Box::new(range)))
    }

    fn limit_by(&mut self, limit: Limit) -> Parse<LimitBy> {
        let count = limit.count.ok_or(Failure)?;
        if self.at_word("ALL") && self.kind_at(1) != TokenKind::Comma {
            self.advance();
            return Ok(LimitBy { count, offset: limit.offset, by: Vec::new(), all: true });
        }
        let by = self.expr_list(Alias::As)?;
        Ok(LimitBy { count, offset: limit.offset, by, all: false })
    }

    /// `OFFSET m ROWS FETCH FIRST n ROWS ONLY | WITH TIES`.
    fn offset_and_fetch(&mut self, select: &mut Select) -> Parse<()> {
        let has_offset = select.limit.as_ref().is_some_and(|limit| limit.offset.is_some());
        let mut offset = None;
        let mut rows = false;
        if !has_offset && self.eat_words("OFFSET") {
            offset = Some(self.expr(Alias::As)?);
            rows = self.eat_one_of(&["ROWS", "ROW"]).is_some();
        }
        let mut fetch = None;
        if self.eat_words("FETCH") {
            if self.eat_one_of(&["FIRST", "NEXT"]).is_none() {
                return Err(Failure);
            }
            let count = self.expr(Alias::As)?;
            if self.eat_one_of(&["ROWS", "ROW"]).is_none() {
                return Err(Failure);
            }
            let with_ties = self.eat_words("WITH TIES");
            if !with_ties {
                self.expect_words("ONLY")?;
            }
            fetch = Some((count, with_ties));
        }
        if offset.is_none() && fetch.is_none() {
            return Ok(());
        }
        let limit = select.limit.get_or_insert(Limit {
            count: None,
            offset: None,
            with_ties: false,
            range: None,
            form: Fetch::Limit,
        });
        if let Some(offset) = offset {
            limit.offset = Some(offset);
        }
        let fetched = fetch.is_some();
        if let Some((count, with_ties)) = fetch {
            limit.count = Some(count);
            limit.with_ties = with_ties;
        }
        if rows || fetched {
            limit.form = Fetch::Fetch;
        }
        Ok(())
    }
}
