//! Columns and aggregate functions mentioned in a sorting key.

/// Nesting of parentheses that is followed; deeper parts mention no column.
const MAX_DEPTH: usize = 32;

/// Aggregate functions that Tinybird looks for, in lower case; each also with `merge` behind it.
const AGGREGATES: [&str; 9] =
    ["sum", "count", "avg", "min", "max", "any", "grouparray", "groupuniqarray", "uniq"];

/// The columns a sorting key mentions, in its order.
///
/// Follows Tinybird's reading: every word outside function calls, and those arguments of a call that
/// are nothing but a name. Calls inside calls are not looked into.
pub fn sorting_key_columns(key: &str) -> Vec<String> {
    let chars: Vec<char> = key.chars().collect();
    let mut found = Vec::new();
    collect(&chars, 0, &mut found);
    found
}

fn collect(chars: &[char], depth: usize, found: &mut Vec<String>) {
    if depth > MAX_DEPTH {
        return;
    }
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or(&[]);
        if c == '`' {
            let name: String = rest.iter().skip(1).take_while(|c| **c != '`').collect();
            at += name.chars().count() + 2;
            found.push(name);
        } else if c == '\'' || c == '"' {
            at += quoted_length(rest);
        } else if c == '(' {
            let length = group_length(rest);
            collect(inside(rest, length), depth + 1, found);
            at += length;
        } else if is_word(c) {
            let word: String = rest.iter().take_while(|c| is_word(**c)).collect();
            let length = word.chars().count();
            let after = rest.get(length..).unwrap_or(&[]);
            let spaces = after.iter().take_while(|c| c.is_whitespace()).count();
            let call = after.get(spaces..).filter(|call| call.first() == Some(&'(') && is_closed(call));
            at += length;
            if let Some(call) = call {
                let length = group_length(call);
                at += spaces + length;
                if word.eq_ignore_ascii_case("tuple") {
                    collect(inside(call, length), depth + 1, found);
                } else {
                    found.extend(arguments(inside(call, length)).into_iter().filter_map(|a| name(&a)));
                }
            } else {
                found.push(word);
            }
        } else {
            at += 1;
        }
    }
}

/// Length of the parenthesised group at the start, up to the end of the text when it is not closed.
fn group_length(chars: &[char]) -> usize {
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match c {
            '\'' | '"' => {
                at += quoted_length(chars.get(at..).unwrap_or(&[]));
                continue;
            }
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    at
}

/// Whether the group at the start is closed.
fn is_closed(chars: &[char]) -> bool {
    group_length(chars).checked_sub(1).and_then(|last| chars.get(last)) == Some(&')')
}

fn inside(group: &[char], length: usize) -> &[char] {
    let closed = length.checked_sub(1).and_then(|last| group.get(last)) == Some(&')');
    let end = if closed { length - 1 } else { length };
    group.get(1..end).unwrap_or(&[])
}

fn quoted_length(chars: &[char]) -> usize {
    let quote = chars.first().copied();
    let inner = chars.iter().skip(1).position(|c| Some(*c) == quote);
    inner.map_or(chars.len(), |at| at + 2)
}

/// The texts between commas outside parentheses and quotes.
fn arguments(chars: &[char]) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or(&[]);
        let length = match c {
            '(' => group_length(rest),
            '\'' | '"' => quoted_length(rest),
            ',' => {
                parts.push(String::new());
                at += 1;
                continue;
            }
            _ => 1,
        };
        if let Some(part) = parts.last_mut() {
            part.extend(rest.iter().take(length));
        }
        at += length;
    }
    parts
}

/// The name an argument is, if it is nothing else.
fn name(argument: &str) -> Option<String> {
    let text = argument.trim();
    let inner = text.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    if let Some(inner) = inner {
        return Some(inner.to_owned());
    }
    let starts = text.chars().next().is_some_and(|c| is_word(c) && !c.is_numeric());
    (starts && text.chars().all(is_word)).then(|| text.to_owned())
}

/// The first call of an aggregate function in a sorting key, with its arguments.
pub(crate) fn aggregate_call(key: &str) -> Option<String> {
    let chars: Vec<char> = key.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let rest = chars.get(at..).unwrap_or(&[]);
        let word: String = rest.iter().take_while(|c| is_word(**c)).collect();
        let length = word.chars().count();
        if length == 0 {
            at += 1;
            continue;
        }
        let spaces = rest.iter().skip(length).take_while(|c| c.is_whitespace()).count();
        let call = rest.get(length + spaces..).filter(|call| call.first() == Some(&'('));
        if let Some(call) = call.filter(|_| is_aggregate(&word)) {
            return Some(rest.iter().take(length + spaces + group_length(call)).collect());
        }
        at += length;
    }
    None
}

fn is_aggregate(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    AGGREGATES.contains(&lower.strip_suffix("merge").unwrap_or(&lower))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
