//! Table engines: what a datasource says about one, and the clause ClickHouse is given.

use kinglet_diagnostic::Span;

use crate::column::Column;

/// The engine of a data source, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Engine {
    /// Name of the engine as written; `None` when only `ENGINE_…` options are given.
    pub r#type: Option<String>,
    /// The `ENGINE_…` options in file order, by name in lower case without `engine_`.
    pub args: Vec<EngineArgument>,
    /// Place of the engine's name, or of the first option.
    pub span: Span,
}

/// One `ENGINE_…` option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineArgument {
    /// Name in lower case without `engine_`, such as `sorting_key`.
    pub name: String,
    /// The value.
    pub value: String,
    /// Place of the value.
    pub span: Span,
}

impl Engine {
    /// The first value given for an option.
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|argument| argument.name == name).map(|argument| argument.value.as_str())
    }
}

/// An engine that Tinybird supports.
struct Kind {
    name: &'static str,
    /// Parameters in the engine's parentheses: name, and whether it must be given.
    parameters: &'static [(&'static str, bool)],
    /// Whether it takes options such as a sorting key.
    options: bool,
    /// Whether a sorting key must be given.
    needs_sorting_key: bool,
}

const fn kind(
    name: &'static str,
    parameters: &'static [(&'static str, bool)],
    needs_sorting_key: bool,
) -> Kind {
    Kind { name, parameters, options: true, needs_sorting_key }
}

const KINDS: [Kind; 7] = [
    kind("MergeTree", &[], false),
    kind("ReplacingMergeTree", &[("ver", false), ("is_deleted", false)], true),
    kind("SummingMergeTree", &[("columns", false)], false),
    kind("AggregatingMergeTree", &[], false),
    kind("CollapsingMergeTree", &[("sign", true)], true),
    kind("VersionedCollapsingMergeTree", &[("sign", true), ("version", true)], false),
    Kind { name: "Null", parameters: &[], options: false, needs_sorting_key: false },
];

/// Options in the order of the clause, with the words they are rendered with.
const OPTIONS: [(&str, &str); 6] = [
    ("partition_key", "PARTITION BY"),
    ("sorting_key", "ORDER BY"),
    ("primary_key", "PRIMARY KEY"),
    ("sampling_key", "SAMPLE BY"),
    ("ttl", "TTL"),
    ("settings", "SETTINGS"),
];

/// The ENGINE clause for a `CREATE TABLE` over these columns, or why there is none.
///
/// An engine without a name is a MergeTree.
pub fn engine_clause(engine: &Engine, columns: &[Column]) -> Result<String, String> {
    let name = engine.r#type.as_deref().unwrap_or("MergeTree");
    let kind = KINDS.iter().find(|kind| kind.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        format!("Engine {name} is not supported, supported engines include: {}", names.join(", "))
    })?;
    check_names(engine)?;
    let mut parameters = Vec::new();
    for (parameter, required) in kind.parameters {
        match engine.argument(parameter).filter(|value| !value.is_empty()) {
            Some(value) => {
                check_parameter(parameter, value, columns)?;
                parameters.push(value);
            }
            None if *required => return Err(format!("Missing required parameter '{parameter}'")),
            None => {}
        }
    }
    let mut clause = format!("{}({})", kind.name, parameters.join(", "));
    if kind.options {
        for (option, words) in OPTIONS {
            clause.push_str(&option_clause(engine, kind, option, words)?);
        }
    }
    Ok(clause)
}

fn check_names(engine: &Engine) -> Result<(), String> {
    let known = |name: &str| {
        OPTIONS.iter().any(|(option, _)| *option == name)
            || KINDS.iter().any(|kind| kind.parameters.iter().any(|(parameter, _)| *parameter == name))
    };
    match engine.args.iter().find(|argument| !known(&argument.name)) {
        Some(argument) => Err(format!("engine_{} is not a valid option", argument.name)),
        None => Ok(()),
    }
}

/// Parameters name columns of the schema; `columns` is a list of them.
fn check_parameter(parameter: &str, value: &str, columns: &[Column]) -> Result<(), String> {
    let names: Vec<&str> =
        if parameter == "columns" { value.split(',').map(str::trim).collect() } else { vec![value] };
    match names.iter().find(|name| !columns.iter().any(|column| column.name == **name)) {
        Some(name) => Err(format!(
            "Invalid value '{value}' for parameter 'engine_{parameter}', reason: '{name}' column is not present in schema"
        )),
        None => Ok(()),
    }
}

fn option_clause(engine: &Engine, kind: &Kind, option: &str, words: &str) -> Result<String, String> {
    let value = engine.argument(option).unwrap_or("").trim();
    if option == "sorting_key" {
        if value == "tuple()" && kind.needs_sorting_key {
            return Err(format!(
                "Invalid value '{value}' for option 'engine_sorting_key', reason: '{value}' is not a valid sorting key"
            ));
        }
        if value.is_empty() {
            return if kind.needs_sorting_key {
                Err("Missing required option 'sorting_key'".to_owned())
            } else {
                Ok(" ORDER BY (tuple())".to_owned())
            };
        }
    }
    Ok(match option {
        _ if value.is_empty() => String::new(),
        "ttl" | "settings" => format!(" {words} {value}"),
        _ => format!(" {words} ({value})"),
    })
}
