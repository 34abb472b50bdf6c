//! Messages in the words of an editor: without the place and the text, which it shows itself.

use kinglet_datafile::{DatafileKind, directives};
use kinglet_diagnostic::{Diagnostic, Span};
use kinglet_project::nearest;

/// How many alternatives are told.
const MAX_EXPECTED: usize = 5;

/// Names that the parser's messages have for signs.
const SIGNS: [(&str, &str); 11] = [
    ("OpeningRoundBracket", "("),
    ("ClosingRoundBracket", ")"),
    ("OpeningSquareBracket", "["),
    ("ClosingSquareBracket", "]"),
    ("OpeningCurlyBrace", "{"),
    ("ClosingCurlyBrace", "}"),
    ("Comma", ","),
    ("Colon", ":"),
    ("Dot", "."),
    ("Equals", "="),
    ("Slash", "/"),
];

/// Words that a query goes on with, which are easily misspelt.
const CLAUSES: [&str; 16] = [
    "SELECT", "FROM", "WHERE", "PREWHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "WITH", "UNION", "JOIN",
    "INNER", "LEFT", "SETTINGS", "FORMAT", "OFFSET",
];

/// A finding of the SQL parser: the reason alone, with the word that was found.
pub(super) fn of_parser(mut finding: Diagnostic, sql: &str) -> Diagnostic {
    let Some(reason) = reason(&finding.message).map(str::to_owned) else { return finding };
    let reason = reason.as_str();
    let found = finding.span.text(sql).to_owned();
    if let Some(list) = reason.strip_prefix("Expected ") {
        let list = list.strip_prefix("one of: ").unwrap_or(list);
        let expected: Vec<&str> = list.split(", ").filter(|word| *word != "token").map(sign).collect();
        finding.message = expectation(&found, &expected);
        let before = last_word(sql, finding.span.start as usize);
        if let Some(near) = keyword_near(&found, &expected).or_else(|| misspelt(finding.span, sql)) {
            finding.help = Some(["did you mean ", near, "?"].concat());
        } else if let Some(near) = misspelt(before, sql) {
            finding.message = [before.text(sql), " is taken as a name here"].concat();
            finding.help = Some(["did you mean ", near, "?"].concat());
            finding.span = before;
        }
    } else if let Some(rest) = reason.strip_prefix("Unmatched parentheses: ") {
        (finding.message, finding.span) = bracket(rest, finding.span, sql);
    } else {
        finding.message =
            if reason == "Unexpected text" { expectation(&found, &[]) } else { reason.to_owned() };
    }
    if finding.span.is_empty() {
        finding.span = last_word(sql, finding.span.start as usize);
    }
    let first_line = finding.span.text(sql).lines().next().map_or(0, str::len);
    finding.span = Span::new(finding.span.start as usize, finding.span.start as usize + first_line);
    finding
}

/// What a word that was not expected, or was taken as an alias, was probably meant to be: a clause, or a directive at the start of
/// a line.
fn misspelt(word: Span, sql: &str) -> Option<&'static str> {
    let text = word.text(sql);
    if let Some(near) = keyword_near(text, &CLAUSES) {
        return Some(near);
    }
    let starts_line = sql.get(..word.start as usize).is_some_and(|before| before.ends_with('\n'));
    directive_near(text).filter(|_| starts_line)
}

/// The directive that a word in capitals was probably meant to be.
pub(super) fn directive_near(word: &str) -> Option<&'static str> {
    let is_directive = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let kinds = [DatafileKind::Pipe, DatafileKind::Datasource];
    let names = kinds.into_iter().flat_map(directives).map(|directive| directive.name);
    nearest(word, names).filter(|near| is_directive && *near != word)
}

/// The finding about a bracket without its partner, at the bracket itself.
fn bracket(reason: &str, place: Span, sql: &str) -> (String, Span) {
    let quoted = reason.split('\'').nth(1).unwrap_or("");
    let digits = reason.split("at position ").nth(1).unwrap_or("");
    let digits = digits.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
    let at = digits.parse::<usize>().unwrap_or(0).saturating_sub(1);
    let place = if sql.get(at..).is_some_and(|rest| rest.starts_with(quoted)) {
        Span::new(at, at + quoted.len())
    } else {
        place
    };
    let message = if reason.contains("never closed") {
        [quoted, " is never closed"].concat()
    } else if reason.contains("does not match") {
        [quoted, " closes another kind of bracket"].concat()
    } else {
        [quoted, " closes nothing"].concat()
    };
    (message, place)
}

/// What follows the place and the text in a message of the parser.
fn reason(message: &str) -> Option<&str> {
    let after = |mark: &str| message.rfind(mark).and_then(|at| message.get(at + 2..));
    message.strip_prefix("Syntax error: failed at position")?;
    after(". Expected ").or_else(|| after(". Unmatched parentheses")).or_else(|| after(". "))
}

