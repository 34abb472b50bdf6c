//! Tables that describe the engine: `system` and `information_schema`.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, UInt8Array};
use kinglet_types::{ChType, Result};

use super::settings::known_settings;
use super::{Binder, Relation, table_function};
use crate::aggregate::Aggregates;
use crate::catalog::{Table, TableColumn, TableRef};
use crate::function::{Case, Functions};
use crate::memory_table::{MemoryTable, Numbers};
use crate::{ColumnBuilder, ColumnKind};

/// A value of a described row.
enum Cell {
    Text(String),
    Number(i64),
    Null,
    Default,
}

fn text(value: impl Into<String>) -> Cell {
    Cell::Text(value.into())
}

fn flag(value: bool) -> Cell {
    Cell::Number(value.into())
}

/// Columns by name and type, and rows.
struct Sheet {
    columns: Vec<TableColumn>,
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty sheet of `name Type` columns; what is left out of a row is the default.
    fn new(columns: &str) -> Result<Self> {
        Ok(Self { columns: table_function::structure(columns)?, rows: Vec::new() })
    }

    fn table(self) -> Result<Arc<dyn Table>> {
        let mut builders: Vec<ColumnBuilder> =
            self.columns.iter().map(|column| ColumnBuilder::new(&column.ty)).collect();
        for row in self.rows {
            let mut cells = row.into_iter();
            for builder in &mut builders {
                match cells.next() {
                    Some(Cell::Text(value)) => builder.append_bytes(value.as_bytes()),
                    Some(Cell::Number(value)) => builder.append_int(value),
                    Some(Cell::Null) => builder.append_null(),
                    Some(Cell::Default) | None => builder.append_default(),
                }
            }
        }
        let arrays = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
        let batch = RecordBatch::try_new(MemoryTable::schema(&self.columns), arrays);
        let batch = batch.map_err(crate::function::result::internal)?;
        Ok(Arc::new(MemoryTable::new(self.columns, vec![batch])))
    }
}

/// The system tables, for `system.tables`.
const NAMES: &[(&str, &str)] = &[
    ("aggregate_function_combinators", "SystemAggregateFunctionCombinators"),
    ("columns", "SystemColumns"),
    ("data_type_families", "SystemTableDataTypeFamilies"),
    ("databases", "SystemDatabases"),
    ("formats", "SystemFormats"),
    ("functions", "SystemFunctions"),
    ("numbers", "SystemNumbers"),
    ("numbers_mt", "SystemNumbers"),
    ("one", "SystemOne"),
    ("settings", "SystemSettings"),
    ("table_functions", "SystemTableFunctions"),
    ("tables", "SystemTables"),
    ("zeros", "SystemZeros"),
    ("zeros_mt", "SystemZeros"),
];

/// The table of a name in `system` or `information_schema`.
pub(super) fn system_table(
    database: Option<&str>,
    name: &str,
    binder: &Binder<'_>,
) -> Result<Option<Arc<dyn Table>>> {
    match database {
        Some("system") => system(name, binder),
        Some("information_schema" | "INFORMATION_SCHEMA") => information_schema(name, binder),
        _ => Ok(None),
    }
}

fn system(name: &str, binder: &Binder<'_>) -> Result<Option<Arc<dyn Table>>> {
    Ok(Some(match name {
        "one" => {
            let columns = vec![TableColumn::new("dummy", ChType::UInt8)];
            let zero: ArrayRef = Arc::new(UInt8Array::from(vec![0]));
            let batch = RecordBatch::try_new(MemoryTable::schema(&columns), vec![zero]);
            Arc::new(MemoryTable::new(columns, vec![batch.map_err(crate::function::result::internal)?]))
        }
        "numbers" | "numbers_mt" => Arc::new(Numbers::new("number", 0, 1, u64::MAX / 2)),
        "zeros" | "zeros_mt" => Arc::new(Numbers::new("zero", 0, 0, u64::MAX / 2)),
        "tables" => tables(binder)?.table()?,
        "columns" => columns(binder)?.table()?,
        "databases" => databases(binder)?.table()?,
        "functions" => functions()?.table()?,
        "settings" => settings(binder)?.table()?,
        "formats" => formats()?.table()?,
        "data_type_families" => {
            let mut sheet = Sheet::new("name String, case_insensitive UInt8, alias_to String")?;
            for name in TYPES {
                sheet.rows.push(vec![text(*name), flag(false), text("")]);
            }
            sheet.table()?
        }
        "aggregate_function_combinators" => {
            let mut sheet = Sheet::new("name String, is_internal UInt8, description String")?;
            for combinator in Aggregates::get().combinators() {
                sheet.rows.push(vec![text(combinator.suffix()), flag(false), text(combinator.summary())]);
            }
            sheet.table()?
        }
        "table_functions" => {
            let mut sheet = Sheet::new("name String, description String, allow_readonly UInt8")?;
            for (name, summary) in table_function::TABLE_FUNCTIONS {
                sheet.rows.push(vec![text(*name), text(*summary), flag(true)]);
            }
            sheet.table()?
        }
        _ => return Ok(None),
    }))
}

