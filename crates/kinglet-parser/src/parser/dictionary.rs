//! `CREATE DICTIONARY`.

use super::expr::Alias;
use super::{Parse, Parser, Role};
use crate::ast::{
    CreateDictionary, DictionaryAttribute, DictionaryKeyValue, DictionaryLayout, DictionaryLifetime,
    DictionarySource, DictionaryValue, ExprKind, Ident,
};
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn create_dictionary(&mut self) -> Parse<CreateDictionary> {
        let mut dictionary = CreateDictionary::default();
        if self.kind() == TokenKind::OpenRound {
            dictionary.attributes =
                self.in_parentheses(|parser| parser.comma_separated(Self::dictionary_attribute))?;
        }
        loop {
            if self.eat_words("PRIMARY KEY") {
                dictionary.primary_key = if self.kind() == TokenKind::OpenRound {
                    self.in_parentheses(|parser| parser.expr_list(Alias::None))?
                } else {
                    self.expr_list(Alias::None)?
                };
            } else if self.eat_words("SOURCE") {
                dictionary.source = Some(self.in_parentheses(Self::dictionary_source)?);
            } else if self.eat_words("LAYOUT") {
                dictionary.layout = Some(self.in_parentheses(Self::dictionary_layout)?);
            } else if self.eat_words("LIFETIME") {
                dictionary.lifetime = Some(self.in_parentheses(Self::dictionary_lifetime)?);
            } else if self.eat_words("RANGE") {
                dictionary.range = Some(self.in_parentheses(Self::dictionary_range)?);
            } else if self.eat_words("SETTINGS") {
                dictionary.settings = self.in_parentheses(Self::settings)?;
            } else if self.eat_words("COMMENT") {
                dictionary.comment = Some(self.string()?);
            } else {
                return Ok(dictionary);
            }
        }
    }

    fn dictionary_attribute(&mut self) -> Parse<DictionaryAttribute> {
        let name = self.ident()?;
        let data_type = self.data_type()?;
        let mut attribute = DictionaryAttribute {
            name,
            data_type,
            default: None,
            expression: None,
            hierarchical: false,
            bidirectional: false,
            injective: false,
            is_object_id: false,
        };
        loop {
            if self.eat_words("DEFAULT") {
                attribute.default = Some(self.expr(Alias::None)?);
            } else if self.eat_words("EXPRESSION") {
                attribute.expression = Some(self.expr(Alias::None)?);
            } else if self.eat_words("HIERARCHICAL") {
                attribute.hierarchical = true;
            } else if self.eat_words("BIDIRECTIONAL") {
                attribute.bidirectional = true;
            } else if self.eat_words("INJECTIVE") {
                attribute.injective = true;
            } else if self.eat_words("IS_OBJECT_ID") {
                attribute.is_object_id = true;
            } else {
                return Ok(attribute);
            }
        }
    }

    fn dictionary_source(&mut self) -> Parse<DictionarySource> {
        let name = self.ident()?;
        self.set_roles_since(self.at.saturating_sub(1), Role::Function);
        let arguments = if self.kind() == TokenKind::OpenRound {
            self.in_parentheses(Self::key_values)?
        } else {
            Vec::new()
        };
        Ok(DictionarySource { name, arguments })
    }

    fn dictionary_layout(&mut self) -> Parse<DictionaryLayout> {
        let name = self.ident()?;
        self.set_roles_since(self.at.saturating_sub(1), Role::Function);
        let has_parentheses = self.kind() == TokenKind::OpenRound;
        let arguments = if has_parentheses { self.in_parentheses(Self::key_values)? } else { Vec::new() };
        Ok(DictionaryLayout { name, arguments, has_parentheses })
    }

    fn key_values(&mut self) -> Parse<Vec<DictionaryKeyValue>> {
        self.nested(|parser| {
            let mut pairs = Vec::new();
            while parser.kind() != TokenKind::CloseRound {
                let key = parser.ident()?;
                let value = parser.dictionary_value()?;
                pairs.push(DictionaryKeyValue { key, value });
            }
            Ok(pairs)
        })
    }

    fn dictionary_value(&mut self) -> Parse<DictionaryValue> {
        if self.at_subquery() {
            let query = self.in_parentheses(Self::query_statement)?;
            return Ok(DictionaryValue::Query(Box::new(query)));
        }
        if self.kind() == TokenKind::OpenRound {
            return self.in_parentheses(Self::key_values).map(DictionaryValue::Nested);
        }
        if let Some(value) = self.plain_value()? {
            return Ok(DictionaryValue::Literal(value));
        }
        if self.kind_at(1) == TokenKind::OpenRound {
            let start = self.at;
            if let Some(expr) = self.attempt(|parser| parser.operand(false))
                && let ExprKind::Function(function) = expr.kind
            {
                return Ok(DictionaryValue::Function(function));
            }
            self.at = start;
        }
        Ok(DictionaryValue::Ident(self.ident()?))
    }

    fn dictionary_lifetime(&mut self) -> Parse<DictionaryLifetime> {
        if self.kind() == TokenKind::Number {
            return Ok(DictionaryLifetime { min: 0, max: self.unsigned()? });
        }
        let mut lifetime = DictionaryLifetime { min: 0, max: 0 };
        while let Some(word) = self.eat_one_of(&["MIN", "MAX"]) {
            let seconds = self.unsigned()?;
            if word == "MIN" {
                lifetime.min = seconds;
            } else {
                lifetime.max = seconds;
            }
        }
        Ok(lifetime)
    }

    fn dictionary_range(&mut self) -> Parse<(Ident, Ident)> {
        self.expect_words("MIN")?;
        let min = self.ident()?;
        self.expect_words("MAX")?;
        Ok((min, self.ident()?))
    }
}
