//! Methods of strings that split, join, search and replace.

use std::sync::Arc;

use super::{Code, text};
use crate::eval::{Args, Evaluator};
use crate::object::Object;
use crate::object::exception::{Outcome, type_error, value_error};

pub(super) const METHODS: [(&str, Code); 24] = [
    ("count", count),
    ("endswith", |evaluator, receiver, args| affixed(evaluator, receiver, args, "endswith")),
    ("expandtabs", expandtabs),
    ("find", |evaluator, receiver, args| {
        place(evaluator, receiver, args, Search { last: false, must: false })
    }),
    ("index", |evaluator, receiver, args| {
        place(evaluator, receiver, args, Search { last: false, must: true })
    }),
    ("join", join),
    ("lstrip", |evaluator, receiver, args| strip(evaluator, receiver, args, (true, false))),
    ("partition", |evaluator, receiver, args| partition(evaluator, receiver, args, false)),
    ("removeprefix", removeprefix),
    ("removesuffix", removesuffix),
    ("replace", replace),
    ("rfind", |evaluator, receiver, args| {
        place(evaluator, receiver, args, Search { last: true, must: false })
    }),
    ("rindex", |evaluator, receiver, args| {
        place(evaluator, receiver, args, Search { last: true, must: true })
    }),
    ("rpartition", |evaluator, receiver, args| partition(evaluator, receiver, args, true)),
    ("rsplit", |evaluator, receiver, args| split(evaluator, receiver, args, true)),
    ("rstrip", |evaluator, receiver, args| strip(evaluator, receiver, args, (false, true))),
    ("split", |evaluator, receiver, args| split(evaluator, receiver, args, false)),
    ("splitlines", splitlines),
    ("startswith", |evaluator, receiver, args| affixed(evaluator, receiver, args, "startswith")),
    ("strip", |evaluator, receiver, args| strip(evaluator, receiver, args, (true, true))),
    ("ljust", |evaluator, receiver, args| justified(evaluator, receiver, args, Side::Left)),
    ("rjust", |evaluator, receiver, args| justified(evaluator, receiver, args, Side::Right)),
    ("center", |evaluator, receiver, args| justified(evaluator, receiver, args, Side::Center)),
    ("zfill", zfill),
];

fn strings(
    evaluator: &mut Evaluator<'_>,
    parts: impl IntoIterator<Item = impl Into<Arc<str>>>,
) -> Outcome<Object> {
    let parts = parts.into_iter().map(Object::str).collect();
    evaluator.list(parts)
}

fn count(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [part, start, end] = args.bind("count", 1, ["sub", "start", "end"])?;
    let whole = text(receiver)?;
    let (_, window) = window(evaluator, &whole, start, end)?;
    let part = text(&part.unwrap_or(Object::None))?;
    let n_found = if part.is_empty() { window.chars().count() + 1 } else { window.matches(&*part).count() };
    Ok(Object::int(n_found))
}

/// The part of a text between two places, and the number of characters before it.
fn window(
    evaluator: &mut Evaluator<'_>,
    whole: &str,
    start: Option<Object>,
    end: Option<Object>,
) -> Outcome<(usize, String)> {
    evaluator.spend(whole.len() / 16)?;
    if start.is_none() && end.is_none() {
        return Ok((0, whole.to_owned()));
    }
    let characters: Vec<char> = whole.chars().collect();
    let bounds = vec![start.unwrap_or(Object::None), end.unwrap_or(Object::None), Object::None];
    let slice = evaluator.heap.sequence(bounds);
    let bounds = evaluator.slice_bounds(slice, characters.len())?;
    let places: Vec<usize> = bounds.places().collect();
    let first = places.first().copied().unwrap_or(0);
    Ok((first, places.iter().filter_map(|at| characters.get(*at)).collect()))
}

fn affixed(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args, method: &str) -> Outcome<Object> {
    let [affix, start, end] = args.bind(method, 1, ["prefix", "start", "end"])?;
    let whole = text(receiver)?;
    let (_, window) = window(evaluator, &whole, start, end)?;
    let affixes = match affix.unwrap_or(Object::None) {
        Object::Tuple(id) => evaluator.heap.items(id).to_vec(),
        other => vec![other],
    };
    for affix in affixes {
        let Some(affix) = affix.as_text() else {
            let class = affix.class_name();
            return type_error(format!("{method} first arg must be str or a tuple of str, not {class}"));
        };
        let found =
            if method == "startswith" { window.starts_with(&**affix) } else { window.ends_with(&**affix) };
        if found {
            return Ok(Object::Bool(true));
        }
    }
    Ok(Object::Bool(false))
}

