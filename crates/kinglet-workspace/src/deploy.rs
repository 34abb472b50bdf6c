//! Builds and deployments: from a set of files to the live project, in one commit.

mod check;
mod compatible;
mod difference;
mod movement;
mod query_check;
mod staging;
mod tokens;

use crate::error::{Error, Result};
use crate::host::resource_id;
use crate::record::{ResourceRecord, encode};
use crate::resource::{Datasource, FileProblem, Project};
use crate::token::Token;
use crate::workspace::Workspace;
pub use difference::{Changes, KindChanges};
use kinglet_storage::{Durability, Transaction};
pub use movement::{Movement, Source};
pub use staging::Staged;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Project files by path.
pub type Files = BTreeMap<String, String>;

/// How a project is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeployOptions {
    /// Validate and tell the changes, without making them.
    pub check_only: bool,
    /// Allow that data sources, pipes and connections disappear. A build always may.
    pub allow_destructive: bool,
    /// Number it as a deployment. A build changes what is live, at once.
    pub is_deployment: bool,
    /// Make the deployment live when it is ready; otherwise it waits beside the live one.
    pub auto_promote: bool,
}

/// Something worth saying about a resource that does not stop a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// File name of the resource, such as `events.datasource`.
    pub resource: String,
    /// What there is to say.
    pub message: String,
}

/// What a deployment did, or why it did nothing.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    /// Its number; that of the live one when nothing was done.
    pub id: u64,
    /// False for one that waits to be promoted.
    pub is_live: bool,
    /// Tables that are made anew, and where their rows come from.
    pub movements: Vec<Movement>,
    /// What differs from the project before.
    pub changes: Changes,
    /// Warnings.
    pub feedback: Vec<Feedback>,
    /// What is wrong; nothing was changed when there is any.
    pub errors: Vec<FileProblem>,
}

impl Workspace {
    /// Makes `files` the whole project of this workspace: tables are made, altered and
    /// dropped, and tokens granted, in one commit, at once or when the deployment is
    /// promoted. Rows never get lost by it: an incompatible change of a data source that
    /// holds rows is one of the errors told, unless the data source says how its rows change.
    ///
    /// # Errors
    /// Kind `Conflict` for a deployment while another waits to be promoted; or the store
    /// fails. What is wrong with the files is told in the deployment.
    pub async fn deploy(self: &Rc<Self>, files: Files, options: DeployOptions) -> Result<Deployment> {
        let _building = self.building.lock().await;
        let before = self.project();
        let secrets = self.state().secrets.clone();
        let (project, errors) = Project::read(files, &secrets);
        let project = Arc::new(project);
        let mut deployment =
            Deployment { id: self.deployment().0, is_live: true, errors, ..Deployment::default() };
        if !deployment.errors.is_empty() {
            return Ok(deployment);
        }
        deployment.changes = difference::between(&before, &project);
        check::project(self, &project, &mut deployment);
        check::alterations(self, &before, &project, &mut deployment);
        self.plan_movements(&before, &project, &mut deployment, options);
        if options.is_deployment && !options.allow_destructive {
            check::destruction(&before, &mut deployment);
        }
        let changed = !deployment.changes.is_empty() || before.files != project.files;
        if !deployment.errors.is_empty() || options.check_only || !changed {
            return Ok(deployment);
        }
        if let Some(staged) = self.staged() {
            return Err(Error::conflict(format!(
                "There is already a deployment in progress: promote or discard deployment {} first",
                staged.id
            )));
        }
        let _shut = self.inserts.shut().await;
        let waits = options.is_deployment && !options.auto_promote;
        if !waits && deployment.movements.is_empty() {
            self.apply(&before, project, &mut deployment, options.is_deployment, None).await?;
            return Ok(deployment);
        }
        let Some(staged) = self.stage(&before, project.clone(), &mut deployment, options).await? else {
            return Ok(deployment);
        };
        if !waits {
            let outcome =
                self.apply(&before, project, &mut deployment, options.is_deployment, Some(&staged)).await;
            if outcome.is_err() {
                self.drop_staging().await?;
            }
            outcome?;
            return Ok(deployment);
        }
        deployment.id = staged.id;
        deployment.is_live = false;
        self.state_mut().staged = Some(staged);
        Ok(deployment)
    }

