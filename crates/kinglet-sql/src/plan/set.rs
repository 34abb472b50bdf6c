//! `IN`: whether a row's values are among those of a set that was computed before.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::DataType;
use arrow::row::{RowConverter, SortField};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, Volatility,
};
use kinglet_types::{ErrorCode, SqlError};

use super::Mixing;
use crate::aggregate::{is_narrow, stored_ints};
use crate::fault::to_datafusion;

/// The distinct rows of a set.
pub(crate) struct ValueSet {
    rows: Rows,
    /// Whether a row with a NULL is among them, where NULL is equal to NULL.
    nulls: Option<bool>,
}

enum Rows {
    /// One column of whole numbers, dates, times or decimals of up to 64 bits.
    Numbers(HashSet<i64, Mixing>),
    /// One column of texts.
    Texts(HashSet<Box<[u8]>, Mixing>),
    /// Anything else, in comparable bytes.
    Encoded(RowConverter, HashSet<Box<[u8]>, Mixing>),
}

impl ValueSet {
    /// An empty set of rows of these types.
    pub(crate) fn new(types: &[DataType]) -> Result<Self> {
        let rows = match types {
            [DataType::BinaryView] => Rows::Texts(HashSet::default()),
            [one] if is_narrow(one) => Rows::Numbers(HashSet::default()),
            _ => {
                let fields = types.iter().map(|ty| SortField::new(ty.clone())).collect();
                Rows::Encoded(RowConverter::new(fields)?, HashSet::default())
            }
        };
        Ok(Self { rows, nulls: None })
    }

    /// The same with NULL equal to NULL (`transform_null_in`).
    pub(crate) fn with_nulls(self) -> Self {
        Self { nulls: Some(false), ..self }
    }

    /// Adds rows; those with a NULL never match and are left out. Answers about how many bytes more are held.
    pub(crate) fn add(&mut self, columns: &[ArrayRef]) -> Result<usize> {
        let one = columns.len() == 1;
        if let (Some(nulls), [column]) = (&mut self.nulls, columns) {
            *nulls |= column.null_count() > 0;
        }
        let with_nulls = self.nulls.is_some() && !one;
        let valid = |row: usize| with_nulls || columns.iter().all(|column| column.is_valid(row));
        let mut held = 0;
        let mut insert = |set: &mut HashSet<Box<[u8]>, Mixing>, bytes: &[u8]| {
            if !set.contains(bytes) {
                held += bytes.len() + ENTRY;
                set.insert(bytes.into());
            }
        };
        match (&mut self.rows, columns) {
            (Rows::Numbers(set), [column]) => {
                let before = set.len();
                let numbers = stored_ints(column).map_err(to_datafusion)?;
                set.extend(
                    numbers.iter().enumerate().filter(|(row, _)| valid(*row)).map(|(_, number)| *number),
                );
                held += (set.len() - before) * ENTRY;
            }
            (Rows::Texts(set), [column]) => {
                let texts = column.as_binary_view();
                (0..texts.len()).filter(|row| valid(*row)).for_each(|row| insert(set, texts.value(row)));
            }
            (Rows::Encoded(converter, set), columns) => {
                let rows = converter.convert_columns(columns)?;
                for (_, row) in rows.iter().enumerate().filter(|(at, _)| valid(*at)) {
                    insert(set, row.data());
                }
            }
            _ => return datafusion::common::internal_err!("a set of another number of columns"),
        }
        Ok(held)
    }

    fn contains(&self, columns: &[ArrayRef], negated: bool) -> Result<BooleanArray> {
        let null = |row: usize| {
            self.nulls == Some(true) && columns.len() == 1 && columns.iter().any(|column| column.is_null(row))
        };
        let flags = |rows: usize, found: &dyn Fn(usize) -> bool| {
            let any = |row: usize| (found(row) || null(row)) != negated;
            BooleanArray::new(BooleanBuffer::collect_bool(rows, any), None)
        };
        match (&self.rows, columns) {
            (Rows::Numbers(set), [column]) => {
                let numbers = stored_ints(column).map_err(to_datafusion)?;
                let valid = |row: usize| column.is_valid(row);
                Ok(flags(numbers.len(), &|row| {
                    numbers.get(row).is_some_and(|number| set.contains(number)) && valid(row)
                }))
            }
            (Rows::Texts(set), [column]) => {
                let texts = column.as_binary_view();
                Ok(flags(texts.len(), &|row| texts.is_valid(row) && set.contains(texts.value(row))))
            }
            (Rows::Encoded(converter, set), columns) => {
                let rows = converter.convert_columns(columns)?;
                Ok(flags(rows.num_rows(), &|row| set.contains(rows.row(row).data())))
            }
            _ => datafusion::common::internal_err!("a set of another number of columns"),
        }
    }
}

/// Bytes a set holds per entry beside the entry's own.
const ENTRY: usize = 32;

/// A set that is filled before the query that uses it runs.
pub(crate) type SetSource = Arc<OnceLock<ValueSet>>;

/// `values IN set` as an expression of type Boolean that is never NULL.
pub(crate) fn in_set(set: SetSource, values: Vec<Expr>, negated: bool) -> Expr {
    let signature = Signature::new(TypeSignature::VariadicAny, Volatility::Immutable);
    ScalarUDF::new_from_impl(InSet { set, negated, signature }).call(values)
}

#[derive(Clone)]
struct InSet {
    set: SetSource,
    negated: bool,
    signature: Signature,
}

impl ScalarUDFImpl for InSet {
    fn name(&self) -> &str {
        "in"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn is_nullable(&self, _args: &[Expr], _schema: &dyn datafusion::common::ExprSchema) -> bool {
        false
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(set) = self.set.get() else {
            return Err(to_datafusion(SqlError::new(
                ErrorCode::LOGICAL_ERROR,
                "A set is used before it is there",
            )));
        };
        let constant = args.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let rows = if constant { 1 } else { args.number_rows };
        let columns =
            args.args.into_iter().map(|value| value.into_array(rows)).collect::<Result<Vec<_>>>()?;
        let found = set.contains(&columns, self.negated)?;
        if constant && !found.is_empty() {
            return Ok(ColumnarValue::Scalar(ScalarValue::Boolean(Some(found.value(0)))));
        }
        Ok(ColumnarValue::Array(Arc::new(found)))
    }
}

impl std::fmt::Debug for InSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.negated { "notIn" } else { "in" })
    }
}

impl PartialEq for InSet {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.set, &other.set) && self.negated == other.negated
    }
}

impl Eq for InSet {}

impl Hash for InSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.set).hash(state);
        self.negated.hash(state);
    }
}
