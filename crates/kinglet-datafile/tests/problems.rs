//! All problems of a file are found, each at its place.

use kinglet_datafile::{Options, parse_datasource, parse_pipe};

/// The places and messages of the problems of a data source.
fn problems(text: &str) -> Vec<(String, String)> {
    let parsed = parse_datasource(text, &Options::new("x.datasource"));
    let found = parsed.diagnostics();
    found.map(|d| (d.span.text(text).to_owned(), d.message.clone())).collect()
}

#[test]
fn a_schema_is_read_on_after_an_error() {
    let text = "SCHEMA >\n    a Nope,\n    b Int8,\n    c# Int8, -- x\n    d Array(Int8, e),\n    f Int8 NULL,\n    g String\n";
    let found = problems(text);
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["Nope", "#", "Array(Int8, e)", "N"]);
    let parsed = parse_datasource(text, &Options::new("x.datasource"));
    let names: Vec<&str> = parsed.value.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["b", "g"]);
}

#[test]
fn directives_are_read_on_after_an_error() {
    let text = "FOO x\nTOKEN a\nSCHEMA >\n    a Int8\nBACKFILL never\nIMPORT_STRATEGY x\nENGINE_TTL\n";
    let places: Vec<String> = problems(text).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["FOO", "TOKEN", "never", "IMPORT_STRATEGY", "ENGINE_TTL"]);
}

#[test]
fn values_know_their_place() {
    let text =
        "NODE \"a b\"\nSQL >\n    SELECT 1\nTYPE copy\nTARGET_DATASOURCE 'x'\nCOPY_SCHEDULE  0 * * * *\n";
    let parsed = parse_pipe(text, &Options::new("x.pipe"));
    let node = &parsed.value.nodes[0];
    assert_eq!(node.name_span.text(text), "a b");
    assert_eq!(node.sql.as_ref().unwrap().span.text(text), "SELECT 1");
    let place = |name: &str| node.params.setting(name).unwrap().span.text(text);
    assert_eq!(place("target_datasource"), "x");
    assert_eq!(place("copy_schedule"), "0 * * * *");
    let text = "SCHEMA >\n    # note\n    `a` Nullable(Int8) `json:$.a`,\n    b String DEFAULT 'x'\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY b\n";
    let parsed = parse_datasource(text, &Options::new("x.datasource"));
    let columns = &parsed.value.columns;
    assert_eq!(columns[0].name_span.text(text), "`a`");
    assert_eq!(columns[0].type_span.text(text), "Nullable(Int8)");
    assert_eq!(columns[1].span.text(text), "b String DEFAULT 'x'");
    let engine = parsed.value.engine.as_ref().unwrap();
    assert_eq!((engine.span.text(text), engine.args[0].span.text(text)), ("MergeTree", "b"));
}
