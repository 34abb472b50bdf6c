//! Norms of vectors and distances between them; vectors are tuples or arrays of numbers.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::Column;
use crate::function::composite::Composer;
use crate::function::result::internal;

/// A norm.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Sum,
    Euclid,
    EuclidSquared,
    Greatest,
    /// By a power, the last argument.
    Power,
}

fn is_array(column: &Column) -> bool {
    matches!(column.ty.bare(), ChType::Array(_))
}

fn exponent(composer: &Composer<'_>, args: &[Column]) -> Result<f64> {
    let power = args.last().filter(|arg| arg.constant).and_then(Column::float_value);
    let power = power.ok_or_else(|| {
        let message = format!("The last argument of function {} must be a constant number", composer.name);
        SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
    })?;
    if power < 1.0 || !power.is_finite() {
        let message = format!("The last argument of function {} must be from 1 on", composer.name);
        return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
    }
    Ok(power)
}

/// The norm of the first argument.
pub(super) fn norm(composer: &Composer<'_>, args: &[Column], measure: Measure) -> Result<Column> {
    let power = if measure == Measure::Power { exponent(composer, args)? } else { 1.0 };
    match args.first() {
        Some(vector) if is_array(vector) => array_measure(composer, &[vector], measure, power),
        Some(vector) => measured(composer, composer.fields(vector, 0)?, measure, power),
        None => composer.sum(Vec::new()),
    }
}

/// The norm of the difference of the first two arguments.
pub(super) fn distance(composer: &Composer<'_>, args: &[Column], measure: Measure) -> Result<Column> {
    let power = if measure == Measure::Power { exponent(composer, args)? } else { 1.0 };
    let [left, right, ..] = args else { return composer.sum(Vec::new()) };
    if is_array(left) && is_array(right) {
        return array_measure(composer, &[left, right], measure, power);
    }
    let pairs = composer.pairs(left, right)?;
    let differences = pairs.iter().map(|(a, b)| composer.apply("minus", &[a, b])).collect::<Result<_>>()?;
    measured(composer, differences, measure, power)
}

fn measured(composer: &Composer<'_>, values: Vec<Column>, measure: Measure, power: f64) -> Result<Column> {
    let each =
        |name: &str| values.iter().map(|value| composer.apply(name, &[value])).collect::<Result<Vec<_>>>();
    match measure {
        Measure::Sum => composer.sum(each("abs")?),
        Measure::Greatest => composer.fold("max2", each("abs")?),
        Measure::Euclid | Measure::EuclidSquared => {
            let squares = values.iter().map(|value| composer.apply("multiply", &[value, value]));
            let sum = composer.sum(squares.collect::<Result<_>>()?)?;
            if measure == Measure::Euclid { composer.apply("sqrt", &[&sum]) } else { Ok(sum) }
        }
        Measure::Power => {
            let exponent = composer.float(power);
            let powers = each("abs")?;
            let powers = powers.iter().map(|value| composer.apply("pow", &[value, &exponent]));
            let sum = composer.sum(powers.collect::<Result<_>>()?)?;
            composer.apply("pow", &[&sum, &composer.float(1.0 / power)])
        }
    }
}

/// The first argument divided by its norm.
pub(super) fn normalize(composer: &Composer<'_>, args: &[Column], measure: Measure) -> Result<Column> {
    let Some(vector) = args.first() else { return composer.sum(Vec::new()) };
    let length = norm(composer, args, measure)?;
    let fields = composer.fields(vector, 0)?;
    composer
        .tuple(fields.iter().map(|field| composer.apply("divide", &[field, &length])).collect::<Result<_>>()?)
}

/// The sum of the products.
pub(super) fn dot(composer: &Composer<'_>, args: &[Column]) -> Result<Column> {
    let [left, right] = args else { return composer.sum(Vec::new()) };
    if is_array(left) && is_array(right) {
        let (Some(a), Some(b)) = (left.ty.element(), right.ty.element()) else {
            return composer.sum(Vec::new());
        };
        let empty =
            |ty: ChType| Column::new(ty.clone(), arrow::array::new_empty_array(&crate::arrow_type(&ty)));
        let wide = [&a, &b].iter().any(|ty| ty.is_float());
        let ty = if wide {
            if [&a, &b].iter().any(|ty| **ty == ChType::Float64) { ChType::Float64 } else { ChType::Float32 }
        } else {
            composer.apply("multiply", &[&empty(a), &empty(b)])?.ty
        };
        let sums = zipped(composer, &[left, right], |values| values.map(|(a, b)| a * b).sum())?;
        return typed(ty, sums, left.constant && right.constant);
    }
    let pairs = composer.pairs(left, right)?;
    composer.sum(pairs.iter().map(|(a, b)| composer.apply("multiply", &[a, b])).collect::<Result<_>>()?)
}

