//! SummingMergeTree, AggregatingMergeTree and CoalescingMergeTree: each column of a key's rows is folded by its
//! own aggregate; other columns keep the first row's value.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, UInt64Array};
use arrow::compute::{filter_record_batch, take};
use kinglet_types::{ChType, Result};

use super::{Combine, Engine, Stage, kept, ranges};
use crate::aggregate::{Call, Rows, bind};
use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::{Environment, TableColumn};

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

/// The columns of a Nested whose name ends in `Map`: arrays of keys and of values, summed key by key.
#[derive(Clone, Debug)]
struct MapFold {
    columns: Vec<(usize, String, ChType)>,
}

/// How rows are folded, column by column.
#[derive(Debug)]
pub(super) struct Folding {
    folds: Vec<Fold>,
    maps: Vec<MapFold>,
}

impl Folding {
    /// Sums the `chosen` columns, or all numbers outside the keys.
    pub(super) fn summing(engine: &Engine<'_>, columns: &[TableColumn], chosen: Option<&[&str]>) -> Self {
        let mut folding = Self::aggregating(engine, columns);
        let wanted = |name: &str| chosen.is_none_or(|names| names.contains(&name));
        for (at, column) in columns.iter().enumerate() {
            let folded = folding.folds.iter().any(|fold| fold.at == at);
            if let Some(nested) = column.name.split_once('.').map(|(nested, _)| nested)
                && nested.ends_with("Map")
                && (wanted(nested) || wanted(&column.name))
            {
                folding.map_column(nested, at, column);
            } else if wanted(&column.name)
                && !folded
                && column.ty.bare().is_number()
                && !engine.is_key(&column.name)
            {
                folding.folds.push(fold(at, column, "sum", column.ty.clone(), true));
            }
        }
        folding.maps.retain(|map| map.columns.len() > 1);
        folding
    }

    fn map_column(&mut self, nested: &str, at: usize, column: &TableColumn) {
        let of = |map: &MapFold| {
            map.columns.first().is_some_and(|(_, name, _)| name.split('.').next() == Some(nested))
        };
        let entry = (at, column.name.clone(), column.ty.clone());
        match self.maps.iter_mut().find(|map| of(map)) {
            Some(map) => map.columns.push(entry),
            None => self.maps.push(MapFold { columns: vec![entry] }),
        }
    }

    /// Folds the columns whose types say how.
    pub(super) fn aggregating(engine: &Engine<'_>, columns: &[TableColumn]) -> Self {
        let mut folds = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            if engine.is_key(&column.name) {
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
        Self { folds, maps: Vec::new() }
    }

    /// Keeps the last value that is not NULL of the `chosen` columns, or of all outside the keys.
    pub(super) fn coalescing(engine: &Engine<'_>, columns: &[TableColumn], chosen: Option<&[&str]>) -> Self {
        let mut folding = Self::aggregating(engine, columns);
        for (at, column) in columns.iter().enumerate() {
            let wanted = chosen.is_none_or(|names| names.contains(&column.name.as_str()));
            let folded = folding.folds.iter().any(|fold| fold.at == at);
            if wanted && !folded && !engine.is_key(&column.name) {
                folding.folds.push(fold(at, column, "anyLast", column.ty.clone(), false));
            }
        }
        folding
    }
}

fn fold(at: usize, column: &TableColumn, function: &str, argument: ChType, is_sum: bool) -> Fold {
    let ty = match &column.ty {
        ChType::SimpleAggregateFunction(_) => argument.clone(),
        ty => ty.clone(),
    };
    Fold { at, name: column.name.clone(), function: function.to_owned(), argument, ty, is_sum }
}

/// The answers of an aggregate, one per group, with their type.
fn folded(
    function: &str,
    types: &[ChType],
    columns: &[ArrayRef],
    group_of: &[usize],
    total: usize,
) -> Result<(ArrayRef, ChType)> {
    let environment = Environment::default();
    let bound = bind(&Call { name: function, parameters: &[], types, environment: &environment })?;
    let mut states = bound.groups();
    states.update(&Rows { columns, groups: group_of, filter: None, total })?;
    Ok((states.finish(total)?, bound.result_type()))
}

impl Fold {
    /// One value per group.
    fn apply(&self, values: &ArrayRef, group_of: &[usize], n_groups: usize) -> Result<ArrayRef> {
        let types = std::slice::from_ref(&self.argument);
        let (answers, ty) = folded(&self.function, types, std::slice::from_ref(values), group_of, n_groups)?;
        if matches!(self.ty, ChType::AggregateFunction(_)) {
            return Ok(answers);
        }
        convert(&answers, &ty, &self.ty, Failure::Error, &Environment::default())
    }
}

impl MapFold {
    /// One array per group and column.
    fn apply(&self, rows: &RecordBatch, group_of: &[usize], n_groups: usize) -> Result<Vec<ArrayRef>> {
        let columns: Option<Vec<ArrayRef>> =
            self.columns.iter().map(|(_, name, _)| rows.column_by_name(name).cloned()).collect();
        let columns = columns.ok_or_else(|| internal("a column of a map to sum is missing"))?;
        let types: Vec<ChType> = self.columns.iter().map(|(_, _, ty)| ty.clone()).collect();
        let (answers, ty) = folded("sumMap", &types, &columns, group_of, n_groups)?;
        let ChType::Tuple(fields) = ty else { return Err(internal("a map that is no tuple")) };
        let parts = answers.as_struct_opt().ok_or_else(|| internal("a map that is no tuple"))?;
        let converted = parts.columns().iter().zip(fields.iter()).zip(&types);
        converted
            .map(|((part, (_, from)), to)| convert(part, from, to, Failure::Error, &Environment::default()))
            .collect()
    }
}

impl Combine for Folding {
    fn required_columns(&self) -> Vec<usize> {
        // Whether a key is dropped depends on all its sums.
        let sums = self.folds.iter().filter(|fold| fold.is_sum).map(|fold| fold.at);
        sums.chain(self.maps.iter().flat_map(|map| &map.columns).map(|(at, _, _)| *at)).collect()
    }

    fn combine(&self, rows: &RecordBatch, groups: &[usize], stage: Stage) -> Result<RecordBatch> {
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
        let maps = self.maps.iter().map(|map| map.apply(rows, &group_of, n_groups));
        let maps = maps.collect::<Result<Vec<_>>>()?;
        let summed_map = |name: &str| {
            let mut all =
                self.maps.iter().zip(&maps).flat_map(|(map, arrays)| map.columns.iter().zip(arrays));
            all.find(|((_, column, _), _)| column == name).map(|(_, array)| array.clone())
        };
        let mut arrays = Vec::with_capacity(rows.num_columns());
        let mut is_zero: Option<Vec<bool>> = None;
        for (field, values) in rows.schema().fields().iter().zip(rows.columns()) {
            if let Some(array) = summed_map(field.name()) {
                arrays.push(array);
                continue;
            }
            let fold = self.folds.iter().find(|fold| fold.name == *field.name());
            let Some(fold) = fold else {
                arrays.push(take(values, &taken, None).map_err(internal)?);
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
        let combined = RecordBatch::try_new(rows.schema(), arrays).map_err(internal)?;
        match is_zero {
            Some(zero) if stage != Stage::Partial && zero.contains(&true) => {
                let keep: BooleanArray = zero.into_iter().map(|zero| Some(!zero)).collect();
                filter_record_batch(&combined, &keep).map_err(internal)
            }
            _ => Ok(combined),
        }
    }
}

/// Which values are zero or NULL.
fn zeros(values: &ArrayRef) -> Result<Vec<bool>> {
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
