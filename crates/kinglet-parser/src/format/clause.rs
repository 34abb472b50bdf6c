//! Where the clauses of a query or statement start.

use super::tree::Node;
use crate::token::TokenKind;

/// How a clause is broken into lines when it is too long for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// One item per line, below the keyword.
    List,
    /// One condition per line, the first beside the keyword.
    Condition,
    /// On the keyword's line; only brackets are broken.
    Inline,
}

/// One clause: its keywords and what follows them.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    /// The keywords.
    pub(super) head: &'a [Node],
    /// What follows.
    pub(super) body: &'a [Node],
    /// How it is broken.
    pub(super) kind: Body,
}

/// Clause keywords: the words, and how what follows is broken.
const CLAUSES: [(&str, Body); 34] = [
    ("SELECT DISTINCT ON", Body::Inline),
    ("SELECT DISTINCT", Body::List),
    ("SELECT", Body::List),
    ("FROM", Body::Inline),
    ("PREWHERE", Body::Condition),
    ("WHERE", Body::Condition),
    ("GROUP BY GROUPING SETS", Body::Inline),
    ("GROUP BY", Body::List),
    ("HAVING", Body::Condition),
    ("WINDOW", Body::List),
    ("QUALIFY", Body::Condition),
    ("ORDER BY", Body::List),
    ("INTERPOLATE", Body::Inline),
    ("LIMIT", Body::Inline),
    ("OFFSET", Body::Inline),
    ("FETCH", Body::Inline),
    ("SETTINGS", Body::List),
    ("FORMAT", Body::Inline),
    ("INTO OUTFILE", Body::Inline),
    ("UNION ALL", Body::Inline),
    ("UNION DISTINCT", Body::Inline),
    ("UNION", Body::Inline),
    ("INTERSECT", Body::Inline),
    ("ENGINE", Body::Inline),
    ("PARTITION BY", Body::Inline),
    ("PRIMARY KEY", Body::Inline),
    ("SAMPLE BY", Body::Inline),
    ("TTL", Body::List),
    ("POPULATE", Body::Inline),
    ("VALUES", Body::Inline),
    ("SET", Body::List),
    ("ROWS BETWEEN", Body::Inline),
    ("RANGE BETWEEN", Body::Inline),
    ("GROUPS BETWEEN", Body::Inline),
];

const JOIN_WORDS: [&str; 15] = [
    "GLOBAL", "LOCAL", "NATURAL", "ANY", "ALL", "ASOF", "SEMI", "ANTI", "INNER", "LEFT", "RIGHT", "FULL",
    "OUTER", "CROSS", "PASTE",
];

/// Splits what stands on one level into clauses. What stands before the first has no keywords.
pub(super) fn split(nodes: &[Node]) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    let mut start = 0;
    let mut head = 0;
    let mut kind = Body::Inline;
    let mut at = 0;
    while at < nodes.len() {
        let found = clause_at(nodes, at, nodes.get(start));
        let Some((length, found_kind)) = found else {
            at += 1;
            continue;
        };
        if at > start {
            push(&mut clauses, nodes, start, head, at, kind);
        }
        (start, head, kind) = (at, length, found_kind);
        at += length;
    }
    if at > start {
        push(&mut clauses, nodes, start, head, at, kind);
    }
    clauses
}

fn push<'a>(
    clauses: &mut Vec<Clause<'a>>,
    nodes: &'a [Node],
    start: usize,
    head: usize,
    end: usize,
    kind: Body,
) {
    let head_end = (start + head).min(end);
    let (head, body) = (nodes.get(start..head_end), nodes.get(head_end..end));
    clauses.push(Clause { head: head.unwrap_or(&[]), body: body.unwrap_or(&[]), kind });
}

