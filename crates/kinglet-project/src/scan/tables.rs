//! Names of tables in a query.

use kinglet_diagnostic::Span;

use super::token::{Token, tokens};

/// A table that a query names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableUse {
    /// The name, `workspace.table` for a qualified one.
    pub name: String,
    /// The last part of the name in the query, with its quotes.
    pub span: Span,
    /// Whether it has an alias, so that its own name qualifies no column.
    pub aliased: bool,
}

/// Words that follow a table without being its alias.
const AFTER_TABLE: &[&str] = &[
    "where",
    "prewhere",
    "group",
    "order",
    "limit",
    "having",
    "join",
    "left",
    "right",
    "inner",
    "outer",
    "full",
    "cross",
    "global",
    "any",
    "all",
    "asof",
    "semi",
    "anti",
    "on",
    "using",
    "final",
    "sample",
    "union",
    "intersect",
    "except",
    "settings",
    "format",
    "array",
    "window",
    "qualify",
    "offset",
    "fetch",
    "with",
    "as",
    "paste",
];

/// What an open parenthesis holds, as far as it was read.
#[derive(Clone, Default)]
struct Level {
    /// A SELECT was read, so that FROM names tables.
    select: bool,
    /// In the tables of a FROM or JOIN.
    from: bool,
    /// The next name is a table.
    expects_table: bool,
}

/// The tables a query names, in the order of the text. Names defined by `WITH name AS (…)` and table
/// functions are left out.
pub fn table_uses(sql: &str) -> Vec<TableUse> {
    let all = tokens(sql);
    let defined = common_tables(&all);
    let mut levels = vec![Level::default()];
    // What was open where each `{% if %}` began: its alternatives start from there.
    let mut branches: Vec<Vec<Level>> = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((token, span)) = all.get(at) {
        if let Token::Tag(inner) = token {
            branch(inner, &mut levels, &mut branches);
            at += 1;
            continue;
        }
        let Some(level) = levels.last_mut() else { break };
        let mut length = 1;
        match token {
            Token::Symbol('(') => {
                let in_from = level.expects_table;
                level.expects_table = false;
                // `FROM (a JOIN b)` keeps naming tables; `FROM (SELECT …)` starts anew.
                levels.push(Level { select: in_from, from: in_from, expects_table: in_from });
            }
            Token::Symbol(')') => {
                levels.pop();
                if levels.is_empty() {
                    levels.push(Level::default());
                }
            }
            Token::Symbol(',') if level.from => level.expects_table = true,
            Token::Output(inner) if level.expects_table => {
                level.expects_table = false;
                found.extend(table_call(inner, *span));
            }
            Token::Output(_) => {}
            Token::Name { text, quoted: false } if is_any(text, &["select"]) => {
                *level = Level { select: true, ..Level::default() };
            }
            Token::Name { text, quoted: false }
                if is_any(text, &["array"]) && is_word(all.get(at + 1), "join") =>
            {
                (level.from, level.expects_table) = (false, false);
                length = 2;
            }
            Token::Name { text, quoted: false } if level.select && is_any(text, &["from", "join"]) => {
                (level.from, level.expects_table) = (true, true);
            }
            Token::Name { text, quoted: false } if level.from && !level.expects_table && ends_from(text) => {
                level.from = false;
            }
            Token::Name { text, quoted: false } if is_any(text, &["in"]) => {
                if let Some(used) = named_set(&all, at + 1) {
                    found.extend(used.filter(&defined));
                }
            }
            Token::Name { .. } if level.expects_table => {
                level.expects_table = false;
                let (used, consumed) = table_path(&all, at);
                length = consumed;
                found.extend(used.and_then(|used| used.filter(&defined)));
            }
            _ => {}
        }
        at += length;
    }
    found
}

/// Follows the blocks of a template: each alternative of an `if` continues from where the `if` began.
fn branch(tag: &str, levels: &mut Vec<Level>, branches: &mut Vec<Vec<Level>>) {
    let word: String = tag.chars().take_while(|c| c.is_alphanumeric()).collect();
    match word.as_str() {
        "if" | "for" | "while" | "try" => branches.push(levels.clone()),
        "elif" | "else" | "except" => {
            if let Some(start) = branches.last() {
                levels.clone_from(start);
            }
        }
        "end" => {
            branches.pop();
        }
        _ => {}
    }
}

impl TableUse {
    fn filter(self, defined: &[String]) -> Option<Self> {
        (!defined.contains(&self.name)).then_some(self)
    }
}

fn is_word(token: Option<&(Token, Span)>, word: &str) -> bool {
    matches!(token, Some((Token::Name { text, quoted: false }, _)) if text.eq_ignore_ascii_case(word))
}

