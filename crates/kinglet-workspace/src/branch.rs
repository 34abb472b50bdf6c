//! Branches: workspaces of their own that start as another one is, made without copying rows.
//! Schedules rest in them, and deleting the workspace deletes them.

use crate::error::{Error, Result};
use crate::host::uuid;
use crate::instance::Instance;
use crate::job::{Job, JobKind, JobStatus};
use crate::record::{WorkspaceRecord, encode};
use crate::token::{Grant, Scope, Token};
use crate::workspace::{ADMIN_TOKEN_NAME, Workspace};
use kinglet_storage::{Durability, HeadMode};
use std::rc::Rc;

/// What a branch takes over besides files, secrets and tokens: kinds of keys.
const KINDS: [&str; 5] = ["file", "resource", "secret", "secret_times", "delivery"];

impl Workspace {
    /// The workspace that this one is a branch of, by id.
    pub fn main(&self) -> Option<String> {
        self.state().record.main.clone()
    }

    /// Remembers that a branch was made, as a job that is over.
    ///
    /// # Errors
    /// The store fails.
    pub async fn branch_job(&self) -> Result<Job> {
        let (id, now) = (uuid(&*self.shared.components.random), self.shared.now());
        let mut job = Job::new(JobKind::Branch, id, now, ("", ""));
        job.started_at = Some(now);
        job.status = JobStatus::Done;
        self.remember(&job);
        self.keep_job(&job).await?;
        Ok(job)
    }
}

impl Instance {
    /// The branches of a workspace, oldest first.
    pub fn branches(&self, main: &Workspace) -> Vec<Rc<Workspace>> {
        let is_branch = |workspace: &Rc<Workspace>| workspace.main().as_deref() == Some(main.id());
        self.workspaces().into_iter().filter(is_branch).collect()
    }

    /// The branch with this name or id.
    ///
    /// # Errors
    /// Kind `NotFound`.
    pub fn branch(&self, main: &Workspace, key: &str) -> Result<Rc<Workspace>> {
        let found = self.branches(main).into_iter().find(|branch| branch.name() == key || branch.id() == key);
        found.ok_or_else(|| Error::not_found(format!("Branch '{key}' not found")))
    }

    /// Makes a branch of a workspace, with its rows or with empty tables.
    ///
    /// # Errors
    /// Kind `Invalid` without a name or for a branch of a branch, `Conflict` when the name is
    /// taken.
    pub async fn create_branch(
        &self,
        main: &Workspace,
        name: &str,
        with_rows: bool,
    ) -> Result<Rc<Workspace>> {
        if name.is_empty() {
            return Err(Error::invalid("a branch needs a name"));
        }
        if main.main().is_some() {
            return Err(Error::invalid("a branch cannot have branches of its own"));
        }
        if self.branch(main, name).is_ok() {
            return Err(Error::conflict(format!("There is already a branch named '{name}'")));
        }
        let _building = main.building.lock().await;
        main.flush_journal().await?;
        let shared = main.shared.clone();
        let random = &*shared.components.random;
        let id = uuid(random);
        let snapshot = main.snapshot()?;
        let mut transaction = shared.store.begin();
        transaction.create_head(&id, Some(main.id()), HeadMode::Copy);
        for kind in KINDS {
            let prefix = main.key(&format!("{kind}/"));
            for (key, value) in snapshot.values(&prefix) {
                let name = key.strip_prefix(&prefix).unwrap_or(key);
                transaction.put(&format!("w/{id}/{kind}/{name}"), value.clone());
            }
        }
        if !with_rows {
            let names: Vec<String> = main.project().datasources.keys().cloned().collect();
            for name in names.iter().filter(|name| snapshot.table(name).is_some()) {
                transaction.truncate((id.as_str(), name.as_str()));
                let quarantine = format!("{name}_quarantine");
                if snapshot.table(&quarantine).is_some() {
                    transaction.truncate((id.as_str(), quarantine.as_str()));
                }
            }
        }
        let record = WorkspaceRecord {
            name: name.to_owned(),
            created_at: shared.now(),
            main: Some(main.id().to_owned()),
            ..main.state().record.clone()
        };
        transaction.put(&format!("w/{id}/workspace"), encode(&record)?);
        let tokens = main
            .tokens()
            .into_iter()
            .filter(|token| token.from_project)
            .map(|token| Token { from_project: true, ..Token::new(random, &id, &token.name, token.grants) });
        let admin = Token::new(random, &id, ADMIN_TOKEN_NAME, vec![Grant::general(Scope::Admin)]);
        for token in tokens.chain([admin]) {
            let record = crate::record::TokenRecord::of(&token);
            transaction.put(&format!("w/{id}/token/{}", token.id), encode(&record)?);
        }
        transaction.put("instance", encode(&self.record_with(&id))?);
        transaction.commit(Durability::Flushed).await?;
        let branch = Rc::new(Workspace::open(shared.clone(), &id)?);
        self.adopt(branch.clone());
        Ok(branch)
    }
}