/// The clause that starts at `at`: the number of its keywords, and how it is broken. `current` is the
/// first word of the clause before.
fn clause_at(nodes: &[Node], at: usize, current: Option<&Node>) -> Option<(usize, Body)> {
    let node = nodes.get(at)?;
    let next_is = |word: &str| nodes.get(at + 1).is_some_and(|next| next.is(word));
    if node.is("WITH") {
        let is_modifier =
            ["TOTALS", "ROLLUP", "CUBE", "FILL", "TIES", "NAME", "SETTINGS"].iter().any(|word| next_is(word));
        let length = if next_is("RECURSIVE") { 2 } else { 1 };
        return (!is_modifier).then_some((length, Body::List));
    }
    if node.is("EXCEPT") {
        let starts_query = starts_query(nodes.get(at + 1..).unwrap_or(&[]));
        let length = if next_is("ALL") || next_is("DISTINCT") { 2 } else { 1 };
        return (length == 2 || starts_query).then_some((length, Body::Inline));
    }
    if node.is("AS") {
        let starts_query = at > 0 && starts_query(nodes.get(at + 1..).unwrap_or(&[]));
        let is_create = nodes.first().is_some_and(|first| first.is("CREATE") || first.is("ATTACH"));
        return (starts_query && is_create).then_some((1, Body::Inline));
    }
    if let Some(length) = join_length(nodes, at) {
        return Some((length, Body::Inline));
    }
    let in_clause = |word: &str| current.is_some_and(|current| current.is(word));
    if node.is("OFFSET") && (in_clause("LIMIT") || in_clause("FROM"))
        || node.is("FROM") && in_clause("DELETE")
    {
        return None;
    }
    let is_insert_or_alter =
        nodes.first().is_some_and(|first| first.is("ALTER") || first.is("SHOW") || first.is("SYSTEM"));
    if is_insert_or_alter && !node.is("WHERE") && !node.is("SELECT") {
        return None;
    }
    CLAUSES.iter().find_map(|(words, body)| {
        let matches = words
            .split(' ')
            .enumerate()
            .all(|(offset, word)| nodes.get(at + offset).is_some_and(|node| node.is(word)));
        matches.then(|| (words.split(' ').count(), *body))
    })
}

/// Number of words of the join that starts at `at`.
fn join_length(nodes: &[Node], at: usize) -> Option<usize> {
    let mut length = 0;
    while length < 6 {
        let node = nodes.get(at + length)?;
        if node.is("JOIN") {
            return Some(length + 1);
        }
        let is_array = node.is("ARRAY") && nodes.get(at + length + 1).is_some_and(|next| next.is("JOIN"));
        if !is_array && !JOIN_WORDS.iter().any(|word| node.is(word)) {
            return None;
        }
        length += 1;
    }
    None
}

/// Whether a query starts these nodes.
pub(super) fn starts_query(nodes: &[Node]) -> bool {
    match nodes.first() {
        Some(Node::Group { children, open, .. }) => {
            open.kind == TokenKind::OpenRound && starts_query(children)
        }
        Some(node) => ["SELECT", "WITH", "FROM", "EXPLAIN"].iter().any(|word| node.is(word)),
        None => false,
    }
}

/// Whether what stands in brackets has clauses: a query, or a window.
pub(super) fn has_clauses(children: &[Node]) -> bool {
    let first_words = |first: &str, second: &str| {
        children.first().is_some_and(|node| node.is(first))
            && children.get(1).is_some_and(|node| node.is(second))
    };
    starts_query(children) || first_words("PARTITION", "BY") || first_words("ORDER", "BY")
}

/// Splits at commas, which stay with the item before them.
pub(super) fn items(nodes: &[Node]) -> Vec<&[Node]> {
    nodes.split_inclusive(|node| node.is_kind(TokenKind::Comma)).collect()
}

/// Splits before `AND` and `OR`, but for the `AND` of `BETWEEN`.
pub(super) fn conditions(nodes: &[Node]) -> Vec<&[Node]> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut betweens = 0usize;
    let mut cases = 0usize;
    for (index, node) in nodes.iter().enumerate() {
        cases = if node.is("CASE") { cases + 1 } else { cases };
        cases = if node.is("END") { cases.saturating_sub(1) } else { cases };
        if node.is("BETWEEN") {
            betweens += 1;
        } else if node.is("AND") && betweens > 0 {
            betweens -= 1;
        } else if (node.is("AND") || node.is("OR")) && index > start && cases == 0 {
            parts.extend(nodes.get(start..index));
            start = index;
        }
    }
    parts.extend(nodes.get(start..));
    parts
}
