//! An aggregate's name, parameters and argument types at binding time.

use std::ops::RangeInclusive;

use arrow::array::{Array, AsArray};
use kinglet_types::{AggregateType, ChType, ErrorCode, Result, SqlError, quote_string};

use crate::Environment;
use crate::function::Column;

/// A parameter: the 0.9 of `quantile(0.9)(x)`, a constant.
pub type Parameter = Column;

/// Name, parameters and argument types of an aggregate being bound.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The name with its combinators up to here.
    pub name: &'a str,
    /// Constants, each a column of one row.
    pub parameters: &'a [Parameter],
    /// Argument types without LowCardinality. Aggregates that skip NULLs get them without Nullable.
    pub types: &'a [ChType],
    /// The query's surroundings.
    pub environment: &'a Environment,
}

impl<'a> Call<'a> {
    /// Type of argument `at`, `Nothing` past the end.
    pub fn ty(&self, at: usize) -> &'a ChType {
        self.types.get(at).unwrap_or(&ChType::Nothing)
    }

    /// # Errors
    /// 42 when the number of arguments is not in `wanted`.
    pub fn expect_count(&self, wanted: RangeInclusive<usize>) -> Result<()> {
        if wanted.contains(&self.types.len()) {
            return Ok(());
        }
        let text = if wanted.start() == wanted.end() {
            wanted.start().to_string()
        } else {
            format!("{} to {}", wanted.start(), wanted.end())
        };
        Err(SqlError::wrong_argument_count(self.name, self.types.len(), &text))
    }

    /// # Errors
    /// 43 when the type of argument `at` fails `test`.
    pub fn expect(&self, at: usize, test: impl Fn(&ChType) -> bool) -> Result<&'a ChType> {
        let ty = self.ty(at);
        if test(ty) { Ok(ty) } else { Err(SqlError::illegal_type(self.name, at + 1, ty)) }
    }

    /// # Errors
    /// 43 when argument `at` is a Variant or Dynamic, values of which have no order that means anything.
    pub fn expect_ordered(&self, at: usize) -> Result<()> {
        self.expect(at, |ty| !ty.is_tagged()).map(|_| ())
    }

    /// The parameter `at` as a float, or `default` when it is left out.
    ///
    /// # Errors
    /// 36 when it is no number.
    pub fn float_parameter(&self, at: usize, default: f64) -> Result<f64> {
        match self.parameters.get(at) {
            None => Ok(default),
            Some(value) => value.float_value().ok_or_else(|| self.no_conversion(value, "double")),
        }
    }

    /// The parameter `at` as a whole number that is not negative, if it is given.
    ///
    /// # Errors
    /// 36 when it is something else.
    pub fn uint_parameter(&self, at: usize) -> Result<Option<u64>> {
        match self.parameters.get(at) {
            None => Ok(None),
            Some(value) => match value.int_value().map(u64::try_from) {
                Some(Ok(value)) => Ok(Some(value)),
                _ => Err(self.bad_parameter(at, "a positive whole number")),
            },
        }
    }

    /// The parameter `at` as a text, if it is given.
    ///
    /// # Errors
    /// 36 when it is something else.
    pub fn text_parameter(&self, at: usize) -> Result<Option<String>> {
        match self.parameters.get(at) {
            None => Ok(None),
            Some(value) => value.text_value().map(Some).ok_or_else(|| self.bad_parameter(at, "a String")),
        }
    }

    /// # Errors
    /// 456 when there are parameters and none is taken.
    pub fn expect_no_parameters(&self) -> Result<()> {
        if self.parameters.is_empty() {
            return Ok(());
        }
        let message = format!("Aggregate function {} cannot have parameters", self.name);
        let code = ErrorCode::from_name("AGGREGATE_FUNCTION_DOESNT_ALLOW_PARAMETERS");
        Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message))
    }

    /// Error 70, as for a parameter that is no number.
    fn no_conversion(&self, value: &Parameter, to: &str) -> SqlError {
        let code = ErrorCode::from_name("CANNOT_CONVERT_TYPE").unwrap_or(ErrorCode::BAD_ARGUMENTS);
        SqlError::new(code, format!("Cannot convert {} to {to}", value.ty))
    }

    fn bad_parameter(&self, at: usize, wanted: &str) -> SqlError {
        let message = format!("Parameter {} of aggregate function {} must be {wanted}", at + 1, self.name);
        SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
    }

    /// The version of the state, where its type names one: some aggregates have a second layout.
    fn version(&self) -> Option<u32> {
        let versioned = ["sumMap", "minMap", "maxMap", "quantileDeterministic", "quantilesDeterministic"];
        let versioned = versioned.iter().any(|name| self.name.starts_with(name));
        let of_map = matches!(self.types.first(), Some(ChType::Map(..)));
        (versioned && !of_map).then_some(1)
    }

    /// The type of this aggregate's state.
    pub fn state_type(&self) -> AggregateType {
        AggregateType {
            version: self.version(),
            function: self.name.into(),
            parameters: self.parameters.iter().map(|p| literal(p).into()).collect(),
            arguments: self.types.into(),
        }
    }
}

/// A parameter as ClickHouse spells it in type names.
fn literal(parameter: &Parameter) -> String {
    if let Some(list) = parameter.array.as_list_opt::<i32>().filter(|list| !list.is_empty()) {
        let (values, ty) = (list.value(0), parameter.ty.element().unwrap_or(ChType::Nothing));
        let of = |at: usize| literal(&Column::constant(ty.clone(), values.slice(at, 1)));
        return format!("[{}]", (0..values.len()).map(of).collect::<Vec<_>>().join(", "));
    }
    if let Some(text) = parameter.text_value() {
        return quote_string(&text);
    }
    match (parameter.ty.is_float(), parameter.int_value(), parameter.float_value()) {
        (false, Some(int), _) => int.to_string(),
        (_, _, Some(float)) => float.to_string(),
        _ => "NULL".to_owned(),
    }
}

/// A parameter from the literal of a type name, the inverse of how states print their parameters.
pub(crate) fn parameter_of(literal: &str) -> Parameter {
    use arrow::array::{Float64Array, Int64Array};
    use std::sync::Arc;
    if let Some(list) = literal.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        let elements: Vec<Parameter> =
            list.split(", ").filter(|text| !text.is_empty()).map(parameter_of).collect();
        let arrays: Vec<&dyn Array> = elements.iter().map(|element| element.array.as_ref()).collect();
        let ty = elements.first().map_or(ChType::Nothing, |element| element.ty.clone());
        if let Ok(all) = arrow::compute::concat(&arrays)
            && let Ok(list) =
                crate::function::result::lists(&ChType::array(ty.clone()), all, [elements.len()])
        {
            return Column::constant(ChType::array(ty), list);
        }
    }
    if let Ok(int) = literal.parse::<i64>() {
        return Column::constant(ChType::Int64, Arc::new(Int64Array::from(vec![int])));
    }
    if let Ok(float) = literal.parse::<f64>() {
        return Column::constant(ChType::Float64, Arc::new(Float64Array::from(vec![float])));
    }
    let text = literal.trim_matches('\'').replace("\\'", "'").replace("\\\\", "\\");
    Column { constant: true, ..Column::of_texts([text.as_str()]) }
}
