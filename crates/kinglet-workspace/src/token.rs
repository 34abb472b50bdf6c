//! Static tokens and their scopes: who may do what to which resource.

use crate::host::{Random, uuid};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What a scope allows. `READ` on a data source covers its quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everything in the workspace.
    Admin,
    /// Managing tokens.
    Tokens,
    /// Reading every resource of the workspace.
    WorkspaceReadAll,
    /// Building and deploying the project.
    WorkspaceDeploy,
    /// Reading `organization.*`.
    OrgDatasourcesRead,
    /// Creating data sources.
    DatasourcesCreate,
    /// Appending to one data source.
    DatasourcesAppend,
    /// Reading one data source.
    DatasourcesRead,
    /// Dropping one data source.
    DatasourcesDrop,
    /// Creating pipes.
    PipesCreate,
    /// Calling one pipe's endpoint.
    PipesRead,
    /// Dropping one pipe.
    PipesDrop,
}

const SCOPES: &[(Scope, &str)] = &[
    (Scope::Admin, "ADMIN"),
    (Scope::Tokens, "TOKENS"),
    (Scope::WorkspaceReadAll, "WORKSPACE:READ_ALL"),
    (Scope::WorkspaceDeploy, "WORKSPACE:DEPLOY"),
    (Scope::OrgDatasourcesRead, "ORG_DATASOURCES:READ"),
    (Scope::DatasourcesCreate, "DATASOURCES:CREATE"),
    (Scope::DatasourcesAppend, "DATASOURCES:APPEND"),
    (Scope::DatasourcesRead, "DATASOURCES:READ"),
    (Scope::DatasourcesDrop, "DATASOURCES:DROP"),
    (Scope::PipesCreate, "PIPES:CREATE"),
    (Scope::PipesRead, "PIPES:READ"),
    (Scope::PipesDrop, "PIPES:DROP"),
];

impl Scope {
    /// The scope's text, such as `DATASOURCES:READ`.
    pub fn text(self) -> &'static str {
        SCOPES.iter().find(|(scope, _)| *scope == self).map_or("", |(_, text)| text)
    }

    /// The scope with exactly this text.
    pub fn from_text(text: &str) -> Option<Scope> {
        SCOPES.iter().find(|(_, known)| *known == text).map(|(scope, _)| *scope)
    }
}

/// A scope with the resource it is bound to, and a row filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What is allowed.
    pub scope: Scope,
    /// Name of the data source or pipe; `None` for scopes of the whole workspace.
    pub resource: Option<String>,
    /// A `WHERE` fragment applied when the resource is read.
    pub filter: Option<String>,
    /// Template parameters of the pipe that are fixed, whatever the request says.
    pub fixed_params: Vec<(String, String)>,
}

impl Grant {
    /// A grant over the whole workspace.
    pub fn general(scope: Scope) -> Grant {
        Grant { scope, resource: None, filter: None, fixed_params: Vec::new() }
    }

    /// A grant on one resource.
    pub fn on(scope: Scope, resource: impl Into<String>) -> Grant {
        Grant { resource: Some(resource.into()), ..Grant::general(scope) }
    }

    /// Reads `TYPE[:resource[:filter]]`, as `POST /v0/tokens?scope=` spells it.
    pub fn from_text(text: &str) -> Option<Grant> {
        if let Some(scope) = Scope::from_text(text) {
            return Some(Grant::general(scope));
        }
        let (scope, rest) = SCOPES.iter().find_map(|(scope, known)| {
            let rest = text.strip_prefix(known)?.strip_prefix(':')?;
            Some((*scope, rest))
        })?;
        let (resource, filter) = match rest.split_once(':') {
            Some((resource, filter)) => (resource, Some(filter.to_owned())),
            None => (rest, None),
        };
        Some(Grant {
            scope,
            resource: Some(resource.to_owned()),
            filter: filter.filter(|text| !text.is_empty()),
            fixed_params: Vec::new(),
        })
    }

    /// The grant as `TYPE[:resource[:filter]]`.
    pub fn text(&self) -> String {
        let mut text = self.scope.text().to_owned();
        for part in [&self.resource, &self.filter].into_iter().flatten() {
            text.push(':');
            text.push_str(part);
        }
        text
    }
}

/// A static token of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Id, a UUID.
    pub id: String,
    /// Name, unique in its workspace.
    pub name: String,
    /// Free text.
    pub description: String,
    /// The secret itself, `p.…`.
    pub text: String,
    /// What it allows.
    pub grants: Vec<Grant>,
    /// True when a `TOKEN` line of the project's files made it.
    pub from_project: bool,
}

impl Token {
    /// A fresh token called `name`.
    pub fn new(random: &dyn Random, owner: &str, name: &str, grants: Vec<Grant>) -> Token {
        let id = uuid(random);
        Token {
            text: token_text(random, owner, &id),
            id,
            name: name.to_owned(),
            description: String::new(),
            grants,
            from_project: false,
        }
    }

