//! Damaged input is answered with problems, never with a panic.

#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;

use kinglet_datafile::infer::{CsvOptions, infer_csv, infer_json};
use kinglet_datafile::{
    JsonPath, Options, decimal_type, format_connection, format_datasource, format_pipe, is_schedule,
    load_yaml, parse_columns, parse_connection, parse_data_tests, parse_datasource, parse_endpoint_tests,
    parse_indexes, parse_pipe, parse_sql_columns, sorting_key_columns,
};
use kinglet_project::{Graph, Project, ProjectOptions, QueryOptions, Renamed, check_queries, render_secrets};
use support::cases::{conformance, load};

/// Variations of a text: cut off, with a piece left out, with a character put in.
fn damaged(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let step = (chars.len() / 12).max(1);
    let odd = ['"', '\'', '`', '(', ')', '>', '#', '\\', '{', '%', '\u{feff}', 'é', '\0', '\r'];
    let mut found = vec![text.to_owned()];
    for (at, insert) in (0..chars.len()).step_by(step).zip(odd.iter().cycle()) {
        let (before, after) = chars.split_at(at);
        found.push(before.iter().collect());
        found.push(before.iter().chain(after.iter().skip(step)).collect());
        found.push(before.iter().chain([insert]).chain(after).collect());
    }
    found
}

fn exercise(text: &str) {
    let options = Options::new("case.datasource");
    let datasource = parse_datasource(text, &options);
    for problem in &datasource.problems {
        let _ = problem.text(text);
        let span = problem.diagnostic.span;
        assert!(span.end as usize <= text.len() + 1, "{span:?} in {text:?}");
    }
    let _ = datasource.value.to_datafile();
    let pipe = parse_pipe(text, &options);
    let _ = check_queries(&pipe.value, "case.pipe", &QueryOptions::default());
    let _ = parse_connection(text, &options);
    let _ = (parse_endpoint_tests(text), parse_data_tests(text).is_ok(), load_yaml(text).is_ok());
    let _ = (parse_columns(text), parse_indexes(text), parse_sql_columns(text).is_ok());
    let _ = (sorting_key_columns(text), is_schedule(text), decimal_type(text), JsonPath::parse(text).is_ok());
    let _ = (format_datasource(text).is_ok(), format_connection(text).is_ok());
    let _ = format_pipe(text, &|sql| Some(sql.to_owned())).is_ok();
    let _ = render_secrets(text, "x", &BTreeMap::new()).is_ok();
    let _ = (infer_csv(text, &CsvOptions::default()), infer_json(text));
    let files: BTreeMap<String, String> =
        ["a.pipe", "b.datasource", "c.incl", "tests/a.yaml", "d.connection"]
            .map(|path| (path.to_owned(), text.to_owned()))
            .into();
    let project = Project::load(&files, &ProjectOptions::default());
    let _ = Graph::of(&project).topological_order().is_ok();
    let _ = project.rename(&Renamed::Datasource("b".to_owned()), "z").is_ok();
}

#[test]
fn damaged_files() {
    let mut count = 0;
    for (file, key) in [
        ("datafile.jsonl", "text"),
        ("schema.jsonl", "input"),
        ("testfile.jsonl", "text"),
        ("format.jsonl", "text"),
    ] {
        for case in load(&conformance(file)).iter().step_by(17) {
            for text in case[key].as_str().map(damaged).into_iter().flatten() {
                exercise(&text);
                count += 1;
            }
        }
    }
    assert!(count > 1000, "{count}");
}

#[test]
fn deep_and_long_input() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{\"a\":", "}"),
        ("Array(", ")"),
        ("{% if 1 %}", "{% end %}"),
        ("- ", ""),
        ("'", "'"),
    ] {
        let deep = format!("{}x{}", open.repeat(3000), close.repeat(3000));
        exercise(&deep);
        exercise(&format!("SCHEMA >\n    a {deep}\n"));
        exercise(&format!("NODE a\nSQL >\n    %\n    SELECT {deep}\n"));
    }
    exercise(&"NODE a\nSQL >\n    SELECT 1\n".repeat(200));
    exercise(&format!(
        "SCHEMA >\n    {}\n",
        (0..2000).map(|at| format!("c{at} Int8")).collect::<Vec<_>>().join(", ")
    ));
}
