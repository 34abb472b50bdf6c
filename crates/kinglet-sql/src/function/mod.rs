//! Scalar functions.
//!
//! # Adding a function
//!
//! One function is one file here, one line in `registry.rs` and one [`Spec`]. The file holds a unit
//! struct that implements [`Function`]:
//!
//! 1. `spec`: a `static` [`Spec`] with name, aliases, syntax, one sentence, arguments and examples. Every
//!    example is run by a test and its answer compared, so that documentation cannot be wrong. `case`
//!    says whether ClickHouse takes the name in any case (`SELECT case_insensitive FROM system.functions`).
//! 2. `return_type`: checks number and types of the arguments and says the result's type. [`Args`] has the
//!    checks and words the errors. **Types come in bare**: the framework has taken off
//!    `LowCardinality`, and `Nullable` too unless [`Function::nulls`] says [`Nulls::Own`]; it puts both
//!    back on the result. Constants are known here ([`Args::constant`]): a literal, or anything folded.
//! 3. `evaluate`: computes the column. [`Call`] gives the arguments as [`Column`]s. Rows in which any argument is NULL
//!    have been taken out (with [`Nulls::Propagate`]), so that the code never sees a NULL. Constants
//!    come as columns of one value; read through the readers, which hide that:
//!    [`Call::bytes`] (String, FixedString), [`Call::ints`] and [`Call::floats`] (any number, date or time,
//!    converted once per batch), [`Call::lists`] (arrays). Build results with [`result`]'s
//!    helpers: [`result::texts`], [`result::ints`], [`result::floats`], [`result::flags`].
//!
//! Dispatch on physical width (a kernel, or one loop over a normalised buffer), not generically per Arrow
//! type: each copy of a loop costs wasm size. Errors carry ClickHouse's code
//! ([`ErrorCode`](kinglet_types::ErrorCode)); nothing may panic on any input.
//!
//! `lower.rs` is the pattern for texts, `length.rs` for dispatch by type, `array_map.rs` for lambdas.
//!
//! # Lambdas
//!
//! A higher-order function says in [`Function::lambda_parameters`] what its lambda is given; in
//! `return_type` the lambda's argument has the type of the body; in `evaluate` it is
//! [`Call::lambda`], evaluated over flattened elements with [`Lambda::evaluate`]. Columns the body
//! captures are spread by the framework from the outer row numbers.

mod args;
mod array;
mod array_map;
mod bit;
mod bitmap;
mod call;
mod column;
mod composite;
mod conversion;
mod date;
mod distance;
mod dynamic;
mod encoding;
mod geo;
mod hash;
mod ip;
mod json;
mod lambda;
mod length;
mod lower;
mod map;
mod math;
mod named_aggregate;
mod nulls;
mod other;
mod random;
mod registry;
pub mod result;
mod search;
mod shape;
mod signature;
mod spec;
mod string;
#[cfg(test)]
mod tests;
mod tuple;
mod udf;
mod url;
mod uuid;

pub(crate) use args::common_candidates;
pub use args::{ArgType, Args};
pub(crate) use array::comparable;
pub use call::{Bytes, Call, Floats, Ints, Lists};
pub use column::Column;
pub(crate) use conversion::{expect_default, or_default};
pub(crate) use date::{best_effort, parse_best_effort};
pub use lambda::Lambda;
pub use registry::{Functions, low_cardinality, result_type};
pub(crate) use search::Patterns;
pub use signature::SIGNATURE_TYPES;
pub use spec::{Case, Example, Spec, Stability};
pub(crate) use udf::{as_condition, propagates_null};
pub use udf::{evaluate_call, udf};

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

/// A scalar function of ClickHouse.
pub trait Function: Send + Sync {
    /// Name, documentation and examples.
    fn spec(&self) -> &'static Spec;

    /// The type of the result for arguments of these types.
    ///
    /// # Errors
    /// When ClickHouse refuses their number (42) or types (43).
    fn return_type(&self, args: &Args<'_>) -> Result<ChType>;

    /// The result's column: `call.rows` values in the layout of the type `return_type` gave, or one
    /// value if all arguments are constant. A Boolean array is also taken where the type is UInt8.
    ///
    /// # Errors
    /// When a value cannot be computed, with ClickHouse's code.
    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef>;

    /// What NULL arguments do.
    fn nulls(&self) -> Nulls {
        Nulls::Propagate
    }

    /// Whether LowCardinality inside an argument's type (that of the elements of an array) stays: it does for those
    /// that make values of others or take them apart.
    fn keeps_inner_types(&self) -> bool {
        false
    }

    /// Whether Variant and Dynamic arguments are taken as they are. Otherwise the function is evaluated for
    /// each type that occurs, and never sees them.
    fn takes_tagged(&self) -> bool {
        false
    }

    /// Types of the parameters of each lambda argument, given all arguments that are not lambdas
    /// (a lambda's own place holds `Nothing`). `None` for functions that take no lambda.
    ///
    /// # Errors
    /// When the other arguments do not fit.
    fn lambda_parameters(&self, _args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        Ok(None)
    }
}

/// What a function does with NULL arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Any NULL argument makes the result NULL, and the function never sees one.
    Propagate,
    /// The function sees `Nullable` types and NULL values and decides itself.
    Own,
}
