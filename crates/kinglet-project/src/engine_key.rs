//! Columns that the options of an engine name without the schema having them.

use kinglet_datafile::{Datasource, EngineArgument, Problem};
use kinglet_parser::ast::Expr;
use kinglet_parser::parse_expression;

use crate::name::nearest;

/// Options that are expressions over columns.
const EXPRESSIONS: [&str; 5] = ["partition_key", "sorting_key", "primary_key", "sampling_key", "ttl"];

/// A problem for each option that names a column the schema does not have. What cannot be read as a
/// list of expressions is not judged.
pub(crate) fn unknown_columns(datasource: &Datasource) -> Vec<Problem> {
    let arguments = datasource.engine.iter().flat_map(|engine| &engine.args);
    let expressions = arguments.filter(|argument| EXPRESSIONS.contains(&argument.name.as_str()));
    expressions.filter_map(|argument| unknown_column(datasource, argument)).collect()
}

fn unknown_column(datasource: &Datasource, argument: &EngineArgument) -> Option<Problem> {
    if argument.value.trim().is_empty() {
        return None;
    }
    let expr = parse_expression(&format!("tuple({})", argument.value)).into_result().ok()?;
    let mut names = Vec::new();
    identifiers(&expr, &mut names);
    let known = |name: &str| {
        let first = name.split('.').next().unwrap_or(name);
        datasource.columns.iter().any(|column| column.name == name || column.name == first)
    };
    let name = names.into_iter().find(|name| !known(name))?;
    let directive = argument.name.to_ascii_uppercase();
    let message = format!("Column '{name}', which ENGINE_{directive} names, is not in the SCHEMA");
    let problem = Problem::error("project/unknown-column", argument.span, message);
    Some(match nearest(&name, datasource.columns.iter().map(|column| column.name.as_str())) {
        Some(near) => problem.with_hint(format!("Did you mean '{near}'?")),
        None => problem,
    })
}

/// Names outside lambdas; expressions are only as deep as the parser allows.
fn identifiers(expr: &Expr, names: &mut Vec<String>) {
    if let Some(path) = expr.as_identifier() {
        names.push(path.full_name());
    } else if let Some(function) = expr.as_function().filter(|function| function.as_lambda().is_none()) {
        for argument in function.effective_arguments() {
            identifiers(argument, names);
        }
    }
}
