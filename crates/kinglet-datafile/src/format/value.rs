//! Values in their normal form.

use super::unit::Unit;
use crate::text::{Line, is_space, split_words, unquote};

/// `"name" PERMISSION`.
pub(super) fn token(unit: &Unit<'_>) -> String {
    match unit.words.as_slice() {
        [name, permission] if !name.text.contains('"') || name.text.starts_with('"') => {
            let inner = unquote(&name.text).unwrap_or("");
            let quoted = if inner.contains('"') { name.text.clone() } else { format!("\"{inner}\"") };
            format!("{quoted} {}", permission.text.to_ascii_uppercase())
        }
        _ => unit.joined(),
    }
}

/// The entries in one pair of quotes.
pub(super) fn tags(unit: &Unit<'_>) -> String {
    let joined = match &unit.body {
        Some(_) => {
            unit.content().iter().map(|line| line.text).collect::<Vec<_>>().join("\n").trim().to_owned()
        }
        None => unit.joined(),
    };
    let inner = unquote(&joined).unwrap_or("");
    let entries: Vec<&str> = inner.split(',').map(str::trim).collect();
    let goes_on = entries.iter().any(|entry| entry.contains('\n'));
    if inner.contains(['"', '\'']) || goes_on || unit.has_inner_comments() {
        return if unit.body.is_some() { format!(">\n{}", indented(unit)) } else { joined };
    }
    format!("\"{}\"", entries.join(", "))
}

/// Names separated by commas, white space or lines.
pub(super) fn list(unit: &Unit<'_>) -> Vec<String> {
    let entries: Vec<String> = match &unit.body {
        Some(_) => unit.content().iter().map(|line| line.text.to_owned()).collect(),
        None => unit.words.iter().filter_map(|word| unquote(&word.text)).map(str::to_owned).collect(),
    };
    let names = entries.iter().flat_map(|entry| entry.split(',')).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A value without quotes where it reads the same without them, a space after each comma.
pub(super) fn engine_value(unit: &Unit<'_>) -> String {
    if unit.body.is_some() {
        return format!(">\n{}", indented(unit));
    }
    let joined = unit.joined();
    let Some(inner) = unquote(&joined) else { return joined };
    let spaced = after_commas(inner);
    let candidates = [spaced.clone(), format!("\"{spaced}\""), format!("\"{inner}\"")];
    candidates.into_iter().find(|candidate| is_value(candidate, inner)).unwrap_or(joined)
}

/// Whether a line with this value yields `wanted`, spaces after commas aside.
fn is_value(candidate: &str, wanted: &str) -> bool {
    if candidate.is_empty() || candidate.starts_with('>') {
        return false;
    }
    let words = split_words(&Line { number: 1, text: candidate, start: 0 });
    let words: Vec<String> = words.into_iter().map(|word| word.text).collect();
    let joined = words.join(" ");
    let compact = |text: &str| text.replace(", ", ",").replace(' ', "\u{1}");
    unquote(&joined).is_some_and(|value| value == after_commas(wanted) || compact(value) == compact(wanted))
}

/// Exactly one space after each comma outside quotes, and no space before it.
fn after_commas(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            Some(open) => {
                if c == open {
                    quote = None;
                }
                out.push(c);
            }
            None if matches!(c, '\'' | '"' | '`') => {
                quote = Some(c);
                out.push(c);
            }
            None if c == ',' => {
                out.push(',');
                while chars.peek().is_some_and(|next| next.is_whitespace()) {
                    chars.next();
                }
                if chars.peek().is_some() {
                    out.push(' ');
                }
            }
            None => out.push(c),
        }
    }
    out
}

/// The lines of a block moved so that the least indented one has four spaces; blank lines at both ends
/// are left out and those between lines become one.
pub(super) fn indented(unit: &Unit<'_>) -> String {
    let Some(body) = &unit.body else { return String::new() };
    let content = unit.content();
    let template = content.first().is_some_and(|line| line.text.trim_start().starts_with('%'));
    let moves = !(template && content.iter().any(|line| line.text.matches('\'').count() % 2 == 1));
    let blanks = |line: &Line<'_>| line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
    let mixed = content.iter().any(|line| line.text.get(..blanks(line)).is_some_and(|b| b.contains('\t')));
    let margin = if moves && !mixed { content.iter().map(blanks).min().unwrap_or(0) } else { 0 };
    let indent = if moves && !mixed { "    " } else { "" };
    let mut lines: Vec<String> = Vec::new();
    for line in body {
        let trimmed = line.text.trim_matches(is_space);
        let text = if trimmed.is_empty() {
            String::new()
        } else if trimmed.starts_with('#') {
            format!("    {trimmed}")
        } else {
            format!("{indent}{}", line.text.get(margin..).unwrap_or(trimmed).trim_end_matches(is_space))
        };
        let repeated = text.is_empty() && lines.last().is_none_or(String::is_empty);
        if !repeated {
            lines.push(text);
        }
    }
    lines.join("\n").trim_end_matches(is_space).to_owned()
}
