//! Statements and what may follow them.

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{
    Check, Delete, Describe, Drop, DropVerb, Exists, Explain, ExplainKind, Grant, Ident, InsertSource, Kill,
    ObjectKind, Optimize, OutFile, Output, Partition, QueryStatement, Quote, Rename, RenameItem,
    SetStatement, Setting, SettingValue, Statement, StatementKind, System, Update, Use,
};
use crate::token::TokenKind;

/// First words of statements about access and backups, which are kept as words.
const ACCESS_WORDS: [&str; 12] = [
    "GRANT", "REVOKE", "BACKUP", "RESTORE", "BEGIN", "COMMIT", "ROLLBACK", "WATCH", "MOVE", "CALL",
    "EXECUTE", "START",
];

/// First words after `SYSTEM`.
const SYSTEM_WORDS: [&str; 29] = [
    "ALLOCATE", "CANCEL", "CLEAR", "CONVERT", "DISABLE", "DROP", "ENABLE", "FLUSH", "FREE", "JEMALLOC",
    "KILL", "LISTEN", "LOAD", "NOTIFY", "PREWARM", "REFRESH", "RELOAD", "RESET", "RESTART", "RESTORE",
    "SHUTDOWN", "START", "STOP", "SUSPEND", "SYNC", "TEST", "UNFREEZE", "UNLOAD", "WAIT",
];

/// What `ALTER` can name besides tables; such statements are kept as words.
const ALTERED_WORDS: [&str; 11] = [
    "DATABASE", "USER", "ROLE", "QUOTA", "POLICY", "ROW", "SETTINGS", "PROFILE", "NAMED", "MASKING",
    "WORKLOAD",
];

/// First words of a `SHOW` that has no node of its own.
const SHOWN_WORDS: [&str; 24] = [
    "ACCESS",
    "CLUSTER",
    "CLUSTERS",
    "CURRENT",
    "ENABLED",
    "FILESYSTEM",
    "GRANTS",
    "MERGES",
    "POLICIES",
    "POLICY",
    "PRIVILEGES",
    "PROFILES",
    "QUOTA",
    "QUOTAS",
    "ROLES",
    "ROW",
    "USERS",
    "TRIGGERS",
    "WORKLOADS",
    "RESOURCES",
    "CHARACTER",
    "COLLATION",
    "WARNINGS",
    "MASKING",
];

impl<'a> Parser<'a> {
    /// Whether words stand here that `SHOW` knows.
    pub(super) fn at_shown_word(&mut self) -> bool {
        SHOWN_WORDS.iter().any(|word| self.word_at(0, word))
    }

    /// Reads statements separated by semicolons, up to the end.
    pub(crate) fn statements(&mut self) -> Parse<Vec<Statement>> {
        let mut statements = Vec::new();
        while self.skip_semicolons() {
            statements.push(self.statement_and_end()?);
        }
        if statements.is_empty() { self.fail("Query") } else { Ok(statements) }
    }

    /// Takes semicolons; answers whether there is anything left.
    pub(crate) fn skip_semicolons(&mut self) -> bool {
        while self.kind() == TokenKind::Semicolon {
            self.advance();
        }
        self.kind() != TokenKind::End
    }

    /// Reads one statement and the semicolon after it.
    pub(crate) fn statement_and_end(&mut self) -> Parse<Statement> {
        let statement = self.statement()?;
        match self.kind() {
            TokenKind::Semicolon | TokenKind::VerticalDelimiter => {
                self.advance();
            }
            TokenKind::End => {}
            _ if self.is_lenient => {
                self.fail::<()>("end of query").ok();
                self.report();
                self.skip_statement();
            }
            _ => return self.fail("end of query"),
        }
        Ok(statement)
    }