fn expandtabs(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [size] = args.bind("expandtabs", 0, ["tabsize"])?;
    let size =
        size.and_then(|size| size.as_integer()).and_then(|size| size.to_usize()).unwrap_or(8).min(1000);
    let mut out = String::new();
    let mut column = 0;
    for c in text(receiver)?.chars() {
        evaluator.spend_text(out.len().min(16))?;
        match c {
            '\t' if size > 0 => {
                let blanks = size - column % size;
                out.push_str(&" ".repeat(blanks));
                column += blanks;
            }
            '\t' => {}
            _ => {
                out.push(c);
                column = if c == '\n' { 0 } else { column + 1 };
            }
        }
    }
    evaluator.string(out)
}

#[derive(Clone, Copy)]
struct Search {
    last: bool,
    must: bool,
}

fn place(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args, search: Search) -> Outcome<Object> {
    let [part, start, end] = args.bind("find", 1, ["sub", "start", "end"])?;
    let whole = text(receiver)?;
    let (before, window) = window(evaluator, &whole, start, end)?;
    let part = text(&part.unwrap_or(Object::None))?;
    let found = if search.last { window.rfind(&*part) } else { window.find(&*part) };
    match found {
        Some(at) => Ok(Object::int(before + window.get(..at).unwrap_or("").chars().count())),
        None if search.must => value_error("substring not found"),
        None => Ok(Object::int(-1)),
    }
}

fn join(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [items] = args.bind("join", 1, ["iterable"])?;
    let separator = text(receiver)?;
    let mut out = String::new();
    for (at, item) in evaluator.collect(&items.unwrap_or(Object::None))?.iter().enumerate() {
        let Some(part) = item.as_text() else {
            let class = item.class_name();
            return type_error(format!("sequence item {at}: expected str instance, {class} found"));
        };
        evaluator.spend_text(separator.len() + part.len())?;
        if at > 0 {
            out.push_str(&separator);
        }
        out.push_str(part);
        if out.len() > evaluator.context.limits.output_bytes {
            evaluator.spend_text(out.len())?;
        }
    }
    evaluator.string(out)
}

fn strip(
    evaluator: &mut Evaluator<'_>,
    receiver: &Object,
    args: Args,
    (start, end): (bool, bool),
) -> Outcome<Object> {
    let [characters] = args.bind("strip", 0, ["chars"])?;
    let whole = text(receiver)?;
    let set = match characters {
        None | Some(Object::None) => None,
        Some(characters) => Some(text(&characters)?),
    };
    let cost = set.as_ref().map_or(1, |set| set.len().max(1));
    evaluator.spend(whole.len().saturating_mul(cost) / 64)?;
    let drop = |c: char| match &set {
        Some(set) => set.contains(c),
        None => c.is_whitespace() || ('\x1c'..='\x1f').contains(&c),
    };
    let mut rest: &str = &whole;
    if start {
        rest = rest.trim_start_matches(drop);
    }
    if end {
        rest = rest.trim_end_matches(drop);
    }
    evaluator.string(rest)
}

fn partition(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args, last: bool) -> Outcome<Object> {
    let [separator] = args.bind("partition", 1, ["sep"])?;
    let whole = text(receiver)?;
    let separator = text(&separator.unwrap_or(Object::None))?;
    if separator.is_empty() {
        return value_error("empty separator");
    }
    evaluator.spend_text(whole.len())?;
    let parts = if last { whole.rsplit_once(&*separator) } else { whole.split_once(&*separator) };
    let parts = match parts {
        Some((before, after)) => [before, &separator, after],
        None if last => ["", "", &whole],
        None => [&whole, "", ""],
    };
    evaluator.tuple(parts.map(Object::str).to_vec())
}

fn removeprefix(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [prefix] = args.bind("removeprefix", 1, ["prefix"])?;
    let (whole, prefix) = (text(receiver)?, text(&prefix.unwrap_or(Object::None))?);
    evaluator.string(whole.strip_prefix(&*prefix).unwrap_or(&whole))
}

fn removesuffix(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [suffix] = args.bind("removesuffix", 1, ["suffix"])?;
    let (whole, suffix) = (text(receiver)?, text(&suffix.unwrap_or(Object::None))?);
    evaluator.string(whole.strip_suffix(&*suffix).unwrap_or(&whole))
}

fn replace(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [old, new, times] = args.bind("replace", 2, ["old", "new", "count"])?;
    let whole = text(receiver)?;
    let (old, new) = (text(&old.unwrap_or(Object::None))?, text(&new.unwrap_or(Object::None))?);
    let times = match times {
        None => None,
        Some(times) => match times.as_integer() {
            Some(times) => times.to_usize(),
            None => return type_error("an integer is required"),
        },
    };
    evaluator.spend(whole.len() / 16)?;
    let n_found = whole.matches(&*old).take(times.unwrap_or(usize::MAX)).count();
    evaluator.spend_text((whole.len()).saturating_add(n_found.saturating_mul(new.len())))?;
    evaluator.string(match times {
        Some(times) => whole.replacen(&*old, &new, times),
        None => whole.replace(&*old, &new),
    })
}

