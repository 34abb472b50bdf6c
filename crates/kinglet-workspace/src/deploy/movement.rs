//! Where the rows of tables that are made anew come from. Deciding is pure: nothing is moved
//! here.

use super::compatible;
use super::difference::{Alteration, Changes, alteration};
use crate::resource::{Datasource, Node, Project};
use std::collections::BTreeSet;

/// Where the rows of a new table come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The same columns of the table it takes the place of.
    Columns,
    /// Its `FORWARD_QUERY`, over the table it takes the place of.
    ForwardQuery(String),
    /// The materialized views that write to it, by the names of their pipes.
    Views(Vec<String>),
}

/// A table that is made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Name of the data source.
    pub datasource: String,
    /// Where its rows come from.
    pub source: Source,
}

/// What is known of a data source's rows.
pub(super) struct Facts<'a> {
    pub(super) before: &'a Project,
    pub(super) after: &'a Project,
    pub(super) changes: &'a Changes,
    pub(super) n_rows: &'a dyn Fn(&str) -> u64,
    /// Columns may be dropped with their values.
    pub(super) allow_destructive: bool,
    /// Views whose query changed fill their targets again.
    pub(super) recompute: bool,
}

/// The tables to make anew, with the file and text of every change that cannot be.
pub(super) fn plan(facts: &Facts<'_>) -> (Vec<Movement>, Vec<(String, String)>) {
    let (mut movements, mut problems) = (Vec::new(), Vec::new());
    for name in &facts.changes.datasources.changed {
        let (Some(old), Some(new)) = (facts.before.datasources.get(name), facts.after.datasources.get(name))
        else {
            continue;
        };
        let Alteration::Rebuild(what) = alteration(old, new) else {
            continue;
        };
        let n_rows = (facts.n_rows)(name);
        if n_rows == 0 {
            continue;
        }
        match source(facts, old, new) {
            Ok(Some(source)) => movements.push(Movement { datasource: name.clone(), source }),
            Ok(None) => {}
            Err(reason) => problems.push((
                new.path.clone(),
                format!(
                    "{reason}. The data source holds {n_rows} rows, and {what}: add a FORWARD_QUERY that tells how \
                     they become rows of the new version"
                ),
            )),
        }
    }
    if facts.recompute {
        movements.extend(recomputed(facts, &movements));
    }
    (movements, problems)
}

fn source(facts: &Facts<'_>, old: &Datasource, new: &Datasource) -> Result<Option<Source>, String> {
    if skips(new) {
        return Ok(None);
    }
    if let Some(query) = &new.parsed.forward_query {
        return Ok(Some(Source::ForwardQuery(query.text.clone())));
    }
    let views = views_into(facts.after, &new.name);
    if !views.is_empty() {
        return Ok(Some(Source::Views(views)));
    }
    for column in &old.columns {
        match new.column(&column.name) {
            Some(found) => compatible::check(&column.ty, &found.ty)
                .map_err(|why| format!("Column '{}': {why}", column.name))?,
            None if facts.allow_destructive => {}
            None => {
                return Err(format!(
                    "Column '{}' is removed with its values, which needs allow_destructive_operations=true or a \
                     FORWARD_QUERY",
                    column.name
                ));
            }
        }
    }
    Ok(Some(Source::Columns))
}

fn skips(datasource: &Datasource) -> bool {
    datasource.parsed.settings.get("backfill").is_some_and(|value| value == "skip")
}

/// Pipes with a materialized node that writes to a data source.
fn views_into(project: &Project, name: &str) -> Vec<String> {
    let into = project.materializations().filter(|(_, node)| node.target.as_deref() == Some(name));
    into.map(|(pipe, _)| pipe.name.clone()).collect()
}

/// The targets of views whose query changed.
fn recomputed(facts: &Facts<'_>, planned: &[Movement]) -> Vec<Movement> {
    let mut targets = BTreeSet::new();
    for name in &facts.changes.pipes.changed {
        let node = |project: &Project| -> Option<(String, String)> {
            let node = project.pipes.get(name)?.materialized()?;
            Some((node.sql.clone(), node.target.clone().unwrap_or_default()))
        };
        let (Some(old), Some(new)) = (node(facts.before), node(facts.after)) else {
            continue;
        };
        let alters = facts.after.pipes.get(name).and_then(|pipe| pipe.materialized()).is_some_and(alters);
        if old != new && !alters {
            targets.insert(new.1);
        }
    }
    let is_open = |name: &String| {
        facts.before.datasources.contains_key(name)
            && facts.after.datasources.get(name).is_some_and(|target| !skips(target))
            && !planned.iter().any(|movement| movement.datasource == *name)
    };
    let movement =
        |name: String| Movement { source: Source::Views(views_into(facts.after, &name)), datasource: name };
    targets.into_iter().filter(is_open).map(movement).collect()
}

fn alters(node: &Node) -> bool {
    node.setting("deployment_method").is_some_and(|method| method.eq_ignore_ascii_case("alter"))
}