    /// After a failure, goes to just after the next semicolon; answers whether there is anything left.
    pub(crate) fn skip_statement(&mut self) -> bool {
        self.reset();
        loop {
            match self.advance().kind {
                TokenKind::Semicolon => return self.kind() != TokenKind::End,
                TokenKind::End => return false,
                _ => {}
            }
        }
    }

    /// Reads a query and nothing else.
    pub(crate) fn whole_query(&mut self) -> Parse<crate::ast::Query> {
        let query = self.query()?;
        self.end().map(|()| query)
    }

    /// Reads an expression and nothing else.
    pub(crate) fn whole_expr(&mut self) -> Parse<crate::ast::Expr> {
        let expr = self.expr(Alias::Bare)?;
        self.end().map(|()| expr)
    }

    fn end(&mut self) -> Parse<()> {
        self.eat(TokenKind::Semicolon);
        if self.kind() == TokenKind::End { Ok(()) } else { self.fail("end of query") }
    }

    /// Reads one statement with its output options.
    pub(crate) fn statement(&mut self) -> Parse<Statement> {
        let start = self.span();
        self.start = self.at;
        let first = self.one_statement()?;
        if !self.at_words("PARALLEL WITH") {
            return Ok(first);
        }
        let mut statements = vec![first];
        while self.eat_words("PARALLEL WITH") {
            statements.push(self.one_statement()?);
        }
        let kind = StatementKind::Parallel(statements);
        Ok(Statement { kind, output: Output::default(), span: self.since(start) })
    }

    fn one_statement(&mut self) -> Parse<Statement> {
        let start = self.span();
        let kind = self.nested(Self::statement_kind)?;
        let output = self.output(&kind)?;
        Ok(Statement { kind, output, span: self.since(start) })
    }

    fn statement_kind(&mut self) -> Parse<StatementKind> {
        if self.kind() == TokenKind::OpenRound {
            return Ok(StatementKind::Query(Box::new(self.query()?)));
        }
        if self.kind() != TokenKind::Word {
            return self.fail("Query");
        }
        let word = self.token_text().to_ascii_uppercase();
        match word.as_str() {
            "SELECT" | "FROM" => Ok(StatementKind::Query(Box::new(self.query()?))),
            "WITH" => self.with_statement(),
            "INSERT" => self.insert(None),
            "CREATE" | "ATTACH" | "REPLACE" => self.create(),
            "ALTER" if self.word_at(1, "TABLE") || self.word_at(1, "TEMPORARY") => self.alter(),
            "ALTER" if ALTERED_WORDS.iter().any(|word| self.word_at(1, word)) => self.words_statement(),
            "ALTER" => {
                self.advance();
                self.fail("TABLE")
            }
            "DROP" | "DETACH" | "TRUNCATE" | "UNDROP" => self.drop(),
            "RENAME" | "EXCHANGE" => self.rename(),
            "DELETE" => self.delete(),
            "UPDATE" => self.update(),
            "OPTIMIZE" => self.optimize(),
            "CHECK" => self.check(),
            "DESCRIBE" | "DESC" => self.describe(),
            "EXPLAIN" => self.explain(),
            "EXISTS" => self.exists_statement(),
            "SHOW" => self.show(),
            "SET" => self.set(),
            "USE" => self.use_statement(),
            "KILL" => self.kill(),
            "SYSTEM" => self.system(),
            _ if ACCESS_WORDS.contains(&word.as_str()) => self.words_statement(),
            _ => self.fail("Query"),
        }
    }

    /// `WITH ... SELECT`, or `WITH ... INSERT INTO t SELECT`.
    fn with_statement(&mut self) -> Parse<StatementKind> {
        let at = self.at;
        let with = self.attempt(|parser| {
            parser.advance();
            let with = parser.with_clause()?;
            if parser.at_word("INSERT") { Ok(with) } else { Err(Failure) }
        });
        if let Some(with) = with {
            return self.insert(Some(with));
        }
        self.at = at;
        Ok(StatementKind::Query(Box::new(self.query()?)))
    }

