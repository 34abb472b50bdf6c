//! `CREATE` as ClickHouse prints it.

use super::Printer;
use super::expr::Frame;
use crate::ast::{
    ColumnDef, ColumnDefaultKind, Constraint, Create, CreateDatabase, CreateDictionary, CreateObject,
    CreateTable, CreateVerb, CreateView, DictionaryKeyValue, DictionaryValue, Engine, Expr, IndexDef,
    ProjectionDef, Query, Refresh, RefreshSchedule, Syntax, TableElements, TableStorage, TtlAction, TtlItem,
    ViewKind,
};

impl Printer {
    pub(crate) fn create(&mut self, create: &Create) {
        self.push(match create.verb {
            CreateVerb::Create => "CREATE ",
            CreateVerb::CreateOrReplace => "CREATE OR REPLACE ",
            CreateVerb::Replace => "REPLACE ",
            CreateVerb::Attach => "ATTACH ",
        });
        self.push(if create.temporary { "TEMPORARY " } else { "" });
        self.push(match &create.object {
            CreateObject::Table(_) => "TABLE ",
            CreateObject::View(view) if view.kind == ViewKind::Materialized => "MATERIALIZED VIEW ",
            CreateObject::View(_) => "VIEW ",
            CreateObject::Database(_) => "DATABASE ",
            CreateObject::Function(_) => "FUNCTION ",
            CreateObject::Dictionary(_) => "DICTIONARY ",
        });
        self.push(if create.if_not_exists { "IF NOT EXISTS " } else { "" });
        self.path(&create.name);
        if let Some(uuid) = &create.uuid {
            self.push(" UUID ");
            self.string(uuid);
        }
        self.on_cluster(create.cluster.as_ref());
        match &create.object {
            CreateObject::Table(table) => self.create_table(table),
            CreateObject::View(view) => self.create_view(view),
            CreateObject::Database(database) => self.create_database(database),
            CreateObject::Function(function) => self.clause(" AS ", Some(&function.body)),
            CreateObject::Dictionary(dictionary) => self.create_dictionary(dictionary),
        }
    }

    fn create_table(&mut self, table: &CreateTable) {
        self.table_elements(&table.elements);
        if let Some(path) = &table.as_table {
            self.push(if table.clone { " CLONE AS " } else { " AS " });
            self.path(path);
        }
        if let Some(function) = &table.as_function {
            self.push(" AS ");
            self.call(function);
        }
        self.table_storage(&table.storage);
        if let Some(query) = &table.as_query {
            self.push(if table.empty { " EMPTY AS " } else { " AS " });
            self.query(query);
        }
        self.comment(table.comment.as_deref());
    }

    pub(crate) fn comment(&mut self, comment: Option<&str>) {
        if let Some(comment) = comment {
            self.push(" COMMENT ");
            self.string(comment);
        }
    }

    fn table_elements(&mut self, elements: &TableElements) {
        if elements.is_empty() {
            return;
        }
        self.push(" (");
        let mut count = 0;
        let mut separate = |printer: &mut Self| {
            printer.push(if count > 0 { ", " } else { "" });
            count += 1;
        };
        for column in &elements.columns {
            separate(self);
            self.column_def(column);
        }
        for index in &elements.indexes {
            separate(self);
            self.push("INDEX ");
            self.index_def(index);
        }
        for constraint in &elements.constraints {
            separate(self);
            self.constraint(constraint);
        }
        for projection in &elements.projections {
            separate(self);
            self.push("PROJECTION ");
            self.projection_def(projection);
        }
        if let Some(key) = &elements.primary_key {
            separate(self);
            self.clause("PRIMARY KEY ", Some(key));
        }
        self.push(")");
    }

    pub(crate) fn column_def(&mut self, column: &ColumnDef) {
        if column.data_type.is_none() && column.default.is_none() {
            self.name(&column.name.name);
        } else {
            self.quoted_name(&column.name.name);
        }
        self.column_properties(column);
    }