/// One minus the cosine of the angle.
pub(super) fn cosine(composer: &Composer<'_>, args: &[Column]) -> Result<Column> {
    let [left, right] = args else { return composer.sum(Vec::new()) };
    if is_array(left) && is_array(right) {
        let ty = float_type(&[left, right]);
        let values = zipped(composer, &[left, right], |values| {
            let (dot, a, b) =
                values.fold((0.0, 0.0, 0.0), |(dot, x, y), (a, b)| (dot + a * b, x + a * a, y + b * b));
            1.0 - dot / (a * b).sqrt()
        })?;
        return typed(ty, values, left.constant && right.constant);
    }
    let dot = dot(composer, args)?;
    let lengths = [
        norm(composer, std::slice::from_ref(left), Measure::Euclid)?,
        norm(composer, std::slice::from_ref(right), Measure::Euclid)?,
    ];
    let product = composer.apply("multiply", &[&lengths[0], &lengths[1]])?;
    let cosine = composer.apply("divide", &[&dot, &product])?;
    composer.apply("minus", &[&composer.number(1), &cosine])
}

fn float_type(vectors: &[&Column]) -> ChType {
    let narrow = vectors.iter().all(|vector| vector.ty.element() == Some(ChType::Float32));
    if narrow { ChType::Float32 } else { ChType::Float64 }
}

fn array_measure(_: &Composer<'_>, vectors: &[&Column], measure: Measure, power: f64) -> Result<Column> {
    let ty = float_type(vectors);
    let values = zipped_rows(vectors, |values| {
        let distances = values.map(|(a, b)| (a - b).abs());
        match measure {
            Measure::Sum => distances.sum(),
            Measure::Greatest => distances.fold(0.0, f64::max),
            Measure::EuclidSquared => distances.map(|distance| distance * distance).sum(),
            Measure::Euclid => distances.map(|distance| distance * distance).sum::<f64>().sqrt(),
            Measure::Power => distances.map(|distance| distance.powf(power)).sum::<f64>().powf(1.0 / power),
        }
    })?;
    typed(ty, values, vectors.iter().all(|vector| vector.constant))
}

/// Elements of two arrays at the same places; the second is 0 where there is but one array.
type Values<'a> = &'a mut dyn Iterator<Item = (f64, f64)>;

fn zipped(_: &Composer<'_>, vectors: &[&Column], fold: impl Fn(Values<'_>) -> f64) -> Result<Vec<f64>> {
    zipped_rows(vectors, fold)
}

fn zipped_rows(vectors: &[&Column], fold: impl Fn(Values<'_>) -> f64) -> Result<Vec<f64>> {
    let read = |column: &Column| -> Result<(Float64Array, Vec<i32>)> {
        let lists = column.array.as_list_opt::<i32>().ok_or_else(|| internal("no array"))?;
        let floats = cast(lists.values(), &DataType::Float64).map_err(|_| {
            SqlError::new(
                ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT,
                format!("Elements of {} are no numbers", column.ty),
            )
        })?;
        Ok((floats.as_primitive::<Float64Type>().clone(), lists.value_offsets().to_vec()))
    };
    let Some(first) = vectors.first() else { return Ok(Vec::new()) };
    let (left, left_offsets) = read(first)?;
    let second = vectors.get(1).map(|column| read(column)).transpose()?;
    let rows =
        vectors.iter().filter(|column| !column.constant).map(|column| column.array.len()).next().unwrap_or(1);
    let range = |offsets: &[i32], column: &Column, row: usize| {
        let at = column.index(row);
        offsets[at] as usize..offsets[at + 1] as usize
    };
    (0..rows)
        .map(|row| {
            let a = range(&left_offsets, first, row);
            match (&second, vectors.get(1)) {
                (Some((right, offsets)), Some(column)) => {
                    let b = range(offsets, column, row);
                    if a.len() != b.len() {
                        let message = "Arguments of a distance function must be arrays of equal sizes";
                        return Err(SqlError::new(ErrorCode::SIZES_OF_ARRAYS_DONT_MATCH, message));
                    }
                    Ok(fold(&mut a.zip(b).map(|(a, b)| (left.value(a), right.value(b)))))
                }
                _ => Ok(fold(&mut a.map(|a| (left.value(a), 0.0)))),
            }
        })
        .collect()
}

fn typed(ty: ChType, values: Vec<f64>, constant: bool) -> Result<Column> {
    let array: ArrayRef = if ty.is_float() {
        let array: ArrayRef = Arc::new(Float64Array::from(values));
        cast(&array, &crate::arrow_type(&ty)).map_err(internal)?
    } else {
        crate::function::result::int_array(&ty, values.into_iter().map(|value| value as i64).collect(), None)?
    };
    Ok(Column { ty, constant: constant && array.len() == 1, array })
}
