//! Going on after an error inside a query, for editors.
//!
//! In lenient mode a clause that cannot be read is reported, skipped up to the next clause, and
//! stands in the tree as [`ExprKind::Error`] or not at all.

use kinglet_diagnostic::{Diagnostic, Span};

use super::{Parse, Parser};
use crate::ast::{Expr, ExprKind};
use crate::token::TokenKind;

/// Words at which a query goes on after a clause that could not be read.
const CLAUSES: [&str; 21] = [
    "FROM",
    "PREWHERE",
    "WHERE",
    "GROUP",
    "HAVING",
    "WINDOW",
    "QUALIFY",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "SETTINGS",
    "FORMAT",
    "UNION",
    "INTERSECT",
    "JOIN",
    "LEFT",
    "RIGHT",
    "INNER",
    "FULL",
    "CROSS",
    "ARRAY",
];

/// Other words that may follow an item.
const AFTER_ITEMS: [&str; 15] = [
    "WITH", "FETCH", "GLOBAL", "LOCAL", "ANY", "ALL", "ASOF", "SEMI", "ANTI", "PASTE", "NATURAL", "EXCEPT",
    "INTO", "ELSE", "PARALLEL",
];

/// Errors reported at most for one text.
const MAX_REPORTS: usize = 50;

impl<'a> Parser<'a> {
    /// A parser that goes on after errors inside queries.
    pub(crate) fn lenient(text: &'a str) -> Self {
        Self { is_lenient: true, ..Self::new(text, true) }
    }

    /// What was reported so far, in the order of reading.
    pub(crate) fn take_reports(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.reports)
    }

    /// Reports the failure of what was read last, and forgets it.
    pub(crate) fn report(&mut self) {
        let diagnostic = self.diagnostic();
        if self.reports.len() < MAX_REPORTS {
            self.reports.push(diagnostic);
        }
        let nesting = self.nesting;
        self.reset();
        self.nesting = nesting;
    }

    /// Reads a clause. In lenient mode one that cannot be read is reported and skipped.
    pub(super) fn clause<T>(&mut self, read: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<Option<T>> {
        let start = self.at;
        match read(self) {
            Ok(value) => Ok(Some(value)),
            Err(failure) if !self.is_lenient => Err(failure),
            Err(_) => {
                self.skip_clause(start, false);
                Ok(None)
            }
        }
    }

    /// Reads one item of a list. In lenient mode one that cannot be read is reported, skipped up to the
    /// next comma or clause, and answered as an error node.
    pub(super) fn item(&mut self, read: impl FnOnce(&mut Self) -> Parse<Expr>) -> Parse<Expr> {
        let start = self.at;
        let span = self.span();
        match read(self) {
            Ok(value) => {
                if self.is_lenient && !self.at_item_end() {
                    let at = self.at;
                    self.note("operator");
                    self.skip_clause(at, true);
                }
                Ok(value)
            }
            Err(failure) if !self.is_lenient => Err(failure),
            Err(_) => {
                self.skip_clause(start, true);
                let span = if self.at > start { self.since(span) } else { Span::at(span.start as usize) };
                Ok(Expr::new(ExprKind::Error, span))
            }
        }
    }

    /// Takes the parenthesis that closes a query; in lenient mode it may be missing.
    pub(super) fn close_query(&mut self) -> Parse<()> {
        match self.expect(TokenKind::CloseRound) {
            Err(_) if self.is_lenient => {
                self.report();
                Ok(())
            }
            result => result.map(|_| ()),
        }
    }

    /// Reports, and goes to the next clause after the token `start`, on the same level of brackets.
    fn skip_clause(&mut self, start: usize, stop_at_comma: bool) {
        self.report();
        for (ignore_brackets, comma) in [(false, stop_at_comma), (true, false)] {
            self.at = start;
            if self.go_to_clause(ignore_brackets, comma) {
                return;
            }
        }
    }

    /// Goes to the next clause; answers whether one was found, or the brackets around end.
    fn go_to_clause(&mut self, ignore_brackets: bool, stop_at_comma: bool) -> bool {
        let mut open = 0usize;
        loop {
            let is_level = ignore_brackets || open == 0;
            match self.kind() {
                TokenKind::End | TokenKind::Semicolon => return open == 0,
                TokenKind::OpenRound | TokenKind::OpenSquare | TokenKind::OpenCurly => open += 1,
                TokenKind::CloseRound | TokenKind::CloseSquare | TokenKind::CloseCurly => {
                    if open == 0 {
                        return true;
                    }
                    open -= 1;
                }
                TokenKind::Comma if is_level && stop_at_comma => return true,
                TokenKind::Word if is_level && self.at_clause() => return true,
                _ => {}
            }
            self.advance();
        }
    }

    /// Whether an item can end here.
    fn at_item_end(&mut self) -> bool {
        match self.kind() {
            TokenKind::Word => self.at_clause() || AFTER_ITEMS.iter().any(|word| self.word_at(0, word)),
            kind => matches!(
                kind,
                TokenKind::Comma
                    | TokenKind::CloseRound
                    | TokenKind::End
                    | TokenKind::Semicolon
                    | TokenKind::VerticalDelimiter
            ),
        }
    }

    /// Whether a word stands here at which a query can go on.
    fn at_clause(&mut self) -> bool {
        CLAUSES.iter().any(|word| self.word_at(0, word))
    }

    /// In lenient mode, whether a word stands here that is rather a clause than a name.
    pub(super) fn at_probable_clause(&mut self) -> bool {
        let followed = matches!(
            self.kind_at(1),
            TokenKind::Word | TokenKind::QuotedIdentifier | TokenKind::OpenRound | TokenKind::Number
        );
        self.is_lenient && followed && self.at_clause() && !self.word_at(1, "AS")
    }
}