    /// `INTO OUTFILE`, `FORMAT` and `SETTINGS` after a statement.
    fn output(&mut self, kind: &StatementKind) -> Parse<Output> {
        let mut output = Output::default();
        let settings_belong = matches!(
            kind,
            StatementKind::Alter(_)
                | StatementKind::Create(_)
                | StatementKind::Delete(_)
                | StatementKind::Update(_)
                | StatementKind::Set(_)
        );
        if let StatementKind::Insert(insert) = kind
            && !matches!(insert.source, InsertSource::Query(_))
        {
            return Ok(output);
        }
        if self.eat_words("INTO OUTFILE") {
            output.outfile = Some(self.outfile()?);
        }
        if !settings_belong && self.eat_words("SETTINGS") {
            output.settings = self.settings()?;
            output.settings_first = matches!(kind, StatementKind::Query(_) | StatementKind::Explain(_));
        }
        if self.eat_words("FORMAT") {
            output.format = Some(self.ident()?);
        }
        if output.settings.is_empty() && !settings_belong && self.eat_words("SETTINGS") {
            output.settings = self.settings()?;
        }
        Ok(output)
    }

    fn outfile(&mut self) -> Parse<OutFile> {
        let mut file = OutFile { path: self.string()?, ..OutFile::default() };
        loop {
            if self.eat_words("APPEND") {
                file.append = true;
            } else if self.eat_words("TRUNCATE") {
                file.truncate = true;
            } else if self.eat_words("AND STDOUT") {
                file.and_stdout = true;
            } else if self.eat_words("COMPRESSION") {
                file.compression = Some(self.string()?);
            } else if self.eat_words("LEVEL") {
                file.level = Some(self.unsigned()?);
            } else {
                return Ok(file);
            }
        }
    }

    /// `ON CLUSTER name`.
    pub(super) fn on_cluster(&mut self) -> Parse<Option<Ident>> {
        if !self.eat_words("ON CLUSTER") {
            return Ok(None);
        }
        if self.kind() == TokenKind::String {
            let span = self.span();
            let name = self.string()?;
            return Ok(Some(Ident { name, quote: crate::ast::Quote::Backtick, span }));
        }
        self.ident_or_parameter().map(Some)
    }

    /// A partition, after the word `PARTITION`.
    pub(super) fn partition(&mut self) -> Parse<Partition> {
        if self.eat_words("ID") {
            return Ok(Partition::Id(self.operand(false)?));
        }
        if self.eat_words("ALL") {
            return Ok(Partition::All);
        }
        Ok(Partition::Expr(self.expr(Alias::None)?))
    }

    pub(super) fn in_partition(&mut self) -> Parse<Option<Partition>> {
        if self.eat_words("IN PARTITION") { self.partition().map(Some) } else { Ok(None) }
    }

    fn drop(&mut self) -> Parse<StatementKind> {
        let verb = match self.eat_one_of(&["DROP", "DETACH", "TRUNCATE", "UNDROP"]) {
            Some("DETACH") => DropVerb::Detach,
            Some("TRUNCATE") => DropVerb::Truncate,
            Some("UNDROP") => DropVerb::Undrop,
            _ => DropVerb::Drop,
        };
        let mut drop = Drop { verb, ..Drop::default() };
        if self.eat_words("ALL TABLES FROM") || self.eat_words("TABLES FROM") {
            drop.all_tables = true;
        }
        drop.temporary = self.eat_words("TEMPORARY");
        drop.object = self.object_kind();
        if drop.object.is_none() && verb != DropVerb::Truncate {
            return self.words_after(verb);
        }
        drop.if_exists = self.eat_words("IF EXISTS");
        drop.if_empty = self.eat_words("IF EMPTY");
        drop.names = self.comma_separated(Self::table_name)?;
        if drop.object == Some(ObjectKind::Index) {
            self.expect_words("ON")?;
            drop.on_table = Some(self.table_name()?);
        }
        if verb == DropVerb::Undrop && self.eat_words("UUID") {
            self.string()?;
        }
        drop.cluster = self.on_cluster()?;
        drop.permanently = self.eat_words("PERMANENTLY");
        drop.sync = self.eat_words("NO DELAY") || self.eat_words("SYNC");
        Ok(StatementKind::Drop(Box::new(drop)))
    }

