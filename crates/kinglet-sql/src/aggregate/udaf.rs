//! A bound aggregate as a DataFusion aggregate function.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::Result;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, GroupsAccumulator, Signature, TypeSignature, Volatility,
};
use kinglet_types::ChType;

use super::Bound;
use super::accumulator::{ForAll, ForGroups};
use crate::arrow_field;

/// A bound aggregate; equal to another when name, parameters and types are.
struct BoundAggregate {
    /// Name and parameters.
    name: String,
    types: Vec<ChType>,
    bound: Arc<dyn Bound>,
    result: ChType,
    signature: Signature,
}

/// A DataFusion aggregate for `bound`. `name` holds the parameters too, `quantile(0.9)`: it identifies the
/// aggregate together with `types`. At least one argument must be passed: `count()` gets a constant.
pub fn udaf(name: String, types: Vec<ChType>, bound: Arc<dyn Bound>) -> AggregateUDF {
    let result = bound.result_type();
    let signature = Signature::new(TypeSignature::VariadicAny, Volatility::Immutable);
    AggregateUDF::new_from_impl(BoundAggregate { name, types, bound, result, signature })
}

impl AggregateUDFImpl for BoundAggregate {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(crate::arrow_type(&self.result))
    }

    fn return_field(&self, _fields: &[FieldRef]) -> Result<FieldRef> {
        Ok(Arc::new(arrow_field(&self.name, &self.result)))
    }

    fn is_nullable(&self) -> bool {
        arrow_field("", &self.result).is_nullable()
    }

    fn accumulator(&self, _args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(ForAll::new(self.bound.groups())))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new(format!("{}[state]", args.name), DataType::BinaryView, false))])
    }

    fn groups_accumulator_supported(&self, _args: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _args: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(ForGroups(self.bound.groups())))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

impl std::fmt::Debug for BoundAggregate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} -> {}", self.name, self.result)
    }
}

impl PartialEq for BoundAggregate {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.types == other.types
    }
}

impl Eq for BoundAggregate {}

impl Hash for BoundAggregate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.types.hash(state);
    }
}

/// The type a bound aggregate answers, if DataFusion's function is one of ours.
pub(crate) fn result_of(function: &AggregateUDF) -> Option<ChType> {
    let inner: &dyn std::any::Any = function.inner().as_ref();
    inner.downcast_ref::<BoundAggregate>().map(|bound| bound.result.clone())
}
