//! Data types.

use super::expr::{Alias, NEGATE};
use super::{Parse, Parser, Role};
use crate::ast::{DataType, DataTypeArgument, Expr, Operator, Syntax};
use crate::token::TokenKind;

/// Names of several words, longest first.
const LONG_NAMES: [&str; 28] = [
    "NATIONAL CHARACTER LARGE OBJECT",
    "NATIONAL CHARACTER VARYING",
    "NATIONAL CHAR VARYING",
    "CHARACTER LARGE OBJECT",
    "NCHAR LARGE OBJECT",
    "BINARY LARGE OBJECT",
    "NATIONAL CHARACTER",
    "CHAR LARGE OBJECT",
    "CHARACTER VARYING",
    "DOUBLE PRECISION",
    "INTEGER UNSIGNED",
    "SMALLINT UNSIGNED",
    "TINYINT UNSIGNED",
    "BIGINT UNSIGNED",
    "BINARY VARYING",
    "INTEGER SIGNED",
    "SMALLINT SIGNED",
    "NATIONAL CHAR",
    "TINYINT SIGNED",
    "BIGINT SIGNED",
    "CHAR VARYING",
    "NCHAR VARYING",
    "INT1 UNSIGNED",
    "INT1 SIGNED",
    "INT UNSIGNED",
    "INT SIGNED",
    "TIMESTAMP WITH TIME ZONE",
    "TIMESTAMP WITHOUT TIME ZONE",
];

impl Parser<'_> {
    /// Reads a data type.
    pub(super) fn data_type(&mut self) -> Parse<DataType> {
        self.nested(Self::data_type_unbounded)
    }

    fn data_type_unbounded(&mut self) -> Parse<DataType> {
        let start = self.span();
        let first = self.at;
        let name = self.data_type_name()?;
        self.set_roles_since(first, Role::Type);
        let arguments =
            if self.kind() == TokenKind::OpenRound { Some(self.data_type_arguments(&name)?) } else { None };
        let mut data_type = DataType { name, arguments, span: start };
        if data_type.arguments.is_some() && is_integer(&data_type.name) {
            self.signed_suffix(&mut data_type);
        }
        data_type.span = self.since(start);
        Ok(data_type)
    }

    fn data_type_name(&mut self) -> Parse<String> {
        if self.kind() == TokenKind::Word {
            for long in LONG_NAMES {
                if self.word_at(0, long.split(' ').next().unwrap_or(long)) && self.eat_words(long) {
                    return Ok(long.to_owned());
                }
            }
        }
        Ok(self.ident()?.name)
    }

    /// `INT(11) UNSIGNED`: the width says nothing.
    fn signed_suffix(&mut self, data_type: &mut DataType) {
        if let Some(word) = self.eat_one_of(&["UNSIGNED", "SIGNED"]) {
            data_type.name = format!("{} {word}", data_type.name);
            data_type.arguments = None;
        }
    }

    fn data_type_arguments(&mut self, name: &str) -> Parse<Vec<DataTypeArgument>> {
        self.expect(TokenKind::OpenRound)?;
        let mut arguments = Vec::new();
        if !self.eat(TokenKind::CloseRound) {
            loop {
                let argument = self.data_type_argument(name, arguments.len())?;
                arguments.push(argument);
                if !self.eat(TokenKind::Comma) || self.kind() == TokenKind::CloseRound {
                    break;
                }
            }
            self.expect(TokenKind::CloseRound)?;
        }
        Ok(arguments)
    }

    fn data_type_argument(&mut self, name: &str, position: usize) -> Parse<DataTypeArgument> {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "json" | "object" => return self.json_argument(),
            "aggregatefunction" | "simpleaggregatefunction" if position == 0 => {
                return self.aggregate_name();
            }
            _ => {}
        }
        let is_option = lower == "dynamic" && self.kind_at(1) == TokenKind::Equals;
        if is_option {
            return Ok(DataTypeArgument::Expr(self.expr(Alias::None)?));
        }
        if let Some(value) = self.type_literal()? {
            return Ok(DataTypeArgument::Expr(value));
        }
        if lower == "nested" || lower == "tuple" && self.element_name_follows() {
            let name = self.dotted_ident()?;
            return Ok(DataTypeArgument::Named(name, self.data_type()?));
        }
        Ok(DataTypeArgument::Type(self.data_type()?))
    }

    /// A literal, or two with an equals sign between them: the elements of an enumeration.
    fn type_literal(&mut self) -> Parse<Option<Expr>> {
        let Some(name) = self.one_literal()? else { return Ok(None) };
        if self.kind() != TokenKind::Equals {
            return Ok(Some(name));
        }
        let equals = self.advance().span;
        let Some(value) = self.one_literal()? else { return self.fail("literal") };
        let span = name.span.to(value.span);
        let syntax = Syntax::Operator(Operator::Equals);
        self.function("equals", equals, syntax, vec![name, value], span).map(Some)
    }

    fn one_literal(&mut self) -> Parse<Option<Expr>> {
        let is_word = ["NULL", "TRUE", "FALSE"].iter().any(|word| self.word_at(0, word));
        let is_signed = matches!(self.kind(), TokenKind::Minus | TokenKind::Plus);
        if is_word || matches!(self.kind(), TokenKind::String | TokenKind::Number) {
            return self.operand(true).map(Some);
        }
        if is_signed && self.kind_at(1) == TokenKind::Number {
            self.climb(NEGATE).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Whether `name Type` stands here and not just a type.
    fn element_name_follows(&mut self) -> bool {
        let is_long =
            ["PRECISION", "VARYING", "UNSIGNED", "SIGNED", "LARGE"].iter().any(|word| self.word_at(1, word));
        matches!(self.kind_at(1), TokenKind::Word | TokenKind::QuotedIdentifier | TokenKind::Dot) && !is_long
    }

    /// The function of an `AggregateFunction`, possibly with parameters, or a version number.
    fn aggregate_name(&mut self) -> Parse<DataTypeArgument> {
        Ok(DataTypeArgument::Expr(self.operand(false)?))
    }

    fn json_argument(&mut self) -> Parse<DataTypeArgument> {
        if self.at_words("SKIP REGEXP") {
            self.advance();
            self.advance();
            return Ok(DataTypeArgument::SkipRegexp(self.string()?));
        }
        if self.at_word("SKIP") && self.kind_at(1) != TokenKind::Dot {
            self.advance();
            return Ok(DataTypeArgument::Skip(self.dotted_ident()?));
        }
        if self.kind() == TokenKind::String || self.kind_at(1) == TokenKind::Equals {
            return Ok(DataTypeArgument::Expr(self.expr(Alias::None)?));
        }
        let name = self.dotted_ident()?;
        Ok(DataTypeArgument::Named(name, self.data_type()?))
    }

    /// Reads a data type and nothing else.
    pub(crate) fn whole_data_type(&mut self) -> Parse<DataType> {
        let data_type = self.data_type()?;
        if self.kind() == TokenKind::End { Ok(data_type) } else { self.fail("end of the type") }
    }
}

fn is_integer(name: &str) -> bool {
    ["INT", "INT1", "INTEGER", "TINYINT", "SMALLINT", "BIGINT"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(name))
}