/// The families of types.
const TYPES: &[&str] = &[
    "AggregateFunction",
    "Array",
    "BFloat16",
    "Bool",
    "Date",
    "Date32",
    "DateTime",
    "DateTime32",
    "DateTime64",
    "Decimal",
    "Decimal128",
    "Decimal256",
    "Decimal32",
    "Decimal64",
    "Dynamic",
    "Enum16",
    "Enum8",
    "FixedString",
    "Float32",
    "Float64",
    "IPv4",
    "IPv6",
    "Int128",
    "Int16",
    "Int256",
    "Int32",
    "Int64",
    "Int8",
    "IntervalDay",
    "IntervalHour",
    "IntervalMicrosecond",
    "IntervalMillisecond",
    "IntervalMinute",
    "IntervalMonth",
    "IntervalNanosecond",
    "IntervalQuarter",
    "IntervalSecond",
    "IntervalWeek",
    "IntervalYear",
    "JSON",
    "LowCardinality",
    "Map",
    "Nested",
    "Nothing",
    "Nullable",
    "SimpleAggregateFunction",
    "String",
    "Tuple",
    "UInt128",
    "UInt16",
    "UInt256",
    "UInt32",
    "UInt64",
    "UInt8",
    "UUID",
    "Variant",
];

/// Database, name and what they stand for, of every table of the catalog.
fn catalog(binder: &Binder<'_>) -> Vec<(String, String, Option<TableRef>)> {
    let names = binder.catalog.names().into_iter();
    names
        .map(|(database, name)| {
            let table = binder.catalog.resolve(Some(&database), &name);
            (database, name, table)
        })
        .collect()
}

fn tables(binder: &Binder<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new(
        "database String, name String, engine String, is_temporary UInt8, create_table_query String, engine_full String, as_select String, total_rows Nullable(UInt64), total_bytes Nullable(UInt64), partition_key String, sorting_key String, primary_key String, sampling_key String, storage_policy String, parts Nullable(UInt64), active_parts Nullable(UInt64), total_marks Nullable(UInt64), lifetime_rows Nullable(UInt64), lifetime_bytes Nullable(UInt64), comment String, has_own_data UInt8, uuid UUID, data_paths Array(String), metadata_path String, metadata_modification_time DateTime, dependencies_database Array(String), dependencies_table Array(String)",
    )?;
    for (database, name, table) in catalog(binder) {
        let (engine, create, select, rows) = match &table {
            Some(TableRef::Table(table)) => (
                table.engine().to_owned(),
                created(&database, &name, table.as_ref()),
                String::new(),
                table.row_count(),
            ),
            Some(TableRef::View { sql }) => {
                let create = format!("CREATE VIEW {database}.{name} AS {sql}");
                ("View".to_owned(), create, sql.clone(), None)
            }
            None => (String::new(), String::new(), String::new(), None),
        };
        let rows = rows.map_or(Cell::Null, |rows| Cell::Number(rows as i64));
        sheet.rows.push(vec![
            text(database),
            text(name),
            text(engine.clone()),
            flag(false),
            text(create),
            text(engine),
            text(select),
            rows,
        ]);
    }
    for (name, engine) in NAMES {
        sheet.rows.push(vec![text("system"), text(*name), text(*engine)]);
    }
    for name in ["columns", "schemata", "tables"] {
        sheet.rows.push(vec![text("information_schema"), text(name), text("View")]);
    }
    Ok(sheet)
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
    format!("CREATE TABLE {database}.{name}\n(\n{}\n)\nENGINE = {}", columns.join(",\n"), table.engine())
}

