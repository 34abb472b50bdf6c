//! Tables that describe the engine: `system`.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, UInt8Array};
use kinglet_types::{ChType, Result};

use super::information_schema::Numbers as Sizes;
use super::settings::known_settings;
use super::sheet::{Cell, Sheet, flag, known, structures, text};
use super::{Binder, Relation, table_function};
use crate::ColumnKind;
use crate::aggregate::Aggregates;
use crate::catalog::{Table, TableColumn, TableRef};
use crate::function::{Case, Functions};
use crate::memory_table::{MemoryTable, Numbers};

/// Engines that tables here can have.
pub(super) const ENGINES: &[&str] = &[
    "AggregatingMergeTree",
    "CoalescingMergeTree",
    "CollapsingMergeTree",
    "Join",
    "Memory",
    "MergeTree",
    "Null",
    "ReplacingMergeTree",
    "SummingMergeTree",
    "VersionedCollapsingMergeTree",
    "View",
];

/// Names, whether in any case, and what they stand for, of the families of types.
static TYPE_FAMILIES: &str = include_str!("type_families.tsv");

/// The table of a name in `system` or `information_schema`.
pub(super) fn system_table(
    database: Option<&str>,
    name: &str,
    binder: &Binder<'_>,
) -> Result<Option<Arc<dyn Table>>> {
    match database {
        Some("system") => system(name, binder),
        Some("information_schema" | "INFORMATION_SCHEMA") => super::information_schema::table(name, binder),
        _ => Ok(None),
    }
}

fn system(name: &str, binder: &Binder<'_>) -> Result<Option<Arc<dyn Table>>> {
    match name {
        "one" => {
            let columns = vec![TableColumn::new("dummy", ChType::UInt8)];
            let zero: ArrayRef = Arc::new(UInt8Array::from(vec![0]));
            let batch = RecordBatch::try_new(MemoryTable::schema(&columns), vec![zero]);
            let batch = batch.map_err(crate::function::result::internal)?;
            return Ok(Some(Arc::new(MemoryTable::new(columns, vec![batch]))));
        }
        "numbers" | "numbers_mt" => return Ok(Some(Arc::new(Numbers::new("number", 0, 1, u64::MAX / 2)))),
        "zeros" | "zeros_mt" => return Ok(Some(Arc::new(Numbers::new("zero", 0, 0, u64::MAX / 2)))),
        _ => {}
    }
    // What is not filled here is empty, with ClickHouse's columns.
    let Some(mut sheet) = Sheet::of(name)? else { return Ok(None) };
    match name {
        "tables" => tables(binder, &mut sheet),
        "columns" => columns(binder, &mut sheet)?,
        "databases" => databases(binder, &mut sheet),
        "parts" => parts(binder, &mut sheet),
        "functions" => functions(&mut sheet),
        "settings" => settings(binder, &mut sheet),
        "formats" => formats(&mut sheet)?,
        "data_type_families" => type_families(&mut sheet),
        "time_zones" => {
            chrono_tz::TZ_VARIANTS.iter().for_each(|zone| sheet.add(&[("time_zone", text(zone.name()))]));
        }
        "table_engines" => ENGINES.iter().for_each(|name| sheet.add(&[("name", text(*name))])),
        "build_options" => {
            sheet.add(&[("name", text("VERSION_FULL")), ("value", text("Kinglet"))]);
            sheet.add(&[("name", text("SYSTEM")), ("value", text("WebAssembly"))]);
        }
        "aggregate_function_combinators" => {
            for combinator in Aggregates::get().combinators() {
                let (name, summary) = (combinator.suffix(), combinator.summary());
                sheet.add(&[("name", text(name)), ("description", text(summary))]);
            }
        }
        "table_functions" => {
            for (name, summary) in table_function::TABLE_FUNCTIONS {
                let row =
                    [("name", text(*name)), ("description", text(*summary)), ("allow_readonly", flag(true))];
                sheet.add(&row);
            }
        }
        "disks" => sheet.add(&[("name", text("default")), ("type", text("Local"))]),
        "users" => sheet.add(&[("name", text("default")), ("storage", text("users_xml"))]),
        _ => {}
    }
    sheet.table().map(Some)
}

