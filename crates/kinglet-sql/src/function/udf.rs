//! A bound call as a DataFusion function: argument and result types are baked into each instance.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, UInt8Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result as DataFusionResult, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    TypeSignature, Volatility,
};
use kinglet_types::{ChType, Result};

use super::result::internal;
use super::{Call, Column, Function, Lambda, Stability, nulls};
use crate::fault::to_datafusion;
use crate::{Environment, arrow_type};

/// A call with its types. Two calls are equal when function, types and lambdas are.
#[derive(Clone)]
struct BoundCall {
    function: &'static dyn Function,
    name: String,
    /// Types of the value arguments in the order DataFusion passes them: lambdas left out, captures last.
    types: Vec<ChType>,
    /// One entry per written argument.
    lambdas: Vec<Option<Lambda>>,
    result: ChType,
    environment: Arc<Environment>,
    signature: Signature,
    /// Answers Boolean, whether the UInt8 is not 0.
    condition: bool,
}

/// A DataFusion function that evaluates `function` for arguments of `types` with result `result`. Its
/// arguments are the written ones without lambdas, then the captured columns of each lambda in turn.
pub fn udf(
    function: &'static dyn Function,
    name: &str,
    types: Vec<ChType>,
    lambdas: Vec<Option<Lambda>>,
    result: ChType,
    environment: &Arc<Environment>,
) -> ScalarUDF {
    let volatility = match function.spec().stability {
        Stability::Deterministic | Stability::PerQuery => Volatility::Immutable,
        Stability::PerRow => Volatility::Volatile,
    };
    let signature = if types.is_empty() { TypeSignature::Nullary } else { TypeSignature::VariadicAny };
    ScalarUDF::new_from_impl(BoundCall {
        function,
        name: name.to_owned(),
        types,
        lambdas,
        result,
        environment: Arc::clone(environment),
        signature: Signature::new(signature, volatility),
        condition: false,
    })
}

/// A call that answers UInt8 as a condition: the Boolean that most such functions compute is used as it is.
pub(crate) fn as_condition(expr: &Expr) -> Option<Expr> {
    let Expr::ScalarFunction(function) = expr else { return None };
    let inner: &dyn std::any::Any = function.func.inner().as_ref();
    let call = inner.downcast_ref::<BoundCall>().filter(|call| *call.result.bare() == ChType::UInt8)?;
    let call = BoundCall { condition: true, ..call.clone() };
    Some(ScalarUDF::new_from_impl(call).call(function.args.clone()))
}

/// Whether a function bound here answers NULL for any NULL argument.
pub(crate) fn propagates_null(function: &ScalarUDF) -> bool {
    let inner: &dyn std::any::Any = function.inner().as_ref();
    inner.downcast_ref::<BoundCall>().is_some_and(|call| {
        call.function.nulls() == super::Nulls::Propagate && call.lambdas.iter().all(Option::is_none)
    })
}

/// Evaluates a call on columns: what DataFusion's evaluation and constant folding share. `args` has one
/// entry per written argument; the result has `rows` values, or one if `rows` is 1.
/// # Errors
/// What the function raises.
pub fn evaluate_call(
    function: &dyn Function,
    name: &str,
    args: &[Column],
    lambdas: &[Option<Lambda>],
    result: &ChType,
    rows: usize,
    environment: &Environment,
) -> Result<ArrayRef> {
    let array = computed(function, name, args, lambdas, result, rows, environment)?;
    let wanted = arrow_type(result);
    if *array.data_type() == wanted {
        return Ok(array);
    }
    if *array.data_type() == DataType::Boolean && wanted == DataType::UInt8 {
        return cast(&array, &wanted).map_err(internal);
    }
    Err(internal(format!(
        "Function {name} made a column of {} where {result} needs {wanted}",
        array.data_type()
    )))
}

