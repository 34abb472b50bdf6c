//! Conditions on columns, decided row by row: what a scan reads first, to leave the other columns unread.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, Scalar};
use arrow::compute::kernels::cmp;
use arrow::compute::{and, is_null, not, or, prep_null_mask_filter};
use arrow::datatypes::{DataType, SchemaRef};

use crate::error::StorageError;
use crate::scan::{Bound, ScanRequest, ValueTest};

/// Values of a list that are compared one by one; of longer lists the bounds of granules must do.
const LONGEST_LIST: usize = 16;

/// Conditions that all wanted rows meet, by column.
#[derive(Debug, Default)]
pub(crate) struct RowTests {
    tests: Vec<(usize, Vec<RowTest>)>,
}

#[derive(Debug)]
enum RowTest {
    AtLeast(ArrayRef),
    MoreThan(ArrayRef),
    AtMost(ArrayRef),
    LessThan(ArrayRef),
    OneOf(Vec<ArrayRef>),
    IsNull,
    IsNotNull,
}

impl RowTests {
    /// The conditions of a request that can be decided for single rows. With `keys_only`, conditions on other columns
    /// than those of the sorting key are left out: rows of one key must stay together to be combined.
    pub(crate) fn new(
        request: &ScanRequest,
        schema: &SchemaRef,
        key_columns: &[Option<usize>],
        keys_only: bool,
    ) -> Self {
        // A condition on a column of the key may be given both ways: once is enough.
        let given = |column: usize| request.filters.iter().any(|filter| filter.column == column);
        let keys = request.key_filters.iter().filter_map(|filter| {
            let column = key_columns.get(filter.position).copied().flatten()?;
            (!given(column)).then_some((column, &filter.test))
        });
        let columns = request.filters.iter().map(|filter| (filter.column, &filter.test));
        let columns = columns.filter(|(column, _)| !keys_only || key_columns.contains(&Some(*column)));
        let mut tests = RowTests::default();
        for (column, test) in columns.chain(keys) {
            let Some(field) = schema.fields().get(column) else { continue };
            let compiled = compile(test, field.data_type());
            if compiled.is_empty() {
                continue;
            }
            match tests.tests.iter_mut().find(|(known, _)| *known == column) {
                Some((_, known)) => known.extend(compiled),
                None => tests.tests.push((column, compiled)),
            }
        }
        tests
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// The columns it reads.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> {
        self.tests.iter().map(|(column, _)| *column)
    }

    /// Which rows of a column meet its conditions; never null. `None` without conditions on it.
    pub(crate) fn evaluate(
        &self,
        column: usize,
        values: &ArrayRef,
    ) -> Result<Option<BooleanArray>, StorageError> {
        let Some((_, tests)) = self.tests.iter().find(|(known, _)| *known == column) else { return Ok(None) };
        let mut mask: Option<BooleanArray> = None;
        for test in tests {
            let met = test.evaluate(values)?;
            let met = if met.null_count() > 0 { prep_null_mask_filter(&met) } else { met };
            mask = Some(match mask {
                Some(before) => and(&before, &met)?,
                None => met,
            });
        }
        Ok(mask)
    }
}

/// Nothing if the condition cannot be decided here.
fn compile(test: &ValueTest, data_type: &DataType) -> Vec<RowTest> {
    let fits = |value: &ArrayRef| value.data_type() == data_type && value.len() == 1 && value.is_valid(0);
    // Floats: -0 equals 0 and NaN is in no order, which Arrow sees otherwise.
    if data_type.is_nested() || data_type.is_floating() {
        return Vec::new();
    }
    match test {
        ValueTest::Range { lower, upper } => {
            let end = |bound: &Option<Bound>,
                       inclusive: fn(ArrayRef) -> RowTest,
                       exclusive: fn(ArrayRef) -> RowTest| {
                let bound = bound.as_ref().filter(|bound| fits(&bound.value))?;
                let make = if bound.inclusive { inclusive } else { exclusive };
                Some(make(Arc::clone(&bound.value)))
            };
            let lower = end(lower, RowTest::AtLeast, RowTest::MoreThan);
            lower.into_iter().chain(end(upper, RowTest::AtMost, RowTest::LessThan)).collect()
        }
        ValueTest::In(values) => {
            let valid = (0..values.len()).filter(|row| values.is_valid(*row));
            let single: Vec<ArrayRef> = valid.map(|row| values.slice(row, 1)).collect();
            if single.len() > LONGEST_LIST || !single.iter().all(fits) {
                return Vec::new();
            }
            vec![RowTest::OneOf(single)]
        }
        ValueTest::IsNull => vec![RowTest::IsNull],
        ValueTest::IsNotNull => vec![RowTest::IsNotNull],
        ValueTest::Text(_) => Vec::new(),
    }
}

impl RowTest {
    fn evaluate(&self, values: &ArrayRef) -> Result<BooleanArray, StorageError> {
        let one = |value: &ArrayRef| Scalar::new(Arc::clone(value));
        Ok(match self {
            RowTest::AtLeast(value) => cmp::gt_eq(values, &one(value))?,
            RowTest::MoreThan(value) => cmp::gt(values, &one(value))?,
            RowTest::AtMost(value) => cmp::lt_eq(values, &one(value))?,
            RowTest::LessThan(value) => cmp::lt(values, &one(value))?,
            RowTest::OneOf(list) => {
                let mut any: Option<BooleanArray> = None;
                for value in list {
                    let equal = cmp::eq(values, &one(value))?;
                    any = Some(match any {
                        Some(before) => or(&before, &equal)?,
                        None => equal,
                    });
                }
                any.unwrap_or_else(|| BooleanArray::from(vec![false; values.len()]))
            }
            RowTest::IsNull => is_null(values)?,
            RowTest::IsNotNull => not(&is_null(values)?)?,
        })
    }
}
