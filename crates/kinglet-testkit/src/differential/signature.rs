//! What ClickHouse lets each argument of a function be, measured: probes for it to answer, and the table that the
//! engine declares its signatures by.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use kinglet_sql::function::{Functions, SIGNATURE_TYPES};
use serde_json::{Value, json};

use super::template::{Template, templates};

/// Errors about number and types of arguments.
const COUNT: [u64; 3] = [34, 35, 42];
const TYPE: [u64; 2] = [43, 44];

/// Categories of functions whose arguments depend on each other, which check them by themselves.
const OPERATORS: [&str; 5] = ["arithmetic", "comparison", "internal", "null", "tuple"];

/// Functions that take an argument or not by what the others are or say.
const DEPENDENT: [&str; 27] = [
    "CAST",
    "JSONExtract",
    "JSONExtractCaseInsensitive",
    "JSONExtractKeysAndValues",
    "JSONExtractKeysAndValuesCaseInsensitive",
    "LpDistance",
    "accurateCast",
    "accurateCastOrDefault",
    "accurateCastOrNull",
    "arrayElement",
    "arrayElementOrNull",
    "arrayExcept",
    "arrayFold",
    "arrayPartialReverseSort",
    "arrayPartialSort",
    "arrayReduceInRanges",
    "arrayRemove",
    "arrayShiftLeft",
    "arrayShiftRight",
    "arrayZipUnaligned",
    "concatWithSeparator",
    "mapPopulateSeries",
    "printf",
    "reinterpret",
    "timeSlots",
    "timestamp",
    "transform",
];

/// Functions whose number of arguments depends on what the arguments are.
const UNCOUNTED: [&str; 4] = ["arrayReduce", "arrayReduceInRanges", "printf", "toString"];

fn is_dependent(template: &Template) -> bool {
    DEPENDENT.contains(&template.name)
        || template.name.ends_with("OrDefault")
        || template.arguments.iter().any(|argument| argument.class.is_none())
}

/// Searches for several needles take them constant only where the text is constant too.
fn is_search(name: &str) -> bool {
    name.starts_with("multiSearch") || name.starts_with("multiMatch")
}

/// The table inside the engine's sources.
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../kinglet-sql/src/function/signatures.tsv")
}

/// Probes, a JSON record a line: each example's call with one argument of another type, constant and not, beside
/// neighbours as in the example or of the same type; and with fewer and more arguments.
pub fn probes() -> String {
    let mut out = String::new();
    for template in templates() {
        let function = Functions::get().find(template.name);
        if function.is_none_or(|function| OPERATORS.contains(&function.spec().category)) {
            continue;
        }
        let lambda = template.arguments.iter().any(|argument| argument.class.is_none());
        if !lambda && !UNCOUNTED.contains(&template.name) {
            counts(&template, &mut out);
        }
        if is_dependent(&template) {
            continue;
        }
        for at in 0..template.arguments.len() {
            if template.arguments[at].class.is_some() {
                types(&template, at, &mut out);
            }
        }
    }
    out
}

fn probe(name: &str, arguments: &[String], what: Value, out: &mut String) {
    let mut record = json!({ "function": name, "sql": format!("SELECT {name}({})", arguments.join(", ")) });
    if let (Some(record), Value::Object(what)) = (record.as_object_mut(), what) {
        record.extend(what);
    }
    let _ = writeln!(out, "{record}");
}

fn counts(template: &Template, out: &mut String) {
    let own: Vec<String> = template.arguments.iter().map(|argument| argument.text.clone()).collect();
    for count in 0..own.len() + 4 {
        let last = own.last().cloned().unwrap_or_else(|| "1".to_owned());
        let arguments: Vec<String> = own.iter().cloned().chain(std::iter::repeat(last)).take(count).collect();
        probe(template.name, &arguments, json!({ "count": count }), out);
    }
}

fn types(template: &Template, at: usize, out: &mut String) {
    for (bit, (_, values)) in SIGNATURE_TYPES.iter().enumerate() {
        for value in *values {
            let neighbours = [None, Some((*value).to_owned()), Some(format!("[{value}]"))];
            let count = if template.arguments.len() > 1 { 3 } else { 1 };
            for neighbour in neighbours.into_iter().take(count) {
                for constant in [true, false] {
                    if constant && neighbour.is_some() {
                        continue;
                    }
                    let arguments: Vec<String> = template
                        .arguments
                        .iter()
                        .enumerate()
                        .map(|(other, argument)| match &neighbour {
                            _ if other == at && constant => (*value).to_owned(),
                            _ if other == at => format!("materialize({value})"),
                            Some(text) if argument.class.is_some() => text.clone(),
                            _ => argument.text.clone(),
                        })
                        .collect();
                    let what =
                        json!({ "at": at, "bit": bit, "constant": constant, "own": neighbour.is_none() });
                    probe(template.name, &arguments, what, out);
                }
            }
        }
    }
}