/// Database, name and what they stand for, of every table of the catalog.
pub(super) fn catalog(binder: &Binder<'_>) -> Vec<(String, String, Option<TableRef>)> {
    let names = binder.catalog.names().into_iter();
    names
        .map(|(database, name)| {
            let table = binder.catalog.resolve(Some(&database), &name);
            (database, name, table)
        })
        .collect()
}

fn tables(binder: &Binder<'_>, sheet: &mut Sheet) {
    for (database, name, table) in catalog(binder) {
        let mut row = vec![("database", text(database.clone())), ("name", text(name.clone()))];
        match &table {
            Some(TableRef::Table(table)) => {
                let (keys, parts) = (table.keys(), table.parts());
                let sorting = keys.sorting.join(", ");
                let sum = |of: fn(&crate::catalog::StoredPart) -> u64| parts.iter().map(of).sum::<u64>();
                row.extend([
                    ("engine", text(table.engine())),
                    (
                        "create_table_query",
                        text(created(&database, &name, table.as_ref()).replace('\n', " ")),
                    ),
                    ("engine_full", text(engine_full(table.as_ref()))),
                    ("partition_key", text(keys.partition.clone().unwrap_or_default())),
                    ("sorting_key", text(sorting.clone())),
                    ("primary_key", text(sorting)),
                    ("sampling_key", text(keys.sampling.clone().unwrap_or_default())),
                    ("storage_policy", text("default")),
                    ("total_rows", known(table.row_count())),
                    ("total_bytes", known(Some(sum(|part| part.bytes_on_disk)))),
                    ("total_bytes_uncompressed", known(Some(sum(|part| part.uncompressed_bytes)))),
                    ("parts", known(Some(parts.len() as u64))),
                    ("active_parts", known(Some(parts.len() as u64))),
                    ("total_marks", known(Some(sum(|part| part.marks)))),
                    ("has_own_data", flag(true)),
                ]);
            }
            Some(TableRef::View { sql }) => row.extend([
                ("engine", text("View")),
                ("create_table_query", text(format!("CREATE VIEW {database}.{name} AS {sql}"))),
                ("engine_full", text("")),
                ("as_select", text(sql.clone())),
            ]),
            None => {}
        }
        sheet.add(&row);
    }
    for (name, engine, _) in structures() {
        let (database, name) = name.split_once('.').unwrap_or(("system", name));
        sheet.add(&[("database", text(database)), ("name", text(name)), ("engine", text(engine))]);
    }
}

/// The engine with its keys.
fn engine_full(table: &dyn Table) -> String {
    let keys = table.keys();
    let mut text = table.engine().to_owned();
    if let Some(partition) = &keys.partition {
        text.push_str(&format!(" PARTITION BY {partition}"));
    }
    match keys.sorting.as_slice() {
        [] if text.contains("MergeTree") => text.push_str(" ORDER BY tuple()"),
        [] => {}
        [one] => text.push_str(&format!(" ORDER BY {one}")),
        many => text.push_str(&format!(" ORDER BY ({})", many.join(", "))),
    }
    if let Some(sampling) = &keys.sampling {
        text.push_str(&format!(" SAMPLE BY {sampling}"));
    }
    text
}

/// The statement that makes a table.
fn created(database: &str, name: &str, table: &dyn Table) -> String {
    let columns: Vec<String> = table
        .columns()
        .iter()
        .map(|column| {
            let kind = match &column.kind {
                ColumnKind::Ordinary => String::new(),
                ColumnKind::Default(sql) => format!(" DEFAULT {sql}"),
                ColumnKind::Materialized(sql) => format!(" MATERIALIZED {sql}"),
                ColumnKind::Alias(sql) => format!(" ALIAS {sql}"),
            };
            format!("    `{}` {}{kind}", column.name, column.ty)
        })
        .collect();
    let mut engine = engine_full(table);
    for clause in [" PARTITION BY ", " ORDER BY ", " SAMPLE BY "] {
        engine = engine.replacen(clause, &format!("\n{}", clause.trim_start()), 1);
    }
    format!("CREATE TABLE {database}.{name}\n(\n{}\n)\nENGINE = {engine}", columns.join(",\n"))
}

/// A column with where it stands.
pub(super) struct Described {
    pub(super) database: String,
    pub(super) table: String,
    pub(super) position: i64,
    pub(super) column: TableColumn,
    pub(super) in_sorting_key: bool,
    pub(super) in_partition_key: bool,
    pub(super) in_sampling_key: bool,
}

/// Whether an expression names a column.
fn mentions(expression: &str, column: &str) -> bool {
    expression.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == column)
}