    /// Tells in the deployment which tables are made anew, and which cannot be.
    pub(crate) fn plan_movements(
        &self,
        before: &Project,
        after: &Project,
        deployment: &mut Deployment,
        options: DeployOptions,
    ) {
        let n_rows = |name: &str| self.n_rows(name);
        let facts = movement::Facts {
            before,
            after,
            changes: &deployment.changes,
            n_rows: &n_rows,
            allow_destructive: options.is_deployment && options.allow_destructive,
            recompute: options.is_deployment,
        };
        let (movements, problems) = movement::plan(&facts);
        deployment.movements = movements;
        let problems = problems.into_iter().map(|(path, message)| FileProblem { path, message });
        deployment.errors.extend(problems);
    }

    /// Makes the deployment that waits live.
    ///
    /// # Errors
    /// Kind `NotFound` when none of this number waits, `Conflict` when it has failed.
    pub async fn promote(self: &Rc<Self>, id: u64) -> Result<()> {
        let _building = self.building.lock().await;
        let staged = self.staged().filter(|staged| staged.id == id);
        let staged = staged.ok_or_else(|| Error::not_found(format!("Deployment '{id}' not found")))?;
        if let Some(why) = &staged.failed {
            return Err(Error::conflict(format!("the deployment has failed, discard it: {why}")));
        }
        let _shut = self.inserts.shut().await;
        let before = self.project();
        let mut deployment = Deployment { changes: staged.changes.clone(), ..Deployment::default() };
        self.apply(&before, staged.project.clone(), &mut deployment, true, Some(&staged)).await
    }

