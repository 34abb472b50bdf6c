//! `defined`, `sql_and`, `sql_unescape`, `split_to_array`, `enumerate_with_last`.

use crate::eval::{Args, Evaluator, sql_text};
use crate::object::exception::{Outcome, attribute_error, template_error, type_error, value_error};
use crate::object::{Object, escape};

/// `defined(value)`: whether a parameter was given.
pub(super) fn defined(_: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("defined", 0, ["x"])?;
    Ok(Object::Bool(!matches!(value, None | Some(Object::None | Object::Placeholder))))
}

/// `sql_and(column__op=value, …)`: the conditions whose value is given, joined by `and`.
pub(super) fn sql_and(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let mut conditions = Vec::new();
    for (name, value) in args.keywords {
        if matches!(value, Object::None) {
            continue;
        }
        let (column, operator) = match name.rsplit_once("__") {
            Some((column, operator)) => (column, operator_sql(operator)?),
            None => (&*name, "="),
        };
        let column = escape::bare_identifier(column);
        let value = sql_text(&value, &evaluator.heap)?;
        evaluator.spend_text(value.len() + column.len())?;
        conditions.push(format!("{column} {operator} {value}"));
    }
    Ok(Object::Sql(conditions.join(" and ").into()))
}

fn operator_sql(operator: &str) -> Outcome<&'static str> {
    Ok(match operator {
        "in" => "in",
        "not_in" => "not in",
        "gt" => ">",
        "lt" => "<",
        "gte" => ">=",
        "lte" => "<=",
        other => return template_error(format!("operand {other} not supported")),
    })
}

/// `sql_unescape(text, what)`: a SQL string in which `what` is not escaped.
pub(super) fn sql_unescape(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, what] = args.bind("sql_unescape", 1, ["x", "what"])?;
    let value = value.unwrap_or(Object::None);
    let Some(text) = value.as_text() else { return attribute_error(value.class_name(), "translate") };
    let quoted = escape::quoted(text);
    evaluator.spend_text(quoted.len())?;
    let sql = match what {
        None | Some(Object::None) => quoted,
        Some(what) => match what.as_text() {
            Some(what) if what.is_empty() || what.contains(['\'', '"', '\\']) => quoted,
            Some(what) => unescaped(&quoted, what),
            None => return type_error(format!("argument of type '{}' is not iterable", what.class_name())),
        },
    };
    Ok(Object::Sql(sql.into()))
}

/// Takes the backslash away in front of each `what`, leaving escaped backslashes alone.
fn unescaped(quoted: &str, what: &str) -> String {
    let mut out = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let after = from.get(1..).unwrap_or("");
        if let Some(remaining) = after.strip_prefix(what) {
            out.push_str(what);
            rest = remaining;
            continue;
        }
        let next = after.chars().next().map_or(0, char::len_utf8);
        out.push_str(from.get(..1 + next).unwrap_or(from));
        rest = after.get(next..).unwrap_or("");
    }
    out + rest
}

/// `split_to_array(value, default, separator)`: the trimmed parts of a text.
pub(super) fn split_to_array(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, default, separator] = args.bind("split_to_array", 1, ["x", "default", "separator"])?;
    let chosen = match value {
        None | Some(Object::None | Object::Placeholder) => default.unwrap_or_else(|| Object::str("")),
        Some(value) => value,
    };
    let Some(text) = chosen.as_text().cloned() else {
        return template_error(
            "First argument of split_to_array has to be a value that can be split to a list of elements, but found a \
             PlaceHolder with no value instead",
        );
    };
    evaluator.spend(text.len() / 8)?;
    let parts: Vec<Object> = match separator {
        None => text.split(',').map(|part| Object::str(part.trim())).collect(),
        Some(Object::None) => text.split_whitespace().map(Object::str).collect(),
        Some(separator) => match separator.as_text() {
            Some(separator) if separator.is_empty() => return value_error("empty separator"),
            Some(separator) => text.split(&**separator).map(|part| Object::str(part.trim())).collect(),
            None => return type_error(format!("must be str or None, not {}", separator.class_name())),
        },
    };
    evaluator.list(parts)
}

/// `enumerate_with_last(items)`: pairs of whether it is the last, and the item.
pub(super) fn enumerate_with_last(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value] = args.bind("enumerate_with_last", 1, ["x"])?;
    let value = value.unwrap_or(Object::None);
    let length = evaluator.length(&value)?;
    let items = evaluator.collect(&value)?;
    let mut pairs = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        pairs.push(evaluator.tuple(vec![Object::Bool(at + 1 == length), item])?);
    }
    evaluator.list(pairs)
}