    /// Replaces the secret, keeping everything else.
    pub fn refresh(&mut self, random: &dyn Random, owner: &str) {
        self.text = token_text(random, owner, &self.id);
    }

    /// What a request carrying this token may do.
    pub fn access(&self) -> Access {
        Access {
            token_id: self.id.clone(),
            token_name: self.name.clone(),
            grants: self.grants.clone(),
            rps: None,
        }
    }
}

/// `p.<base64 of owner, id and host>.<32 random bytes>`: the form that clients expect.
pub fn token_text(random: &dyn Random, owner: &str, id: &str) -> String {
    let claims = format!("{{\"u\": \"{owner}\", \"id\": \"{id}\", \"host\": \"local\"}}");
    let mut secret = [0u8; 32];
    random.fill(&mut secret);
    format!("p.{}.{}", URL_SAFE_NO_PAD.encode(claims), URL_SAFE_NO_PAD.encode(secret))
}

/// What one request may do: the grants of its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Id of the token.
    pub token_id: String,
    /// Name of the token.
    pub token_name: String,
    /// What it allows.
    pub grants: Vec<Grant>,
    /// Requests a second at most; `None` without a limit.
    pub rps: Option<u32>,
}

impl Access {
    /// Everything in the workspace.
    pub fn is_admin(&self) -> bool {
        self.has(Scope::Admin)
    }

    /// True when a grant carries `scope`, whatever its resource.
    pub fn has(&self, scope: Scope) -> bool {
        self.grants.iter().any(|grant| grant.scope == scope)
    }

    /// True for admins and for holders of the general `scope`.
    pub fn may(&self, scope: Scope) -> bool {
        self.is_admin() || self.has(scope)
    }

    /// True for admins and for a grant of `scope` on `resource`.
    pub fn may_on(&self, scope: Scope, resource: &str) -> bool {
        self.is_admin() || self.grant_on(scope, resource).is_some()
    }

    fn grant_on(&self, scope: Scope, resource: &str) -> Option<&Grant> {
        self.grants.iter().find(|grant| grant.scope == scope && grant.resource.as_deref() == Some(resource))
    }

    /// True when the data source (or the quarantine of one) may be read.
    pub fn may_read_datasource(&self, name: &str) -> bool {
        // A row filter is on the table's own values, which rows in quarantine do not have.
        let of_owner =
            name.strip_suffix("_quarantine").and_then(|owner| self.grant_on(Scope::DatasourcesRead, owner));
        self.has(Scope::WorkspaceReadAll)
            || self.may_on(Scope::DatasourcesRead, name)
            || of_owner.is_some_and(|grant| grant.filter.is_none())
    }

    /// True when rows may be added to the data source.
    pub fn may_append(&self, name: &str) -> bool {
        self.may_on(Scope::DatasourcesAppend, name)
    }

    /// True when the pipe may be called.
    pub fn may_read_pipe(&self, name: &str) -> bool {
        self.has(Scope::WorkspaceReadAll) || self.may_on(Scope::PipesRead, name)
    }

    /// The row filter that this token puts on a data source, if any.
    pub fn row_filter(&self, name: &str) -> Option<&str> {
        if self.is_admin() || self.has(Scope::WorkspaceReadAll) {
            return None;
        }
        self.grant_on(Scope::DatasourcesRead, name)?.filter.as_deref()
    }

    /// The template parameters of a pipe that this token fixes.
    pub fn fixed_params(&self, pipe: &str) -> &[(String, String)] {
        self.grant_on(Scope::PipesRead, pipe).map_or(&[], |grant| &grant.fixed_params)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_text_reads_back() {
        for text in [
            "ADMIN",
            "WORKSPACE:READ_ALL",
            "DATASOURCES:READ:events",
            "DATASOURCES:READ:events:org = 'a:b'",
            "PIPES:READ:top",
        ] {
            let grant = Grant::from_text(text).expect(text);
            assert_eq!(grant.text(), text);
        }
        assert_eq!(Grant::from_text("DATASOURCES"), None);
        assert_eq!(Grant::from_text("datasources:read:x"), None);
    }

    #[test]
    fn a_grant_reaches_its_resource_and_its_quarantine_only() {
        let access = Access {
            token_id: String::new(),
            token_name: String::new(),
            grants: vec![Grant::on(Scope::DatasourcesRead, "events")],
            rps: None,
        };
        assert!(access.may_read_datasource("events"));
        assert!(access.may_read_datasource("events_quarantine"));
        assert!(!access.may_read_datasource("other"));
        assert!(!access.may_append("events"));
        assert!(!access.may_read_pipe("events"));
    }
}
