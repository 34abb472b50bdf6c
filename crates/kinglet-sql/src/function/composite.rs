//! Functions composed of others: their types and values are those of the calls they are made of.

use std::ops::RangeInclusive;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Float64Array, StructArray, UInt64Array};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result, SqlError};

use super::result::internal;
use super::{ArgType, Args, Call, Column, Function, Functions, Spec, evaluate_call, result_type};
use crate::{Environment, arrow_type};

/// A function made of calls of other functions.
pub(super) struct Composite {
    pub(super) spec: &'static Spec,
    /// How many arguments it takes.
    pub(super) count: RangeInclusive<usize>,
    /// Computes the value of the arguments.
    pub(super) compose: fn(&Composer<'_>, &[Column]) -> Result<Column>,
}

/// Calls functions by name over one batch.
pub(super) struct Composer<'a> {
    /// Name of the composed function, for messages.
    pub(super) name: &'a str,
    rows: usize,
    environment: &'a Environment,
}

impl Composer<'_> {
    /// The value of a call.
    ///
    /// # Errors
    /// What the function refuses.
    pub(super) fn apply(&self, name: &str, args: &[&Column]) -> Result<Column> {
        let function = Functions::get().find(name).ok_or_else(|| internal(format!("{name} is missing")))?;
        let args: Vec<Column> = args.iter().map(|column| (*column).clone()).collect();
        let list: Vec<ArgType> = args
            .iter()
            .map(|column| ArgType {
                constant: column.constant.then(|| column.clone()),
                ..ArgType::new(column.ty.clone())
            })
            .collect();
        let ty = result_type(function, &Args { name, list: &list, environment: self.environment })?;
        let constant = args.iter().all(|column| column.constant);
        let rows = if constant { 1 } else { self.rows };
        let array = evaluate_call(function, name, &args, &[], &ty, rows, self.environment)?;
        Ok(Column { ty, constant: array.len() == 1 && constant, array })
    }

    /// The elements of a tuple.
    ///
    /// # Errors
    /// 43 for another type.
    pub(super) fn fields(&self, column: &Column, at: usize) -> Result<Vec<Column>> {
        let refused = || SqlError::illegal_type(self.name, at + 1, &column.ty);
        let ChType::Tuple(fields) = column.ty.bare() else { return Err(refused()) };
        let parts = column.array.as_struct_opt().ok_or_else(refused)?;
        let columns = parts.columns().iter().zip(fields.iter());
        Ok(columns
            .map(|(array, (_, ty))| Column {
                ty: ty.clone(),
                array: Arc::clone(array),
                constant: column.constant,
            })
            .collect())
    }

    /// The elements of two tuples of one length.
    ///
    /// # Errors
    /// 43 for other types.
    pub(super) fn pairs(&self, left: &Column, right: &Column) -> Result<Vec<(Column, Column)>> {
        let (a, b) = (self.fields(left, 0)?, self.fields(right, 1)?);
        if a.len() != b.len() {
            return Err(SqlError::illegal_type(self.name, 2, &right.ty));
        }
        Ok(a.into_iter().zip(b).collect())
    }

    /// A tuple of columns.
    ///
    /// # Errors
    /// 49 when Arrow refuses them.
    pub(super) fn tuple(&self, columns: Vec<Column>) -> Result<Column> {
        let ty = ChType::tuple(columns.iter().map(|column| column.ty.clone()));
        let DataType::Struct(fields) = arrow_type(&ty) else { return Err(internal("no tuple")) };
        let arrays: Vec<ArrayRef> = columns.iter().map(|column| column.expanded(self.rows)).collect();
        let array: ArrayRef = if arrays.is_empty() {
            Arc::new(StructArray::new_empty_fields(self.rows, None))
        } else {
            Arc::new(StructArray::try_new(fields, arrays, None).map_err(internal)?)
        };
        Ok(Column::new(ty, array))
    }

    /// The sum of columns; a constant 0 of none.
    ///
    /// # Errors
    /// What `plus` refuses.
    pub(super) fn sum(&self, columns: Vec<Column>) -> Result<Column> {
        self.fold("plus", columns)
    }

    /// Columns joined by a function of two.
    ///
    /// # Errors
    /// What the function refuses.
    pub(super) fn fold(&self, name: &str, columns: Vec<Column>) -> Result<Column> {
        let mut columns = columns.into_iter();
        let Some(mut sum) = columns.next() else {
            let zero = arrow::array::UInt8Array::from(vec![0]);
            return Ok(Column::constant(ChType::UInt8, Arc::new(zero)));
        };
        for next in columns {
            sum = self.apply(name, &[&sum, &next])?;
        }
        Ok(sum)
    }

    /// A constant Float64.
    pub(super) fn float(&self, value: f64) -> Column {
        Column::constant(ChType::Float64, Arc::new(Float64Array::from(vec![value])))
    }

    /// A constant UInt64.
    pub(super) fn number(&self, value: u64) -> Column {
        Column::constant(ChType::UInt64, Arc::new(UInt64Array::from(vec![value])))
    }
}

impl Function for Composite {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(self.count.clone())?;
        let columns: Vec<Column> = args
            .list
            .iter()
            .map(|arg| match &arg.constant {
                Some(value) => Column { ty: arg.ty.clone(), ..value.clone() },
                None => Column::new(arg.ty.clone(), arrow::array::new_empty_array(&arrow_type(&arg.ty))),
            })
            .collect();
        let constant = columns.iter().all(|column| column.constant);
        let rows = usize::from(constant);
        let composer = Composer { name: args.name, rows, environment: args.environment };
        (self.compose)(&composer, &columns).map(|column| column.ty)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let composer = Composer { name: call.name, rows: call.rows, environment: call.environment };
        Ok((self.compose)(&composer, call.args)?.expanded(call.rows))
    }
}