/// Every column of every table and view whose columns are known.
pub(super) fn all_columns(binder: &Binder<'_>) -> Result<Vec<Described>> {
    let mut all = Vec::new();
    for (database, name, table) in catalog(binder) {
        let Some(TableRef::Table(table)) = table else { continue };
        let keys = table.keys();
        for (column, position) in table.columns().iter().zip(1..) {
            let of = |key: &Option<String>| key.as_ref().is_some_and(|key| mentions(key, &column.name));
            all.push(Described {
                database: database.clone(),
                table: name.clone(),
                position,
                in_sorting_key: keys.sorting.iter().any(|key| mentions(key, &column.name)),
                in_partition_key: of(&keys.partition),
                in_sampling_key: of(&keys.sampling),
                column: column.clone(),
            });
        }
    }
    for (name, _, columns) in structures() {
        let (database, table) = name.split_once('.').unwrap_or(("system", name));
        for (column, position) in table_function::structure(columns)?.into_iter().zip(1..) {
            all.push(Described {
                database: database.to_owned(),
                table: table.to_owned(),
                position,
                column,
                in_sorting_key: false,
                in_partition_key: false,
                in_sampling_key: false,
            });
        }
    }
    Ok(all)
}

fn columns(binder: &Binder<'_>, sheet: &mut Sheet) -> Result<()> {
    for described in all_columns(binder)? {
        let (kind, expression) = match &described.column.kind {
            ColumnKind::Ordinary => ("", ""),
            ColumnKind::Default(sql) => ("DEFAULT", sql.as_str()),
            ColumnKind::Materialized(sql) => ("MATERIALIZED", sql.as_str()),
            ColumnKind::Alias(sql) => ("ALIAS", sql.as_str()),
        };
        let sizes = Sizes::of(&described.column.ty);
        sheet.add(&[
            ("database", text(described.database)),
            ("table", text(described.table)),
            ("name", text(described.column.name)),
            ("type", text(described.column.ty.to_string())),
            ("position", Cell::Number(described.position)),
            ("default_kind", text(kind)),
            ("default_expression", text(expression)),
            ("is_in_partition_key", flag(described.in_partition_key)),
            ("is_in_sorting_key", flag(described.in_sorting_key)),
            ("is_in_primary_key", flag(described.in_sorting_key)),
            ("is_in_sampling_key", flag(described.in_sampling_key)),
            ("character_octet_length", known(sizes.octets)),
            ("numeric_precision", known(sizes.precision)),
            ("numeric_precision_radix", known(sizes.radix)),
            ("numeric_scale", known(sizes.scale)),
            ("datetime_precision", known(sizes.time)),
        ]);
    }
    Ok(())
}

pub(super) fn database_names(binder: &Binder<'_>) -> Vec<String> {
    let mut names: Vec<String> = binder.catalog.names().into_iter().map(|(database, _)| database).collect();
    names.extend([&binder.database, "information_schema", "INFORMATION_SCHEMA", "system"].map(str::to_owned));
    names.sort();
    names.dedup();
    names
}

fn databases(binder: &Binder<'_>, sheet: &mut Sheet) {
    for name in database_names(binder) {
        sheet.add(&[("name", text(name)), ("engine", text("Memory")), ("engine_full", text("Memory"))]);
    }
}

fn parts(binder: &Binder<'_>, sheet: &mut Sheet) {
    for (database, name, table) in catalog(binder) {
        let Some(TableRef::Table(table)) = table else { continue };
        for part in table.parts() {
            sheet.add(&[
                ("partition", text(part.partition.clone())),
                ("name", text(part.name)),
                ("part_type", text("Wide")),
                ("part_storage_type", text("Full")),
                ("active", flag(true)),
                ("marks", known(Some(part.marks))),
                ("rows", known(Some(part.rows))),
                ("files", Cell::Number(1)),
                ("bytes_on_disk", known(Some(part.bytes_on_disk))),
                ("data_compressed_bytes", known(Some(part.bytes_on_disk))),
                ("data_uncompressed_bytes", known(Some(part.uncompressed_bytes))),
                ("modification_time", Cell::Number(part.created_seconds)),
                ("refcount", Cell::Number(1)),
                (
                    "partition_id",
                    text(if part.partition.is_empty() { "all".to_owned() } else { part.partition }),
                ),
                ("level", Cell::Number(part.level.into())),
                ("database", text(database.clone())),
                ("table", text(name.clone())),
                ("engine", text(table.engine())),
                ("disk_name", text("default")),
                ("path", text(part.path)),
                ("visible", flag(true)),
            ]);
        }
    }
}

