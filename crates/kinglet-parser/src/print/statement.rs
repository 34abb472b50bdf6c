//! Statements as ClickHouse prints them.

use super::Printer;
use super::expr::Frame;
use crate::ast::{
    Drop, DropVerb, Explain, ExprKind, Ident, Insert, InsertSource, InsertTarget, Kill, ObjectKind, Optimize,
    Output, Partition, QueryBody, Rename, Setting, Show, ShowKind, Statement, StatementKind, System,
};

impl Printer {
    pub(crate) fn statement(&mut self, statement: &Statement) {
        self.statement_kind(&statement.kind);
        self.output(&statement.output);
    }

    fn statement_kind(&mut self, kind: &StatementKind) {
        match kind {
            StatementKind::Query(query) => self.query(query),
            StatementKind::Insert(insert) => self.insert(insert),
            StatementKind::Create(create) => self.create(create),
            StatementKind::Alter(alter) => self.alter(alter),
            StatementKind::Drop(drop) => self.drop_statement(drop),
            StatementKind::Rename(rename) => self.rename(rename),
            StatementKind::Delete(delete) => {
                self.push("DELETE FROM ");
                self.path(&delete.table);
                self.on_cluster(delete.cluster.as_ref());
                self.in_partition(delete.partition.as_ref());
                self.clause(" WHERE ", Some(&delete.filter));
                self.settings_clause(&delete.settings);
            }
            StatementKind::Update(update) => {
                self.push("UPDATE ");
                self.path(&update.table);
                self.on_cluster(update.cluster.as_ref());
                self.push(" SET ");
                self.assignments(&update.assignments);
                self.in_partition(update.partition.as_ref());
                self.clause(" WHERE ", Some(&update.filter));
                self.settings_clause(&update.settings);
            }
            StatementKind::Optimize(optimize) => self.optimize(optimize),
            StatementKind::Check(check) => match &check.table {
                None => self.push("CHECK ALL TABLES"),
                Some(table) => {
                    self.push("CHECK TABLE ");
                    self.path(table);
                    if let Some(partition) = &check.partition {
                        self.push(if check.part { " PART " } else { " PARTITION " });
                        self.partition(partition);
                    }
                }
            },
            StatementKind::Describe(describe) => {
                self.push("DESCRIBE TABLE ");
                self.table(&describe.table);
            }
            StatementKind::Explain(explain) => self.explain(explain),
            StatementKind::Exists(exists) => {
                self.push(if exists.temporary { "EXISTS TEMPORARY " } else { "EXISTS " });
                self.push(object_word(exists.object.unwrap_or(ObjectKind::Table)));
                self.push(" ");
                self.path(&exists.name);
            }
            StatementKind::Show(show) => self.show(show),
            StatementKind::Set(set) => {
                self.push("SET ");
                self.settings(&set.settings);
            }
            StatementKind::Use(statement) => {
                self.push("USE ");
                self.ident(&statement.database);
            }
            StatementKind::Kill(kill) => self.kill(kill),
            StatementKind::System(system) => self.system(system),
            StatementKind::Grant(grant) => self.push(&grant.text),
            StatementKind::Parallel(statements) => {
                for (index, statement) in statements.iter().enumerate() {
                    self.push(if index > 0 { " PARALLEL WITH " } else { "" });
                    self.statement(statement);
                }
            }
        }
    }

    fn output(&mut self, output: &Output) {
        if let Some(file) = &output.outfile {
            self.push(" INTO OUTFILE ");
            self.string(&file.path);
            self.push(if file.append { " APPEND" } else { "" });
            self.push(if file.truncate { " TRUNCATE" } else { "" });
            self.push(if file.and_stdout { " AND STDOUT" } else { "" });
            if let Some(compression) = &file.compression {
                self.push(" COMPRESSION ");
                self.string(compression);
            }
            if let Some(level) = file.level {
                self.push(&format!(" LEVEL {level}"));
            }
        }
        if output.settings_first {
            self.settings_clause(&output.settings);
        }
        if let Some(format) = &output.format {
            self.push(" FORMAT ");
            self.name(&format.name);
        }
        if !output.settings_first {
            self.settings_clause(&output.settings);
        }
    }

    pub(crate) fn settings_clause(&mut self, settings: &[Setting]) {
        if !settings.is_empty() {
            self.push(" SETTINGS ");
            self.settings(settings);
        }
    }

    pub(crate) fn on_cluster(&mut self, cluster: Option<&Ident>) {
        if let Some(cluster) = cluster {
            self.push(" ON CLUSTER ");
            self.ident(cluster);
        }
    }

