//! `IN`: whether a row's values are among those of a set that was computed before.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use arrow::array::{Array, ArrayRef, BooleanArray};
use arrow::datatypes::DataType;
use arrow::row::{RowConverter, SortField};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, TypeSignature, Volatility,
};
use kinglet_types::{ErrorCode, SqlError};

use crate::fault::to_datafusion;

/// The distinct rows of a set in comparable bytes.
pub(crate) struct ValueSet {
    converter: RowConverter,
    rows: HashSet<Box<[u8]>>,
}

impl ValueSet {
    /// An empty set of rows of these types.
    pub(crate) fn new(types: &[DataType]) -> Result<Self> {
        let fields = types.iter().map(|ty| SortField::new(ty.clone())).collect();
        Ok(Self { converter: RowConverter::new(fields)?, rows: HashSet::new() })
    }

    /// Adds rows; those with a NULL never match and are left out.
    pub(crate) fn add(&mut self, columns: &[ArrayRef]) -> Result<()> {
        let rows = self.converter.convert_columns(columns)?;
        for (at, row) in rows.iter().enumerate() {
            if columns.iter().all(|column| column.is_valid(at)) && !self.rows.contains(row.data()) {
                self.rows.insert(row.data().into());
            }
        }
        Ok(())
    }

    fn contains(&self, columns: &[ArrayRef], negated: bool) -> Result<BooleanArray> {
        let rows = self.converter.convert_columns(columns)?;
        Ok(rows.iter().map(|row| Some(self.rows.contains(row.data()) != negated)).collect())
    }
}

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
