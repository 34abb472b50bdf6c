//! Names of tables in queries: what a node reads is written so that it means the same
//! wherever the node's query is put, and whoever asks.

use super::origin::Edit;
use crate::resource::Pipe;
use crate::service::DATABASES;
use kinglet_project::table_uses;

/// How names of trusted queries are told from those that a caller writes.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    /// A text that no caller can guess; `None` where every caller may read everything.
    secret: Option<String>,
    /// Workspaces whose data sources may be shared with this one.
    shared: Vec<String>,
}

/// What a qualified name was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marked<'a> {
    /// A node of the pipe.
    Node(&'a str),
    /// A data source or pipe, read on behalf of a node.
    Trusted,
    /// Nothing of ours.
    Foreign,
}

impl Mark {
    /// A mark with a secret.
    pub(super) fn with_secret(self, secret: String) -> Mark {
        Mark { secret: Some(secret), ..self }
    }

    /// Lets these names stand for workspaces.
    pub(super) fn share(&mut self, names: Vec<String>) {
        self.shared.extend(names);
    }

    /// The workspace that a database stands for, and whether it was written in a node.
    pub(super) fn read_shared<'a>(&self, database: &'a str) -> Option<(&'a str, bool)> {
        let known = |name: &str| self.shared.iter().any(|shared| shared == name);
        let trusted = match &self.secret {
            None => Some(database),
            Some(secret) => database.strip_prefix(secret.as_str()).and_then(|rest| rest.strip_prefix(':')),
        };
        match trusted.filter(|name| known(name)) {
            Some(name) => Some((name, true)),
            None => known(database).then_some((database, false)),
        }
    }

    /// The query with each node of `pipe` that it reads written as `pipe.node`, and,
    /// where there is a secret, all its tables marked. The node `own` does not hide what
    /// has its name. With the query, what was changed.
    pub(super) fn qualify(&self, sql: &str, pipe: &Pipe, own: Option<&str>) -> (String, Vec<Edit>) {
        let mut edits = Vec::new();
        let mut out = String::with_capacity(sql.len());
        let mut at = 0;
        for used in table_uses(sql) {
            let start = usize::try_from(used.span.start).unwrap_or(usize::MAX);
            if start < at {
                continue;
            }
            if let Some((database, _)) = used.name.split_once('.') {
                // The span is of the last name; the database stands right before it.
                let written = start.checked_sub(database.len() + 1).filter(|from| *from >= at);
                let written = written.filter(|from| sql.get(*from..start) == Some(&format!("{database}.")));
                let is_known =
                    DATABASES.contains(&database) || self.shared.iter().any(|shared| shared == database);
                if let Some(from) = written.filter(|_| is_known && self.secret.is_some()) {
                    out.push_str(sql.get(at..from).unwrap_or_default());
                    let mark = format!("`{}`", self.service_database(database));
                    edits.push(Edit { at: from, removed: database.len(), added: mark.len() });
                    out.push_str(&mark);
                    at = start - 1;
                }
                continue;
            }
            let is_node = Some(used.name.as_str()) != own && pipe.node(&used.name).is_some();
            let Some(database) = self.database(is_node.then_some(&pipe.name)) else {
                continue;
            };
            let Some(before) = sql.get(at..start) else {
                continue;
            };
            out.push_str(before);
            let mark = format!("`{database}`.");
            edits.push(Edit { at: start, removed: 0, added: mark.len() });
            out.push_str(&mark);
            at = start;
        }
        out.push_str(sql.get(at..).unwrap_or_default());
        (out, edits)
    }

    /// The rows of a data source that a token may see.
    pub(super) fn filtered(&self, name: &str, filter: &str) -> String {
        let database = self.secret.as_ref().map(|secret| format!("`{secret}`.")).unwrap_or_default();
        format!("SELECT * FROM {database}`{name}` WHERE ({filter}\n)")
    }

    /// What stands before the dot for a node of a pipe, or for a trusted table.
    fn database(&self, pipe: Option<&String>) -> Option<String> {
        match (&self.secret, pipe) {
            (None, pipe) => pipe.cloned(),
            (Some(secret), Some(pipe)) => Some(format!("{secret}:{pipe}")),
            (Some(secret), None) => Some(secret.clone()),
        }
    }

    /// How a database of service data sources is written in trusted queries.
    pub(super) fn service_database(&self, database: &str) -> String {
        let secret = self.secret.as_ref().map(|secret| format!("{secret}:"));
        format!("{}{database}", secret.unwrap_or_default())
    }

    /// The database of service data sources that a name stands for, and whether it was
    /// written by us or in a node.
    pub(super) fn read_service<'a>(&self, database: &'a str) -> Option<(&'a str, bool)> {
        let known = |name: &str| DATABASES.contains(&name);
        let trusted = match &self.secret {
            None => Some(database),
            Some(secret) => database.strip_prefix(secret.as_str()).and_then(|rest| rest.strip_prefix(':')),
        };
        match trusted.filter(|name| known(name)) {
            Some(name) => Some((name, true)),
            None => known(database).then_some((database, false)),
        }
    }

    /// What a database name stands for.
    pub(super) fn read<'a>(&self, database: &'a str) -> Marked<'a> {
        let Some(secret) = &self.secret else {
            return Marked::Node(database);
        };
        match database.strip_prefix(secret.as_str()) {
            Some("") => Marked::Trusted,
            Some(rest) => rest.strip_prefix(':').map_or(Marked::Foreign, Marked::Node),
            None => Marked::Foreign,
        }
    }
}