fn split(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args, from_end: bool) -> Outcome<Object> {
    let [separator, most] = args.bind("split", 0, ["sep", "maxsplit"])?;
    let whole = text(receiver)?;
    evaluator.spend(whole.len() / 8)?;
    let most = match most {
        None => None,
        Some(most) => match most.as_integer() {
            Some(most) => most.to_usize(),
            None => return type_error("an integer is required"),
        },
    };
    let separator = match separator {
        None | Some(Object::None) => return split_white(evaluator, &whole, most, from_end),
        Some(separator) => text(&separator)?,
    };
    if separator.is_empty() {
        return value_error("empty separator");
    }
    let limit = most.map_or(usize::MAX, |most| most.saturating_add(1));
    let mut parts: Vec<&str> = if from_end {
        whole.rsplitn(limit, &*separator).collect()
    } else {
        whole.splitn(limit, &*separator).collect()
    };
    if from_end {
        parts.reverse();
    }
    strings(evaluator, parts)
}

fn split_white(
    evaluator: &mut Evaluator<'_>,
    whole: &str,
    most: Option<usize>,
    from_end: bool,
) -> Outcome<Object> {
    let Some(most) = most else { return strings(evaluator, whole.split_whitespace()) };
    let mut parts = Vec::new();
    let mut rest = whole.trim();
    while parts.len() < most && !rest.is_empty() {
        let found = if from_end { rest.rfind(char::is_whitespace) } else { rest.find(char::is_whitespace) };
        let Some(at) = found else { break };
        if from_end {
            let white = rest.get(at..).and_then(|white| white.chars().next()).map_or(1, char::len_utf8);
            parts.push(rest.get(at + white..).unwrap_or(""));
            rest = rest.get(..at).unwrap_or("").trim_end();
        } else {
            parts.push(rest.get(..at).unwrap_or(""));
            rest = rest.get(at..).unwrap_or("").trim_start();
        }
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    if from_end {
        parts.reverse();
    }
    strings(evaluator, parts)
}

fn splitlines(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [keep] = args.bind("splitlines", 0, ["keepends"])?;
    let keep = keep.is_some_and(|keep| keep.is_true(&evaluator.heap));
    let whole = text(receiver)?;
    evaluator.spend(whole.len() / 8)?;
    let is_break = |c: char| {
        matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    let mut lines = Vec::new();
    let mut rest: &str = &whole;
    while !rest.is_empty() {
        let end = rest.find(is_break).unwrap_or(rest.len());
        let ending = rest.get(end..).unwrap_or("");
        let width =
            if ending.starts_with("\r\n") { 2 } else { ending.chars().next().map_or(0, char::len_utf8) };
        lines.push(rest.get(..if keep { end + width } else { end }).unwrap_or(""));
        rest = rest.get(end + width..).unwrap_or("");
    }
    strings(evaluator, lines)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Center,
}

fn justified(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args, side: Side) -> Outcome<Object> {
    let [width, fill] = args.bind("ljust", 1, ["width", "fillchar"])?;
    let whole = text(receiver)?;
    let fill = match fill {
        None => " ".into(),
        Some(fill) => text(&fill)?,
    };
    if fill.chars().count() != 1 {
        return type_error("The fill character must be exactly one character long");
    }
    let Some(width) = width.and_then(|width| width.as_integer()) else {
        return type_error("an integer is required");
    };
    let length = whole.chars().count();
    let missing =
        width.to_usize().unwrap_or(if width.is_negative() { 0 } else { usize::MAX }).saturating_sub(length);
    evaluator.spend_text(whole.len().saturating_add(missing.saturating_mul(fill.len())))?;
    let left = match side {
        Side::Left => 0,
        Side::Right => missing,
        // Python puts the odd character on the left when both the padding and the width are odd.
        Side::Center => missing / 2 + (missing & (length + missing) & 1),
    };
    evaluator.string(format!("{}{whole}{}", fill.repeat(left), fill.repeat(missing - left)))
}

fn zfill(evaluator: &mut Evaluator<'_>, receiver: &Object, args: Args) -> Outcome<Object> {
    let [width] = args.bind("zfill", 1, ["width"])?;
    let whole = text(receiver)?;
    let Some(width) = width.and_then(|width| width.as_integer()) else {
        return type_error("an integer is required");
    };
    let missing = width.to_usize().unwrap_or(if width.is_negative() { 0 } else { usize::MAX });
    let missing = missing.saturating_sub(whole.chars().count());
    evaluator.spend_text(whole.len().saturating_add(missing))?;
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with(['+', '-'])));
    evaluator.string(format!("{sign}{}{digits}", "0".repeat(missing)))
}