    /// `DROP USER` and the like are kept as words.
    fn words_after(&mut self, verb: DropVerb) -> Parse<StatementKind> {
        let others = [
            "USER", "ROLE", "QUOTA", "POLICY", "ROW", "SETTINGS", "PROFILE", "NAMED", "MASKING", "WORKLOAD",
            "RESOURCE",
        ];
        if verb != DropVerb::Drop || !others.iter().any(|word| self.word_at(0, word)) {
            return self.fail("TABLE");
        }
        self.at = self.at.saturating_sub(1);
        self.words_statement()
    }

    /// Takes the word for a kind of object.
    pub(super) fn object_kind(&mut self) -> Option<ObjectKind> {
        Some(match self.eat_one_of(&["TABLE", "VIEW", "DICTIONARY", "DATABASE", "FUNCTION", "INDEX"])? {
            "VIEW" => ObjectKind::View,
            "DICTIONARY" => ObjectKind::Dictionary,
            "DATABASE" => ObjectKind::Database,
            "FUNCTION" => ObjectKind::Function,
            "INDEX" => ObjectKind::Index,
            _ => ObjectKind::Table,
        })
    }

    fn rename(&mut self) -> Parse<StatementKind> {
        let exchange = self.eat_words("EXCHANGE");
        if !exchange {
            self.expect_words("RENAME")?;
        }
        let words =
            if exchange { ["TABLES", "DICTIONARIES", ""] } else { ["TABLE", "DICTIONARY", "DATABASE"] };
        let words: Vec<&'static str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let object = match self.eat_one_of(&words) {
            Some("DICTIONARY" | "DICTIONARIES") => ObjectKind::Dictionary,
            Some("DATABASE") => ObjectKind::Database,
            _ => ObjectKind::Table,
        };
        let items = self.comma_separated(|parser| {
            let if_exists = parser.eat_words("IF EXISTS");
            let from = parser.table_name()?;
            parser.expect_words(if exchange { "AND" } else { "TO" })?;
            Ok(RenameItem { if_exists, from, to: parser.table_name()? })
        })?;
        let cluster = self.on_cluster()?;
        Ok(StatementKind::Rename(Box::new(Rename { exchange, object, items, cluster })))
    }

    fn delete(&mut self) -> Parse<StatementKind> {
        self.expect_words("DELETE FROM")?;
        let table = self.table_name()?;
        let cluster = self.on_cluster()?;
        let partition = self.in_partition()?;
        self.expect_words("WHERE")?;
        let filter = self.expr(Alias::None)?;
        let settings = if self.eat_words("SETTINGS") { self.settings()? } else { Vec::new() };
        Ok(StatementKind::Delete(Box::new(Delete { table, cluster, partition, filter, settings })))
    }

    fn update(&mut self) -> Parse<StatementKind> {
        self.expect_words("UPDATE")?;
        let table = self.table_name()?;
        let cluster = self.on_cluster()?;
        self.expect_words("SET")?;
        let assignments = self.comma_separated(Self::assignment)?;
        let partition = self.in_partition()?;
        self.expect_words("WHERE")?;
        let filter = self.expr(Alias::None)?;
        let settings = if self.eat_words("SETTINGS") { self.settings()? } else { Vec::new() };
        let update = Update { table, cluster, assignments, partition, filter, settings };
        Ok(StatementKind::Update(Box::new(update)))
    }

    fn optimize(&mut self) -> Parse<StatementKind> {
        self.expect_words("OPTIMIZE TABLE")?;
        let table = self.table_name()?;
        let cluster = self.on_cluster()?;
        let partition = if self.eat_words("PARTITION") { Some(self.partition()?) } else { None };
        let is_final = self.eat_words("FINAL") || self.eat_words("FORCE");
        let deduplicate = self.eat_words("DEDUPLICATE");
        let deduplicate_by =
            if deduplicate && self.eat_words("BY") { self.expr_list(Alias::None)? } else { Vec::new() };
        let cleanup = self.eat_words("CLEANUP");
        let optimize = Optimize { table, cluster, partition, is_final, deduplicate, deduplicate_by, cleanup };
        Ok(StatementKind::Optimize(Box::new(optimize)))
    }

    fn check(&mut self) -> Parse<StatementKind> {
        self.expect_words("CHECK")?;
        if self.eat_words("ALL TABLES") {
            return Ok(StatementKind::Check(Box::new(Check { table: None, partition: None, part: false })));
        }
        self.eat_words("TABLE");
        let table = Some(self.table_name()?);
        let (part, partition) = match self.at_word("PART") || self.at_word("PARTITION") {
            true => self.part().map(|(part, partition)| (part, Some(partition)))?,
            false => (false, None),
        };
        Ok(StatementKind::Check(Box::new(Check { table, partition, part })))
    }

    fn describe(&mut self) -> Parse<StatementKind> {
        self.advance();
        self.eat_words("TABLE");
        let starts_query = ["SELECT", "WITH", "FROM"].iter().any(|word| self.at_word(word));
        let start = self.span();
        let query = if starts_query { self.attempt(Self::query) } else { None };
        let table = match query {
            Some(query) => Self::subquery_table(query, self.since(start)),
            None => self.table_expr()?,
        };
        Ok(StatementKind::Describe(Box::new(Describe { table })))
    }

    pub(super) fn explain(&mut self) -> Parse<StatementKind> {
        self.expect_words("EXPLAIN")?;
        let kinds = [
            "AST",
            "SYNTAX",
            "QUERY TREE",
            "PLAN",
            "PIPELINE",
            "ESTIMATE",
            "TABLE OVERRIDE",
            "CURRENT TRANSACTION",
            "WHATIF",
        ];
        let kind = match self.eat_one_of(&kinds) {
            Some("AST") => ExplainKind::Ast,
            Some("SYNTAX") => ExplainKind::Syntax,
            Some("QUERY TREE") => ExplainKind::QueryTree,
            Some("PIPELINE") => ExplainKind::Pipeline,
            Some("ESTIMATE") => ExplainKind::Estimate,
            Some("TABLE OVERRIDE") => ExplainKind::TableOverride,
            Some("CURRENT TRANSACTION") => ExplainKind::CurrentTransaction,
            Some("WHATIF") => ExplainKind::WhatIf,
            _ => ExplainKind::Plan,
        };
        let has_settings = matches!(self.kind(), TokenKind::Word | TokenKind::QuotedIdentifier)
            && self.kind_at(1) == TokenKind::Equals;
        let settings = if has_settings { self.settings()? } else { Vec::new() };
        let start = self.span();
        let inner = self.nested(Self::statement_kind)?;
        let statement = Statement { kind: inner, output: Output::default(), span: self.since(start) };
        Ok(StatementKind::Explain(Box::new(Explain { kind, settings, statement: Box::new(statement) })))
    }

    fn exists_statement(&mut self) -> Parse<StatementKind> {
        self.expect_words("EXISTS")?;
        let temporary = self.eat_words("TEMPORARY");
        let object = self.object_kind();
        let name = self.table_name()?;
        Ok(StatementKind::Exists(Box::new(Exists { object, temporary, name })))
    }

    fn set(&mut self) -> Parse<StatementKind> {
        self.expect_words("SET")?;
        if ["ROLE", "DEFAULT", "TRANSACTION"].iter().any(|word| self.word_at(0, word))
            && self.kind_at(1) != TokenKind::Equals
        {
            self.at = self.at.saturating_sub(1);
            return self.words_statement();
        }
        let zone = self.span();
        if self.eat_words("TIME ZONE") {
            self.eat(TokenKind::Equals);
            let Some(value) = self.plain_value()? else { return Err(Failure) };
            let name = Ident { name: "session_timezone".to_owned(), quote: Quote::None, span: zone };
            let settings = vec![Setting { name, value: SettingValue::Literal(value) }];
            return Ok(StatementKind::Set(Box::new(SetStatement { settings })));
        }
        let settings = self.settings()?;
        Ok(StatementKind::Set(Box::new(SetStatement { settings })))
    }

    fn use_statement(&mut self) -> Parse<StatementKind> {
        self.expect_words("USE")?;
        if self.at_word("DATABASE")
            && matches!(self.kind_at(1), TokenKind::Word | TokenKind::QuotedIdentifier)
        {
            self.advance();
        }
        let database = self.ident_or_parameter()?;
        Ok(StatementKind::Use(Box::new(Use { database })))
    }

    fn kill(&mut self) -> Parse<StatementKind> {
        self.expect_words("KILL")?;
        let Some(target) = self.eat_one_of(&["QUERY", "MUTATION", "PART_MOVE_TO_SHARD", "TRANSACTION"])
        else {
            return Err(Failure);
        };
        let cluster = self.on_cluster()?;
        self.expect_words("WHERE")?;
        let filter = self.expr(Alias::None)?;
        let mode = self.eat_one_of(&["SYNC", "ASYNC", "TEST"]);
        Ok(StatementKind::Kill(Box::new(Kill { target, cluster, filter, mode })))
    }

    fn system(&mut self) -> Parse<StatementKind> {
        self.expect_words("SYSTEM")?;
        if !SYSTEM_WORDS.iter().any(|word| self.word_at(0, word)) {
            return self.fail("SYSTEM command");
        }
        let mut words: Vec<String> = Vec::new();
        let mut target = None;
        let takes_table = [
            "MERGES",
            "FETCHES",
            "MOVES",
            "REPLICA",
            "VIEW",
            "DICTIONARY",
            "MODEL",
            "TTL",
            "QUEUE",
            "DISTRIBUTED",
        ];
        let verbs = ["SYNC", "RELOAD", "STOP", "START", "REFRESH", "WAIT", "CANCEL", "FLUSH"];
        while self.kind() == TokenKind::Word && !self.word_at(0, "FORMAT") && !self.at_words("ON CLUSTER") {
            let previous = words.last().map_or("", String::as_str);
            let sends = words.first().is_some_and(|first| verbs.contains(&first.as_str()));
            if sends && takes_table.contains(&previous) {
                target = Some(self.table_name()?);
                break;
            }
            words.push(self.token_text().to_ascii_uppercase());
            self.advance();
        }
        let argument = self.plain_value()?;
        if words.is_empty() {
            return self.fail("SYSTEM command");
        }
        let system = System { command: words.join(" "), target, argument };
        Ok(StatementKind::System(Box::new(system)))
    }

    /// Takes a statement as its words.
    pub(super) fn words_statement(&mut self) -> Parse<StatementKind> {
        let mut text = String::new();
        while !matches!(self.kind(), TokenKind::End | TokenKind::Semicolon) {
            if let TokenKind::Error(_) = self.kind() {
                return Err(Failure);
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(self.token_text());
            self.advance();
        }
        Ok(StatementKind::Grant(Box::new(Grant { text })))
    }

    /// A query with `FORMAT` and the like, where it stands in another statement.
    pub(super) fn query_statement(&mut self) -> Parse<QueryStatement> {
        let query = self.query()?;
        Ok(QueryStatement { query, output: Output::default() })
    }
}
