//! `information_schema`: the tables of the SQL standard, each column under its small and its capital name.

use std::sync::Arc;

use kinglet_types::{ChType, Result};

use super::Binder;
use super::sheet::{Cell, Sheet, known, text};
use super::system::{all_columns, catalog, database_names};
use crate::ColumnKind;
use crate::catalog::{Table, TableRef};

/// What ClickHouse says texts are compared by.
const COLLATION: &str = "utf8mb4_0900_ai_ci";

pub(super) fn table(name: &str, binder: &Binder<'_>) -> Result<Option<Arc<dyn Table>>> {
    let name = name.to_ascii_lowercase();
    let Some(mut sheet) = Sheet::of(&format!("information_schema.{name}"))? else { return Ok(None) };
    match name.as_str() {
        "schemata" => {
            for name in database_names(binder) {
                sheet.add(&[
                    ("catalog_name", text(name.clone())),
                    ("schema_name", text(name)),
                    ("schema_owner", text("default")),
                    ("default_collation_name", text(COLLATION)),
                    ("default_encryption", text("NO")),
                ]);
            }
        }
        "tables" => tables(binder, &mut sheet),
        "columns" => columns(binder, &mut sheet)?,
        "views" => views(binder, &mut sheet),
        "engines" => {
            for name in super::system::ENGINES {
                let support = if *name == "MergeTree" { "DEFAULT" } else { "YES" };
                sheet.add(&[("engine", text(*name)), ("support", text(support))]);
            }
        }
        "key_column_usage" => key_columns(binder, &mut sheet)?,
        _ => {}
    }
    sheet.table().map(Some)
}

fn tables(binder: &Binder<'_>, sheet: &mut Sheet) {
    for (database, name, table) in catalog(binder) {
        let (kind, engine, rows, bytes) = match &table {
            Some(TableRef::Table(table)) => {
                let bytes = table.parts().iter().map(|part| part.bytes_on_disk).sum();
                ("BASE TABLE", table.engine().to_owned(), table.row_count(), Some(bytes))
            }
            _ => ("VIEW", "View".to_owned(), None, None),
        };
        sheet.add(&[
            ("table_catalog", text(database.clone())),
            ("table_schema", text(database)),
            ("table_name", text(name)),
            ("table_type", text(kind)),
            ("table_rows", known(rows)),
            ("data_length", known(bytes)),
            ("table_collation", text(COLLATION)),
            ("table_comment", text("")),
            ("engine", text(engine)),
        ]);
    }
}

fn views(binder: &Binder<'_>, sheet: &mut Sheet) {
    for (database, name, table) in catalog(binder) {
        let Some(TableRef::View { sql }) = table else { continue };
        sheet.add(&[
            ("table_catalog", text(database.clone())),
            ("table_schema", text(database)),
            ("table_name", text(name)),
            ("view_definition", text(sql)),
            ("check_option", text("NONE")),
        ]);
    }
}

fn columns(binder: &Binder<'_>, sheet: &mut Sheet) -> Result<()> {
    for described in all_columns(binder)? {
        let ty = described.column.ty.to_string();
        let numbers = Numbers::of(&described.column.ty);
        let (default, extra) = match &described.column.kind {
            ColumnKind::Ordinary => ("", ""),
            ColumnKind::Default(sql) => (sql.as_str(), "DEFAULT_GENERATED"),
            ColumnKind::Materialized(sql) => (sql.as_str(), "STORED GENERATED"),
            ColumnKind::Alias(sql) => (sql.as_str(), "VIRTUAL GENERATED"),
        };
        sheet.add(&[
            ("table_catalog", text(described.database.clone())),
            ("table_schema", text(described.database)),
            ("table_name", text(described.table)),
            ("column_name", text(described.column.name)),
            ("ordinal_position", Cell::Number(described.position)),
            ("column_default", text(default)),
            ("is_nullable", text(if described.column.ty.is_nullable() { "1" } else { "0" })),
            ("data_type", text(ty.clone())),
            ("character_octet_length", known(numbers.octets)),
            ("numeric_precision", known(numbers.precision)),
            ("numeric_precision_radix", known(numbers.radix)),
            ("numeric_scale", known(numbers.scale)),
            ("datetime_precision", known(numbers.time)),
            ("extra", text(extra)),
            ("column_type", text(ty)),
            ("column_key", text(if described.in_sorting_key { "PRI" } else { "" })),
        ]);
    }
    Ok(())
}

fn key_columns(binder: &Binder<'_>, sheet: &mut Sheet) -> Result<()> {
    for described in all_columns(binder)?.into_iter().filter(|described| described.in_sorting_key) {
        sheet.add(&[
            ("constraint_catalog", text("def")),
            ("constraint_schema", text(described.database.clone())),
            ("constraint_name", text("PRIMARY")),
            ("table_catalog", text("def")),
            ("table_schema", text(described.database)),
            ("table_name", text(described.table)),
            ("column_name", text(described.column.name)),
            ("ordinal_position", Cell::Number(1)),
        ]);
    }
    Ok(())
}

/// The sizes of a type's values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Numbers {
    pub(super) octets: Option<u64>,
    pub(super) precision: Option<u64>,
    pub(super) radix: Option<u64>,
    pub(super) scale: Option<u64>,
    pub(super) time: Option<u64>,
}

impl Numbers {
    pub(super) fn of(ty: &ChType) -> Self {
        match ty {
            ChType::Float32 => {
                Self { precision: Some(32), radix: Some(2), scale: Some(0), ..Self::default() }
            }
            ChType::Float64 => {
                Self { precision: Some(64), radix: Some(2), scale: Some(0), ..Self::default() }
            }
            ChType::Decimal(precision, scale) => Self {
                precision: Some((*precision).into()),
                radix: Some(10),
                scale: Some((*scale).into()),
                ..Self::default()
            },
            ChType::DateTime64(digits, _) => Self { time: Some((*digits).into()), ..Self::default() },
            ChType::FixedString(width) => Self { octets: Some(*width as u64), ..Self::default() },
            ty => match ty.integer_bits().filter(|_| *ty != ChType::Bool && !ty.is_nullable()) {
                Some((bits, _)) => {
                    Self { precision: Some(bits.into()), radix: Some(2), scale: Some(0), ..Self::default() }
                }
                None => Self::default(),
            },
        }
    }
}