/// Database, table, position and column of every table whose columns are known.
fn all_columns(binder: &Binder<'_>) -> Result<Vec<(String, String, i64, TableColumn)>> {
    let mut all = Vec::new();
    for (database, name, table) in catalog(binder) {
        if let Some(TableRef::Table(table)) = table {
            for (column, position) in table.columns().iter().zip(1..) {
                all.push((database.clone(), name.clone(), position, column.clone()));
            }
        }
    }
    for (name, _) in NAMES.iter().filter(|(name, _)| *name != "columns") {
        if let Some(table) = system(name, binder)? {
            for (column, position) in table.columns().iter().zip(1..) {
                all.push(("system".to_owned(), (*name).to_owned(), position, column.clone()));
            }
        }
    }
    Ok(all)
}

fn columns(binder: &Binder<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new(
        "database String, table String, name String, type String, position UInt64, default_kind String, default_expression String, data_compressed_bytes UInt64, data_uncompressed_bytes UInt64, marks_bytes UInt64, comment String, is_in_partition_key UInt8, is_in_sorting_key UInt8, is_in_primary_key UInt8, is_in_sampling_key UInt8, compression_codec String",
    )?;
    for (database, table, position, column) in all_columns(binder)? {
        let (kind, expression) = match &column.kind {
            ColumnKind::Ordinary => ("", ""),
            ColumnKind::Default(sql) => ("DEFAULT", sql.as_str()),
            ColumnKind::Materialized(sql) => ("MATERIALIZED", sql.as_str()),
            ColumnKind::Alias(sql) => ("ALIAS", sql.as_str()),
        };
        sheet.rows.push(vec![
            text(database),
            text(table),
            text(column.name),
            text(column.ty.to_string()),
            Cell::Number(position),
            text(kind),
            text(expression),
        ]);
    }
    Ok(sheet)
}

fn database_names(binder: &Binder<'_>) -> Vec<String> {
    let mut names: Vec<String> = binder.catalog.names().into_iter().map(|(database, _)| database).collect();
    names.extend([&binder.database, "information_schema", "INFORMATION_SCHEMA", "system"].map(str::to_owned));
    names.sort();
    names.dedup();
    names
}

fn databases(binder: &Binder<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new(
        "name String, engine String, data_path String, metadata_path String, uuid UUID, engine_full String, comment String, is_external UInt8",
    )?;
    for name in database_names(binder) {
        sheet.rows.push(vec![text(name), text("Memory")]);
    }
    Ok(sheet)
}

fn functions() -> Result<Sheet> {
    let mut sheet = Sheet::new(
        "name String, is_aggregate UInt8, case_insensitive UInt8, alias_to String, create_query String, origin Enum8('System' = 0, 'SQLUserDefined' = 1, 'ExecutableUserDefined' = 2), description String, syntax String, arguments String, parameters String, returned_value String, examples String, introduced_in String, categories String",
    )?;
    let scalar = Functions::get().all().map(|function| (function.spec(), false));
    let aggregates = Aggregates::get().all().iter().map(|aggregate| (aggregate.spec(), true));
    for (spec, aggregate) in scalar.chain(aggregates) {
        for name in spec.aliases.iter().copied().chain([spec.name]) {
            let alias = if name == spec.name { "" } else { spec.name };
            let arguments: Vec<String> =
                spec.arguments.iter().map(|(name, what)| format!("{name}: {what}")).collect();
            let examples: Vec<&str> = spec.examples.iter().map(|example| example.sql).collect();
            sheet.rows.push(vec![
                text(name),
                flag(aggregate),
                flag(spec.case == Case::Insensitive),
                text(alias),
                text(""),
                Cell::Number(0),
                text(spec.summary),
                text(spec.syntax),
                text(arguments.join("\n")),
                text(""),
                text(spec.returns),
                text(examples.join("\n")),
                text(""),
                text(spec.category),
            ]);
        }
    }
    Ok(sheet)
}