    /// What follows the name of a column.
    pub(crate) fn column_properties(&mut self, column: &ColumnDef) {
        if let Some(data_type) = &column.data_type {
            self.push(" ");
            self.data_type(data_type);
        }
        match column.nullable {
            Some(true) => self.push(" NULL"),
            Some(false) => self.push(" NOT NULL"),
            None => {}
        }
        if let Some(default) = &column.default {
            self.push(match default.kind {
                ColumnDefaultKind::Default => " DEFAULT",
                ColumnDefaultKind::Materialized => " MATERIALIZED",
                ColumnDefaultKind::Alias => " ALIAS",
                ColumnDefaultKind::Ephemeral => " EPHEMERAL",
                ColumnDefaultKind::AutoIncrement => " AUTO_INCREMENT",
            });
            self.clause(" ", default.expr.as_ref());
        }
        self.comment(column.comment.as_deref());
        if let Some(codecs) = &column.codec {
            self.push(" CODEC(");
            self.exprs(codecs);
            self.push(")");
        }
        if let Some(statistics) = &column.statistics {
            self.push(" STATISTICS(");
            self.exprs(statistics);
            self.push(")");
        }
        self.clause(" TTL ", column.ttl.as_ref());
        if let Some(collate) = &column.collate {
            self.push(" COLLATE ");
            self.name(&collate.name);
        }
        if !column.settings.is_empty() {
            self.push(" SETTINGS (");
            self.settings(&column.settings);
            self.push(")");
        }
    }

    pub(crate) fn index_def(&mut self, index: &IndexDef) {
        self.name(&index.name.name);
        self.push(" ");
        self.expr(&index.expr, Frame::TOP);
        if let Some(kind) = &index.kind {
            self.push(" TYPE ");
            if index.kind_has_arguments { self.call(kind) } else { self.name(&kind.name.name) }
        }
        // These are one index for all of a part, whatever was written.
        let of_part =
            |kind: &crate::ast::Function| matches!(kind.name.name.as_str(), "text" | "vector_similarity");
        let granularity = if index.kind.as_ref().is_some_and(of_part) {
            100_000_000
        } else {
            index.granularity.unwrap_or(1)
        };
        self.push(&format!(" GRANULARITY {granularity}"));
    }

    pub(crate) fn constraint(&mut self, constraint: &Constraint) {
        self.push("CONSTRAINT ");
        self.name(&constraint.name.name);
        self.push(if constraint.assume { " ASSUME " } else { " CHECK " });
        self.expr(&constraint.expr, Frame::TOP);
    }

    pub(crate) fn projection_def(&mut self, projection: &ProjectionDef) {
        self.name(&projection.name.name);
        self.push(" (");
        self.projection_query(&projection.query);
        self.push(")");
        if !projection.settings.is_empty() {
            self.push(" WITH SETTINGS (");
            self.settings(&projection.settings);
            self.push(")");
        }
    }

    /// The query of a projection, whose order has no directions.
    fn projection_query(&mut self, query: &Query) {
        let Some(select) = query.as_select() else { return self.query(query) };
        if let Some(with) = &select.with {
            self.with(with);
            self.push(" ");
        }
        self.push("SELECT ");
        self.exprs(&select.projection);
        if let Some(group_by) = &select.group_by {
            self.group_by(group_by);
        }
        if let Some(order_by) = &select.order_by {
            self.push(" ORDER BY ");
            self.list(&order_by.items, |printer, item, index| {
                printer.expr(&item.expr, Frame::element(index));
            });
        }
    }

    pub(crate) fn engine(&mut self, engine: &Engine) {
        self.push(" ENGINE = ");
        self.name(&engine.name.name);
        if let Some(parameters) = &engine.parameters {
            self.push("(");
            self.exprs(parameters);
            self.push(")");
        }
        if let Some(arguments) = engine.arguments.as_ref().filter(|arguments| !arguments.is_empty()) {
            self.push("(");
            self.exprs(arguments);
            self.push(")");
        }
    }