#[derive(Default)]
struct Argument {
    constant: u64,
    full: u64,
    /// Codes of refusals beside the example's own neighbours: of constants, of others.
    codes: BTreeMap<(bool, u64), usize>,
}

#[derive(Default)]
struct Signature {
    /// Whether a number of arguments is taken, or the error's code.
    counts: BTreeMap<u64, Result<(), u64>>,
    arguments: BTreeMap<u64, Argument>,
}

/// The table from answered probes: a line per function with its name, least and most arguments (`*` for any number), and
/// for each argument the types it may be as a constant and otherwise, as hexadecimal bits, with the codes of refusals.
///
/// # Errors
/// When the file cannot be read.
pub fn table(answers: &Path) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", answers.display());
    let mut signatures: BTreeMap<String, Signature> = BTreeMap::new();
    for line in BufReader::new(std::fs::File::open(answers).map_err(failed)?).split(b'\n') {
        let line = line.map_err(failed)?;
        if let Ok(record) = serde_json::from_str::<Value>(&String::from_utf8_lossy(&line)) {
            let name = record["function"].as_str().unwrap_or_default().to_owned();
            learn(signatures.entry(name).or_default(), &record);
        }
    }
    let lines = signatures.iter().filter_map(|(name, signature)| row(name, signature));
    Ok(lines.collect::<Vec<_>>().concat())
}

fn learn(signature: &mut Signature, record: &Value) {
    let code = record["error"]["code"].as_u64().unwrap_or(0);
    if let Some(count) = record["count"].as_u64() {
        let taken = if COUNT.contains(&code) { Err(code) } else { Ok(()) };
        let known = signature.counts.entry(count).or_insert(taken);
        *known = known.or(taken);
        return;
    }
    let (Some(at), Some(bit)) = (record["at"].as_u64(), record["bit"].as_u64()) else { return };
    let constant = record["constant"].as_bool().unwrap_or(false);
    let argument = signature.arguments.entry(at).or_default();
    if !TYPE.contains(&code) {
        argument.constant |= 1 << bit;
        if !constant {
            argument.full |= 1 << bit;
        }
    } else if record["own"].as_bool() == Some(true) {
        *argument.codes.entry((constant, code)).or_default() += 1;
    }
}

fn row(name: &str, signature: &Signature) -> Option<String> {
    if signature.counts.is_empty() && signature.arguments.is_empty() {
        return None;
    }
    let allowed: Vec<u64> =
        signature.counts.iter().filter(|(_, taken)| taken.is_ok()).map(|(count, _)| *count).collect();
    let least = allowed.first().copied().unwrap_or(0);
    let probed = signature.counts.keys().last();
    let most = allowed.last().filter(|most| probed != Some(*most)).map_or("*".to_owned(), u64::to_string);
    let code = |count: Option<u64>| match count.and_then(|count| signature.counts.get(&count)) {
        Some(Err(code)) if *code != 42 => format!("!{code}"),
        _ => String::new(),
    };
    let (few, many) = (code(least.checked_sub(1)), code(allowed.last().map(|most| most + 1)));
    let mut line = format!("{name}\t{least}{few}\t{most}{many}");
    let every = (1_u64 << SIGNATURE_TYPES.len()) - 1;
    let last = signature.arguments.keys().last().copied().unwrap_or(0);
    for at in 0..=last {
        let Some(argument) = signature.arguments.get(&at).filter(|argument| argument.constant != 0) else {
            line.push_str("\t*");
            continue;
        };
        let argument = &Argument {
            full: if is_search(name) { argument.constant } else { argument.full },
            codes: argument.codes.clone(),
            ..*argument
        };
        if argument.full == every {
            line.push_str("\t*");
            continue;
        }
        let usual = |constant: bool| {
            let codes = argument.codes.iter().filter(|((other, _), _)| *other == constant);
            codes.max_by_key(|(_, count)| **count).map_or(43, |((_, code), _)| *code)
        };
        let _ = write!(line, "\t{:x}", argument.full);
        if argument.constant != argument.full {
            let _ = write!(line, "+{:x}", argument.constant & !argument.full);
        }
        if usual(true) != 43 {
            let _ = write!(line, "!{}", usual(true));
        }
    }
    line.push('\n');
    Some(line)
}
