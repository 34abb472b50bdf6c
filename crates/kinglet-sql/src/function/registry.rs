//! All scalar functions: one line each.

use std::collections::HashMap;
use std::sync::OnceLock;

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::args::{ArgType, Args};
use super::nulls::visible_type;
use super::signature::Signature;
use super::{Case, Function, Nulls};

/// Add a function here, in alphabetical order of the files.
static ALL: &[&dyn Function] = &[&super::array_map::ArrayMap, &super::length::Length, &super::lower::Lower];

/// Add a family here: a folder with a list of its own.
static FAMILIES: &[&[&dyn Function]] = &[
    ALL,
    super::array::ALL,
    super::bit::ALL,
    super::bitmap::ALL,
    super::conversion::ALL,
    super::date::ALL,
    super::distance::ALL,
    super::dynamic::ALL,
    super::encoding::ALL,
    super::geo::ALL,
    super::hash::ALL,
    super::ip::ALL,
    super::json::ALL,
    super::map::ALL,
    super::math::ALL,
    super::other::ALL,
    super::random::ALL,
    super::search::ALL,
    super::string::ALL,
    super::tuple::ALL,
    super::url::ALL,
    super::uuid::ALL,
];

/// The table of scalar functions.
pub struct Functions {
    exact: HashMap<&'static str, &'static dyn Function>,
    /// Lower-cased names of those taken in any case.
    folded: HashMap<String, &'static dyn Function>,
}

impl Functions {
    /// The table, built at first use.
    pub fn get() -> &'static Self {
        static TABLE: OnceLock<Functions> = OnceLock::new();
        TABLE.get_or_init(|| {
            let mut table = Self { exact: HashMap::new(), folded: HashMap::new() };
            for function in FAMILIES.iter().copied().flatten().copied().chain(crate::operator::all()) {
                table.add(function);
            }
            table
        })
    }

    fn add(&mut self, function: &'static dyn Function) {
        let spec = function.spec();
        for name in spec.aliases.iter().copied().chain([spec.name]) {
            self.exact.insert(name, function);
            if spec.case == Case::Insensitive {
                self.folded.insert(name.to_ascii_lowercase(), function);
            }
        }
    }

    /// All functions, in no particular order of names.
    pub fn all(&self) -> impl Iterator<Item = &'static dyn Function> {
        FAMILIES.iter().copied().flatten().copied().chain(crate::operator::all())
    }

    /// The function of a name as written: exactly, or in any case where ClickHouse allows it.
    pub fn find(&self, name: &str) -> Option<&'static dyn Function> {
        self.exact.get(name).or_else(|| self.folded.get(&name.to_ascii_lowercase())).copied()
    }
}

/// The type of a call's result with Nullable and LowCardinality handled as ClickHouse does.
///
/// # Errors
/// Those of [`Function::return_type`].
pub fn result_type(function: &dyn Function, args: &Args<'_>) -> Result<ChType> {
    if let Some(dispatched) = crate::tagged::dispatched(function, args) {
        return dispatched;
    }
    let propagate = function.nulls() == Nulls::Propagate;
    let signature = Signature::of(function.spec().name);
    if propagate && args.list.iter().any(|arg| !arg.is_lambda && arg.ty.is_only_null()) {
        // NULL answers NULL, whatever stands beside it; a wrong number of arguments is an error first.
        return match (signature, function.return_type(args)) {
            (Some(signature), _) => signature.check_fixed_count(args).map(|()| ChType::Nothing.nullable()),
            (None, Err(error)) if error.code == ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH => Err(error),
            _ => Ok(ChType::Nothing.nullable()),
        };
    }
    if let Some(signature) = signature {
        signature.check(args)?;
    }
    let visible: Vec<ArgType> = args
        .list
        .iter()
        .map(|arg| match arg.is_lambda {
            true => arg.clone(),
            false => ArgType { ty: visible_type(function, &arg.ty), ..arg.clone() },
        })
        .collect();
    let inner = function.return_type(&Args { list: &visible, ..*args })?;
    if propagate
        && function.spec().category == "json"
        && matches!(inner, ChType::Array(_) | ChType::Map(..))
        && args.list.iter().any(|arg| arg.ty.is_nullable() && !is_document(arg.ty.bare()))
    {
        let message = format!("Nested type {inner} cannot be inside Nullable type");
        return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
    }
    let nullable = propagate
        && args.list.iter().any(|arg| !arg.is_lambda && arg.ty.is_nullable() && !arg.ty.bare().is_tagged());
    let result = if nullable && !inner.is_nullable() { inner.nullable() } else { inner };
    let keeps = !PLAIN.contains(&function.spec().category) && keeps_low_cardinality(args);
    Ok(if keeps { low_cardinality(result) } else { result })
}

/// Whether values of the type are documents or bear their own types, so that a NULL among them has no paths.
fn is_document(ty: &ChType) -> bool {
    ty.is_tagged() || matches!(ty, ChType::Json(_))
}

/// Categories whose functions answer plain types for LowCardinality too.
const PLAIN: [&str; 2] = ["json", "map"];

/// One LowCardinality argument and otherwise constants: the dictionary is computed instead of the rows.
fn keeps_low_cardinality(args: &Args<'_>) -> bool {
    let is_low = |arg: &&ArgType| !arg.is_lambda && matches!(arg.ty, ChType::LowCardinality(_));
    let low = args.list.iter().filter(is_low).count();
    let full = args.list.iter().filter(|arg| !is_low(arg) && arg.constant.is_none()).count();
    low == 1 && full == 0
}

/// `LowCardinality(ty)` where that is a type.
pub fn low_cardinality(ty: ChType) -> ChType {
    if let ChType::LowCardinality(_) = ty {
        return ty;
    }
    match ty.bare() {
        ChType::Array(_)
        | ChType::Tuple(_)
        | ChType::Map(..)
        | ChType::Nothing
        | ChType::Decimal(..)
        | ChType::DateTime64(..)
        | ChType::Variant(_)
        | ChType::Dynamic(_)
        | ChType::Json(_)
        | ChType::Enum8(_)
        | ChType::Enum16(_)
        | ChType::AggregateFunction(_) => ty,
        _ => ChType::LowCardinality(std::sync::Arc::new(ty)),
    }
}