fn functions(sheet: &mut Sheet) {
    let scalar = Functions::get().all().map(|function| (function.spec(), false));
    let aggregates = Aggregates::get().all().iter().map(|aggregate| (aggregate.spec(), true));
    for (spec, aggregate) in scalar.chain(aggregates).filter(|(spec, _)| !spec.name.starts_with("__")) {
        for name in spec.aliases.iter().copied().chain([spec.name]) {
            let arguments: Vec<String> =
                spec.arguments.iter().map(|(name, what)| format!("{name}: {what}")).collect();
            let examples: Vec<&str> = spec.examples.iter().map(|example| example.sql).collect();
            sheet.add(&[
                ("name", text(name)),
                ("is_aggregate", flag(aggregate)),
                ("case_insensitive", flag(spec.case == Case::Insensitive)),
                ("alias_to", text(if name == spec.name { "" } else { spec.name })),
                ("origin", Cell::Number(0)),
                ("description", text(spec.summary)),
                ("syntax", text(spec.syntax)),
                ("arguments", text(arguments.join("\n"))),
                ("returned_value", text(spec.returns)),
                ("examples", text(examples.join("\n"))),
                ("categories", text(spec.category)),
            ]);
        }
    }
}

fn settings(binder: &Binder<'_>, sheet: &mut Sheet) {
    let held = binder.settings.borrow();
    for (name, ty, default) in known_settings() {
        let value = held.text(name);
        sheet.add(&[
            ("name", text(name)),
            ("value", text(value.unwrap_or(default))),
            ("changed", flag(value.is_some_and(|value| value != default))),
            ("type", text(ty)),
            ("default", text(default)),
        ]);
    }
}

fn formats(sheet: &mut Sheet) -> Result<()> {
    let row = |name: &str, kind: &str, input: bool| {
        [
            ("name", text(name)),
            ("is_input", flag(input)),
            ("is_output", flag(true)),
            ("content_type", text(kind)),
        ]
    };
    sheet.add(&row("Parquet", "application/vnd.apache.parquet", true));
    for name in crate::format::Format::names() {
        let kind = crate::format::Format::parse(name)?.content_type();
        sheet.add(&row(name, kind, super::format_rows::can_read(name)));
    }
    Ok(())
}

fn type_families(sheet: &mut Sheet) {
    for line in TYPE_FAMILIES.lines() {
        let mut fields = line.split('\t');
        let (name, case, alias) = (fields.next(), fields.next(), fields.next());
        sheet.add(&[
            ("name", text(name.unwrap_or(""))),
            ("case_insensitive", flag(case == Some("1"))),
            ("alias_to", text(alias.unwrap_or(""))),
        ]);
    }
}

impl Binder<'_> {
    /// Rows of texts; columns named `rows`, `parts` and `marks` are numbers.
    pub(crate) fn sheet(&self, titles: &[&str], rows: Vec<Vec<String>>) -> Result<Relation> {
        let number = |title: &str| ["parts", "rows", "marks"].contains(&title);
        let ty = |title: &str| if number(title) { ChType::UInt64 } else { ChType::String };
        let columns = titles.iter().map(|title| TableColumn::new(*title, ty(title))).collect();
        let cell = |(at, value): (usize, String)| match titles.get(at).is_some_and(|title| number(title)) {
            true => Cell::Number(value.parse().unwrap_or(0)),
            false => Cell::Text(value),
        };
        let rows = rows.into_iter().map(|row| row.into_iter().enumerate().map(cell).collect()).collect();
        let table = Sheet { columns, rows }.table()?;
        Ok(self.scan(&table, false)?.0)
    }

    /// The statement that makes a table or view of the catalog.
    pub(crate) fn created(&self, database: &str, name: &str) -> Option<String> {
        let found = self
            .catalog
            .resolve(Some(database), name)
            .or_else(|| if *database == *self.database { self.catalog.resolve(None, name) } else { None });
        Some(match found? {
            TableRef::Table(table) => created(database, name, table.as_ref()),
            TableRef::View { sql } => format!("CREATE VIEW {database}.{name} AS {sql}"),
        })
    }
}