    pub(crate) fn partition(&mut self, partition: &Partition) {
        match partition {
            Partition::All => self.push("ALL"),
            Partition::Id(id) => self.clause("ID ", Some(id)),
            Partition::Expr(expr) => self.expr(expr, Frame::TOP),
        }
    }

    pub(crate) fn in_partition(&mut self, partition: Option<&Partition>) {
        if let Some(partition) = partition {
            self.push(" IN PARTITION ");
            self.partition(partition);
        }
    }

    pub(crate) fn assignments(&mut self, assignments: &[crate::ast::Assignment]) {
        self.list(assignments, |printer, assignment, _| {
            printer.name(&assignment.column.name);
            printer.push(" = ");
            printer.expr(&assignment.expr, Frame::TOP);
        });
    }

    fn insert(&mut self, insert: &Insert) {
        if let Some(with) = &insert.with {
            self.with(with);
            self.push(" ");
        }
        self.push("INSERT INTO ");
        match &insert.target {
            InsertTarget::Table(path) => self.path(path),
            InsertTarget::Function(function) => {
                self.push("FUNCTION ");
                self.call(function);
            }
        }
        self.clause(" PARTITION BY ", insert.partition_by.as_ref());
        if let Some(columns) = &insert.columns {
            self.push(if insert.partition_by.is_some() { "(" } else { " (" });
            self.list(&columns.items, |printer, item, _| match &item.kind {
                ExprKind::Identifier(path) => printer.path(path),
                _ => printer.expr(item, Frame::TOP),
            });
            self.push(")");
        }
        if let Some(file) = &insert.infile {
            self.push(" FROM INFILE ");
            self.string(file);
            if let Some(compression) = &insert.compression {
                self.push(" COMPRESSION ");
                self.string(compression);
            }
        }
        let mut settings: Vec<&Setting> = insert.settings.iter().collect();
        if let InsertSource::Query(query) = &insert.source {
            inherit_settings(&query.body, &mut settings);
        }
        if !settings.is_empty() {
            self.push(" SETTINGS ");
            self.list(&settings, |printer, setting, _| printer.setting(setting));
        }
        match &insert.source {
            InsertSource::Query(query) => {
                self.push(" ");
                self.query(query);
            }
            InsertSource::Values(_) => self.push(" FORMAT Values"),
            InsertSource::Format(name, _) => {
                self.push(" FORMAT ");
                self.push(&name.name);
            }
            InsertSource::None => {}
        }
    }

    fn drop_statement(&mut self, drop: &Drop) {
        self.push(match drop.verb {
            DropVerb::Drop => "DROP ",
            DropVerb::Detach => "DETACH ",
            DropVerb::Truncate => "TRUNCATE ",
            DropVerb::Undrop => "UNDROP ",
        });
        if drop.all_tables {
            self.push("ALL TABLES FROM ");
        } else {
            self.push(if drop.temporary { "TEMPORARY " } else { "" });
            self.push(object_word(drop.object.unwrap_or(ObjectKind::Table)));
            self.push(" ");
        }
        self.push(if drop.if_exists { "IF EXISTS " } else { "" });
        self.push(if drop.if_empty { "IF EMPTY " } else { "" });
        self.list(&drop.names, |printer, name, _| printer.path(name));
        if let Some(table) = &drop.on_table {
            self.push(" ON ");
            self.path(table);
        }
        self.on_cluster(drop.cluster.as_ref());
        self.push(if drop.permanently { " PERMANENTLY" } else { "" });
        self.push(if drop.sync { " SYNC" } else { "" });
    }

    fn rename(&mut self, rename: &Rename) {
        self.push(match (rename.exchange, rename.object) {
            (true, ObjectKind::Dictionary) => "EXCHANGE DICTIONARIES ",
            (true, _) => "EXCHANGE TABLES ",
            (false, ObjectKind::Dictionary) => "RENAME DICTIONARY ",
            (false, ObjectKind::Database) => "RENAME DATABASE ",
            (false, _) => "RENAME TABLE ",
        });
        self.list(&rename.items, |printer, item, _| {
            printer.push(if item.if_exists { "IF EXISTS " } else { "" });
            printer.path(&item.from);
            printer.push(if rename.exchange { " AND " } else { " TO " });
            printer.path(&item.to);
        });
        self.on_cluster(rename.cluster.as_ref());
    }

    fn optimize(&mut self, optimize: &Optimize) {
        self.push("OPTIMIZE TABLE ");
        self.path(&optimize.table);
        self.on_cluster(optimize.cluster.as_ref());
        if let Some(partition) = &optimize.partition {
            self.push(" PARTITION ");
            self.partition(partition);
        }
        self.push(if optimize.is_final { " FINAL" } else { "" });
        self.push(if optimize.deduplicate { " DEDUPLICATE" } else { "" });
        if !optimize.deduplicate_by.is_empty() {
            self.push(" BY ");
            self.exprs(&optimize.deduplicate_by);
        }
        self.push(if optimize.cleanup { " CLEANUP" } else { "" });
    }

