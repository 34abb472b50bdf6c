//! Operators behind `|>`: each is a query over what stands before it, and is kept as such a query.

use super::expr::Alias;
use super::{MAX_NESTING, Parse, Parser};
use crate::ast::{
    Asterisk, Distinct, ExceptColumns, Expr, ExprKind, Fetch, GroupBy, GroupByItems, Ident, Limit, Path,
    Query, QueryBody, Replacement, Select, SetChain, SetOperator, SetQuantifier, SetStep, TableElement,
    Transformer, With,
};
use crate::token::TokenKind;

/// Words that operators start with, besides those of joins.
const OPERATORS: [&str; 9] =
    ["WHERE", "SELECT", "EXTEND", "SET", "DROP", "AGGREGATE", "DISTINCT", "LIMIT", "OFFSET"];

/// How many tokens are read again for operators, all in all: within each other such texts double.
const MAX_READ_AGAIN: usize = 20_000;

/// What was read so far: a query, and the alias that it has for the next operator.
struct Piped {
    query: Query,
    alias: Option<Ident>,
}

impl Piped {
    /// A query of all columns over what was read so far.
    fn over(self, with: Option<With>) -> Select {
        let span = self.query.span;
        let mut table = Parser::subquery_table(self.query, span);
        table.alias = self.alias;
        Select {
            with,
            projection: vec![asterisk(Asterisk::default(), span)],
            from: vec![TableElement::Table { table: Box::new(table), join: None }],
            span,
            ..Select::default()
        }
    }
}

fn asterisk(asterisk: Asterisk, span: kinglet_diagnostic::Span) -> Expr {
    Expr::new(ExprKind::Asterisk(Box::new(asterisk)), span)
}