    pub(crate) fn table_storage(&mut self, storage: &TableStorage) {
        if let Some(engine) = &storage.engine {
            self.engine(engine);
        }
        self.clause(" PARTITION BY ", storage.partition_by.as_ref());
        self.clause(" PRIMARY KEY ", storage.primary_key.as_ref());
        self.storage_order(storage);
        self.clause(" SAMPLE BY ", storage.sample_by.as_ref());
        if !storage.ttl.is_empty() {
            self.push(" TTL ");
            self.ttl_items(&storage.ttl);
        }
        self.settings_clause(&storage.settings);
    }

    fn storage_order(&mut self, storage: &TableStorage) {
        let Some(order_by) = &storage.order_by else { return };
        self.push(" ORDER BY ");
        match (order_by.as_function(), storage.order_directions.as_slice()) {
            (Some(tuple), directions)
                if directions.len() > 1 || tuple.syntax == Syntax::Tuple && !directions.is_empty() =>
            {
                self.push("tuple(");
                self.list(&tuple.arguments, |printer, key, index| {
                    printer.expr(key, Frame::element(index));
                    printer.push(if directions.get(index) == Some(&true) { " DESC" } else { "" });
                });
                self.push(")");
            }
            (_, directions) => {
                self.expr(order_by, Frame::TOP);
                self.push(if directions == [true] { " DESC" } else { "" });
            }
        }
    }

    pub(crate) fn ttl_items(&mut self, items: &[TtlItem]) {
        self.list(items, |printer, item, _| {
            printer.expr(&item.expr, Frame::TOP);
            match &item.action {
                TtlAction::Delete => {}
                TtlAction::ToDisk(name, if_exists) => printer.ttl_target(" TO DISK ", name, *if_exists),
                TtlAction::ToVolume(name, if_exists) => printer.ttl_target(" TO VOLUME ", name, *if_exists),
                TtlAction::Recompress(codecs) => {
                    printer.push(" RECOMPRESS CODEC(");
                    printer.exprs(codecs);
                    printer.push(")");
                }
                TtlAction::GroupBy(keys, set) => {
                    printer.push(" GROUP BY ");
                    printer.exprs(keys);
                    if !set.is_empty() {
                        printer.push(" SET ");
                        printer.assignments(set);
                    }
                }
            }
            printer.clause(" WHERE ", item.filter.as_ref());
        });
    }

    fn ttl_target(&mut self, words: &str, name: &str, if_exists: bool) {
        self.push(words);
        self.push(if if_exists { "IF EXISTS " } else { "" });
        self.string(name);
    }

    fn create_view(&mut self, view: &CreateView) {
        if let Some(refresh) = &view.refresh {
            self.refresh(refresh);
        }
        if let Some(target) = &view.to {
            self.push(" TO ");
            self.path(&target.table);
        }
        self.table_elements(&view.elements);
        if let Some(security) = &view.security {
            self.push(" ");
            self.push(security);
        }
        self.table_storage(&view.storage);
        self.push(if view.populate { " POPULATE" } else { "" });
        self.push(if view.empty { " EMPTY" } else { "" });
        if let Some(query) = &view.query {
            self.push(" AS ");
            self.query(query);
        }
        self.comment(view.comment.as_deref());
    }

    fn refresh(&mut self, refresh: &Refresh) {
        match &refresh.schedule {
            None => self.push(" REFRESH"),
            Some(RefreshSchedule::Every(interval)) => {
                self.push(" REFRESH EVERY ");
                self.bare_interval(interval);
            }
            Some(RefreshSchedule::After(interval)) => {
                self.push(" REFRESH AFTER ");
                self.bare_interval(interval);
            }
        }
        if let Some(offset) = &refresh.offset {
            self.push(" OFFSET ");
            self.bare_interval(offset);
        }
        if let Some(randomize) = &refresh.randomize {
            self.push(" RANDOMIZE FOR ");
            self.bare_interval(randomize);
        }
        if !refresh.depends_on.is_empty() {
            self.push(" DEPENDS ON ");
            self.list(&refresh.depends_on, |printer, path, _| printer.path(path));
        }
        self.settings_clause(&refresh.settings);
        self.push(if refresh.append { " APPEND" } else { "" });
    }