    fn explain(&mut self, explain: &Explain) {
        self.push(explain.kind.words());
        self.push(" ");
        if !explain.settings.is_empty() {
            self.settings(&explain.settings);
            self.push(" ");
        }
        self.statement(&explain.statement);
    }

    fn show(&mut self, show: &Show) {
        match &show.kind {
            ShowKind::Tables { full, temporary } => {
                self.push("SHOW ");
                self.push(if *full { "FULL " } else { "" });
                self.push(if *temporary { "TEMPORARY " } else { "" });
                self.push("TABLES");
            }
            ShowKind::Dictionaries => self.push("SHOW DICTIONARIES"),
            ShowKind::Databases => self.push("SHOW DATABASES"),
            ShowKind::Create { object, temporary, name } => {
                self.push("SHOW CREATE ");
                self.push(if *temporary { "TEMPORARY " } else { "" });
                self.push(object_word(object.unwrap_or(ObjectKind::Table)));
                self.push(" ");
                self.path(name);
            }
            ShowKind::Columns { extended, full, table } => {
                self.push("SHOW ");
                self.push(if *extended { "EXTENDED " } else { "" });
                self.push(if *full { "FULL " } else { "" });
                self.push("COLUMNS FROM ");
                self.path(table);
            }
            ShowKind::Indexes { extended, table } => {
                self.push(if *extended { "SHOW EXTENDED INDEXES FROM " } else { "SHOW INDEXES FROM " });
                self.path(table);
            }
            ShowKind::Functions => self.push("SHOW FUNCTIONS"),
            ShowKind::Settings { changed } => {
                self.push(if *changed { "SHOW CHANGED SETTINGS" } else { "SHOW SETTINGS" });
            }
            ShowKind::Setting(name) => {
                self.push("SHOW SETTING ");
                self.name(&name.name);
            }
            ShowKind::ProcessList => self.push("SHOW PROCESSLIST"),
            ShowKind::Engines => self.push("SHOW ENGINES"),
            ShowKind::Other(words) => {
                self.push("SHOW ");
                self.push(words);
            }
        }
        self.show_filters(show);
    }

    fn show_filters(&mut self, show: &Show) {
        if let Some(database) = &show.database {
            self.push(" FROM ");
            self.name(&database.name);
        }
        if let Some(like) = &show.like {
            self.push(if like.negated { " NOT" } else { "" });
            self.push(if like.case_insensitive { " ILIKE " } else { " LIKE " });
            self.string(&like.pattern);
        }
        self.clause(" WHERE ", show.filter.as_ref());
        self.clause(" LIMIT ", show.limit.as_ref());
    }

    fn kill(&mut self, kill: &Kill) {
        self.push("KILL ");
        self.push(kill.target);
        self.on_cluster(kill.cluster.as_ref());
        self.clause(" WHERE ", Some(&kill.filter));
        self.push(" ");
        self.push(kill.mode.unwrap_or("ASYNC"));
    }

    fn system(&mut self, system: &System) {
        self.push("SYSTEM ");
        match system.command.strip_prefix("DROP ").filter(|rest| rest.ends_with("CACHE")) {
            Some(cache) => {
                self.push("CLEAR ");
                self.push(cache);
            }
            None => self.push(&system.command),
        }
        if let Some(target) = &system.target {
            self.push(" ");
            self.path(target);
        }
        if let Some(argument) = &system.argument {
            self.push(" ");
            super::write_value(&mut self.out, argument);
        }
    }
}

/// An `INSERT` also takes the settings of the queries it selects from.
fn inherit_settings<'a>(body: &'a QueryBody, settings: &mut Vec<&'a Setting>) {
    match body {
        QueryBody::Nested(query) => inherit_settings(&query.body, settings),
        QueryBody::Set(chain) => {
            inherit_settings(&chain.first, settings);
            for step in &chain.rest {
                inherit_settings(&step.operand, settings);
            }
        }
        QueryBody::Select(select) => {
            for setting in &select.settings {
                if settings.iter().all(|known| known.name.name != setting.name.name) {
                    settings.push(setting);
                }
            }
        }
    }
}

/// The word for a kind of object.
pub(super) fn object_word(object: ObjectKind) -> &'static str {
    match object {
        ObjectKind::Table => "TABLE",
        ObjectKind::View => "VIEW",
        ObjectKind::Dictionary => "DICTIONARY",
        ObjectKind::Database => "DATABASE",
        ObjectKind::Function => "FUNCTION",
        ObjectKind::Index => "INDEX",
    }
}
