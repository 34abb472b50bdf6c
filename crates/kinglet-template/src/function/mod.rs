//! Functions a template can call: Tinybird's and Python's.

pub(crate) mod array;
mod builtin;
mod builtin_number;
mod builtin_sequence;
mod control;
mod dates;
mod identifier;
mod listed;
mod logic;
pub(crate) mod method;
mod secret;
mod typed;

pub(crate) use listed::is_builtin_name;

use crate::eval::{Args, Evaluator};
use crate::object::Object;
use crate::object::exception::{self, Outcome, type_error};

/// Code of a function.
type Code = fn(&mut Evaluator<'_>, Args) -> Outcome<Object>;

/// Tinybird's functions. A request parameter cannot hide them.
const TEMPLATE: [(&str, Code); 49] = [
    ("Array", array::array),
    ("Boolean", typed::boolean),
    ("Column", identifier::symbol),
    ("Date", typed::date),
    ("DateTime", typed::date_time),
    ("DateTime64", typed::date_time64),
    ("Float32", typed::float32),
    ("Float64", typed::float64),
    ("Int", typed::int),
    ("Int128", typed::int128),
    ("Int16", typed::int16),
    ("Int256", typed::int256),
    ("Int32", typed::int32),
    ("Int64", typed::int64),
    ("Int8", typed::int8),
    ("Integer", typed::int),
    ("JSON", typed::json),
    ("String", typed::string),
    ("Symbol", identifier::symbol),
    ("TABLE", identifier::table),
    ("UInt128", typed::uint128),
    ("UInt16", typed::uint16),
    ("UInt256", typed::uint256),
    ("UInt32", typed::uint32),
    ("UInt64", typed::uint64),
    ("UInt8", typed::uint8),
    ("activate", control::activate),
    ("backend_hint", control::backend_hint),
    ("cache_ttl", control::cache_ttl),
    ("column", identifier::column),
    ("columns", identifier::columns),
    ("custom_error", control::custom_error),
    ("date_diff_in_days", dates::in_days),
    ("date_diff_in_hours", dates::in_hours),
    ("date_diff_in_minutes", dates::in_minutes),
    ("date_diff_in_seconds", dates::in_seconds),
    ("day_diff", dates::day_diff),
    ("defined", logic::defined),
    ("disable", control::disable),
    ("enumerate_with_last", logic::enumerate_with_last),
    ("error", control::error),
    ("max_threads", control::max_threads),
    ("split_to_array", logic::split_to_array),
    ("sql_and", logic::sql_and),
    ("sql_unescape", logic::sql_unescape),
    ("symbol", identifier::symbol),
    ("table", identifier::table),
    ("tb_secret", secret::secret),
    ("tb_var", secret::secret),
];

/// Python's functions. A request parameter of the same name hides them.
const BUILTIN: [(&str, Code); 31] = [
    ("abs", builtin_number::abs),
    ("all", builtin_sequence::all),
    ("any", builtin_sequence::any),
    ("ascii", builtin::repr),
    ("bin", builtin_number::bin),
    // Tinybird puts its own in place of the class.
    ("bool", typed::boolean),
    ("callable", builtin::callable),
    ("chr", builtin_number::chr),
    ("divmod", builtin_number::divmod),
    ("enumerate", builtin_sequence::enumerate),
    ("filter", builtin_sequence::filter),
    ("hasattr", builtin::hasattr),
    ("hash", builtin::hash),
    ("hex", builtin_number::hex),
    ("isinstance", builtin::isinstance),
    ("issubclass", builtin::issubclass),
    ("iter", builtin_sequence::iter),
    ("len", builtin_sequence::len),
    ("map", builtin_sequence::map),
    ("max", builtin_sequence::max),
    ("min", builtin_sequence::min),
    ("next", builtin_sequence::next),
    ("oct", builtin_number::oct),
    ("ord", builtin_number::ord),
    ("pow", builtin_number::pow),
    ("repr", builtin::repr),
    ("reversed", builtin_sequence::reversed),
    ("round", builtin_number::round),
    ("sorted", builtin_sequence::sorted),
    ("sum", builtin_sequence::sum),
    ("zip", builtin_sequence::zip),
];

/// Python's classes. A request parameter of the same name hides them.
const CLASSES: [(&str, Code); 10] = [
    ("dict", builtin_sequence::dict),
    ("float", builtin_number::float),
    ("frozenset", builtin_sequence::set),
    ("int", builtin_number::int),
    ("list", builtin_sequence::list),
    ("range", builtin_sequence::range),
    ("set", builtin_sequence::set),
    ("slice", builtin_sequence::slice),
    ("str", builtin::str),
    ("tuple", builtin_sequence::tuple),
];

/// Builtins that exist, count as true, and cannot be called here.
const INERT: [&str; 5] = ["aiter", "anext", "bytearray", "bytes", "complex"];

fn find(table: &[(&'static str, Code)], name: &str) -> Option<(&'static str, Code)> {
    table.iter().find(|(known, _)| *known == name).copied()
}

/// The Tinybird function of that name.
pub(crate) fn named(name: &str) -> Option<Object> {
    find(&TEMPLATE, name).map(|(name, _)| Object::Function(name))
}

/// The Python function or class of that name.
pub(crate) fn builtin_named(name: &str) -> Option<Object> {
    if name == "Ellipsis" {
        return Some(Object::Ellipsis);
    }
    if let Some((name, _)) = find(&BUILTIN, name) {
        return Some(Object::Function(name));
    }
    if let Some((name, _)) = find(&CLASSES, name) {
        return Some(Object::Class(name));
    }
    let inert = INERT.iter().find(|known| **known == name).map(|name| Object::Class(name));
    inert.or_else(|| exception::exception_class(name).map(Object::Class))
}

/// Calls a function or class by name.
pub(crate) fn call(evaluator: &mut Evaluator<'_>, name: &'static str, args: Args) -> Outcome<Object> {
    let code = find(&TEMPLATE, name).or_else(|| find(&BUILTIN, name)).or_else(|| find(&CLASSES, name));
    match code {
        Some((_, code)) => code(evaluator, args),
        None if exception::is_exception_class(name) => builtin::exception(evaluator, name, args),
        None => type_error(format!("{name} is not supported in templates")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_is_known_by_name() {
        for (name, _) in BUILTIN.iter().chain(&CLASSES) {
            assert!(is_builtin_name(name), "{name}");
        }
        for name in INERT {
            assert!(is_builtin_name(name), "{name}");
        }
    }

    #[test]
    fn no_function_is_registered_twice() {
        let mut names: Vec<&str> =
            TEMPLATE.iter().chain(&BUILTIN).chain(&CLASSES).map(|(name, _)| *name).collect();
        let n_names = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n_names);
    }
}
