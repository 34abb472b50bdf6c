//! Methods of strings about letters and character classes.

use super::{Code, text};
use crate::eval::{Args, Evaluator};
use crate::object::exception::Outcome;
use crate::object::{Object, float, text as text_of};

pub(super) const METHODS: [(&str, Code); 18] = [
    ("capitalize", |evaluator, receiver, args| changed(evaluator, receiver, args, capitalized)),
    ("casefold", |evaluator, receiver, args| {
        changed(evaluator, receiver, args, |text| text.to_lowercase().replace('ß', "ss"))
    }),
    ("isalnum", |evaluator, receiver, args| every(evaluator, receiver, args, char::is_alphanumeric)),
    ("isalpha", |evaluator, receiver, args| every(evaluator, receiver, args, char::is_alphabetic)),
    ("isascii", |_, receiver, args| {
        args.bind("isascii", 0, [])?;
        Ok(Object::Bool(text(receiver)?.is_ascii()))
    }),
    ("isdecimal", |evaluator, receiver, args| {
        every(evaluator, receiver, args, |c| float::decimal_digit(c).is_some())
    }),
    ("isdigit", |evaluator, receiver, args| every(evaluator, receiver, args, is_digit)),
    ("isidentifier", |_, receiver, args| {
        args.bind("isidentifier", 0, [])?;
        let word = text(receiver)?;
        let starts = word.starts_with(|c: char| c == '_' || c.is_alphabetic());
        Ok(Object::Bool(starts && word.chars().all(|c| c == '_' || c.is_alphanumeric())))
    }),
    ("islower", |evaluator, receiver, args| {
        cased(evaluator, receiver, args, char::is_lowercase, char::is_uppercase)
    }),
    ("isnumeric", |evaluator, receiver, args| every(evaluator, receiver, args, char::is_numeric)),
    ("isprintable", |_, receiver, args| {
        args.bind("isprintable", 0, [])?;
        Ok(Object::Bool(text(receiver)?.chars().all(text_of::is_printable)))
    }),
    ("isspace", |evaluator, receiver, args| every(evaluator, receiver, args, char::is_whitespace)),
    ("istitle", |evaluator, receiver, args| {
        args.bind("istitle", 0, [])?;
        let whole = text(receiver)?;
        evaluator.spend(whole.len() / 16)?;
        Ok(Object::Bool(whole.chars().any(char::is_alphabetic) && titled(&whole) == *whole))
    }),
    ("isupper", |evaluator, receiver, args| {
        cased(evaluator, receiver, args, char::is_uppercase, char::is_lowercase)
    }),
    ("lower", |evaluator, receiver, args| changed(evaluator, receiver, args, str::to_lowercase)),
    ("swapcase", |evaluator, receiver, args| changed(evaluator, receiver, args, swapped)),
    ("title", |evaluator, receiver, args| changed(evaluator, receiver, args, titled)),
    ("upper", |evaluator, receiver, args| changed(evaluator, receiver, args, str::to_uppercase)),
];

fn changed(
    evaluator: &mut Evaluator<'_>,
    receiver: &Object,
    args: Args,
    change: fn(&str) -> String,
) -> Outcome<Object> {
    args.bind("lower", 0, [])?;
    let whole = text(receiver)?;
    evaluator.spend_text(whole.len())?;
    Ok(Object::str(change(&whole)))
}

fn every(
    evaluator: &mut Evaluator<'_>,
    receiver: &Object,
    args: Args,
    holds: fn(char) -> bool,
) -> Outcome<Object> {
    args.bind("isalpha", 0, [])?;
    let whole = text(receiver)?;
    evaluator.spend(whole.len() / 16)?;
    Ok(Object::Bool(!whole.is_empty() && whole.chars().all(holds)))
}

fn cased(
    evaluator: &mut Evaluator<'_>,
    receiver: &Object,
    args: Args,
    wanted: fn(char) -> bool,
    unwanted: fn(char) -> bool,
) -> Outcome<Object> {
    args.bind("islower", 0, [])?;
    let whole = text(receiver)?;
    evaluator.spend(whole.len() / 16)?;
    Ok(Object::Bool(whole.chars().any(wanted) && !whole.chars().any(unwanted)))
}

/// Digits, superscripts and subscripts included.
fn is_digit(c: char) -> bool {
    float::decimal_digit(c).is_some()
        || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '①'..='⑨')
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

fn swapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_uppercase() {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
    }
    out
}

fn titled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphabetic();
    }
    out
}
