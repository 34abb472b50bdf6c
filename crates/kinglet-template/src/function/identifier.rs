//! Identifiers: `column`, `columns`, `symbol`, `table`.

use crate::eval::{Args, Evaluator};
use crate::object::exception::{Outcome, attribute_error, template_error, type_error};
use crate::object::{Object, escape};

/// The name a parameter gives, the text `placeholder` in test mode.
fn name_of(value: Option<Object>) -> Outcome<std::sync::Arc<str>> {
    match value.unwrap_or(Object::None) {
        Object::Placeholder => Ok("placeholder".into()),
        Object::Str(text) | Object::Sql(text) => Ok(text),
        other => attribute_error(other.class_name(), "translate"),
    }
}

/// A column name with each part in back-ticks.
fn parts_quoted(name: &str, evaluator: &Evaluator<'_>) -> String {
    if evaluator.context.flags.column_json_backticks_circuit_breaker {
        return escape::back_ticked(name);
    }
    name.split('.').map(escape::back_ticked).collect::<Vec<_>>().join(".")
}

fn is_unset(value: &Option<Object>) -> bool {
    matches!(value, None | Some(Object::None | Object::Placeholder))
}

/// `column(name, default)`.
pub(super) fn column(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, default] = args.bind("column", 1, ["x", "default"])?;
    let chosen = if is_unset(&value) { default } else { value };
    if is_unset(&chosen) {
        return template_error(
            "Missing column() default value, use `column(column_name, 'default_column_name')`",
        );
    }
    let name = name_of(chosen)?;
    evaluator.spend_text(name.len())?;
    Ok(Object::Symbol(parts_quoted(&name, evaluator).into()))
}

/// `columns(names, default, fn)`: several columns, perhaps each inside of a function.
pub(super) fn columns(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, default, function] = args.bind("columns", 1, ["x", "default", "fn"])?;
    let chosen = if is_unset(&value) { default } else { value };
    if is_unset(&chosen) {
        return template_error(
            "Missing columns() default value, use `columns(column_names, 'default_column_name')`",
        );
    }
    let names = match chosen {
        Some(Object::Str(text) | Object::Sql(text)) => text,
        _ => return template_error("The 'columns' function expects a String not an Array"),
    };
    let function = match function {
        Some(function) if function.is_true(&evaluator.heap) => {
            let function = evaluator.text_of(&function)?;
            if !escape::is_function_name(&function) {
                return template_error("The 'fn' argument of 'columns' has to be the name of a function");
            }
            Some(function)
        }
        _ => None,
    };
    let mut columns = Vec::new();
    for name in names.split(',').map(str::trim) {
        evaluator.spend(1)?;
        let column = parts_quoted(name, evaluator);
        columns.push(match &function {
            Some(function) => format!("{function}({column}) as {}", escape::bare_identifier(name)),
            None => column,
        });
    }
    let sql = columns.join(",");
    evaluator.spend_text(sql.len())?;
    Ok(Object::Sql(sql.into()))
}

/// `symbol(name, quote)`: one identifier. Without quotes it has to be a plain one, otherwise it gets back-ticks.
pub(super) fn symbol(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, quote] = args.bind("symbol", 1, ["x", "quote"])?;
    if matches!(value, Some(Object::Placeholder)) {
        return Ok(Object::Symbol("`placeholder`".into()));
    }
    let name = name_of(value)?;
    let quote = match quote {
        None => "`".into(),
        Some(quote) => match quote.as_text() {
            Some(quote) => quote.clone(),
            None => {
                return type_error(format!(
                    "unsupported operand type(s) for +: '{}' and 'str'",
                    quote.class_name()
                ));
            }
        },
    };
    evaluator.spend_text(name.len())?;
    let sql = match &*quote {
        "`" | "\"" | "'" => format!("{quote}{}{quote}", escape::escaped_identifier(&name)),
        _ if escape::is_plain_identifier(&name) && escape::is_plain_identifier(&format!("q{quote}")) => {
            format!("{quote}{name}{quote}")
        }
        _ => escape::back_ticked(&name),
    };
    Ok(Object::Symbol(sql.into()))
}

/// `table(name)`: a table name, with or without the name of a workspace. Where it is not plain it gets back-ticks.
pub(super) fn table(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [value, _] = args.bind("table", 1, ["x", "quote"])?;
    let name = name_of(value)?;
    evaluator.spend_text(name.len())?;
    Ok(Object::Symbol(escape::bare_identifier(&name).into()))
}
