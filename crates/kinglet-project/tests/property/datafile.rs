//! Datafiles, schemas, test files: places lie in the text, formatting twice changes nothing.

use kinglet_datafile::infer::{CsvOptions, infer_csv, infer_json};
use kinglet_datafile::{
    JsonPath, Options, Problem, check_endpoint_tests, decimal_type, format_connection, is_schedule,
    load_yaml, parse_columns, parse_connection, parse_data_tests, parse_datasource, parse_endpoint_tests,
    parse_indexes, parse_pipe, parse_sql_columns, print_endpoint_tests, schema_sql, sorting_key_columns,
};
use kinglet_project::format_file;
use kinglet_types::ChType;

const LONGEST: usize = 8_192;

pub(super) fn holds(text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let options = Options::new("x");
    let datasource = parse_datasource(text, &options);
    problems(&datasource.problems, text);
    let _ = datasource.value.to_datafile();
    problems(&parse_pipe(text, &options).problems, text);
    problems(&parse_connection(text, &options).problems, text);
    let _ = format_connection(text).is_ok();
    for path in ["x.datasource", "x.pipe", "x.connection"] {
        if let Ok(Some(once)) = format_file(path, text) {
            let twice = format_file(path, &once);
            assert_eq!(twice.as_ref().map(Option::as_deref), Ok(Some(once.as_str())), "{path}");
        }
    }
}

fn problems(found: &[Problem], text: &str) {
    for problem in found {
        let span = problem.diagnostic.span;
        assert!(span.start <= span.end && span.end as usize <= text.len() + 1, "{span:?}");
        let _ = problem.text(text);
    }
}

pub(super) fn schema_holds(text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let columns = parse_columns(text);
    if !columns.has_errors() {
        let _ = schema_sql(&columns.value);
    }
    let _ = (parse_indexes(text), parse_sql_columns(text).is_ok(), sorting_key_columns(text));
    let _ = (is_schedule(text), decimal_type(text), JsonPath::parse(text).is_ok());
    if let Ok(kind) = ChType::parse(text) {
        let printed = kind.to_string();
        let again = ChType::parse(&printed).map(|kind| kind.to_string());
        assert_eq!(again.as_ref().ok(), Some(&printed), "{again:?}");
    }
    let _ = (infer_csv(text, &CsvOptions::default()), infer_json(text));
}

pub(super) fn test_file_holds(text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let _ = (load_yaml(text).is_ok(), parse_data_tests(text).is_ok());
    problems(&check_endpoint_tests(text).problems, text);
    let tests = parse_endpoint_tests(text);
    problems(&tests.problems, text);
    if tests.problems.is_empty() {
        let printed = print_endpoint_tests(&tests.value);
        let again = parse_endpoint_tests(&printed);
        assert!(again.value.len() == tests.value.len(), "{printed}");
        assert_eq!(print_endpoint_tests(&again.value), printed);
    }
}
