//! Table functions and the system tables that need no catalog.

use std::rc::Rc;
use std::sync::Arc;

use arrow::array::RecordBatch;
use kinglet_parser::ast::{ExprKind, Function};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::{Binder, Relation, Scope, Typed};
use crate::ColumnBuilder;
use crate::catalog::{Table, TableColumn};
use crate::conversion::{Failure, convert};
use crate::function::Column;
use crate::memory_table::{MemoryTable, Numbers};
use crate::operator::parse_type;

/// `system.one`, `system.numbers`, `system.tables`.
pub(super) fn system_table(
    database: Option<&str>,
    name: &str,
    binder: &Binder<'_>,
) -> Option<Arc<dyn Table>> {
    match (database, name) {
        (Some("system"), "one") => {
            let columns = vec![TableColumn::new("dummy", ChType::UInt8)];
            let batch = RecordBatch::try_new(
                MemoryTable::schema(&columns),
                vec![Arc::new(arrow::array::UInt8Array::from(vec![0]))],
            );
            Some(Arc::new(MemoryTable::new(columns, vec![batch.ok()?])))
        }
        (Some("system"), "numbers" | "numbers_mt") => {
            Some(Arc::new(Numbers::new("number", 0, 1, u64::MAX / 2)))
        }
        (Some("system"), "tables") => {
            let names = binder.catalog.names();
            let columns =
                vec![TableColumn::new("database", ChType::String), TableColumn::new("name", ChType::String)];
            let text = |values: Vec<&str>| Column::of_texts(values).array;
            let batch = RecordBatch::try_new(
                MemoryTable::schema(&columns),
                vec![
                    text(names.iter().map(|(database, _)| database.as_str()).collect()),
                    text(names.iter().map(|(_, name)| name.as_str()).collect()),
                ],
            );
            Some(Arc::new(MemoryTable::new(columns, vec![batch.ok()?])))
        }
        _ => None,
    }
}

/// Rows of zeros() at most.
const MAX_ZEROS: usize = 100_000_000;