/// The values as the function makes them: predicates make Booleans.
fn computed(
    function: &dyn Function,
    name: &str,
    args: &[Column],
    lambdas: &[Option<Lambda>],
    result: &ChType,
    rows: usize,
    environment: &Environment,
) -> Result<ArrayRef> {
    let call = Call { name, args, rows, result, environment, lambdas };
    if let Some(dispatched) = crate::tagged::evaluate_tagged(function, &call) {
        return dispatched;
    }
    let visible: Vec<Column> = args.iter().map(|column| nulls::visible_column(function, column)).collect();
    nulls::evaluate(function, &Call { name, args: &visible, rows, result, environment, lambdas })
}

/// Whether each number is not 0.
fn not_zero(array: &ArrayRef) -> Result<ArrayRef> {
    let zero = UInt8Array::new_scalar(0);
    let flags = arrow::compute::kernels::cmp::neq(array, &zero).map_err(internal)?;
    Ok(Arc::new(flags))
}

impl BoundCall {
    fn columns(&self, args: Vec<ColumnarValue>) -> Result<Vec<Column>> {
        args.into_iter()
            .zip(&self.types)
            .map(|(value, ty)| {
                Ok(match value {
                    ColumnarValue::Array(array) => Column::new(ty.clone(), array),
                    ColumnarValue::Scalar(scalar) => {
                        Column::constant(ty.clone(), scalar.to_array_of_size(1).map_err(internal)?)
                    }
                })
            })
            .collect()
    }

    /// Splits the passed columns into one per written argument and the captures of each lambda.
    fn arranged(&self, columns: Vec<Column>) -> (Vec<Column>, Vec<Option<Lambda>>) {
        let mut columns = columns.into_iter();
        let nothing = || Column::null(ChType::Nothing);
        let args: Vec<Column> = self
            .lambdas
            .iter()
            .map(|lambda| if lambda.is_some() { nothing() } else { columns.next().unwrap_or_else(nothing) })
            .collect();
        let lambdas = self
            .lambdas
            .iter()
            .map(|lambda| {
                let mut lambda = lambda.clone()?;
                let captured = lambda.schema.fields().len() - lambda.parameters;
                lambda.captures = columns.by_ref().take(captured).collect();
                Some(lambda)
            })
            .collect();
        (args, lambdas)
    }

    fn run(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let columns = self.columns(args.args)?;
        let volatile = self.function.spec().stability == Stability::PerRow;
        let constant = !volatile && columns.iter().all(|column| column.constant);
        let (args, lambdas) = self.arranged(columns);
        let rows = if constant { 1 } else { rows };
        let evaluate = if self.condition { computed } else { evaluate_call };
        let array =
            evaluate(self.function, &self.name, &args, &lambdas, &self.result, rows, &self.environment)?;
        let array = match array.data_type() {
            DataType::UInt8 if self.condition => not_zero(&array)?,
            _ => array,
        };
        if constant && array.len() == 1 {
            let scalar = ScalarValue::try_from_array(&array, 0).map_err(internal)?;
            return Ok(ColumnarValue::Scalar(scalar));
        }
        Ok(ColumnarValue::Array(array))
    }
}

impl ScalarUDFImpl for BoundCall {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> DataFusionResult<DataType> {
        Ok(if self.condition { DataType::Boolean } else { arrow_type(&self.result) })
    }

    fn return_field_from_args(&self, _args: ReturnFieldArgs) -> DataFusionResult<FieldRef> {
        let field = crate::arrow_field(&self.name, &self.result);
        let ty = if self.condition { DataType::Boolean } else { field.data_type().clone() };
        Ok(Arc::new(Field::new(self.name.clone(), ty, field.is_nullable())))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> DataFusionResult<ColumnarValue> {
        self.run(args).map_err(to_datafusion)
    }
}

impl std::fmt::Debug for BoundCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} -> {}", self.name, self.result)
    }
}

impl PartialEq for BoundCall {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.result == other.result
            && self.types == other.types
            && self.lambdas == other.lambdas
            && self.condition == other.condition
    }
}

impl Eq for BoundCall {}

impl Hash for BoundCall {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.result.hash(state);
        self.types.hash(state);
        self.lambdas.hash(state);
        self.condition.hash(state);
    }
}