#[cfg(test)]
mod tests {
    use crate::ast::{ExprKind, Select, StatementKind, TableElement, TableSource};
    use crate::{parse, parse_lenient};

    fn select(sql: &str) -> Select {
        let parsed = parse_lenient(sql);
        assert!(!parsed.diagnostics.is_empty(), "{sql} has an error");
        let statement = parsed.value.and_then(|statements| statements.into_iter().next()).expect(sql);
        let StatementKind::Query(query) = statement.kind else { panic!("{sql} is a query") };
        query.as_select().expect(sql).clone()
    }

    fn tables(select: &Select) -> Vec<String> {
        let names = select.from.iter().filter_map(|element| match element {
            TableElement::Table { table, .. } => match &table.source {
                TableSource::Name(path) => Some(path.full_name()),
                _ => Some("...".to_owned()),
            },
            TableElement::ArrayJoin(_) => None,
        });
        names.collect()
    }

    #[test]
    fn the_rest_of_a_query_is_read_after_an_error() {
        let found = select("SELECT a, , b + FROM events AS e WHERE e. AND x > ORDER BY c LIMIT 5");
        assert_eq!(found.projection.len(), 3);
        assert!(matches!(found.projection[1].kind, ExprKind::Error));
        assert_eq!(tables(&found), ["events"]);
        assert!(found.order_by.is_some() && found.limit.is_some());
    }

    #[test]
    fn unfinished_texts_have_trees() {
        assert_eq!(tables(&select("SELECT FROM t")), ["t"]);
        assert_eq!(tables(&select("SELECT a FROM t JOIN u")), ["t", "u"]);
        assert_eq!(tables(&select("SELECT a FROM t LEFT JOIN ")), ["t"]);
        assert_eq!(tables(&select("SELECT count( FROM t WHERE x")), ["t"]);
        assert_eq!(tables(&select("SELECT a FROM (SELECT b FROM u WHERE")), ["..."]);
        assert_eq!(select("WITH x AS (SELECT 1) ").with.map(|with| with.items.len()), Some(1));
    }

    #[test]
    fn the_first_report_is_the_strict_error() {
        for sql in ["SELECT a b c FROM t", "SELECT a FROM t WHERE", "SELECT (a FROM t", "SELECT f(a,) FROM t"]
        {
            let strict = parse(sql).diagnostics;
            let lenient = parse_lenient(sql).diagnostics;
            assert_eq!(
                strict.first().map(|found| found.span),
                lenient.first().map(|found| found.span),
                "{sql}"
            );
        }
    }

    #[test]
    fn a_text_without_errors_is_read_the_same() {
        let sql = "WITH a AS (SELECT 1) SELECT x FROM a WHERE x IN (1, 2) GROUP BY x";
        assert_eq!(parse_lenient(sql), parse(sql));
    }
}