    async fn apply(
        self: &Rc<Self>,
        before: &Project,
        project: Arc<Project>,
        deployment: &mut Deployment,
        is_deployment: bool,
        staged: Option<&Staged>,
    ) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        self.change_tables(before, &project, &deployment.changes, staged, &mut transaction)?;
        self.change_files(before, &project, &mut transaction);
        let resources = self.change_identities(&project, &deployment.changes, &mut transaction)?;
        let tokens = self.change_tokens(&project, &mut transaction)?;
        let mut record = self.state().record.clone();
        if is_deployment {
            record.deployment =
                staged.map_or(record.deployment.max(record.last_deployment) + 1, |staged| staged.id);
            record.last_deployment = record.deployment;
        }
        record.deployed_at = self.shared.now();
        transaction.put(&self.key("workspace"), encode(&record)?);
        self.populate_new(&project, &deployment.changes, staged, &mut transaction).await?;
        if staged.is_some() {
            self.remove_staging(&mut transaction)?;
        }
        transaction.commit(Durability::Flushed).await?;
        deployment.id = record.deployment;
        {
            let mut state = self.state_mut();
            state.record = record;
            state.tokens = tokens;
            state.resources = resources;
            state.project = project;
            state.staged = None;
        }
        self.forget_answers();
        if is_deployment {
            self.note_release("promote", deployment.id);
        }
        Ok(())
    }

    fn change_tables(
        &self,
        before: &Project,
        project: &Project,
        changes: &Changes,
        staged: Option<&Staged>,
        transaction: &mut Transaction,
    ) -> Result<()> {
        let head = self.staging_head();
        for name in &changes.datasources.deleted {
            self.drop_quarantine(name, transaction)?;
            transaction.drop_table(self.table(name));
        }
        let owned = staged.map(|staged| &staged.owned);
        for name in owned.into_iter().flatten() {
            let Some(after) = project.datasources.get(name) else {
                continue;
            };
            if before.datasources.contains_key(name) {
                transaction.drop_table(self.table(name));
            }
            transaction.create_table(self.table(name), after.definition.clone());
            transaction.move_rows((head.as_str(), name.as_str()), self.table(name), true);
        }
        for name in changes.datasources.new.iter().chain(&changes.datasources.changed) {
            let Some(after) = project.datasources.get(name) else {
                continue;
            };
            let definition = after.definition.clone();
            let names = |found: &Datasource| found.columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
            if before.datasources.get(name).is_some_and(|old| names(old) != names(after)) {
                self.drop_quarantine(name, transaction)?;
            }
            if owned.is_some_and(|owned| owned.contains(name)) {
                continue;
            }
            match before.datasources.get(name).map(|old| difference::alteration(old, after)) {
                None => transaction.create_table(self.table(name), definition),
                Some(difference::Alteration::Nothing) => continue,
                Some(difference::Alteration::InPlace) => {
                    transaction.set_definition(self.table(name), definition)
                }
                // Only tables without rows get here.
                Some(difference::Alteration::Rebuild(_)) => {
                    transaction.drop_table(self.table(name));
                    transaction.create_table(self.table(name), definition)
                }
            };
        }
        Ok(())
    }

    fn change_files(&self, before: &Project, project: &Project, transaction: &mut Transaction) {
        for path in before.files.keys().filter(|path| !project.files.contains_key(*path)) {
            transaction.remove(&self.key(&format!("file/{path}")));
        }
        for (path, text) in &project.files {
            if before.files.get(path) != Some(text) {
                transaction.put(&self.key(&format!("file/{path}")), text.clone().into_bytes());
            }
        }
    }

    fn change_identities(
        &self,
        project: &Project,
        changes: &Changes,
        transaction: &mut Transaction,
    ) -> Result<BTreeMap<String, ResourceRecord>> {
        let now = self.shared.now();
        let mut resources = self.state().resources.clone();
        let names = |pick: fn(&KindChanges) -> &Vec<String>| {
            pick(&changes.datasources).iter().chain(pick(&changes.pipes)).cloned().collect::<Vec<_>>()
        };
        for name in names(|kind| &kind.deleted) {
            if !project.datasources.contains_key(&name) && !project.pipes.contains_key(&name) {
                resources.remove(&name);
                transaction.remove(&self.key(&format!("resource/{name}")));
            }
        }
        for name in names(|kind| &kind.new) {
            let id = resource_id(&*self.shared.components.random);
            let record = ResourceRecord { id, created_at: now, updated_at: now, format: String::new() };
            resources.insert(name, record);
        }
        for name in names(|kind| &kind.changed) {
            if let Some(record) = resources.get_mut(&name) {
                record.updated_at = now;
            }
        }
        for name in names(|kind| &kind.new).into_iter().chain(names(|kind| &kind.changed)) {
            if let Some(record) = resources.get(&name) {
                transaction.put(&self.key(&format!("resource/{name}")), encode(record)?);
            }
        }
        Ok(resources)
    }

    fn change_tokens(&self, project: &Project, transaction: &mut Transaction) -> Result<Vec<Token>> {
        let before = self.tokens();
        let random = &*self.shared.components.random;
        let after = tokens::of_project(project, &before, random, self.id());
        for token in before.iter().filter(|old| !after.iter().any(|new| new.id == old.id)) {
            transaction.remove(&self.key(&format!("token/{}", token.id)));
        }
        for token in &after {
            if !before.contains(token) {
                self.put_token(transaction, token)?;
            }
        }
        Ok(after)
    }

    /// Adds or replaces one file of the project, and deploys.
    ///
    /// # Errors
    /// Kind `Invalid` with the first thing that is wrong.
    pub async fn put_file(self: &Rc<Self>, path: &str, text: &str) -> Result<Deployment> {
        let mut files = self.project().files.clone();
        files.insert(path.to_owned(), text.to_owned());
        self.deploy_or_fail(files).await
    }

    /// Removes one file of the project, and deploys.
    ///
    /// # Errors
    /// Kind `Conflict` when other resources need it.
    pub async fn remove_file(self: &Rc<Self>, path: &str) -> Result<Deployment> {
        let mut files = self.project().files.clone();
        files.remove(path);
        let deployed = self.deploy_or_fail(files).await;
        deployed.map_err(|error| Error::conflict(error.message().to_owned()))
    }

    async fn deploy_or_fail(self: &Rc<Self>, files: Files) -> Result<Deployment> {
        let deployment = self.deploy(files, DeployOptions::default()).await?;
        match deployment.errors.first() {
            Some(problem) => Err(Error::invalid(format!("{}: {}", problem.path, problem.message))),
            None => Ok(deployment),
        }
    }
}
