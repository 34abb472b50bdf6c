//! Table functions.

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

/// Name and purpose of each table function.
pub(super) const TABLE_FUNCTIONS: &[(&str, &str)] = &[
    ("format", "Rows of a text in a format."),
    ("generateRandom", "Random rows of a structure."),
    ("generate_series", "Numbers from a start to an end."),
    ("generateSeries", "Numbers from a start to an end."),
    ("loop", "The rows of a table again and again."),
    ("merge", "The rows of all tables whose names match."),
    ("null", "No rows of a structure."),
    ("numbers", "Numbers from 0 or a start."),
    ("numbers_mt", "Numbers from 0 or a start."),
    ("values", "The rows written."),
    ("view", "The rows of a query."),
    ("zeros", "Zeros."),
    ("zeros_mt", "Zeros."),
];

/// Table functions of ClickHouse that read something outside of the engine.
const OUTSIDE: &[&str] = &[
    "azureblobstorage",
    "azureblobstoragecluster",
    "cluster",
    "clusterallreplicas",
    "deltalake",
    "executable",
    "file",
    "filecluster",
    "gcs",
    "hdfs",
    "hdfscluster",
    "hudi",
    "iceberg",
    "icebergs3",
    "input",
    "jdbc",
    "mongodb",
    "mysql",
    "odbc",
    "oss",
    "paimon",
    "postgresql",
    "redis",
    "remote",
    "remotesecure",
    "s3",
    "s3cluster",
    "sqlite",
    "url",
    "urlcluster",
];

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
            "format" => self.format_table(scope, function)?,
            "generaterandom" => self.random_table(scope, function)?,
            "loop" => return self.looped(scope, function),
            "merge" => return self.merged_tables(scope, function),
            outside if OUTSIDE.contains(&outside) => {
                let message = format!(
                    "Table function {name} reads from outside of the engine, which is not possible here: import the data into a data source and read that"
                );
                return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message).at(function.name.span));
            }
            _ if matches!(self.catalog.resolve(None, name), Some(crate::TableRef::View { .. })) => {
                return self.parametrized_view(scope, function);
            }
            _ => {
                let message = format!("Unknown table function {name}");
                let code = ErrorCode::from_name("UNKNOWN_FUNCTION").unwrap_or(ErrorCode::UNKNOWN_FUNCTION);
                return Err(SqlError::new(code, message).at(function.name.span));
            }
        };
        Ok(self.scan(&table, false)?.0)
    }

    /// `view(name = value, ..)`: a view with values for its parameters.
    fn parametrized_view(&self, scope: &Rc<Scope>, function: &Function) -> Result<Relation> {
        let wrong = || {
            let message = "Arguments of a parametrized view are written as name = value";
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(function.name.span)
        };
        let mut parameters = std::collections::BTreeMap::new();
        for argument in &function.arguments {
            let call = argument.as_function().filter(|call| call.name.name == "equals").ok_or_else(wrong)?;
            let [name, value] = call.arguments.as_slice() else { return Err(wrong()) };
            let name = name.as_identifier().ok_or_else(wrong)?.full_name();
            let value = self.expr(scope, value, Context::rows("table function"))?;
            let constant = value.constant.ok_or_else(wrong)?;
            let mut text = Vec::new();
            let style = crate::text::Style::Plain;
            crate::text::write_value(&constant.array, 0, &constant.ty, style, &self.environment, &mut text);
            parameters.insert(name, String::from_utf8_lossy(&text).into_owned());
        }
        let Some(crate::TableRef::View { sql }) = self.catalog.resolve(None, &function.name.name) else {
            return Err(wrong());
        };
        self.tables.borrow_mut().push((None, function.name.name.clone()));
        self.view_parameters.borrow_mut().push(parameters);
        let relation = self.query_text(scope, &sql, function);
        self.view_parameters.borrow_mut().pop();
        relation
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
                // Above the largest signed number the bits are those of an unsigned one.
                let unsigned = arg.ty.integer_bits().is_some_and(|(_, signed)| !signed);
                value.filter(|value| unsigned || *value >= 0).map(|value| value as u64).ok_or_else(|| {
                    let name = &function.name.name;
                    let message = format!("Table function {name} needs whole numbers that are not negative");
                    SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message).at(function.name.span)
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
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(function.name.span));
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

    /// `format(Name, ['structure',] 'text')`.
    fn format_table(&self, scope: &Rc<Scope>, function: &Function) -> Result<Arc<dyn Table>> {
        let count = function.arguments.len();
        if !(2..=3).contains(&count) {
            return Err(SqlError::wrong_argument_count("format", count, "2 or 3").at(function.name.span));
        }
        let name = match function.arguments.first().map(|argument| &argument.kind) {
            Some(ExprKind::Identifier(path)) => path.full_name(),
            _ => self.constant_text(scope, function, 0)?,
        };
        let columns = match count {
            3 => Some(structure(&self.constant_text(scope, function, 1)?)?),
            _ => None,
        };
        let text = self.constant_text(scope, function, count - 1)?;
        let told = columns.is_some();
        let read = super::format_rows::read(&name, columns, text.as_bytes(), &self.environment);
        let extract =
            ErrorCode::from_name("CANNOT_EXTRACT_TABLE_STRUCTURE").unwrap_or(ErrorCode::BAD_ARGUMENTS);
        let (columns, batch) = read.map_err(|error| match error.code {
            ErrorCode::INCORRECT_DATA if !told => SqlError { code: extract, ..error },
            _ => error,
        })?;
        Ok(Arc::new(MemoryTable::new(columns, vec![batch])))
    }

    /// `generateRandom('structure'[, seed[, longest text[, longest array]]])`: endless in ClickHouse, 65,536 rows here.
    fn random_table(&self, scope: &Rc<Scope>, function: &Function) -> Result<Arc<dyn Table>> {
        const ROWS: usize = 65_536;
        let columns = structure(&self.constant_text(scope, function, 0)?)?;
        let number = |at: usize, default: u64| -> Result<u64> {
            let Some(argument) = function.arguments.get(at) else { return Ok(default) };
            let bound = self.expr(scope, argument, Context::rows("table function"))?;
            let value = bound.constant.as_ref().and_then(Column::int_value);
            Ok(value.and_then(|value| u64::try_from(value).ok()).unwrap_or(default))
        };
        let mut random = super::random_rows::Random::new(number(1, 0)?, number(2, 10)?, number(3, 10)?);
        let arrays =
            columns.iter().map(|column| random.column(&column.ty, ROWS)).collect::<Result<Vec<_>>>()?;
        let batch = RecordBatch::try_new(MemoryTable::schema(&columns), arrays);
        let batch = batch.map_err(crate::function::result::internal)?;
        Ok(Arc::new(MemoryTable::new(columns, vec![batch])))
    }

    /// `loop(table)`: its rows a thousand times, as nothing here is endless.
    fn looped(&self, scope: &Rc<Scope>, function: &Function) -> Result<Relation> {
        const ROUNDS: usize = 1_000;
        let name = match function.arguments.as_slice() {
            [one] => kinglet_parser::expr_to_string(one),
            [database, table] => {
                format!(
                    "{}.{}",
                    kinglet_parser::expr_to_string(database),
                    kinglet_parser::expr_to_string(table)
                )
            }
            other => return Err(SqlError::wrong_argument_count("loop", other.len(), "1 or 2")),
        };
        self.query_text(
            scope,
            &format!("SELECT * FROM {name} AS `__looped` CROSS JOIN numbers({ROUNDS}) AS `__rounds`"),
            function,
        )
        .map(|mut all| {
            all.columns.pop();
            all
        })
    }

    /// `merge(['database',] 'pattern')`: the rows of all tables whose names match, with the name in `_table`.
    fn merged_tables(&self, scope: &Rc<Scope>, function: &Function) -> Result<Relation> {
        let (database, pattern) = match function.arguments.as_slice() {
            [_] => (self.database.clone(), self.constant_text(scope, function, 0)?),
            [first, _] => {
                let database = match &first.kind {
                    ExprKind::Identifier(path) => path.full_name(),
                    ExprKind::Function(call) if call.name.name.eq_ignore_ascii_case("currentDatabase") => {
                        self.database.clone()
                    }
                    _ => self.constant_text(scope, function, 0)?,
                };
                (database, self.constant_text(scope, function, 1)?)
            }
            other => return Err(SqlError::wrong_argument_count("merge", other.len(), "1 or 2")),
        };
        let wrong = |message: String| SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(function.name.span);
        let pattern = regex::Regex::new(&pattern).map_err(|error| wrong(format!("merge: {error}")))?;
        let names = self.catalog.names().into_iter().filter(|(of, _)| *of == database).map(|(_, name)| name);
        let tables: Vec<String> = names.filter(|name| pattern.is_match(name)).collect();
        // Every table gives every column, its own or the default of another's.
        let mut columns: Vec<(String, ChType)> = Vec::new();
        let mut own: Vec<Vec<String>> = Vec::new();
        for table in &tables {
            let found = self.catalog.resolve(Some(&database), table);
            let Some(crate::TableRef::Table(found)) = found else {
                own.push(Vec::new());
                continue;
            };
            own.push(found.columns().iter().map(|column| column.name.clone()).collect());
            for column in found.columns() {
                match columns.iter_mut().find(|(name, _)| *name == column.name) {
                    Some((_, ty)) => *ty = kinglet_types::or_variant(&[ty.clone(), column.ty.clone()]),
                    None => columns.push((column.name.clone(), column.ty.clone())),
                }
            }
        }
        let selects = tables.iter().zip(&own).filter(|(_, own)| !own.is_empty()).map(|(table, own)| {
            let values = columns.iter().map(|(name, ty)| {
                let array = kinglet_types::quote_string(&format!("Array({ty})"));
                let quoted = kinglet_types::quote_string(&ty.to_string());
                // The element of an empty array is the type's default.
                match own.contains(name) {
                    true => format!("CAST(`{name}`, {quoted}) AS `{name}`"),
                    false => format!("CAST([], {array})[1] AS `{name}`"),
                }
            });
            let values: Vec<String> = values.collect();
            let (shown, of) = (kinglet_types::quote_string(table), kinglet_types::quote_string(&database));
            format!(
                "SELECT {}, CAST({shown}, 'LowCardinality(String)') AS _table, CAST({of}, 'LowCardinality(String)') AS _database FROM `{database}`.`{table}`",
                values.join(", ")
            )
        });
        let text = selects.collect::<Vec<_>>().join(" UNION ALL ");
        if text.is_empty() {
            let message = format!("There is no table in {database} whose name matches");
            let code =
                ErrorCode::from_name("CANNOT_EXTRACT_TABLE_STRUCTURE").unwrap_or(ErrorCode::BAD_ARGUMENTS);
            return Err(SqlError::new(code, message).at(function.name.span));
        }
        self.query_text(scope, &text, function)
    }

    /// A query that stands for a table function.
    fn query_text(&self, scope: &Rc<Scope>, text: &str, function: &Function) -> Result<Relation> {
        let query = kinglet_parser::parse_select(text).into_result();
        let query = query
            .map_err(|error| SqlError::new(ErrorCode::SYNTAX_ERROR, error.message).at(function.name.span))?;
        self.query(Some(scope), &query).map_err(|error| error.at(function.name.span))
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
                        SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
                    })?;
                    let converted =
                        convert(&cell.array, &cell.ty, &column.ty, Failure::Error, &self.environment);
                    converted.map_err(|error| SqlError { code: ErrorCode::TYPE_MISMATCH, ..error })
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
