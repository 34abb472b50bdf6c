//! Service data sources: what happens in a workspace, as tables `tinybird.*` and
//! `organization.*` that queries read.
//!
//! Their names and columns are data, in `service/schema.txt`. Rows are noted as things
//! happen ([`journal`]), made from the workspace as it is ([`live`]), or follow from other
//! service data sources ([`derived`]). What cannot happen here is empty.

pub(crate) mod derived;
pub(crate) mod journal;
pub(crate) mod live;
mod note;
mod table;

pub(crate) use note::Operation;
pub use note::{CallInfo, CallOutcome};
pub(crate) use table::ServiceTable;

use crate::resource::Datasource;
use kinglet_datafile::parse_columns;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

const SCHEMA: &str = include_str!("service/schema.txt");

/// Names that stand before the dot.
pub(crate) const DATABASES: &[&str] = &["tinybird", "organization"];

/// The names and types of a source's columns, as `schema.txt` has them.
pub(crate) fn columns(name: &str) -> Option<Vec<(&'static str, &'static str)>> {
    let mut lines = SCHEMA.lines().skip_while(|line| *line != name);
    lines.next()?;
    let columns = lines.map_while(|line| line.strip_prefix("    "));
    columns.map(|line| line.split_once(' ')).collect()
}

/// The data source called `name`, such as `tinybird.pipe_stats`.
pub(crate) fn datasource(name: &str) -> Option<Arc<Datasource>> {
    static KNOWN: OnceLock<Mutex<BTreeMap<String, Arc<Datasource>>>> = OnceLock::new();
    let mut known = KNOWN.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(name) {
        return Some(found.clone());
    }
    let columns = columns(name)?;
    // Keys of rows have no dots.
    let column = |(name, ty): &(&str, &str)| format!("`{name}` {ty} `json:$.{}`", name.replace('.', "_"));
    let schema: Vec<String> = columns.iter().map(column).collect();
    let parsed = kinglet_datafile::Datasource::from_columns(parse_columns(&schema.join(", ")).value);
    let made = Arc::new(Datasource::made_here(name, parsed, "tuple()")?);
    known.insert(name.to_owned(), made.clone());
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_the_schema_has_a_layout() {
        let names = SCHEMA.lines().filter(|line| !line.starts_with([' ', '#']) && !line.is_empty());
        let mut n_sources = 0;
        for name in names {
            let source = datasource(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(source.columns.len(), columns(name).unwrap().len(), "{name}");
            n_sources += 1;
        }
        assert!(n_sources > 35);
        assert!(datasource("tinybird.nothing").is_none());
    }
}
