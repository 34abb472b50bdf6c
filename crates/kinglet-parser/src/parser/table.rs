//! What stands after `FROM`.

use super::expr::Alias;
use super::special::text_literal;
use super::{Failure, Parse, Parser, Role};
use crate::ast::{
    ArrayJoin, Expr, ExprKind, Function, Ident, Join, JoinConstraint, JoinKind, JoinLocality, JoinStrictness,
    Path, Query, QueryBody, Sample, SampleRatio, SettingValue, StatementKind, Stream, Syntax, TableElement,
    TableExpr, TableSource,
};
use crate::token::TokenKind;

impl Parser<'_> {
    /// Reads tables, joins and array joins.
    #[inline(never)]
    pub(super) fn tables(&mut self) -> Parse<Vec<TableElement>> {
        let mut elements = Vec::new();
        self.clause(|parser| {
            let first = match parser.array_join()? {
                Some(array_join) => TableElement::ArrayJoin(array_join),
                None => TableElement::Table { table: Box::new(parser.table_expr()?), join: None },
            };
            elements.push(first);
            Ok(())
        })?;
        while self.clause(|parser| parser.joined(&mut elements))?.unwrap_or(false) {}
        Ok(elements)
    }

    /// Reads one more element; answers whether there was one.
    pub(super) fn joined(&mut self, elements: &mut Vec<TableElement>) -> Parse<bool> {
        if let Some(array_join) = self.array_join()? {
            elements.push(TableElement::ArrayJoin(array_join));
            return Ok(true);
        }
        let Some(join) = self.join()? else { return Ok(false) };
        let table = Box::new(self.table_expr()?);
        let (kind, natural) = (join.kind, join.natural);
        elements.push(TableElement::Table { table, join: Some(Box::new(join)) });
        let constraint = self.join_constraint(kind, natural)?;
        if let Some(TableElement::Table { join: Some(join), .. }) = elements.last_mut() {
            join.constraint = constraint;
        }
        Ok(true)
    }

    fn array_join(&mut self) -> Parse<Option<ArrayJoin>> {
        let start = self.span();
        let left = if self.eat_words("LEFT ARRAY JOIN") {
            true
        } else if self.eat_words("INNER ARRAY JOIN") || self.eat_words("ARRAY JOIN") {
            false
        } else {
            return Ok(None);
        };
        let exprs = self.expr_list(Alias::As)?;
        Ok(Some(ArrayJoin { left, exprs, span: self.since(start) }))
    }

    /// Reads the words of a join, if they stand here.
    fn join(&mut self) -> Parse<Option<Join>> {
        let start = self.span();
        if self.eat(TokenKind::Comma) {
            let span = self.since(start);
            return Ok(Some(Join {
                kind: JoinKind::Comma,
                natural: false,
                strictness: None,
                locality: None,
                constraint: None,
                span,
            }));
        }
        let locality = match self.eat_one_of(&["GLOBAL", "LOCAL"]) {
            Some("GLOBAL") => Some(JoinLocality::Global),
            Some(_) => Some(JoinLocality::Local),
            None => None,
        };
        let natural = self.eat_words("NATURAL");
        let mut strictness = self.strictness();
        let kind = if self.eat_words("INNER") {
            Some(JoinKind::Inner)
        } else if self.eat_words("LEFT") {
            Some(JoinKind::Left)
        } else if self.eat_words("RIGHT") {
            Some(JoinKind::Right)
        } else if self.eat_words("FULL") {
            Some(JoinKind::Full)
        } else if self.eat_words("CROSS") {
            Some(JoinKind::Cross)
        } else if self.eat_words("PASTE") {
            Some(JoinKind::Paste)
        } else {
            None
        };
        if strictness.is_none() && kind.is_some() {
            strictness = self.strictness();
        }
        if matches!(kind, Some(JoinKind::Left | JoinKind::Right | JoinKind::Full)) {
            self.eat_words("OUTER");
        }
        if !self.at_word("JOIN") {
            self.note("JOIN");
            let nothing_read = !natural && locality.is_none() && strictness.is_none() && kind.is_none();
            return if nothing_read { Ok(None) } else { Err(Failure) };
        }
        self.advance();
        let kind = kind.unwrap_or(JoinKind::Inner);
        let span = self.since(start);
        Ok(Some(Join { kind, natural, strictness, locality, constraint: None, span }))
    }

    fn strictness(&mut self) -> Option<JoinStrictness> {
        Some(match self.eat_one_of(&["ANY", "ALL", "ASOF", "SEMI", "ANTI", "ONLY"])? {
            "ANY" => JoinStrictness::Any,
            "ALL" => JoinStrictness::All,
            "ASOF" => JoinStrictness::Asof,
            "SEMI" => JoinStrictness::Semi,
            _ => JoinStrictness::Anti,
        })
    }

    fn join_constraint(&mut self, kind: JoinKind, natural: bool) -> Parse<Option<JoinConstraint>> {
        if natural || matches!(kind, JoinKind::Comma | JoinKind::Cross | JoinKind::Paste) {
            return Ok(None);
        }
        if self.eat_words("USING") {
            let columns = if self.kind() == TokenKind::OpenRound {
                self.in_parentheses(|parser| parser.expr_list(Alias::As))?
            } else {
                self.expr_list(Alias::As)?
            };
            return Ok(Some(JoinConstraint::Using(columns)));
        }
        self.expect_words("ON")?;
        Ok(Some(JoinConstraint::On(Box::new(self.expr(Alias::None)?))))
    }

    /// Reads one table: its source, alias, `FINAL`, `SAMPLE`.
    #[inline(never)]
    pub(super) fn table_expr(&mut self) -> Parse<TableExpr> {
        let start = self.span();
        let source = self.table_source()?;
        let mut table = TableExpr {
            source,
            alias: None,
            columns: Vec::new(),
            is_final: false,
            sample: None,
            stream: None,
            span: start,
        };
        self.table_alias(&mut table)?;
        table.is_final = self.eat_words("FINAL");
        if self.eat_words("SAMPLE") {
            let ratio = self.sample_ratio()?;
            let offset = if self.eat_words("OFFSET") { Some(self.sample_ratio()?) } else { None };
            table.sample = Some(Sample { ratio, offset });
        }
        if self.eat_words("STREAM") {
            table.stream = Some(Box::new(self.stream()?));
        }
        table.span = self.since(start);
        Ok(table)
    }

    /// A query as a table.
    pub(super) fn subquery_table(query: Query, span: kinglet_diagnostic::Span) -> TableExpr {
        TableExpr {
            source: TableSource::Subquery(Box::new(query)),
            alias: None,
            columns: Vec::new(),
            is_final: false,
            sample: None,
            stream: None,
            span,
        }
    }

    /// What follows `STREAM`.
    fn stream(&mut self) -> Parse<Stream> {
        let bounded = self.eat_words("BOUNDED");
        let unordered = self.eat_words("UNORDERED");
        let mut stream = Stream { bounded, unordered, cursor: None, watermark: None };
        if self.eat_words("CURSOR") {
            if self.kind() != TokenKind::OpenCurly {
                return self.fail("OpeningCurlyBrace");
            }
            stream.cursor = Some(SettingValue::Map(self.map_literal()?));
        }
        if self.eat_words("WATERMARK") {
            self.expect_words("FOR")?;
            let name = self.ident()?;
            self.expect_words("AS")?;
            stream.watermark = Some((name, self.expr(Alias::None)?));
        }
        Ok(stream)
    }

    fn table_alias(&mut self, table: &mut TableExpr) -> Parse<()> {
        let is_from = match &table.source {
            TableSource::Name(path) => {
                path.as_single().is_some_and(|name| name.name.eq_ignore_ascii_case("from"))
            }
            _ => false,
        };
        if self.eat_words("AS") || !is_from && self.at_table_alias() {
            table.alias = Some(self.ident()?);
        }
        if table.alias.is_some() && self.kind() == TokenKind::OpenRound {
            table.columns = self.in_parentheses(|parser| parser.comma_separated(Self::ident))?;
        }
        Ok(())
    }

    /// Whether a table's alias stands here; `SELECT` is none, for queries that start with `FROM`.
    fn at_table_alias(&mut self) -> bool {
        !self.in_joined_tables && !self.at_word("SELECT") && self.at_bare_alias()
    }

    #[inline(never)]
    fn table_source(&mut self) -> Parse<TableSource> {
        if self.kind() == TokenKind::OpenRound {
            if self.word_at(1, "VALUES") {
                return self.values_source();
            }
            let read = if self.at_subquery() { Self::parenthesized_query } else { Self::joined_tables };
            let query = self.nested(read)?;
            return Ok(TableSource::Subquery(Box::new(query)));
        }
        if matches!(self.kind(), TokenKind::Word | TokenKind::QuotedIdentifier)
            && self.kind_at(1) == TokenKind::OpenRound
        {
            return self.table_function().map(TableSource::Function);
        }
        if self.kind() == TokenKind::String {
            let span = self.span();
            let name = self.string()?;
            let name = Ident { name, quote: crate::ast::Quote::Backtick, span };
            return Ok(TableSource::Name(crate::ast::Path::single(name)));
        }
        if let Some(name) = self.attempt(Self::dotted_function_name) {
            return self.called(name).map(TableSource::Function);
        }
        let name = self.table_name()?;
        if self.kind() == TokenKind::Dot {
            while self.eat(TokenKind::Dot) {
                self.ident()?;
            }
            return self.fail("a table name of at most two parts");
        }
        if self.at_word("UUID") && self.kind_at(1) == TokenKind::String {
            self.advance();
            self.advance();
        }
        Ok(TableSource::Name(name))
    }

    /// Reads a call that stands for a table.
    pub(super) fn table_function(&mut self) -> Parse<Box<Function>> {
        if let Some(name) = self.attempt(Self::dotted_function_name) {
            return self.called(name);
        }
        let name = self.ident()?;
        self.set_roles_since(self.at.saturating_sub(1), Role::Function);
        self.called(Path::single(name))
    }

    /// A name of several parts with a parenthesis after it, which ClickHouse takes as one name with dots in it.
    fn dotted_function_name(&mut self) -> Parse<Path> {
        let start = self.span();
        let mut parts = vec![self.ident()?];
        while self.eat(TokenKind::Dot) {
            parts.push(self.ident()?);
        }
        if parts.len() < 2 || self.kind() != TokenKind::OpenRound {
            return Err(Failure);
        }
        Ok(Path { parts, span: self.since(start) })
    }

    /// Reads the arguments of a table function.
    fn called(&mut self, name: Path) -> Parse<Box<Function>> {
        let outer = std::mem::replace(&mut self.in_table_function, true);
        let expr = self.nested(|parser| parser.call(name));
        self.in_table_function = outer;
        match expr?.kind {
            ExprKind::Function(function) => Ok(function),
            _ => Err(Failure),
        }
    }

    /// `view(SELECT ...)` and `viewIfPermitted(SELECT ... ELSE f(...))`.
    pub(super) fn view_function(&mut self, name: Ident) -> Parse<Expr> {
        let start = name.span;
        self.expect(TokenKind::OpenRound)?;
        let query = self.nested(Self::query)?;
        let span = query.span;
        let mut arguments = vec![Expr::new(ExprKind::Subquery(Box::new(query)), span)];
        if name.name.eq_ignore_ascii_case("viewIfPermitted") {
            self.expect_words("ELSE")?;
            let start = self.span();
            let function = self.table_function()?;
            arguments.push(Expr::new(ExprKind::Function(function), self.since(start)));
        }
        self.expect(TokenKind::CloseRound)?;
        let span = self.since(start);
        self.function_expr(Function::new(name, Syntax::Call, arguments), span)
    }

    /// `(t JOIN u ON …)`, `(t, u)`: tables in parentheses are a query of all their columns.
    fn joined_tables(&mut self) -> Parse<Query> {
        let start = self.advance().span;
        for word in ["WITH", "FROM", "SELECT"] {
            self.note(word);
        }
        let outside = std::mem::replace(&mut self.in_joined_tables, true);
        let from = self.tables();
        self.in_joined_tables = outside;
        let from = from?;
        if from.len() < 2 {
            return self.fail("JOIN");
        }
        self.expect(TokenKind::CloseRound)?;
        let span = self.since(start);
        let mut select = Self::empty_select(span);
        select.projection = vec![Expr::new(ExprKind::Asterisk(Box::default()), span)];
        select.from = from;
        Ok(Query { body: QueryBody::Select(Box::new(select)), span })
    }

    /// `(VALUES (1, 'a'), (2, 'b'))`.
    fn values_source(&mut self) -> Parse<TableSource> {
        let start = self.advance().span;
        let word = self.advance().span;
        let rows = self.expr_list(Alias::None)?;
        self.expect(TokenKind::CloseRound)?;
        let span = self.since(start);
        let function = Function::new(Ident::new("SQLStandardValues", word), Syntax::Call, rows);
        Ok(TableSource::Subquery(Box::new(
            self.select_everything(TableSource::Function(Box::new(function)), span),
        )))
    }

    /// `SELECT * FROM source`.
    fn select_everything(&self, source: TableSource, span: kinglet_diagnostic::Span) -> Query {
        let table = TableExpr {
            source,
            alias: None,
            columns: Vec::new(),
            is_final: false,
            sample: None,
            stream: None,
            span,
        };
        let mut select = Self::empty_select(span);
        select.projection = vec![Expr::new(ExprKind::Asterisk(Box::default()), span)];
        select.from = vec![TableElement::Table { table: Box::new(table), join: None }];
        Query { body: QueryBody::Select(Box::new(select)), span }
    }

    /// `EXPLAIN ...` in parentheses, which ClickHouse reads as a call of `viewExplain`.
    pub(super) fn explain_query(&mut self) -> Parse<Query> {
        let start = self.span();
        let StatementKind::Explain(explain) = self.explain()? else { return Err(Failure) };
        let StatementKind::Query(query) = explain.statement.kind else { return Err(Failure) };
        let kind = text_literal(explain.kind.words().to_owned(), start);
        let settings = text_literal(crate::print::settings_to_string(&explain.settings), start);
        let query_span = query.span;
        let query = Expr::new(ExprKind::Subquery(query), query_span);
        let function =
            Function::new(Ident::new("viewExplain", start), Syntax::Call, vec![kind, settings, query]);
        let span = self.since(start);
        Ok(self.select_everything(TableSource::Function(Box::new(function)), span))
    }

    fn sample_ratio(&mut self) -> Parse<SampleRatio> {
        let first = self.decimal_ratio()?;
        if !self.eat(TokenKind::Slash) {
            return Ok(first);
        }
        let second = self.decimal_ratio()?;
        let numerator = first.numerator.checked_mul(second.denominator);
        let denominator = first.denominator.checked_mul(second.numerator);
        match (numerator, denominator) {
            (Some(numerator), Some(denominator)) if denominator > 0 => {
                Ok(SampleRatio { numerator, denominator })
            }
            _ => self.fail("number"),
        }
    }

    /// A decimal number as a fraction: `0.1` is 1 / 10.
    fn decimal_ratio(&mut self) -> Parse<SampleRatio> {
        if self.kind() != TokenKind::Number {
            return self.fail("Sample ratio or parameter (float, number, or fraction)");
        }
        let text = self.token_text().to_ascii_lowercase();
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let exponent =
            exponent.parse::<i32>().ok().and_then(|exponent| exponent.checked_sub(fraction.len() as i32));
        let ratio = exponent.and_then(|exponent| {
            let numerator: u128 = digits.parse().ok()?;
            let scale = 10u128.checked_pow(exponent.unsigned_abs())?;
            Some(if exponent < 0 {
                SampleRatio { numerator, denominator: scale }
            } else {
                SampleRatio { numerator: numerator.checked_mul(scale)?, denominator: 1 }
            })
        });
        match ratio {
            Some(ratio) => {
                self.advance();
                Ok(ratio)
            }
            None => self.fail("number"),
        }
    }
}
