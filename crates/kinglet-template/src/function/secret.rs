//! `tb_secret` and `tb_var`.

use crate::eval::{Args, Evaluator};
use crate::object::exception::{Outcome, template_error};
use crate::object::{Object, escape};

/// `tb_secret(name, default)`: a query parameter that the server fills; the secret itself is never in the SQL.
/// Only secrets of the [context](crate::Context::secrets) can be named, whatever the request says.
pub(super) fn secret(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [name, default] = args.bind("tb_secret", 1, ["secret_name", "default"])?;
    let value = name.unwrap_or(Object::None);
    let name = evaluator.text_of(&value)?;
    if let Some(values) = &evaluator.context.secret_values {
        return plain(values.get(&*name), default, &name);
    }
    let parameter = || Object::Symbol(format!("{{{}: String}}", escape::escaped(&name)).into());
    if value.as_text().is_some() && evaluator.may_use_secret(&name) {
        evaluator.secret_parameters.insert(name.clone());
        return Ok(parameter());
    }
    match default {
        Some(Object::None) | None => {}
        Some(default) => return Ok(default),
    }
    let context = evaluator.context;
    if context.test_mode && context.secrets_in_test_mode && value.as_text().is_some() {
        return Ok(parameter());
    }
    unknown(&name)
}

/// The text of a secret in a datafile, where an empty one is written as `""`.
fn plain(value: Option<&String>, default: Option<Object>, name: &str) -> Outcome<Object> {
    let value = value.map(|value| Object::str(value.as_str()));
    match value.or_else(|| default.filter(|default| !matches!(default, Object::None))) {
        Some(value) if value.as_text().is_some_and(|text| text.is_empty()) => Ok(Object::str("\"\"")),
        Some(value) => Ok(value),
        None => unknown(name),
    }
}

fn unknown(name: &str) -> Outcome<Object> {
    template_error(format!(
        "Cannot access secret '{name}'. Check the secret exists in the Workspace and the token has the required scope."
    ))
}