fn is_any(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Words after which a comma separates no tables.
fn ends_from(word: &str) -> bool {
    is_any(
        word,
        &[
            "where", "prewhere", "group", "order", "limit", "having", "settings", "union", "on", "using",
            "window", "qualify", "array",
        ],
    )
}

/// Names that `WITH name AS (` defines, anywhere in the query.
fn common_tables(all: &[(Token, Span)]) -> Vec<String> {
    let mut names = Vec::new();
    for window in all.windows(3) {
        if let [
            (Token::Name { text, .. }, _),
            (Token::Name { text: word, quoted: false }, _),
            (Token::Symbol('('), _),
        ] = window
            && word.eq_ignore_ascii_case("as")
            && !is_any(text, &["with", "select"])
        {
            names.push(text.clone());
        }
    }
    names
}

/// A name with its qualifier at `at`: the use, unless it is a function, and how many tokens it takes.
fn table_path(all: &[(Token, Span)], at: usize) -> (Option<TableUse>, usize) {
    let name_at = |at: usize| match all.get(at) {
        Some((Token::Name { text, .. }, span)) => Some((text.clone(), *span)),
        _ => None,
    };
    let Some((mut name, mut span)) = name_at(at) else { return (None, 1) };
    let mut next = at + 1;
    while matches!(all.get(next), Some((Token::Symbol('.'), _)))
        && let Some((part, part_span)) = name_at(next + 1)
    {
        name = format!("{name}.{part}");
        span = part_span;
        next += 2;
    }
    if matches!(all.get(next), Some((Token::Symbol('('), _))) {
        return (None, next - at);
    }
    let aliased = match all.get(next) {
        Some((Token::Name { quoted: true, .. }, _)) => true,
        Some((Token::Name { text, .. }, _)) => is_any(text, &["as"]) || !is_any(text, AFTER_TABLE),
        _ => false,
    };
    (Some(TableUse { name, span, aliased }), next - at)
}

/// `x IN table` or `x IN (table)`: a lone name after IN.
fn named_set(all: &[(Token, Span)], at: usize) -> Option<TableUse> {
    let is_symbol =
        |at: usize, symbol: char| matches!(all.get(at), Some((Token::Symbol(c), _)) if *c == symbol);
    if is_symbol(at, '(') {
        let (used, consumed) = table_path(all, at + 1);
        return used
            .filter(|_| is_symbol(at + 1 + consumed, ')'))
            .map(|used| TableUse { aliased: true, ..used });
    }
    let (used, consumed) = table_path(all, at);
    let ends = match all.get(at + consumed) {
        None | Some((Token::Symbol(')' | ','), _)) => true,
        Some((Token::Name { text, quoted: false }, _)) => {
            is_any(text, &["and", "or", "group", "order", "limit", "having", "union", "settings", "where"])
        }
        _ => false,
    };
    used.filter(|_| ends).map(|used| TableUse { aliased: true, ..used })
}

/// The table that `{{ table('name') }}` names.
fn table_call(inner: &str, span: Span) -> Option<TableUse> {
    let argument = inner.strip_prefix("table")?.trim_start().strip_prefix('(')?.trim_start();
    let quote = argument.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let (name, rest) = argument.get(1..)?.split_once(quote)?;
    rest.trim_start().starts_with(')').then(|| TableUse { name: name.to_owned(), span, aliased: true })
}

/// Places where a name qualifies a column, `name.column`, with its quotes.
pub(crate) fn qualifiers(sql: &str, name: &str) -> Vec<Span> {
    let all = tokens(sql);
    let is_dot = |at: Option<usize>| matches!(at.and_then(|at| all.get(at)), Some((Token::Symbol('.'), _)));
    let tables: Vec<Span> = table_uses(sql).into_iter().map(|used| used.span).collect();
    all.iter()
        .enumerate()
        .filter(|(at, (token, span))| {
            let named = matches!(token, Token::Name { text, .. } if text == name);
            named && is_dot(Some(at + 1)) && !is_dot(at.checked_sub(1)) && !tables.contains(span)
        })
        .map(|(_, (_, span))| *span)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sql: &str) -> String {
        table_uses(sql).into_iter().map(|used| used.name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn finds_tables() {
        assert_eq!(names("SELECT a FROM t"), "t");
        assert_eq!(names("SELECT a, b FROM t, u AS x, `v w` WHERE a IN (1, 2)"), "t u v w");
        assert_eq!(names("SELECT * FROM a LEFT JOIN b USING (x, y) ANY JOIN ws.c ON a.x = c.x"), "a b ws.c");
        assert_eq!(names("WITH c AS (SELECT 1 FROM t) SELECT * FROM c JOIN d ON 1"), "t d");
        assert_eq!(names("SELECT trim(BOTH ' ' FROM s), EXTRACT(DAY FROM d) FROM numbers(10)"), "");
        assert_eq!(names("SELECT 1 FROM (SELECT 2 FROM a UNION ALL SELECT 3 FROM b), c"), "a b c");
        assert_eq!(names("SELECT x FROM (a JOIN b ON 1)"), "a b");
        assert_eq!(names("SELECT x FROM a WHERE x IN b AND y IN (SELECT 1 FROM c)"), "a b c");
        assert_eq!(names("SELECT 1 FROM a WHERE x IN (b) AND y IN (c, d) AND z IN (1)"), "a b");
        assert_eq!(names("SELECT x IN y.z + 1, f(1) FROM a ARRAY JOIN xs, ys"), "a");
        assert_eq!(names("SELECT -- FROM no\n 'FROM no' /* FROM no */ FROM yes"), "yes");
    }

    #[test]
    fn looks_through_templates() {
        let sql =
            "%SELECT {{ columns(c, 'a') }} FROM {% if defined(x) %} a {% else %} {{ table('b') }} {% end %}";
        assert_eq!(names(sql), "a b");
        let sql = "%SELECT 1 FROM {% if g == 'm' %} m {% elif g == 'h' %} h {% else %} d {% end %} AS x JOIN y USING a";
        assert_eq!(names(sql), "m h d y");
        assert_eq!(names("%SELECT 1 {% if x %} FROM a {% else %} FROM b {% end %} WHERE c IN (1, 2)"), "a b");
        assert_eq!(names("% SELECT 1 FROM {{ table('b') }} JOIN c USING x"), "b c");
        assert_eq!(names("% SELECT 1 FROM {{ TABLE(x) }}"), "");
    }

    #[test]
    fn finds_qualifiers() {
        let sql = "SELECT t.a, x.t.b, u.t FROM t JOIN u ON t.a = u.a";
        assert_eq!(qualifiers(sql, "t").len(), 2);
    }
}
