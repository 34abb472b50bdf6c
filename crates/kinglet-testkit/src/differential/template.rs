//! Calls to vary: the registry's examples, taken apart.

use std::sync::Arc;

use kinglet_parser::ast::{Expr, Function, Syntax};
use kinglet_parser::{expr_to_string, parse_expression};
use kinglet_sql::function::{Functions, Stability};
use kinglet_sql::{EmptyCatalog, Engine, QueryOptions};
use kinglet_types::ChType;

/// Functions whose answer depends on the place, the build or the clock, though each call repeats it within a query.
const ELSEWHERE: [&str; 9] = [
    "version",
    "uptime",
    "hostName",
    "currentUser",
    "currentDatabase",
    "serverTimezone",
    "blockSize",
    "throwIf",
    "sleep",
];

/// One call of a function.
pub(super) struct Template {
    /// The function's name.
    pub(super) name: &'static str,
    pub(super) arguments: Vec<Argument>,
    /// Class of the result.
    pub(super) class: Arc<str>,
}

/// An argument of a call.
pub(super) struct Argument {
    /// As the example has it.
    pub(super) text: String,
    /// `None` for a lambda, which stays as it is.
    pub(super) class: Option<Arc<str>>,
}

/// The calls that the registry's examples are.
pub(super) fn templates() -> Vec<Template> {
    let engine = Engine::new();
    let mut found = Vec::new();
    for function in Functions::get().all() {
        let spec = function.spec();
        if spec.stability != Stability::Deterministic || ELSEWHERE.contains(&spec.name) {
            continue;
        }
        for example in spec.examples {
            let Some(expr) = parse_expression(example.sql).value else { continue };
            let Some(call) = inner_call(&expr, spec.name, spec.aliases) else { continue };
            let arguments = call.arguments.iter().map(|argument| read(&engine, argument)).collect();
            let class = class_of(&engine, example.sql);
            found.push(Template { name: spec.name, arguments, class });
        }
    }
    found
}

/// The call of `name` in an example, at its top or one level below (`hex(MD5(''))`).
fn inner_call<'a>(expr: &'a Expr, name: &str, aliases: &[&str]) -> Option<&'a Function> {
    let call = expr.as_function()?;
    let is = |call: &Function| {
        let written = call.name.name.as_str();
        written.eq_ignore_ascii_case(name) || aliases.iter().any(|alias| written.eq_ignore_ascii_case(alias))
    };
    if is(call) {
        return Some(call);
    }
    call.arguments.iter().find_map(|argument| argument.as_function().filter(|call| is(call)))
}

fn read(engine: &Engine, argument: &Expr) -> Argument {
    let text = expr_to_string(argument);
    let lambda = argument.as_function().is_some_and(|call| call.syntax == Syntax::Lambda);
    let class = (!lambda).then(|| class_of(engine, &text));
    Argument { text, class }
}

/// The class of an expression without columns; that of texts if it has no type.
fn class_of(engine: &Engine, sql: &str) -> Arc<str> {
    let prepared = engine.prepare(&format!("SELECT {sql}"), &QueryOptions::new(&EmptyCatalog));
    let ty = prepared.ok().and_then(|prepared| prepared.columns().first().map(|column| column.ty.clone()));
    class(&ty.unwrap_or(ChType::String)).into()
}

/// Types that a function mostly takes alike share a class.
pub(super) fn class(ty: &ChType) -> String {
    match ty.bare() {
        ChType::Bool => "bool".to_owned(),
        bare if bare.integer_bits().is_some_and(|(bits, _)| bits > 64) => "wide".to_owned(),
        bare if bare.is_integer() => "int".to_owned(),
        ChType::Float32 | ChType::Float64 => "float".to_owned(),
        ChType::Decimal(..) => "decimal".to_owned(),
        ChType::String => "text".to_owned(),
        ChType::FixedString(_) => "fixed".to_owned(),
        ChType::Date | ChType::Date32 => "date".to_owned(),
        ChType::DateTime(_) => "time".to_owned(),
        ChType::DateTime64(..) => "time64".to_owned(),
        ChType::Array(element) => format!("array of {}", class(element)),
        ChType::Map(..) => "map".to_owned(),
        ChType::Tuple(_) => "tuple".to_owned(),
        ChType::Enum8(_) | ChType::Enum16(_) => "enum".to_owned(),
        other => other.to_string(),
    }
}
