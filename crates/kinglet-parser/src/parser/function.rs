//! Function calls.

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{Expr, ExprKind, Function, Ident, NullsAction, Over, Path, Quote, Setting, Syntax};
use crate::token::TokenKind;

impl Parser<'_> {
    /// Reads a call; the parser stands at the parenthesis after its name.
    #[inline(never)]
    pub(super) fn call(&mut self, path: Path) -> Parse<Expr> {
        let name = call_name(path);
        let lower = name.name.to_ascii_lowercase();
        if self.in_table_function
            && matches!(lower.as_str(), "view" | "viewifpermitted")
            && self.kind_at(1) != TokenKind::OpenRound
        {
            return self.view_function(name);
        }
        if let Some(read) = Self::special_call(&lower) {
            return read(self, name);
        }
        self.plain_call(name)
    }

    #[inline(never)]
    fn plain_call(&mut self, mut name: Ident) -> Parse<Expr> {
        let start = name.span;
        if name.name.eq_ignore_ascii_case("grouping") {
            name.name.make_ascii_lowercase();
        }
        let mut function = Function::new(name, Syntax::Call, Vec::new());
        self.call_arguments(&mut function)?;
        if self.kind() == TokenKind::OpenRound {
            function.parameters = Some(std::mem::take(&mut function.arguments));
            if function.distinct {
                return Err(Failure);
            }
            if self.kind_at(1) == TokenKind::CloseRound {
                self.advance();
                return self.fail("expression");
            }
            self.call_arguments(&mut function)?;
        }
        self.call_suffix(&mut function)?;
        let span = self.since(start);
        self.function_expr(function, span)
    }

    /// Reads `(ALL | DISTINCT arguments)`.
    #[inline(never)]
    fn call_arguments(&mut self, function: &mut Function) -> Parse<()> {
        self.expect(TokenKind::OpenRound)?;
        let word_alone = matches!(self.kind_at(1), TokenKind::Comma | TokenKind::CloseRound);
        if !word_alone && self.eat_words("DISTINCT") {
            function.distinct = true;
        } else if !word_alone {
            self.eat_words("ALL");
        }
        if self.eat(TokenKind::CloseRound) {
            return Ok(());
        }
        let mut elements = Vec::new();
        loop {
            if self.in_table_function && self.at_word("SETTINGS") && self.kind_at(1) == TokenKind::Word {
                elements.push(self.settings_argument()?);
            } else {
                self.element(&mut elements, Alias::AsInside)?;
            }
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.expect(TokenKind::CloseRound)?;
        function.arguments = elements;
        Ok(())
    }

    fn settings_argument(&mut self) -> Parse<Expr> {
        let start = self.advance().span;
        let settings: Vec<Setting> = self.settings()?;
        let span = self.since(start);
        Ok(Expr::new(ExprKind::Settings(settings), span))
    }

    /// Reads what may follow the arguments of a call.
    #[inline(never)]
    fn call_suffix(&mut self, function: &mut Function) -> Parse<()> {
        if self.kind() != TokenKind::Word {
            return Ok(());
        }
        if self.eat_words("FILTER") {
            self.expect(TokenKind::OpenRound)?;
            self.expect_words("WHERE")?;
            function.filter = Some(Box::new(self.expr(Alias::As)?));
            self.expect(TokenKind::CloseRound)?;
        }
        if self.eat_words("RESPECT NULLS") {
            function.nulls = Some(NullsAction::Respect);
        } else if self.eat_words("IGNORE NULLS") {
            function.nulls = Some(NullsAction::Ignore);
        }
        if self.eat_words("OVER") {
            function.over = Some(if self.kind() == TokenKind::OpenRound {
                Over::Window(Box::new(self.nested(Self::window_spec)?))
            } else {
                Over::Name(self.ident()?)
            });
        }
        Ok(())
    }
}

/// The name of a call: a dotted name is one name with dots in it.
fn call_name(path: Path) -> Ident {
    let name = path.full_name();
    let span = path.span;
    let quote = path.as_single().map_or(Quote::Backtick, |single| single.quote);
    Ident { name, quote, span }
}
