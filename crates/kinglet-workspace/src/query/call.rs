//! The two ways to ask: SQL, and a pipe's endpoint.

use super::answer::Answer;
use super::catalog::QueryCatalog;
use super::gate::Gate;
use super::kept;
use crate::error::{Error, Result};
use crate::host::uuid;
use crate::resource::{Pipe, Project};
use crate::service::CallInfo;
use crate::token::Access;
use crate::workspace::Workspace;
use kinglet_template::{Context, Template, Value};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// What is asked with besides the query.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// Parameters of templates.
    pub params: BTreeMap<String, Value>,
    /// Settings of the answer's format.
    pub settings: BTreeMap<String, String>,
    /// Format of the answer where the query names none.
    pub format: String,
    /// Aggregate states are answered as their values.
    pub finalize: bool,
    /// Ask the deployment that waits to be promoted.
    pub staging: bool,
    /// Ask the rows that this snapshot keeps.
    pub snapshot: Option<String>,
    /// What is noted of the call when it is over.
    pub info: Option<Rc<CallInfo>>,
}

impl Workspace {
    /// Answers SQL, a template when it starts with `%`. `pipeline` names a pipe that `_`
    /// stands for, and whose nodes the query may name.
    ///
    /// # Errors
    /// What is wrong with the query, and `Forbidden` for what the token cannot read.
    pub async fn query(
        self: &Rc<Self>,
        access: &Access,
        sql: &str,
        pipeline: Option<&str>,
        call: Call,
    ) -> Result<Answer> {
        let mut catalog = self.catalog(access, &call)?;
        if let Some(name) = pipeline {
            let project = self.project_of(call.staging)?;
            let pipe = project.pipes.get(name);
            let pipe = pipe.ok_or_else(|| Error::not_found(format!("The pipe '{name}' does not exist")))?;
            check_readable(access, pipe)?;
            let node = pipe.published().ok_or_else(|| Error::internal("a pipe without nodes"))?;
            let rendered = catalog.rendered(pipe, node)?;
            catalog.set_underscore(rendered, pipe.clone());
        }
        let gate = self.sent(sql, &mut catalog, &call)?;
        self.check_secrets(access, &gate)?;
        self.answer(gate, catalog, call).await
    }

    /// Secrets are for the project's nodes and for admins.
    fn check_secrets(&self, access: &Access, gate: &Gate) -> Result<()> {
        if access.is_admin() {
            return Ok(());
        }
        gate.check_secrets(self.state().secrets.keys().map(String::as_str))
    }

    /// Answers with an endpoint's result, or with `q` asked of it as `_`.
    ///
    /// # Errors
    /// `NotFound` for a pipe without an endpoint, `Forbidden` for a token that cannot
    /// call it, and what is wrong with parameters or queries.
    pub async fn call_endpoint(
        self: &Rc<Self>,
        access: &Access,
        pipe: &Arc<Pipe>,
        q: Option<&str>,
        mut call: Call,
    ) -> Result<Answer> {
        check_readable(access, pipe)?;
        let name = &pipe.name;
        let node = pipe.endpoint().ok_or_else(|| {
            Error::not_found(format!(
                "The pipe '{name}' does not have an endpoint yet: it has no node of TYPE endpoint"
            ))
        })?;
        for (fixed, value) in access.fixed_params(name) {
            call.params.insert(fixed.clone(), Value::String(value.clone()));
        }
        let mut catalog = self.catalog(access, &call)?;
        let rendered = catalog.rendered(pipe, node)?;
        let is_plain = q.is_none_or(|q| q.trim().is_empty()) && !call.staging && call.snapshot.is_none();
        let lives = kept::time_to_live(&node.sql, &rendered).filter(|_| is_plain && !call.finalize);
        let question = format!("{name} {} {:?} {:?}", call.format, call.settings, call.params);
        if lives.is_some()
            && let Some(answer) = self.kept_answer(&question, call.info.as_deref())
        {
            return Ok(answer);
        }
        let gate = match q.filter(|q| !q.trim().is_empty()) {
            None => passed(&rendered, &mut catalog)?,
            Some(q) => {
                catalog.set_underscore(rendered, pipe.clone());
                let gate = self.sent(q, &mut catalog, &call)?;
                self.check_secrets(access, &gate)?;
                gate
            }
        };
        // A node's own FORMAT does not count: the address tells the format.
        let gate = if q.is_none() { Gate { format: None, ..gate } } else { gate };
        let answer = self.answer(gate, catalog, call).await?;
        Ok(match lives {
            Some(micros) => self.keep_answer(question, micros, answer),
            None => answer,
        })
    }

    /// The live project, or that of the deployment that waits to be promoted.
    ///
    /// # Errors
    /// Kind `NotFound` when none waits.
    pub fn project_of(&self, staging: bool) -> Result<Arc<Project>> {
        if !staging {
            return Ok(self.project());
        }
        let staged = self.staged().map(|staged| staged.readable.clone());
        staged.ok_or_else(|| Error::not_found("There is no staging deployment"))
    }

    fn catalog(self: &Rc<Self>, access: &Access, call: &Call) -> Result<QueryCatalog> {
        let context = Context { variables: call.params.clone(), ..self.template_context() };
        let snapshot = match &call.snapshot {
            Some(name) => self.kept(name)?,
            None if call.staging => self.staging_snapshot()?,
            None => self.snapshot()?,
        };
        let mut catalog = QueryCatalog::new(self.project_of(call.staging)?, snapshot, context);
        catalog.serve(self);
        catalog.restrict(access, uuid(&*self.shared.components.random));
        Ok(catalog)
    }

    /// The query that was sent, rendered and looked at.
    fn sent(&self, sql: &str, catalog: &mut QueryCatalog, call: &Call) -> Result<Gate> {
        if !Template::is_template(sql) {
            catalog.set_sent(sql, sql, None);
            return passed(sql, catalog);
        }
        let (template, _) = Template::parse(sql);
        let context = Context { variables: call.params.clone(), ..self.template_context() };
        let rendered = template.render(&context)?;
        catalog.set_sent(sql, &rendered.sql, Some(rendered.source_map));
        passed(&rendered.sql, catalog)
    }
}

/// The query past the gate; the catalog is told where its text starts.
fn passed(sql: &str, catalog: &mut QueryCatalog) -> Result<Gate> {
    let gate = Gate::pass(sql).map_err(|error| catalog.placed(error, sql, 0))?;
    if let Some(start) = gate.start {
        catalog.set_whole(sql, start);
    }
    Ok(gate)
}

pub(super) fn check_readable(access: &Access, pipe: &Pipe) -> Result<()> {
    if access.may_read_pipe(&pipe.name) {
        return Ok(());
    }
    Err(Error::forbidden(format!("The token does not have the scope PIPES:READ:{}", pipe.name)))
}
