//! Windows.

use super::expr::Alias;
use super::{Parse, Parser};
use crate::ast::{FrameBound, FrameUnit, NamedWindow, WindowFrame, WindowSpec};
use crate::token::TokenKind;

impl Parser<'_> {
    /// Reads `name AS (window), ...`.
    pub(super) fn named_windows(&mut self) -> Parse<Vec<NamedWindow>> {
        self.comma_separated(|parser| {
            let name = parser.ident()?;
            parser.expect_words("AS")?;
            Ok(NamedWindow { name, window: parser.window_spec()? })
        })
    }

    /// Reads `([parent] [PARTITION BY ...] [ORDER BY ...] [frame])`.
    pub(super) fn window_spec(&mut self) -> Parse<WindowSpec> {
        let start = self.expect(TokenKind::OpenRound)?.span;
        let starts_part = self.at_words("PARTITION BY") || self.at_words("ORDER BY") || self.at_frame();
        let parent =
            if starts_part || self.kind() == TokenKind::CloseRound { None } else { Some(self.ident()?) };
        let partition_by =
            if self.eat_words("PARTITION BY") { self.expr_list(Alias::As)? } else { Vec::new() };
        let order_by = if self.eat_words("ORDER BY") { self.order_items()? } else { Vec::new() };
        let frame = if self.at_frame() { Some(self.frame()?) } else { None };
        self.expect(TokenKind::CloseRound)?;
        Ok(WindowSpec { parent, partition_by, order_by, frame, span: self.since(start) })
    }

    fn at_frame(&mut self) -> bool {
        let unit = self.at_word("ROWS") || self.at_word("RANGE") || self.at_word("GROUPS");
        unit && self.kind_at(1) != TokenKind::CloseRound
    }

    fn frame(&mut self) -> Parse<WindowFrame> {
        let unit = match self.eat_one_of(&["ROWS", "GROUPS", "RANGE"]) {
            Some("ROWS") => FrameUnit::Rows,
            Some("GROUPS") => FrameUnit::Groups,
            _ => FrameUnit::Range,
        };
        if self.eat_words("BETWEEN") {
            let start = self.frame_bound()?;
            self.expect_words("AND")?;
            return Ok(WindowFrame { unit, start, end: self.frame_bound()? });
        }
        Ok(WindowFrame { unit, start: self.frame_bound()?, end: FrameBound::CurrentRow })
    }

    fn frame_bound(&mut self) -> Parse<FrameBound> {
        if self.eat_words("CURRENT ROW") {
            return Ok(FrameBound::CurrentRow);
        }
        if self.eat_words("UNBOUNDED") {
            return match self.eat_one_of(&["PRECEDING", "FOLLOWING"]) {
                Some("PRECEDING") => Ok(FrameBound::UnboundedPreceding),
                Some(_) => Ok(FrameBound::UnboundedFollowing),
                None => Err(super::Failure),
            };
        }
        let offset = self.expr(Alias::None)?;
        match self.eat_one_of(&["PRECEDING", "FOLLOWING"]) {
            Some("PRECEDING") => Ok(FrameBound::Preceding(offset)),
            Some(_) => Ok(FrameBound::Following(offset)),
            None => Err(super::Failure),
        }
    }
}
