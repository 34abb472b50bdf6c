//! `INSERT`.

use kinglet_diagnostic::Span;

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{Insert, InsertColumns, InsertSource, InsertTarget, StatementKind, With};
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn insert(&mut self, with: Option<With>) -> Parse<StatementKind> {
        self.expect_words("INSERT")?;
        self.expect_words("INTO")?;
        self.eat_words("TABLE");
        let names_function = self.at_word("FUNCTION")
            && matches!(self.kind_at(1), TokenKind::Word | TokenKind::QuotedIdentifier);
        let target = if names_function {
            self.advance();
            InsertTarget::Function(self.table_function()?)
        } else {
            InsertTarget::Table(self.table_name()?)
        };
        let mut insert = Insert {
            target,
            columns: None,
            partition_by: None,
            with,
            infile: None,
            compression: None,
            settings: Vec::new(),
            source: InsertSource::None,
        };
        if let InsertTarget::Function(function) = &mut insert.target
            && let Some(arguments) = function.parameters.take()
        {
            // What looks like a second pair of parentheses of the function holds the columns.
            let items = std::mem::replace(&mut function.arguments, arguments);
            if !items.iter().all(|item| item.as_identifier().is_some()) {
                return Err(Failure);
            }
            insert.columns = Some(InsertColumns { items });
        }
        if names_function && self.eat_words("PARTITION BY") {
            insert.partition_by = Some(self.expr(Alias::None)?);
        }
        if insert.columns.is_none() && self.kind() == TokenKind::OpenRound && !self.at_subquery() {
            let items = self.in_parentheses(|parser| parser.comma_separated(Self::insert_column))?;
            insert.columns = Some(InsertColumns { items });
        }
        if self.eat_words("FROM INFILE") {
            insert.infile = Some(self.string()?);
            if self.eat_words("COMPRESSION") {
                insert.compression = Some(self.string()?);
            }
        }
        if self.eat_words("SETTINGS") {
            insert.settings = self.settings()?;
        }
        insert.source = self.insert_source(insert.infile.is_some())?;
        Ok(StatementKind::Insert(Box::new(insert)))
    }

    fn insert_column(&mut self) -> Parse<crate::ast::Expr> {
        if self.kind() == TokenKind::Asterisk || self.at_columns() {
            return self.matcher(None, None);
        }
        let path = self.expression_path(false)?;
        let span = path.span;
        Ok(crate::ast::Expr::new(crate::ast::ExprKind::Identifier(path), span))
    }

    fn insert_source(&mut self, has_file: bool) -> Parse<InsertSource> {
        if self.at_word("VALUES") {
            let word = self.advance().span;
            return Ok(InsertSource::Values(self.skip_values(word)));
        }
        if self.eat_words("FORMAT") {
            let name = self.ident()?;
            let is_values = name.name.eq_ignore_ascii_case("Values");
            let span = if is_values { self.skip_values(name.span) } else { self.skip_to_end(name.span) };
            return Ok(InsertSource::Format(name, span));
        }
        let is_over = matches!(self.kind(), TokenKind::End | TokenKind::Semicolon);
        if is_over && (has_file || self.is_lenient) {
            return Ok(InsertSource::None);
        }
        Ok(InsertSource::Query(Box::new(self.query()?)))
    }

    /// Skips the rows of `VALUES`, up to a semicolon.
    fn skip_values(&mut self, before: Span) -> Span {
        while !matches!(self.kind(), TokenKind::End | TokenKind::Semicolon) {
            self.advance();
        }
        let end = self.since(before).end;
        let start = before.end as usize;
        let text = self.text.get(start..end as usize).unwrap_or("");
        let blank = text.len() - text.trim_start().len();
        Span::new(start + blank, end as usize)
    }

    /// Skips data that is no SQL, up to the end of the text.
    fn skip_to_end(&mut self, before: Span) -> Span {
        let start = before.end as usize;
        let text = self.text.get(start..).unwrap_or("");
        let blank = text.len() - text.trim_start().len();
        if text.trim_start().starts_with(';') {
            return Span::at(start + blank);
        }
        self.end_text();
        Span::new(start + blank, self.text.len())
    }

    /// Drops everything after the current token.
    fn end_text(&mut self) {
        self.tokens.truncate(self.at);
        self.lexer = crate::lexer::Lexer::new("");
        let end = Span::at(self.text.len());
        self.tokens.push(crate::token::Token { kind: TokenKind::End, span: end });
    }
}
