//! `CREATE` and `ATTACH`.

use super::expr::Alias;
use super::{Failure, Parse, Parser, Role};
use crate::ast::{
    ColumnDef, ColumnDefault, ColumnDefaultKind, Constraint, Create, CreateDatabase, CreateFunction,
    CreateObject, CreateTable, CreateVerb, CreateView, Engine, Expr, ExprKind, IndexDef, Path, ProjectionDef,
    Query, QueryBody, Refresh, RefreshSchedule, StatementKind, Syntax, TableElements, TableStorage,
    TtlAction, TtlItem, ViewKind, ViewTarget,
};
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn create(&mut self) -> Parse<StatementKind> {
        let at = self.at;
        let verb = match self.eat_one_of(&["CREATE OR REPLACE", "CREATE", "ATTACH", "REPLACE"]) {
            Some("CREATE OR REPLACE") => CreateVerb::CreateOrReplace,
            Some("ATTACH") => CreateVerb::Attach,
            Some("REPLACE") => CreateVerb::Replace,
            _ => CreateVerb::Create,
        };
        let temporary = self.eat_words("TEMPORARY");
        let words = [
            "MATERIALIZED VIEW",
            "LIVE VIEW",
            "WINDOW VIEW",
            "VIEW",
            "DATABASE",
            "FUNCTION",
            "DICTIONARY",
            "TABLE",
        ];
        let Some(object) = self.eat_one_of(&words) else {
            return self.other_create(at, verb);
        };
        let if_not_exists = self.eat_words("IF NOT EXISTS");
        let name = self.table_name()?;
        let uuid = if self.eat_words("UUID") { Some(self.string()?) } else { None };
        let cluster = self.on_cluster()?;
        let object = match object {
            "TABLE" => CreateObject::Table(Box::new(self.create_table()?)),
            "DATABASE" => CreateObject::Database(Box::new(self.create_database()?)),
            "FUNCTION" => CreateObject::Function(Box::new(self.create_function()?)),
            "DICTIONARY" => CreateObject::Dictionary(Box::new(self.create_dictionary()?)),
            "MATERIALIZED VIEW" => CreateObject::View(Box::new(self.create_view(ViewKind::Materialized)?)),
            _ => CreateObject::View(Box::new(self.create_view(ViewKind::Normal)?)),
        };
        let create = Create { verb, if_not_exists, temporary, name, uuid, cluster, object };
        Ok(StatementKind::Create(Box::new(create)))
    }

    /// `CREATE USER` and the like are kept as words.
    fn other_create(&mut self, at: usize, verb: CreateVerb) -> Parse<StatementKind> {
        let others = [
            "USER", "ROLE", "QUOTA", "ROW", "POLICY", "SETTINGS", "PROFILE", "NAMED", "MASKING", "WORKLOAD",
            "RESOURCE", "INDEX", "UNIQUE",
        ];
        if verb == CreateVerb::Attach || !others.iter().any(|word| self.word_at(0, word)) {
            return self.fail("TABLE");
        }
        self.at = at;
        self.words_statement()
    }

    fn create_table(&mut self) -> Parse<CreateTable> {
        let mut table = CreateTable::default();
        if self.kind() == TokenKind::OpenRound && !self.at_subquery() {
            table.elements = self.in_parentheses(Self::table_elements)?;
        }
        table.storage = self.table_storage()?;
        table.empty = self.eat_words("EMPTY");
        table.clone = self.eat_words("CLONE");
        if self.eat_words("AS") {
            self.table_source_of_create(&mut table)?;
        } else if table.empty || table.clone {
            return Err(Failure);
        }
        if self.eat_words("COMMENT") {
            table.comment = Some(self.string()?);
        }
        if table.as_query.is_none() && self.eat_words("SETTINGS") {
            table.storage.settings.extend(self.settings()?);
        }
        self.move_primary_key(&mut table)?;
        Ok(table)
    }

    /// A primary key among the columns is the table's.
    fn move_primary_key(&mut self, table: &mut CreateTable) -> Parse<()> {
        if table.storage.primary_key.is_some() {
            return Ok(());
        }
        table.storage.primary_key = table.elements.primary_key.take();
        let mut keys = Vec::new();
        for column in table.elements.columns.iter().filter(|column| column.primary_key) {
            let span = column.name.span;
            keys.push(Expr::new(ExprKind::Identifier(Path::single(column.name.clone())), span));
        }
        if let (Some(first), None) = (keys.first(), &table.storage.primary_key) {
            let span = first.span;
            table.storage.primary_key = Some(self.function("tuple", span, Syntax::Call, keys, span)?);
        }
        Ok(())
    }

    /// What follows `CREATE TABLE ... AS`.
    fn table_source_of_create(&mut self, table: &mut CreateTable) -> Parse<()> {
        if self.at_word("SELECT")
            || self.at_word("WITH")
            || self.kind() == TokenKind::OpenRound
            || self.at_words("FROM")
        {
            table.as_query = Some(Box::new(self.query()?));
            return Ok(());
        }
        if self.kind_at(1) == TokenKind::OpenRound {
            table.as_function = Some(self.table_function()?);
        } else {
            table.as_table = Some(self.table_name()?);
        }
        if table.storage.is_empty() {
            table.storage = self.table_storage()?;
        }
        Ok(())
    }

    pub(super) fn table_elements(&mut self) -> Parse<TableElements> {
        let mut elements = TableElements::default();
        let mut is_first = true;
        loop {
            if self.kind() == TokenKind::CloseRound && !is_first {
                break;
            }
            is_first = false;
            if self.at_word("INDEX")
                && self.kind_at(1) == TokenKind::Word
                && self.kind_at(2) != TokenKind::Comma
            {
                self.advance();
                elements.indexes.push(self.index_def()?);
            } else if self.at_word("CONSTRAINT")
                && matches!(self.kind_at(1), TokenKind::Word | TokenKind::QuotedIdentifier)
                && (self.word_at(2, "CHECK") || self.word_at(2, "ASSUME"))
            {
                self.advance();
                elements.constraints.push(self.constraint()?);
            } else if self.at_word("PROJECTION") && self.kind_at(2) == TokenKind::OpenRound {
                self.advance();
                elements.projections.push(self.projection_def()?);
            } else if self.at_words("PRIMARY KEY") {
                self.advance();
                self.advance();
                elements.primary_key = Some(self.expr(Alias::None)?);
            } else {
                let column = self.column_def(false)?;
                if column.data_type.is_none() && column.default.is_none() {
                    return self.fail("data type");
                }
                elements.columns.push(column);
            }
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        Ok(elements)
    }

    /// Reads `name type ...`.
    ///
    /// In `ALTER TABLE` the name may be dotted.
    pub(super) fn column_def(&mut self, dotted: bool) -> Parse<ColumnDef> {
        self.column_def_with(dotted, false)
    }

    /// Reads a column; `with_word` tells that the word `TYPE` may stand before its type.
    pub(super) fn column_def_with(&mut self, dotted: bool, with_word: bool) -> Parse<ColumnDef> {
        let start = self.span();
        let name = if dotted { self.dotted_ident()? } else { self.ident()? };
        let mut column = ColumnDef::new(name);
        let typed = !with_word || self.eat_words("TYPE");
        let clauses = [
            "DEFAULT",
            "MATERIALIZED",
            "ALIAS",
            "EPHEMERAL",
            "AUTO_INCREMENT",
            "COMMENT",
            "CODEC",
            "TTL",
            "REMOVE",
            "MODIFY",
            "RESET",
            "PRIMARY",
            "STATISTICS",
            "FIRST",
            "AFTER",
            "COLLATE",
            "SETTINGS",
        ];
        let is_name = matches!(self.kind(), TokenKind::Word | TokenKind::QuotedIdentifier);
        if typed && is_name && !clauses.iter().any(|word| self.word_at(0, word)) {
            column.data_type = Some(self.data_type()?);
        }
        self.column_clauses(&mut column)?;
        column.span = self.since(start);
        Ok(column)
    }

    fn column_clauses(&mut self, column: &mut ColumnDef) -> Parse<()> {
        loop {
            if self.eat_words("COLLATE") {
                column.collate = Some(self.ident()?);
            } else if self.eat_words("NOT NULL") {
                column.nullable = Some(false);
            } else if self.eat_words("NULL") {
                column.nullable = Some(true);
            } else if let Some(default) = self.column_default()? {
                column.default = Some(default);
            } else if self.eat_words("COMMENT") {
                column.comment = Some(self.string()?);
            } else if self.eat_words("CODEC") {
                column.codec = Some(self.in_parentheses(Self::codecs)?);
            } else if self.eat_words("STATISTICS") {
                column.statistics = Some(self.in_parentheses(Self::codecs)?);
            } else if self.eat_words("TTL") {
                column.ttl = Some(self.expr(Alias::None)?);
            } else if self.eat_words("PRIMARY KEY") {
                column.primary_key = true;
            } else if self.at_word("SETTINGS") && self.kind_at(1) == TokenKind::OpenRound {
                self.advance();
                column.settings = self.in_parentheses(Self::settings)?;
            } else {
                return Ok(());
            }
        }
    }

    fn column_default(&mut self) -> Parse<Option<ColumnDefault>> {
        let words = ["DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL", "AUTO_INCREMENT"];
        let kind = match self.eat_one_of(&words) {
            None => return Ok(None),
            Some("DEFAULT") => ColumnDefaultKind::Default,
            Some("MATERIALIZED") => ColumnDefaultKind::Materialized,
            Some("ALIAS") => ColumnDefaultKind::Alias,
            Some("AUTO_INCREMENT") => {
                return Ok(Some(ColumnDefault { kind: ColumnDefaultKind::AutoIncrement, expr: None }));
            }
            Some(_) => {
                let ends = matches!(self.kind(), TokenKind::Comma | TokenKind::CloseRound | TokenKind::End)
                    || ["COMMENT", "CODEC", "TTL", "AFTER", "FIRST"].iter().any(|word| self.word_at(0, word));
                let expr = if ends { None } else { Some(self.expr(Alias::None)?) };
                return Ok(Some(ColumnDefault { kind: ColumnDefaultKind::Ephemeral, expr }));
            }
        };
        Ok(Some(ColumnDefault { kind, expr: Some(self.expr(Alias::None)?) }))
    }

    /// Codecs and statistics: names, some with arguments.
    fn codecs(&mut self) -> Parse<Vec<Expr>> {
        self.comma_separated(|parser| parser.operand(false))
    }

    pub(super) fn index_def(&mut self) -> Parse<IndexDef> {
        let name = self.ident()?;
        let expr = self.expr(Alias::None)?;
        self.expect_words("TYPE")?;
        let mut kind_has_arguments = false;
        let kind = if self.kind_at(1) == TokenKind::OpenRound {
            kind_has_arguments = true;
            let kind = self.operand(false)?;
            match kind.kind {
                crate::ast::ExprKind::Function(function) => *function,
                _ => return Err(Failure),
            }
        } else {
            crate::ast::Function::new(self.ident()?, Syntax::Call, Vec::new())
        };
        let granularity = if self.eat_words("GRANULARITY") { Some(self.unsigned()?) } else { None };
        Ok(IndexDef { name, expr, kind: Some(kind), kind_has_arguments, granularity })
    }

    pub(super) fn constraint(&mut self) -> Parse<Constraint> {
        let name = self.ident()?;
        let assume = match self.eat_one_of(&["CHECK", "ASSUME"]) {
            Some(word) => word == "ASSUME",
            None => return Err(Failure),
        };
        Ok(Constraint { name, assume, expr: self.expr(Alias::None)? })
    }

    pub(super) fn projection_def(&mut self) -> Parse<ProjectionDef> {
        let name = self.ident()?;
        let query = Box::new(self.in_parentheses(Self::projection_query)?);
        let settings =
            if self.eat_words("WITH SETTINGS") { self.in_parentheses(Self::settings)? } else { Vec::new() };
        Ok(ProjectionDef { name, query, settings })
    }

    /// The query of a projection: `[WITH ...] SELECT ... [GROUP BY ...] [ORDER BY ...]`.
    fn projection_query(&mut self) -> Parse<Query> {
        let start = self.span();
        let mut select = Self::empty_select(start);
        if self.eat_words("WITH") {
            select.with = Some(self.with_clause()?);
        }
        self.expect_words("SELECT")?;
        select.projection = self.expr_list(Alias::As)?;
        select.group_by = self.group_by()?;
        if self.at_words("ORDER BY") {
            select.order_by = Some(self.order_by()?);
        }
        select.span = self.since(start);
        let span = select.span;
        Ok(Query { body: QueryBody::Select(Box::new(select)), span })
    }

    /// Reads `ENGINE` and the clauses around it, in any order.
    pub(super) fn table_storage(&mut self) -> Parse<TableStorage> {
        let mut storage = TableStorage::default();
        loop {
            if storage.engine.is_none() && self.eat_words("ENGINE") {
                self.eat(TokenKind::Equals);
                storage.engine = Some(self.engine()?);
            } else if storage.partition_by.is_none() && self.eat_words("PARTITION BY") {
                storage.partition_by = Some(self.expr(Alias::None)?);
            } else if storage.primary_key.is_none() && self.eat_words("PRIMARY KEY") {
                storage.primary_key = Some(self.expr(Alias::None)?);
            } else if storage.order_by.is_none() && self.eat_words("ORDER BY") {
                self.storage_order(&mut storage)?;
            } else if storage.sample_by.is_none() && self.eat_words("SAMPLE BY") {
                storage.sample_by = Some(self.expr(Alias::None)?);
            } else if storage.ttl.is_empty() && self.eat_words("TTL") {
                storage.ttl = self.ttl_items()?;
            } else if storage.engine.is_some() && storage.settings.is_empty() && self.eat_words("SETTINGS") {
                storage.settings = self.settings()?;
            } else {
                return Ok(storage);
            }
        }
    }

    /// The keys of a table, each possibly descending.
    fn storage_order(&mut self, storage: &mut TableStorage) -> Parse<()> {
        if let Some((keys, directions)) = self.attempt(Self::directed_keys) {
            storage.order_by = Some(keys);
            storage.order_directions = directions;
            return Ok(());
        }
        storage.order_by = Some(self.expr(Alias::None)?);
        if self.eat_one_of(&["ASC", "DESC"]) == Some("DESC") {
            storage.order_directions = vec![true];
        }
        Ok(())
    }

    /// `(a DESC, b)`; fails where nothing is descending.
    fn directed_keys(&mut self) -> Parse<(Expr, Vec<bool>)> {
        let start = self.span();
        if self.at_word("tuple") {
            self.advance();
        }
        let keys = self.in_parentheses(|parser| {
            parser.comma_separated(|parser| {
                let key = parser.expr(Alias::None)?;
                Ok((key, parser.eat_one_of(&["ASC", "DESC"]) == Some("DESC")))
            })
        })?;
        let (keys, directions): (Vec<Expr>, Vec<bool>) = keys.into_iter().unzip();
        if !directions.contains(&true) {
            return Err(Failure);
        }
        let span = self.since(start);
        Ok((self.function("tuple", start, Syntax::Tuple, keys, span)?, directions))
    }

    fn engine(&mut self) -> Parse<Engine> {
        let name = self.ident()?;
        self.set_roles_since(self.at.saturating_sub(1), Role::Function);
        let first = self.engine_arguments(true)?;
        if first.is_some() && self.kind() == TokenKind::OpenRound {
            return Ok(Engine { name, parameters: first, arguments: self.engine_arguments(false)? });
        }
        Ok(Engine { name, parameters: None, arguments: first })
    }

    fn engine_arguments(&mut self, may_be_empty: bool) -> Parse<Option<Vec<Expr>>> {
        if self.kind() != TokenKind::OpenRound {
            return Ok(None);
        }
        let arguments = self.in_parentheses(|parser| {
            if may_be_empty && parser.kind() == TokenKind::CloseRound {
                return Ok(Vec::new());
            }
            let mut arguments = Vec::new();
            parser.element(&mut arguments, Alias::AsInside)?;
            while parser.eat(TokenKind::Comma) {
                parser.element(&mut arguments, Alias::AsInside)?;
            }
            Ok(arguments)
        });
        arguments.map(Some)
    }

    pub(super) fn ttl_items(&mut self) -> Parse<Vec<TtlItem>> {
        self.comma_separated(Self::ttl_item)
    }

    fn ttl_item(&mut self) -> Parse<TtlItem> {
        let expr = self.expr(Alias::None)?;
        let mut action = TtlAction::Delete;
        if self.eat_words("TO DISK") {
            let if_exists = self.eat_words("IF EXISTS");
            action = TtlAction::ToDisk(self.string()?, if_exists);
        } else if self.eat_words("TO VOLUME") {
            let if_exists = self.eat_words("IF EXISTS");
            action = TtlAction::ToVolume(self.string()?, if_exists);
        } else if self.eat_words("RECOMPRESS") {
            self.expect_words("CODEC")?;
            action = TtlAction::Recompress(self.in_parentheses(Self::codecs)?);
        } else if self.eat_words("GROUP BY") {
            let keys = self.expr_list(Alias::None)?;
            let set =
                if self.eat_words("SET") { self.comma_separated(Self::assignment)? } else { Vec::new() };
            action = TtlAction::GroupBy(keys, set);
        } else {
            self.eat_words("DELETE");
        }
        let filter = if self.eat_words("WHERE") { Some(self.expr(Alias::None)?) } else { None };
        Ok(TtlItem { expr, action, filter })
    }

    fn create_view(&mut self, kind: ViewKind) -> Parse<CreateView> {
        let mut view = CreateView::new(kind);
        view.refresh = self.refresh()?;
        if self.eat_words("TO") {
            let inner = self.at_words("INNER UUID");
            if inner {
                return Err(Failure);
            }
            view.to = Some(ViewTarget { table: self.table_name()? });
        }
        if self.kind() == TokenKind::OpenRound && !self.at_subquery() {
            view.elements = match self.attempt(Self::bare_columns) {
                Some(elements) => elements,
                None => self.in_parentheses(Self::table_elements)?,
            };
        }
        view.security = self.security()?;
        if view.to.is_none() {
            view.storage = self.table_storage()?;
        }
        view.populate = self.eat_words("POPULATE");
        view.empty = self.eat_words("EMPTY");
        if view.security.is_none() {
            view.security = self.security()?;
        }
        if self.eat_words("COMMENT") {
            view.comment = Some(self.string()?);
        }
        self.expect_words("AS")?;
        view.query = Some(Box::new(self.query()?));
        if self.eat_words("COMMENT") {
            view.comment = Some(self.string()?);
        }
        Ok(view)
    }

    /// The columns of a view as names alone.
    fn bare_columns(&mut self) -> Parse<TableElements> {
        let names = self.in_parentheses(|parser| parser.comma_separated(Self::ident))?;
        Ok(TableElements {
            columns: names.into_iter().map(ColumnDef::new).collect(),
            ..TableElements::default()
        })
    }

    /// `DEFINER = user SQL SECURITY kind`, in either order.
    fn security(&mut self) -> Parse<Option<String>> {
        let mut words: Vec<String> = Vec::new();
        loop {
            if self.at_word("DEFINER") && self.kind_at(1) == TokenKind::Equals {
                self.advance();
                self.advance();
                let user = self.ident()?;
                words.push(format!("DEFINER = {}", user.name));
            } else if self.eat_words("SQL SECURITY") {
                let Some(kind) = self.eat_one_of(&["DEFINER", "INVOKER", "NONE"]) else {
                    return Err(Failure);
                };
                words.push(format!("SQL SECURITY {kind}"));
            } else {
                return Ok((!words.is_empty()).then(|| words.join(" ")));
            }
        }
    }

    fn refresh(&mut self) -> Parse<Option<Refresh>> {
        if !self.eat_words("REFRESH") {
            return Ok(None);
        }
        let schedule = match self.eat_one_of(&["EVERY", "AFTER"]) {
            Some("EVERY") => Some(RefreshSchedule::Every(self.bare_interval()?)),
            Some(_) => Some(RefreshSchedule::After(self.bare_interval()?)),
            None if self.at_words("DEPENDS ON") => None,
            None => return Err(Failure),
        };
        let offset = if self.eat_words("OFFSET") { Some(self.bare_interval()?) } else { None };
        let randomize = if self.eat_words("RANDOMIZE FOR") { Some(self.bare_interval()?) } else { None };
        let depends_on =
            if self.eat_words("DEPENDS ON") { self.comma_separated(Self::table_name)? } else { Vec::new() };
        let settings = if self.eat_words("SETTINGS") { self.settings()? } else { Vec::new() };
        let append = self.eat_words("APPEND");
        Ok(Some(Refresh { schedule, offset, randomize, depends_on, settings, append }))
    }

    /// `1 HOUR 30 MINUTE`: intervals without the word.
    fn bare_interval(&mut self) -> Parse<Expr> {
        let start = self.span();
        let mut parts = Vec::new();
        while self.kind() == TokenKind::Number {
            let count = self.number()?;
            let Some(unit) = self.interval_unit() else { return Err(Failure) };
            let span = self.since(start);
            parts.push(self.function(unit.to_interval, start, Syntax::Interval, vec![count], span)?);
        }
        let span = self.since(start);
        match parts.len() {
            0 => self.fail("interval"),
            1 => parts.pop().ok_or(Failure),
            _ => self.function("tuple", start, Syntax::IntervalText, parts, span),
        }
    }

    fn create_database(&mut self) -> Parse<CreateDatabase> {
        let mut database = CreateDatabase::default();
        if self.eat_words("ENGINE") {
            self.eat(TokenKind::Equals);
            database.engine = Some(self.engine()?);
        }
        if self.eat_words("SETTINGS") {
            database.settings = self.settings()?;
        }
        if self.eat_words("COMMENT") {
            database.comment = Some(self.string()?);
        }
        Ok(database)
    }

    fn create_function(&mut self) -> Parse<CreateFunction> {
        self.expect_words("AS")?;
        Ok(CreateFunction { body: self.expr(Alias::None)? })
    }
}
