//! Builds and deployments as JSON.

use kinglet_workspace::deploy::{Changes, Deployment, KindChanges, Movement, Source};
use kinglet_workspace::resource::FileProblem;
use serde_json::{Map, Value, json};

/// The names of `new`, `changed` and `deleted` resources.
pub(crate) fn changes(document: &mut Map<String, Value>, changes: &Changes) {
    let kinds: [(&str, &KindChanges); 3] = [
        ("datasource", &changes.datasources),
        ("pipe", &changes.pipes),
        ("data_connector", &changes.connections),
    ];
    for (kind, names) in kinds {
        for (word, names) in [("new", &names.new), ("changed", &names.changed), ("deleted", &names.deleted)] {
            document.insert(format!("{word}_{kind}_names"), names.clone().into());
        }
    }
}

/// Tables that are filled anew from what is there.
pub(crate) fn movements(movements: &[Movement]) -> Value {
    let document = |movement: &Movement| {
        let (kind, pipe) = match &movement.source {
            Source::Columns => ("backfill_with_columns", None),
            Source::ForwardQuery(_) => ("backfill_with_forward_query", None),
            Source::Views(pipes) => ("backfill_with_mv_queries", pipes.first()),
        };
        json!({"datasource_name": movement.datasource, "kind": kind, "source_mv_name": pipe})
    };
    movements.iter().map(document).collect()
}

/// Warnings.
pub(crate) fn feedback(deployment: &Deployment) -> Value {
    let feedback = deployment.feedback.iter().map(
        |feedback| json!({"level": "WARNING", "resource": feedback.resource, "message": feedback.message}),
    );
    feedback.collect()
}

/// What is wrong, by file.
pub(crate) fn errors(problems: &[FileProblem]) -> Value {
    problems.iter().map(|problem| json!({"filename": problem.path, "error": problem.message})).collect()
}
