//! The data source whose inserts trigger a materialization: the left-most table of its query.

use kinglet_datafile::{Node, NodeKind, Pipe};
use kinglet_parser::ast::{
    Query, QueryBody, Select, StatementKind, TableElement, TableSource, With, WithItem,
};

use crate::project::{Project, Resource};
use crate::reference::Target;

/// Nodes and pipes that are followed one into the other.
const MAX_HOPS: usize = 64;

/// The left-most table of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftTable {
    /// A table by name, `workspace.table` for a qualified one.
    Table(String),
    /// The query reads no table there, only constants.
    None,
}

/// The first table in the `FROM` of a query, found through subqueries and common table expressions.
///
/// # Errors
/// A combination of queries or a table function stands on the way; the text is Tinybird's.
pub fn left_table(query: &Query) -> Result<LeftTable, String> {
    in_body(&query.body, &mut Vec::new())
}

type Defined<'a> = Vec<(&'a str, &'a Query)>;

fn in_body<'a>(body: &'a QueryBody, defined: &mut Defined<'a>) -> Result<LeftTable, String> {
    match body {
        QueryBody::Select(select) => in_select(select, defined),
        QueryBody::Nested(query) => in_body(&query.body, defined),
        QueryBody::Set(_) => Err("DB::Exception: UNION is not supported for MATERIALIZED VIEW".to_owned()),
    }
}

fn in_select<'a>(select: &'a Select, defined: &mut Defined<'a>) -> Result<LeftTable, String> {
    let outer = defined.len();
    defined.extend(select.with.iter().flat_map(common_tables));
    let found = in_tables(select, defined);
    defined.truncate(outer);
    found
}

fn in_tables<'a>(select: &'a Select, defined: &mut Defined<'a>) -> Result<LeftTable, String> {
    let Some(TableElement::Table { table, .. }) = select.from.first() else { return Ok(LeftTable::None) };
    match &table.source {
        TableSource::Subquery(query) => in_body(&query.body, defined),
        TableSource::Function(function) => Err(format!(
            "DB::Exception: StorageMaterializedView cannot be created from table functions ({})",
            function.name.name
        )),
        TableSource::Name(path) => {
            let name = path.full_name();
            match defined.iter().rposition(|(known, _)| *known == name) {
                // A common table expression sees those defined before it.
                Some(at) => {
                    let mut before: Defined<'a> = defined.iter().take(at).copied().collect();
                    match defined.get(at) {
                        Some((_, query)) => in_body(&query.body, &mut before),
                        None => Ok(LeftTable::None),
                    }
                }
                None => Ok(LeftTable::Table(name)),
            }
        }
    }
}

fn common_tables(with: &With) -> impl Iterator<Item = (&str, &Query)> {
    with.items.iter().filter_map(|item| match item {
        WithItem::Query { name, query, .. } => Some((name.name.as_str(), query.as_ref())),
        WithItem::Expr(_) => None,
    })
}

impl Project {
    /// The data source whose inserts run a materialized node, found through nodes and pipes; `None` for
    /// other nodes, for queries over constants and for tables that are not known.
    ///
    /// # Errors
    /// The query cannot be a materialization.
    pub fn trigger(&self, pipe: &Resource<Pipe>, node: &Node) -> Result<Option<String>, String> {
        if node.kind() != NodeKind::Materialized {
            return Ok(None);
        }
        let (mut pipe, mut node) = (pipe, node);
        for _ in 0..MAX_HOPS {
            let Some(rendered) = self.rendered(pipe, node) else { return Ok(None) };
            let name = match first_query(&rendered.sql).as_ref().map(left_table) {
                Some(found) => match found? {
                    LeftTable::Table(name) => name,
                    LeftTable::None => return Ok(None),
                },
                None => return Ok(None),
            };
            let next = match self.target(pipe, node, &name) {
                Target::Datasource(name) => return Ok(Some(name)),
                Target::Node { node, .. } => pipe.value.node(&node).map(|node| (pipe, node)),
                Target::Pipe(name) => self.pipe(&name).and_then(|pipe| Some((pipe, pipe.value.published()?))),
                Target::Service(_) | Target::Unknown(_) => None,
            };
            match next {
                Some(next) => (pipe, node) = next,
                None => return Ok(None),
            }
        }
        Ok(None)
    }
}

fn first_query(sql: &str) -> Option<Query> {
    match kinglet_parser::parse(sql).value?.into_iter().next()?.kind {
        StatementKind::Query(query) => Some(*query),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(sql: &str) -> String {
        match first_query(sql).map(|query| left_table(&query)) {
            Some(Ok(LeftTable::Table(name))) => name,
            Some(Ok(LeftTable::None)) => "none".to_owned(),
            Some(Err(message)) => message,
            None => "no query".to_owned(),
        }
    }

    #[test]
    fn finds_the_left_most_table() {
        for (sql, table) in [
            ("SELECT * FROM a JOIN b USING x", "a"),
            ("SELECT * FROM a, b", "a"),
            ("SELECT * FROM a RIGHT JOIN b USING x", "a"),
            ("SELECT * FROM a ARRAY JOIN z", "a"),
            ("SELECT * FROM a FINAL", "a"),
            ("SELECT * FROM (SELECT * FROM c JOIN d USING x) JOIN b USING x", "c"),
            ("WITH z AS (SELECT * FROM w) SELECT * FROM z JOIN a USING x", "w"),
            ("WITH (SELECT max(x) FROM b) AS m SELECT m, * FROM a", "a"),
            ("SELECT (SELECT max(x) FROM q), * FROM a WHERE x IN (SELECT y FROM b)", "a"),
            ("SELECT * FROM (SELECT 1 AS x) AS y JOIN b USING x", "none"),
            ("SELECT 1", "none"),
            ("SELECT * FROM ws.a", "ws.a"),
            ("WITH a AS (SELECT * FROM a) SELECT * FROM a", "a"),
            ("SELECT x FROM a WHERE x IN (SELECT 1 UNION ALL SELECT 2)", "a"),
        ] {
            assert_eq!(left(sql), table, "{sql}");
        }
        for sql in
            ["SELECT * FROM a UNION ALL SELECT * FROM b", "SELECT * FROM (SELECT 1 INTERSECT SELECT 2)"]
        {
            assert!(left(sql).contains("UNION is not supported"), "{sql}");
        }
        assert!(left("SELECT * FROM numbers(10)").contains("table functions (numbers"));
    }
}