impl Binder<'_> {
    pub(super) fn table_function(&self, scope: &Rc<Scope>, function: &Function) -> Result<Relation> {
        let name = function.name.name.as_str();
        let lower = name.to_ascii_lowercase();
        if lower == "view" {
            return match function.arguments.first().map(|arg| &arg.kind) {
                Some(ExprKind::Subquery(query)) => self.query(Some(scope), query),
                _ => {
                    Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, "view() needs a query")
                        .at(function.name.span))
                }
            };
        }
        let table: Arc<dyn Table> = match lower.as_str() {
            "numbers" | "numbers_mt" => self.numbers(scope, function, "number")?,
            "zeros" | "zeros_mt" => {
                let args = self.function_numbers(scope, function)?;
                let count =
                    usize::try_from(args.first().copied().unwrap_or(0)).unwrap_or(usize::MAX).min(MAX_ZEROS);
                let columns = vec![TableColumn::new("zero", ChType::UInt8)];
                let zeros: arrow::array::ArrayRef = Arc::new(arrow::array::UInt8Array::from(vec![0; count]));
                let batch = RecordBatch::try_new(MemoryTable::schema(&columns), vec![zeros]);
                let batch = batch.map_err(crate::function::result::internal)?;
                Arc::new(MemoryTable::new(columns, vec![batch]))
            }
            "generateseries" | "generate_series" => self.series(scope, function)?,
            "values" => self.values(scope, function)?,
            "sqlstandardvalues" => self.standard_values(scope, function)?,
            "null" => {
                let text = self.constant_text(scope, function, 0)?;
                let columns = structure(&text)?;
                Arc::new(MemoryTable::new(columns, Vec::new()))
            }
            _ => {
                let message = format!("Unknown table function {name}");
                let code = ErrorCode::from_name("UNKNOWN_FUNCTION").unwrap_or(ErrorCode::UNKNOWN_FUNCTION);
                return Err(SqlError::new(code, message).at(function.name.span));
            }
        };
        Ok(self.scan(&table, false)?.0)
    }

    fn constants(&self, scope: &Rc<Scope>, function: &Function) -> Result<Vec<Typed>> {
        let bound = self.exprs(scope, &function.arguments, Context::rows("table function"))?;
        match bound.iter().position(|arg| arg.constant.is_none()) {
            None => Ok(bound),
            Some(at) => {
                let message =
                    format!("Argument {} of table function {} must be constant", at + 1, function.name.name);
                Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(function.name.span))
            }
        }
    }

    fn function_numbers(&self, scope: &Rc<Scope>, function: &Function) -> Result<Vec<u64>> {
        let constants = self.constants(scope, function)?;
        constants
            .iter()
            .map(|arg| {
                let value = arg.constant.as_ref().and_then(Column::int_value);
                value.map(|v| v as u64).ok_or_else(|| {
                    let message = format!("Table function {} needs whole numbers", function.name.name);
                    SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(function.name.span)
                })
            })
            .collect()
    }

    fn numbers(&self, scope: &Rc<Scope>, function: &Function, column: &str) -> Result<Arc<dyn Table>> {
        Ok(Arc::new(match self.function_numbers(scope, function)?.as_slice() {
            [] => Numbers::new(column, 0, 1, u64::MAX / 2),
            [count] => Numbers::new(column, 0, 1, *count),
            [start, count] => Numbers::new(column, *start, 1, *count),
            [start, count, step] if *step > 0 => Numbers::new(column, *start, *step, count.div_ceil(*step)),
            other => {
                let count = other.len();
                return Err(SqlError::wrong_argument_count("numbers", count, "0 to 3").at(function.name.span));
            }
        }))
    }

    fn series(&self, scope: &Rc<Scope>, function: &Function) -> Result<Arc<dyn Table>> {
        let args = self.function_numbers(scope, function)?;
        let (start, stop, step) = match args.as_slice() {
            [start, stop] => (*start, *stop, 1),
            [start, stop, step] if *step > 0 => (*start, *stop, *step),
            [_, _, _] => {
                let message = "The step of generate_series must be positive";
                return Err(
                    SqlError::new(ErrorCode::INVALID_LIMIT_EXPRESSION, message).at(function.name.span)
                );
            }
            other => return Err(SqlError::wrong_argument_count("generate_series", other.len(), "2 or 3")),
        };
        let count = if stop < start { 0 } else { (stop - start) / step + 1 };
        Ok(Arc::new(Numbers::new("generate_series", start, step, count)))
    }

    fn constant_text(&self, scope: &Rc<Scope>, function: &Function, at: usize) -> Result<String> {
        let argument = function.arguments.get(at);
        let bound = argument.map(|arg| self.expr(scope, arg, Context::rows("table function"))).transpose()?;
        bound.and_then(|b| b.constant).and_then(|c| c.text_value()).ok_or_else(|| {
            let message = format!("Table function {} needs a structure as text", function.name.name);
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(function.name.span)
        })
    }

    /// `values('a UInt8, b String', (1, 'x'), ..)`, or rows without a structure.
    fn values(&self, scope: &Rc<Scope>, function: &Function) -> Result<Arc<dyn Table>> {
        let constants = self.constants(scope, function)?;
        let first = constants.first().and_then(|c| c.constant.as_ref()).and_then(Column::text_value);
        let given = first.as_deref().and_then(|text| structure(text).ok()).filter(|_| constants.len() > 1);
        let rows = if given.is_some() { constants.get(1..).unwrap_or_default() } else { &constants };
        self.rows_table(given, rows)
    }

    fn standard_values(&self, scope: &Rc<Scope>, function: &Function) -> Result<Arc<dyn Table>> {
        let constants = self.constants(scope, function)?;
        self.rows_table(None, &constants)
    }

    fn rows_table(&self, columns: Option<Vec<TableColumn>>, rows: &[Typed]) -> Result<Arc<dyn Table>> {
        // Each row as a list of values with their types.
        let mut cells: Vec<Vec<Column>> = Vec::new();
        for row in rows {
            let Some(constant) = &row.constant else { continue };
            cells.push(match &constant.ty {
                ChType::Tuple(fields)
                    if columns.as_ref().is_none_or(|c| c.len() > 1 || fields.len() == 1) =>
                {
                    use arrow::array::AsArray;
                    let parts = constant.array.as_struct();
                    fields
                        .iter()
                        .enumerate()
                        .map(|(at, (_, ty))| Column::constant(ty.clone(), Arc::clone(parts.column(at))))
                        .collect()
                }
                _ => vec![constant.clone()],
            });
        }
        let columns = match columns {
            Some(columns) => columns,
            None => {
                let width = cells.first().map_or(0, Vec::len);
                (0..width)
                    .map(|at| {
                        let types: Vec<ChType> =
                            cells.iter().filter_map(|row| row.get(at)).map(|c| c.ty.clone()).collect();
                        TableColumn::new(format!("c{}", at + 1), kinglet_types::or_variant(&types))
                    })
                    .collect()
            }
        };
        let mut arrays = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            let parts = cells
                .iter()
                .map(|row| {
                    let cell = row.get(at).ok_or_else(|| {
                        let message = "Rows of VALUES have different numbers of columns";
                        SqlError::new(
                            ErrorCode::from_name("NUMBER_OF_COLUMNS_DOESNT_MATCH")
                                .unwrap_or(ErrorCode::BAD_ARGUMENTS),
                            message,
                        )
                    })?;
                    convert(&cell.array, &cell.ty, &column.ty, Failure::Error, &self.environment)
                })
                .collect::<Result<Vec<_>>>()?;
            let parts: Vec<&dyn arrow::array::Array> = parts.iter().map(AsRef::as_ref).collect();
            arrays.push(match parts.is_empty() {
                true => ColumnBuilder::new(&column.ty).finish()?,
                false => arrow::compute::concat(&parts).map_err(crate::function::result::internal)?,
            });
        }
        let batch = RecordBatch::try_new(MemoryTable::schema(&columns), arrays)
            .map_err(crate::function::result::internal)?;
        Ok(Arc::new(MemoryTable::new(columns, vec![batch])))
    }
}

/// Columns from `name Type, name Type`.
///
/// # Errors
/// 62 and 50 when the text is no structure.
pub(crate) fn structure(text: &str) -> Result<Vec<TableColumn>> {
    let ty = parse_type(&format!("Tuple({text})"))?;
    let ChType::Tuple(fields) = ty else {
        return Err(SqlError::new(ErrorCode::SYNTAX_ERROR, "not a structure"));
    };
    fields
        .iter()
        .map(|(name, ty)| match name {
            Some(name) => Ok(TableColumn::new(name.to_string(), ty.clone())),
            None => {
                Err(SqlError::new(ErrorCode::SYNTAX_ERROR, format!("A column name is missing before {ty}")))
            }
        })
        .collect()
}
