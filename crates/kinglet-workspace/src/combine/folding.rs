//! SummingMergeTree and AggregatingMergeTree: each column of a key's rows is folded by its
//! own aggregate; other columns keep the first row's value.

use super::{kept, ranges};
use arrow::array::{Array, ArrayRef, BooleanArray, RecordBatch, UInt64Array};
use arrow::compute::{filter_record_batch, take};
use kinglet_sql::aggregate::{Call, Rows, bind};
use kinglet_sql::conversion::{Failure, convert};
use kinglet_sql::{Environment, TableColumn};
use kinglet_storage::{CombineStage, RowCombine, StorageError, TableDefinition};
use kinglet_types::{ChType, SqlError};

/// How a column is folded.
#[derive(Clone, Debug)]
struct Fold {
    at: usize,
    name: String,
    /// The aggregate, such as `sum`, `uniqMergeState`.
    function: String,
    /// Type of the argument.
    argument: ChType,
    /// Type of the column.
    ty: ChType,
    /// A key whose sums are all zero is dropped.
    is_sum: bool,
}

#[derive(Debug)]
pub(super) struct Folding {
    folds: Vec<Fold>,
}

impl Folding {
    /// Sums the `chosen` columns, or all numbers outside the keys.
    pub(super) fn summing(
        definition: &TableDefinition,
        columns: &[TableColumn],
        chosen: Option<&[&str]>,
    ) -> Result<Folding, StorageError> {
        let mut folding = Folding::aggregating(definition, columns)?;
        for (at, column) in columns.iter().enumerate() {
            let wanted = chosen.is_none_or(|names| names.contains(&column.name.as_str()));
            let folded = folding.folds.iter().any(|fold| fold.at == at);
            if wanted && !folded && column.ty.bare().is_number() && !is_key(definition, &column.name) {
                folding.folds.push(fold(at, column, "sum", column.ty.clone(), true));
            }
        }
        Ok(folding)
    }

    /// Folds the columns whose types say how.
    pub(super) fn aggregating(
        definition: &TableDefinition,
        columns: &[TableColumn],
    ) -> Result<Folding, StorageError> {
        let mut folds = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            if is_key(definition, &column.name) {
                continue;
            }
            match &column.ty {
                ChType::AggregateFunction(of) => {
                    let function = format!("{}MergeState", of.function);
                    folds.push(fold(at, column, &function, column.ty.clone(), false));
                }
                ChType::SimpleAggregateFunction(of) => {
                    let argument = of.arguments.first().cloned().unwrap_or(ChType::Nothing);
                    folds.push(fold(at, column, &of.function, argument, false));
                }
                _ => {}
            }
        }
        Ok(Folding { folds })
    }
}

fn fold(at: usize, column: &TableColumn, function: &str, argument: ChType, is_sum: bool) -> Fold {
    let ty = match &column.ty {
        ChType::SimpleAggregateFunction(_) => argument.clone(),
        ty => ty.clone(),
    };
    Fold { at, name: column.name.clone(), function: function.to_owned(), argument, ty, is_sum }
}

fn is_key(definition: &TableDefinition, name: &str) -> bool {
    definition.sorting_key.iter().chain(&definition.partition_key).any(|key| key == name)
}

fn failed(error: SqlError) -> StorageError {
    StorageError::Compute(format!("rows cannot be combined: {}", error.message))
}

impl Fold {
    /// One value per group.
    fn apply(
        &self,
        values: &ArrayRef,
        group_of: &[usize],
        n_groups: usize,
    ) -> Result<ArrayRef, StorageError> {
        let environment = Environment::default();
        let types = [self.argument.clone()];
        let call = Call { name: &self.function, parameters: &[], types: &types, environment: &environment };
        let bound = bind(&call).map_err(failed)?;
        let mut states = bound.groups();
        let columns = [values.clone()];
        states
            .update(&Rows { columns: &columns, groups: group_of, filter: None, total: n_groups })
            .map_err(failed)?;
        let folded = states.finish(n_groups).map_err(failed)?;
        if matches!(self.ty, ChType::AggregateFunction(_)) {
            return Ok(folded);
        }
        convert(&folded, &bound.result_type(), &self.ty, Failure::Error, &environment).map_err(failed)
    }
}

impl RowCombine for Folding {
    fn required_columns(&self) -> Vec<usize> {
        // Whether a key is dropped depends on all its sums.
        self.folds.iter().filter(|fold| fold.is_sum).map(|fold| fold.at).collect()
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        stage: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        let n_groups = groups.len().saturating_sub(1);
        if n_groups == rows.num_rows() && !self.folds.iter().any(|fold| fold.is_sum) {
            return Ok(rows.clone());
        }
        let firsts: Vec<u64> = ranges(groups).map(|(start, _)| start as u64).collect();
        let mut group_of = Vec::with_capacity(rows.num_rows());
        for (group, (start, end)) in ranges(groups).enumerate() {
            group_of.extend(std::iter::repeat_n(group, end - start));
        }
        let taken = UInt64Array::from(firsts.clone());
        let mut arrays = Vec::with_capacity(rows.num_columns());
        let mut is_zero: Option<Vec<bool>> = None;
        for (field, values) in rows.schema().fields().iter().zip(rows.columns()) {
            let fold = self.folds.iter().find(|fold| fold.name == *field.name());
            let Some(fold) = fold else {
                arrays.push(take(values, &taken, None)?);
                continue;
            };
            let folded = fold.apply(values, &group_of, n_groups)?;
            if fold.is_sum {
                let zeros = zeros(&folded)?;
                match &mut is_zero {
                    None => is_zero = Some(zeros),
                    Some(all) => all.iter_mut().zip(zeros).for_each(|(all, zero)| *all &= zero),
                }
            }
            arrays.push(folded);
        }
        if arrays.is_empty() {
            return kept(rows, firsts);
        }
        let combined = RecordBatch::try_new(rows.schema(), arrays)?;
        match is_zero {
            Some(zero) if stage != CombineStage::Partial && zero.contains(&true) => {
                let keep: BooleanArray = zero.into_iter().map(|zero| Some(!zero)).collect();
                Ok(filter_record_batch(&combined, &keep)?)
            }
            _ => Ok(combined),
        }
    }
}

/// Which values are zero or NULL.
fn zeros(values: &ArrayRef) -> Result<Vec<bool>, StorageError> {
    let data = values.to_data();
    let width = values.data_type().primitive_width().or(match values.data_type() {
        arrow::datatypes::DataType::FixedSizeBinary(width) => usize::try_from(*width).ok(),
        _ => None,
    });
    let (Some(width), Some(buffer)) = (width, data.buffers().first()) else {
        return Ok(vec![false; values.len()]);
    };
    let bytes = buffer.as_slice().get(data.offset() * width..).unwrap_or_default();
    let zero = |(row, value): (usize, &[u8])| values.is_null(row) || value.iter().all(|byte| *byte == 0);
    let mut all: Vec<bool> = bytes.chunks_exact(width).take(values.len()).enumerate().map(zero).collect();
    all.resize(values.len(), false);
    Ok(all)
}