fn settings(binder: &Binder<'_>) -> Result<Sheet> {
    let mut sheet = Sheet::new(
        "name String, value String, changed UInt8, description String, min Nullable(String), max Nullable(String), disallowed_values Array(String), readonly UInt8, type String, default String, alias_for String, is_obsolete UInt8",
    )?;
    let held = binder.settings.borrow();
    for (name, ty, default) in known_settings() {
        let value = held.text(name);
        sheet.rows.push(vec![
            text(name),
            text(value.unwrap_or(default)),
            flag(value.is_some_and(|value| value != default)),
            text(""),
            Cell::Null,
            Cell::Null,
            Cell::Default,
            flag(false),
            text(ty),
            text(default),
        ]);
    }
    Ok(sheet)
}

fn formats() -> Result<Sheet> {
    let mut sheet = Sheet::new("name String, is_input UInt8, is_output UInt8, content_type String")?;
    sheet.rows.push(vec![text("Parquet"), flag(true), flag(true), text("application/vnd.apache.parquet")]);
    for name in crate::format::Format::names() {
        let kind = crate::format::Format::parse(name)?.content_type();
        sheet.rows.push(vec![text(name), flag(false), flag(true), text(kind)]);
    }
    Ok(sheet)
}

fn information_schema(name: &str, binder: &Binder<'_>) -> Result<Option<Arc<dyn Table>>> {
    let upper = name.chars().all(|c| !c.is_ascii_lowercase());
    let sheet = match name.to_ascii_lowercase().as_str() {
        "schemata" => {
            let mut sheet = Sheet::new(
                "catalog_name String, schema_name String, schema_owner String, default_character_set_catalog Nullable(String), default_character_set_schema Nullable(String), default_character_set_name Nullable(String), sql_path Nullable(String)",
            )?;
            for name in database_names(binder) {
                sheet.rows.push(vec![text(name.clone()), text(name), text("default")]);
            }
            sheet
        }
        "tables" => {
            let mut sheet = Sheet::new(
                "table_catalog String, table_schema String, table_name String, table_type String, table_rows Nullable(UInt64), data_length Nullable(UInt64), index_length Nullable(UInt64), table_collation Nullable(String), table_comment Nullable(String)",
            )?;
            for (database, name, table) in catalog(binder) {
                let (kind, rows) = match &table {
                    Some(TableRef::Table(table)) => ("BASE TABLE", table.row_count()),
                    _ => ("VIEW", None),
                };
                let rows = rows.map_or(Cell::Null, |rows| Cell::Number(rows as i64));
                sheet.rows.push(vec![text(database.clone()), text(database), text(name), text(kind), rows]);
            }
            sheet
        }
        "columns" => {
            let mut sheet = Sheet::new(
                "table_catalog String, table_schema String, table_name String, column_name String, ordinal_position UInt64, column_default String, is_nullable String, data_type String, character_maximum_length Nullable(UInt64), character_octet_length Nullable(UInt64), numeric_precision Nullable(UInt64), numeric_precision_radix Nullable(UInt64), numeric_scale Nullable(UInt64), datetime_precision Nullable(UInt64), extra Nullable(String), column_comment String, column_type String",
            )?;
            for (database, table, position, column) in all_columns(binder)? {
                let ty = column.ty.to_string();
                sheet.rows.push(vec![
                    text(database.clone()),
                    text(database),
                    text(table),
                    text(column.name),
                    Cell::Number(position),
                    text(""),
                    text(if column.ty.is_nullable() { "1" } else { "0" }),
                    text(ty.clone()),
                    Cell::Null,
                    Cell::Null,
                    Cell::Null,
                    Cell::Null,
                    Cell::Null,
                    Cell::Null,
                    Cell::Null,
                    text(""),
                    text(ty),
                ]);
            }
            sheet
        }
        _ => return Ok(None),
    };
    if !upper {
        return sheet.table().map(Some);
    }
    let rename = |column: TableColumn| TableColumn { name: column.name.to_ascii_uppercase(), ..column };
    let columns = sheet.columns.into_iter().map(rename).collect();
    Sheet { columns, rows: sheet.rows }.table().map(Some)
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
