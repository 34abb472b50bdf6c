//! Errors a template asks for, and settings of the query.

use super::builtin_number;
use crate::eval::{Args, Evaluator};
use crate::object::exception::{Cause, Outcome, Raised, Stop, template_error, type_error};
use crate::object::{Object, convert, escape};
use crate::{Settings, Value};

/// What `error()` leaves in test mode.
const SILENCED: &str = "-- {x} \n";

/// `error(message, code)`.
pub(super) fn error(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    // In test mode any arguments do.
    if evaluator.context.test_mode {
        return Ok(Object::Sql(SILENCED.into()));
    }
    let [message, _] = args.bind("error", 1, ["s", "code"])?;
    let message = evaluator.text_of(&message.unwrap_or(Object::None))?;
    let mut raised = Raised::new("ValueError", message);
    raised.cause = Cause::Error;
    Err(Stop::from(raised))
}

/// `custom_error(body, code)`.
pub(super) fn custom_error(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    if evaluator.context.test_mode {
        return Ok(Object::Sql(SILENCED.into()));
    }
    let [body, code] = args.bind("custom_error", 1, ["s", "code"])?;
    let body = body.unwrap_or(Object::None);
    let message = evaluator.text_of(&body)?;
    let body = convert::to_value(&body, &evaluator.heap)?;
    let code = match code {
        Some(code) => convert::to_value(&code, &evaluator.heap)?,
        None => Value::Int(400),
    };
    let mut raised = Raised::new("SQLTemplateCustomError", message);
    raised.cause = Cause::Custom { body, code };
    Err(Stop::from(raised))
}

/// A SQL comment of one line.
fn comment(text: &str) -> Object {
    Object::Sql(format!("-- {}\n", escape::one_line(text)).into())
}

/// The text of the only argument.
fn argument(evaluator: &mut Evaluator<'_>, args: Args, function: &str) -> Outcome<(Object, String)> {
    let [value] = args.bind(function, 1, ["x"])?;
    let value = value.unwrap_or(Object::None);
    let text = evaluator.text_of(&value)?;
    Ok((value, text))
}

/// `max_threads(n)`.
pub(super) fn max_threads(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let (value, text) = argument(evaluator, args, "max_threads")?;
    match builtin_number::int(evaluator, Args::of(vec![value])) {
        Ok(number) => {
            let threads = number.as_integer().and_then(|number| number.to_i64()).unwrap_or(i64::MAX);
            evaluator.settings.max_threads = Some(threads);
            Ok(comment(&format!("max_threads {text}")))
        }
        Err(Stop::Raised(_)) => Ok(comment(&format!("max_threads: wrong argument {text}"))),
        Err(limit) => Err(limit),
    }
}

/// `backend_hint(name)`.
pub(super) fn backend_hint(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let (value, text) = argument(evaluator, args, "backend_hint")?;
    evaluator.settings.backend_hint = Some(match value {
        Object::None => Value::Null,
        _ => Value::String(escape::one_line(&text)),
    });
    Ok(comment(&format!("backend_hint {text}")))
}

const TTLS: [&str; 5] = ["5s", "1m", "5m", "30m", "1h"];

/// `cache_ttl(time)`.
pub(super) fn cache_ttl(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let (value, text) = argument(evaluator, args, "cache_ttl")?;
    if value.as_text().is_none() || !TTLS.contains(&text.as_str()) {
        return template_error(
            "Invalid TTL cache expression, valid expressions are ('5s', '1m', '5m', '30m', '1h')",
        );
    }
    evaluator.settings.cache_ttl = Some(text.clone());
    Ok(comment(&format!("cache_ttl {text}")))
}

const FEATURES: [&str; 3] = ["analyzer", "parallel_replicas", "optimize_aggregation_in_order"];

/// `activate(feature)`.
pub(super) fn activate(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let (value, text) = argument(evaluator, args, "activate")?;
    if matches!(value, Object::List(_) | Object::Dict(_) | Object::Set(_)) {
        return type_error(format!("unhashable type: '{}'", value.class_name()));
    }
    if value.as_text().is_none() || !FEATURES.contains(&text.as_str()) {
        return template_error(format!("'{text}' is not a valid 'activate' argument"));
    }
    let Settings { activate, .. } = &mut evaluator.settings;
    if let Err(at) = activate.binary_search(&text) {
        activate.insert(at, text.clone());
    }
    Ok(comment(&format!("activate {text}")))
}

/// `disable(feature)`; any part of the only feature's name is accepted.
pub(super) fn disable(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let (value, text) = argument(evaluator, args, "disable")?;
    if value.as_text().is_none() {
        let class = value.class_name();
        return type_error(format!("'in <string>' requires string as left operand, not {class}"));
    }
    if !"analyzer".contains(&text) {
        return template_error(format!("'{text}' is not a valid 'disable' argument"));
    }
    evaluator.settings.disable = Some(text.clone());
    Ok(comment(&format!("disable {text}")))
}