    /// `1 HOUR 30 MINUTE`.
    fn bare_interval(&mut self, interval: &Expr) {
        let Some(function) = interval.as_function() else { return };
        if function.syntax == Syntax::IntervalText {
            for (index, part) in function.arguments.iter().enumerate() {
                self.push(if index > 0 { " " } else { "" });
                self.bare_interval(part);
            }
            return;
        }
        if let Some(count) = function.arguments.first() {
            self.expr(count, Frame::TOP);
        }
        let unit = function.name.name.trim_start_matches("toInterval").to_ascii_uppercase();
        self.push(" ");
        self.push(&unit);
    }

    fn create_database(&mut self, database: &CreateDatabase) {
        if let Some(engine) = &database.engine {
            self.engine(engine);
        }
        self.settings_clause(&database.settings);
        self.comment(database.comment.as_deref());
    }

    fn create_dictionary(&mut self, dictionary: &CreateDictionary) {
        if !dictionary.attributes.is_empty() {
            self.push(" (");
            self.list(&dictionary.attributes, |printer, attribute, _| {
                printer.quoted_name(&attribute.name.name);
                printer.push(" ");
                printer.data_type(&attribute.data_type);
                printer.clause(" DEFAULT ", attribute.default.as_ref());
                printer.clause(" EXPRESSION ", attribute.expression.as_ref());
                printer.push(if attribute.hierarchical { " HIERARCHICAL" } else { "" });
                printer.push(if attribute.bidirectional { " BIDIRECTIONAL" } else { "" });
                printer.push(if attribute.injective { " INJECTIVE" } else { "" });
                printer.push(if attribute.is_object_id { " IS_OBJECT_ID" } else { "" });
            });
            self.push(")");
        }
        if !dictionary.primary_key.is_empty() {
            self.push(" PRIMARY KEY ");
            self.exprs(&dictionary.primary_key);
        }
        if let Some(source) = &dictionary.source {
            self.push(" SOURCE(");
            self.push(&source.name.name.to_ascii_uppercase());
            self.push("(");
            self.key_values(&source.arguments);
            self.push("))");
        }
        if let Some(lifetime) = &dictionary.lifetime {
            self.push(&format!(" LIFETIME(MIN {} MAX {})", lifetime.min, lifetime.max));
        }
        if let Some(layout) = &dictionary.layout {
            self.push(" LAYOUT(");
            self.push(&layout.name.name.to_ascii_uppercase());
            if layout.has_parentheses {
                self.push("(");
                self.key_values(&layout.arguments);
                self.push(")");
            }
            self.push(")");
        }
        if let Some((min, max)) = &dictionary.range {
            self.push(&format!(" RANGE(MIN {} MAX {})", min.name, max.name));
        }
        if !dictionary.settings.is_empty() {
            self.push(" SETTINGS(");
            self.settings(&dictionary.settings);
            self.push(")");
        }
        self.comment(dictionary.comment.as_deref());
    }

    fn key_values(&mut self, pairs: &[DictionaryKeyValue]) {
        for (index, pair) in pairs.iter().enumerate() {
            self.push(if index > 0 { " " } else { "" });
            self.push(&pair.key.name.to_ascii_uppercase());
            self.push(" ");
            match &pair.value {
                DictionaryValue::Literal(value) => super::write_value(&mut self.out, value),
                DictionaryValue::Ident(ident) => self.name(&ident.name),
                DictionaryValue::Function(function) => self.call(function),
                DictionaryValue::Nested(pairs) => {
                    self.push("(");
                    self.key_values(pairs);
                    self.push(")");
                }
                DictionaryValue::Query(query) => {
                    self.push("(");
                    self.query(&query.query);
                    self.push(")");
                }
            }
        }
    }
}
