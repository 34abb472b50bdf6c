//! `SHOW`.

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{ObjectKind, Show, ShowKind, ShowLike, StatementKind};
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn show(&mut self) -> Parse<StatementKind> {
        self.expect_words("SHOW")?;
        let kind = self.show_kind()?;
        let mut show = Show { kind, database: None, like: None, filter: None, limit: None };
        let plain =
            matches!(show.kind, ShowKind::Databases | ShowKind::Functions | ShowKind::Settings { .. });
        if !plain && (self.eat_words("FROM") || self.eat_words("IN")) {
            show.database = Some(self.ident()?);
        }
        let negated = self.eat_words("NOT");
        if let Some(word) = self.eat_one_of(&["LIKE", "ILIKE"]) {
            let pattern = self.string()?;
            show.like = Some(ShowLike { negated, case_insensitive: word == "ILIKE", pattern });
        } else if negated {
            return Err(Failure);
        } else if !plain && self.eat_words("WHERE") {
            show.filter = Some(self.expr(Alias::None)?);
        }
        if self.eat_words("LIMIT") {
            show.limit = Some(self.expr(Alias::None)?);
        }
        Ok(StatementKind::Show(Box::new(show)))
    }

    fn show_kind(&mut self) -> Parse<ShowKind> {
        let extended = self.eat_words("EXTENDED");
        let full = self.eat_words("FULL");
        if self.eat_one_of(&["COLUMNS", "FIELDS"]).is_some() {
            return Ok(ShowKind::Columns { extended, full, table: self.shown_table()? });
        }
        if self.eat_one_of(&["INDEXES", "INDICES", "INDEX", "KEYS"]).is_some() {
            return Ok(ShowKind::Indexes { extended, table: self.shown_table()? });
        }
        let shown = ["TABLE", "VIEW", "DICTIONARY", "DATABASE"].iter().any(|word| self.at_word(word));
        if !extended && !full && (shown || self.at_words("TEMPORARY TABLE")) {
            let temporary = self.eat_words("TEMPORARY");
            let object = self.object_kind();
            return Ok(ShowKind::Create { object, temporary, name: self.table_name()? });
        }
        let temporary = self.eat_words("TEMPORARY");
        if self.eat_words("TABLES") {
            return Ok(ShowKind::Tables { full, temporary });
        }
        if self.eat_words("CREATE") {
            return self.show_create();
        }
        let plain = [
            "DATABASES",
            "DICTIONARIES",
            "FUNCTIONS",
            "PROCESSLIST",
            "ENGINES",
            "SETTINGS",
            "CHANGED SETTINGS",
            "SETTING",
        ];
        Ok(match self.eat_one_of(&plain) {
            Some("DATABASES") => ShowKind::Databases,
            Some("DICTIONARIES") => ShowKind::Dictionaries,
            Some("FUNCTIONS") => ShowKind::Functions,
            Some("PROCESSLIST") => ShowKind::ProcessList,
            Some("ENGINES") => ShowKind::Engines,
            Some("SETTING") => ShowKind::Setting(self.ident()?),
            Some(word) => ShowKind::Settings { changed: word == "CHANGED SETTINGS" },
            None => self.show_words()?,
        })
    }

    fn show_words(&mut self) -> Parse<ShowKind> {
        if !self.at_shown_word() {
            return self.fail("TABLES");
        }
        let mut words = Vec::new();
        while self.kind() == TokenKind::Word
            && !["FROM", "LIKE", "WHERE", "LIMIT", "FORMAT"].iter().any(|word| self.word_at(0, word))
        {
            words.push(self.token_text().to_ascii_uppercase());
            self.advance();
        }
        if words.is_empty() { self.fail("TABLES") } else { Ok(ShowKind::Other(words.join(" "))) }
    }

    fn show_create(&mut self) -> Parse<ShowKind> {
        let temporary = self.eat_words("TEMPORARY");
        let object = if self.kind_at(1) == TokenKind::Word || self.kind_at(1) == TokenKind::QuotedIdentifier {
            self.object_kind()
        } else {
            None
        };
        let name = self.table_name()?;
        let object: Option<ObjectKind> = object;
        Ok(ShowKind::Create { object, temporary, name })
    }

    fn shown_table(&mut self) -> Parse<crate::ast::Path> {
        if self.eat_one_of(&["FROM", "IN"]).is_none() {
            return Err(Failure);
        }
        self.table_name()
    }
}