impl Parser<'_> {
    /// Reads the operators after a query, whose first token is that of index `first`. Each is a level of nesting.
    #[inline(never)]
    pub(super) fn piped(&mut self, query: Query, first: usize) -> Parse<Query> {
        let start = query.span;
        let nesting = self.nesting;
        let mut piped = Piped { query, alias: None };
        while self.kind() == TokenKind::PipeArrow {
            if self.nesting >= MAX_NESTING {
                self.too_deep = Some(self.span());
                return Err(super::Failure);
            }
            self.nesting += 3;
            self.advance();
            if self.eat_words("AS") {
                piped.alias = Some(self.ident()?);
                continue;
            }
            let (query, goes_on) = self.operator(piped, first)?;
            piped = Piped { query: Query { span: self.since(start), ..query }, alias: None };
            if !goes_on {
                break;
            }
        }
        self.nesting = nesting;
        if piped.alias.is_some() {
            let span = self.since(start);
            let with = self.with_again(first)?;
            return Ok(Query { body: QueryBody::Select(Box::new(piped.over(with))), span });
        }
        Ok(piped.query)
    }

    /// The `WITH` of the query whose first token is that of index `first`: each of the queries has it.
    fn with_again(&mut self, first: usize) -> Parse<Option<With>> {
        let (at, reports) = (self.at, self.reports.len());
        self.at = first;
        while self.eat(TokenKind::OpenRound) {}
        let with = if self.eat_words("WITH") { Some(self.with_clause()?) } else { None };
        self.reports.truncate(reports);
        self.go_back(first, at)?;
        Ok(with)
    }

    /// Counts the tokens from `from` to here as read again and goes to `to`.
    fn go_back(&mut self, from: usize, to: usize) -> Parse<()> {
        self.read_again += self.at.saturating_sub(from);
        self.at = to;
        if self.read_again > MAX_READ_AGAIN {
            self.too_deep = Some(self.span());
            return Err(super::Failure);
        }
        Ok(())
    }

    /// Reads one operator; answers also whether another may follow.
    #[inline(never)]
    fn operator(&mut self, piped: Piped, first: usize) -> Parse<(Query, bool)> {
        let start = piped.query.span;
        if let Some(operator) = self.union_or_except().or_else(|| self.intersect()) {
            return self.set_operator(piped, first, operator);
        }
        let mut select = piped.over(self.with_again(first)?);
        let word = if self.at_words("ORDER BY") { Some("ORDER BY") } else { self.eat_one_of(&OPERATORS) };
        match word {
            Some("WHERE") => select.filter = Some(self.expr(Alias::As)?),
            Some("SELECT") => {
                if self.eat_words("DISTINCT") {
                    select.distinct = Some(Distinct::Distinct);
                }
                self.in_projection = true;
                let projection = self.projection();
                self.in_projection = false;
                select.projection = projection?;
            }
            Some("EXTEND") => select.projection.extend(self.expr_list(Alias::Bare)?),
            Some("SET") => {
                let items = self.comma_separated(|parser| {
                    let name = parser.ident()?;
                    parser.expect(TokenKind::Equals)?;
                    Ok(Replacement { expr: parser.expr(Alias::None)?, name })
                })?;
                self.transform(&mut select, Transformer::Replace { strict: false, items });
            }
            Some("DROP") => {
                let names = self.comma_separated(|parser| Ok(Path::single(parser.ident()?)))?;
                let columns = ExceptColumns::Names(names);
                self.transform(&mut select, Transformer::Except { strict: false, columns });
            }
            Some("AGGREGATE") => self.aggregate(&mut select)?,
            Some("DISTINCT") => select.distinct = Some(Distinct::Distinct),
            Some("ORDER BY") => select.order_by = Some(self.order_by()?),
            Some("LIMIT") => {
                let count = Some(self.expr(Alias::As)?);
                let offset = if self.eat_words("OFFSET") { Some(self.expr(Alias::As)?) } else { None };
                select.limit =
                    Some(Limit { count, offset, with_ties: false, range: None, form: Fetch::Limit });
            }
            Some("OFFSET") => {
                let offset = Some(self.expr(Alias::As)?);
                select.limit =
                    Some(Limit { count: None, offset, with_ties: false, range: None, form: Fetch::Limit });
            }
            _ => self.piped_joins(&mut select)?,
        }
        select.span = self.since(start);
        Ok((Query { body: QueryBody::Select(Box::new(select)), span: start }, true))
    }

    fn transform(&mut self, select: &mut Select, transformer: Transformer) {
        let all = Asterisk { transformers: vec![transformer], ..Asterisk::default() };
        select.projection = vec![asterisk(all, select.span)];
    }

    /// `AGGREGATE a, b GROUP BY c`: the keys come first.
    fn aggregate(&mut self, select: &mut Select) -> Parse<()> {
        let mut aggregates = self.expr_list(Alias::Bare)?;
        let start = self.span();
        select.projection.clear();
        if self.eat_words("GROUP BY") {
            let at = self.at;
            select.projection = self.expr_list(Alias::Bare)?;
            self.go_back(at, at)?;
            let mut keys = self.expr_list(Alias::Bare)?;
            for key in &mut keys {
                key.alias = None;
            }
            let (items, span) = (GroupByItems::Exprs(keys), self.since(start));
            select.group_by = Some(GroupBy { items, modifier: None, totals: false, span });
        }
        select.projection.append(&mut aggregates);
        Ok(())
    }

    fn piped_joins(&mut self, select: &mut Select) -> Parse<()> {
        let mut found = false;
        while self.joined(&mut select.from)? {
            found = true;
        }
        if found { Ok(()) } else { Err(super::Failure) }
    }

    /// `UNION ALL (SELECT ...), (SELECT ...)`. After an operand without parentheses nothing follows.
    fn set_operator(&mut self, piped: Piped, first: usize, operator: SetOperator) -> Parse<(Query, bool)> {
        let start = self.span();
        let quantifier = match self.eat_one_of(&["ALL", "DISTINCT"]) {
            Some("ALL") => SetQuantifier::All,
            Some(_) => SetQuantifier::Distinct,
            None => SetQuantifier::Unspecified,
        };
        let span = self.since(start);
        let query = if piped.alias.is_some() {
            let span = piped.query.span;
            let with = self.with_again(first)?;
            Query { body: QueryBody::Select(Box::new(piped.over(with))), span }
        } else {
            piped.query
        };
        let whole = query.span;
        let first = match query.body {
            QueryBody::Set(_) => QueryBody::Nested(Box::new(query)),
            body => body,
        };
        let in_brackets = self.kind() == TokenKind::OpenRound;
        let operands = if in_brackets {
            self.comma_separated(|parser| {
                if parser.kind() == TokenKind::OpenRound {
                    parser.query_operand()
                } else {
                    Err(super::Failure)
                }
            })?
        } else {
            vec![self.query_operand()?]
        };
        let step = |operand| SetStep { operator, quantifier, operand, span };
        let rest = operands.into_iter().map(step).collect();
        let body = QueryBody::Set(Box::new(SetChain { first, rest }));
        Ok((Query { body, span: whole }, in_brackets))
    }
}