fn sign(word: &str) -> &str {
    SIGNS.iter().find(|(name, _)| *name == word).map_or(word, |(_, sign)| sign)
}

fn expectation(found: &str, expected: &[&str]) -> String {
    let mut out = if found.is_empty() {
        "The query ends too early".to_owned()
    } else {
        let shown: String = found.chars().take(40).collect();
        ["Unexpected ", shown.lines().next().unwrap_or("")].concat()
    };
    // A long list says no more than that something else is wrong.
    if let Some((first, rest)) = expected.split_first().filter(|_| expected.len() <= MAX_EXPECTED) {
        out.push_str("; expected ");
        out.push_str(first);
        for (at, word) in rest.iter().enumerate() {
            out.push_str(if at + 1 == rest.len() { " or " } else { ", " });
            out.push_str(word);
        }
    }
    out
}

/// The expected keyword that a word was probably meant to be.
fn keyword_near<'a>(found: &str, expected: &[&'a str]) -> Option<&'a str> {
    let is_word = found.len() > 2 && found.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word || expected.iter().any(|word| word.eq_ignore_ascii_case(found)) {
        return None;
    }
    let words = expected
        .iter()
        .copied()
        .filter(|word| word.len() > 2 && word.starts_with(|c: char| c.is_ascii_uppercase()));
    let first = |word: &'a str| word.split(' ').next().unwrap_or(word);
    // Short names are near to too much: of them only a letter may be missing.
    let near = nearest(found, words.map(first)).filter(|near| near.len().abs_diff(found.len()) < 2)?;
    let mut letters = near.bytes();
    let mut is_part = || found.bytes().all(|byte| letters.any(|letter| letter.eq_ignore_ascii_case(&byte)));
    (found.len() > 3 || near.len() == 3 || is_part()).then_some(near)
}

/// The last word before a place of a text, or the last sign.
fn last_word(sql: &str, at: usize) -> Span {
    let before = sql.get(..at).unwrap_or(sql).trim_end();
    let word = before.chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_');
    let length: usize = word.map(char::len_utf8).sum();
    let length = length.max(before.chars().next_back().map_or(0, char::len_utf8));
    Span::new(before.len() - length, before.len())
}

/// A message about a value that is missing, about the directive that lacks it.
pub(super) fn missing_value(keyword: &str) -> String {
    [keyword, if keyword.eq_ignore_ascii_case("sql") { " needs a query" } else { " needs a value" }].concat()
}

/// A message without the name of its file in front and the query behind.
pub(super) fn plain(message: &str, path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let rest = message.strip_prefix("error parsing ").and_then(|rest| rest.strip_prefix(file));
    let rest = rest.map_or(message, |rest| rest.trim_start_matches([':', ' ']));
    let rest = rest.strip_prefix("DB::Exception: ").unwrap_or(rest);
    let rest = rest.find(" + SQL(value error): ").and_then(|at| rest.get(..at)).unwrap_or(rest);
    rest.trim_end().to_owned()
}

/// A message of a template without ` at name:line`, which the span tells.
pub(super) fn without_place(message: &str, name: &str) -> String {
    let mark = [" at ", name, ":"].concat();
    let end = message.rfind(&mark).filter(|at| {
        message.get(at + mark.len()..).is_some_and(|line| line.bytes().all(|byte| byte.is_ascii_digit()))
    });
    end.and_then(|end| message.get(..end)).unwrap_or(message).to_owned()
}

/// Advice as a sentence.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    let mut out: String = first.into_iter().chain(chars).collect();
    if !out.ends_with(['.', '?', '!']) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sql: &str) -> (String, String, String) {
        let parsed = kinglet_parser::parse_lenient(sql);
        let finding = of_parser(parsed.diagnostics.into_iter().next().expect("an error"), sql);
        (finding.message, finding.help.unwrap_or_default(), finding.span.text(sql).to_owned())
    }

    #[test]
    fn a_misspelt_keyword_is_recognised() {
        let (message, help, place) = said("SELECT a FROM t GRUOP BY a");
        assert_eq!(
            (message.as_str(), help.as_str()),
            ("GRUOP is taken as a name here", "did you mean GROUP?")
        );
        assert_eq!(place, "GRUOP");
        let (_, help, place) = said("SELEC a FROM t");
        assert_eq!((help.as_str(), place.as_str()), ("did you mean SELECT?", "SELEC"));
    }

    #[test]
    fn an_early_end_is_shown_at_the_last_word() {
        let (message, _, place) = said("SELECT a FROM t WHERE ");
        assert!(message.starts_with("The query ends too early"), "{message}");
        assert_eq!(place, "WHERE");
    }

    #[test]
    fn places_and_queries_are_left_out() {
        assert_eq!(
            plain("error parsing a.pipe: DB::Exception: No + SQL(value error): SELECT", "pipes/a.pipe"),
            "No"
        );
        assert_eq!(without_place("Missing {% end %} at n:3", "n"), "Missing {% end %}");
    }
}
