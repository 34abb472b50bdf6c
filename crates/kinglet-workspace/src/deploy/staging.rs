//! A deployment beside the live one: its tables are in a head of their own that shares what
//! does not change, and get each insert in the same commit as the live ones.

use super::movement::{Movement, Source};
use super::{Changes, DeployOptions, Deployment, difference};
use crate::error::{Error, Result};
use crate::query::QueryCatalog;
use crate::record::encode;
use crate::resource::{Datasource, FileProblem, Project};
use crate::workspace::Workspace;
use arrow::array::RecordBatch;
use kinglet_storage::{Durability, HeadMode, Snapshot, Transaction};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// Rows that are written at a time.
const BLOCK_ROWS: usize = 128 << 10;

/// A deployment that waits to be promoted.
#[derive(Clone, Debug)]
pub struct Staged {
    /// Its number.
    pub id: u64,
    /// When it was made, in microseconds since the epoch.
    pub created_at: i64,
    /// What differs from the live project.
    pub changes: Changes,
    /// Tables that were made anew.
    pub movements: Vec<Movement>,
    /// The project.
    pub(crate) project: Arc<Project>,
    /// The project as it can be read before its promotion: what changes in place then, is
    /// still as it is live.
    pub(crate) readable: Arc<Project>,
    /// Tables that only this deployment has.
    pub(crate) owned: BTreeSet<String>,
    /// Why it cannot be promoted: an insert did not fit it.
    pub failed: Option<String>,
}

/// What the store keeps of a staged deployment; its files are beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StagedRecord {
    id: u64,
    created_at: i64,
    /// False while its tables are being filled: such a one is dropped when the engine starts.
    ready: bool,
    destructive: bool,
}

impl Workspace {
    /// The deployment that waits to be promoted, if any.
    pub fn staged(&self) -> Option<Rc<Staged>> {
        self.state().staged.clone()
    }

    pub(crate) fn staging_head(&self) -> String {
        format!("{}~staging", self.id())
    }

    /// The tables of the staged deployment.
    pub(crate) fn staging_snapshot(&self) -> Result<Snapshot> {
        Ok(self.shared.store.snapshot(&self.staging_head())?)
    }

    /// Makes and fills the tables of a deployment. The gate is shut. After a failure there is
    /// nothing left of it.
    pub(super) async fn stage(
        self: &Rc<Self>,
        before: &Arc<Project>,
        project: Arc<Project>,
        deployment: &mut Deployment,
        options: DeployOptions,
    ) -> Result<Option<Rc<Staged>>> {
        let id = self.last_deployment() + u64::from(options.is_deployment);
        let staged = Rc::new(self.staged_of(before, project, deployment, id));
        let mut record = StagedRecord {
            id,
            created_at: staged.created_at,
            ready: false,
            destructive: options.allow_destructive,
        };
        let head = self.staging_head();
        let mut transaction = self.shared.store.begin();
        transaction.create_head(&head, Some(self.id()), HeadMode::Share);
        for name in &staged.changes.datasources.deleted {
            transaction.drop_table((head.as_str(), name.as_str()));
        }
        for name in &staged.owned {
            let Some(datasource) = staged.project.datasources.get(name) else {
                continue;
            };
            if before.datasources.contains_key(name) {
                transaction.drop_table((head.as_str(), name.as_str()));
            }
            transaction.create_table((head.as_str(), name.as_str()), datasource.definition.clone());
        }
        transaction.put(&self.key("staging"), encode(&record)?);
        for (path, text) in &staged.project.files {
            transaction.put(&self.key(&format!("staging-file/{path}")), text.clone().into_bytes());
        }
        transaction.commit(Durability::Flushed).await?;
        for movement in &staged.movements {
            if let Err(error) = self.fill(before, &staged, movement).await {
                self.drop_staging().await?;
                let path =
                    staged.project.datasources.get(&movement.datasource).map(|found| found.path.clone());
                let message = format!("its rows cannot be moved: {}", error.message());
                deployment.errors.push(FileProblem { path: path.unwrap_or_default(), message });
                return Ok(None);
            }
        }
        // One that goes live at once has not been here, should the engine stop before.
        record.ready = options.is_deployment && !options.auto_promote;
        let mut transaction = self.shared.store.begin();
        transaction.put(&self.key("staging"), encode(&record)?);
        let mut workspace = self.state().record.clone();
        workspace.last_deployment = id;
        transaction.put(&self.key("workspace"), encode(&workspace)?);
        transaction.commit(Durability::Flushed).await?;
        self.state_mut().record = workspace;
        Ok(Some(staged))
    }

    fn staged_of(&self, before: &Project, project: Arc<Project>, deployment: &Deployment, id: u64) -> Staged {
        let moved = deployment.movements.iter().map(|movement| movement.datasource.clone());
        let emptied = deployment.changes.datasources.changed.iter().filter(|name| {
            let pair = before.datasources.get(*name).zip(project.datasources.get(*name));
            pair.is_some_and(|(old, new)| {
                matches!(difference::alteration(old, new), difference::Alteration::Rebuild(_))
            })
        });
        let owned: BTreeSet<String> =
            deployment.changes.datasources.new.iter().cloned().chain(moved).chain(emptied.cloned()).collect();
        let mut readable = Project::clone(&project);
        for (name, datasource) in &mut readable.datasources {
            if let Some(live) = before.datasources.get(name).filter(|_| !owned.contains(name)) {
                *datasource = live.clone();
            }
        }
        // New tables of views are filled from what their triggers hold.
        let mut movements = deployment.movements.clone();
        for name in &deployment.changes.datasources.new {
            let views = project.materializations().filter(|(_, node)| node.target.as_ref() == Some(name));
            let views: Vec<String> = views.map(|(pipe, _)| pipe.name.clone()).collect();
            if !views.is_empty() {
                movements.push(Movement { datasource: name.clone(), source: Source::Views(views) });
            }
        }
        movements.sort_by_key(|movement| matches!(movement.source, Source::Views(_)));
        Staged {
            id,
            created_at: self.shared.now(),
            changes: deployment.changes.clone(),
            movements,
            readable: Arc::new(readable),
            project,
            owned,
            failed: None,
        }
    }

    /// Fills a table that was made anew.
    async fn fill(
        self: &Rc<Self>,
        before: &Arc<Project>,
        staged: &Staged,
        movement: &Movement,
    ) -> Result<()> {
        let Some(target) = staged.project.datasources.get(&movement.datasource) else {
            return Ok(());
        };
        let name = &movement.datasource;
        let old = || old_catalog(self, before);
        match &movement.source {
            Source::Columns => {
                let sql = carried_columns(before, target);
                self.fill_from(target, &sql, &old()?).await
            }
            Source::ForwardQuery(query) => self.fill_from(target, &forward(query, name), &old()?).await,
            Source::Views(pipes) => {
                for pipe in pipes.iter().filter_map(|name| staged.project.pipes.get(name)) {
                    let Some(node) = pipe.materialized().filter(|node| node.trigger.is_some()) else {
                        continue;
                    };
                    let catalog = QueryCatalog::new(
                        staged.readable.clone(),
                        self.staging_snapshot()?,
                        self.template_context(),
                    );
                    let sql = catalog.rendered(pipe, node)?;
                    self.fill_from(target, &sql, &catalog).await?;
                }
                Ok(())
            }
        }
    }

    /// Adds a query's rows to a table of the staging head, block by block.
    async fn fill_from(
        self: &Rc<Self>,
        target: &Datasource,
        sql: &str,
        catalog: &QueryCatalog,
    ) -> Result<()> {
        let prepared = self.prepare(sql, catalog, std::collections::BTreeMap::new())?;
        let columns = prepared.columns().to_vec();
        let mut execution = prepared.execute()?;
        let (mut waiting, mut n_rows) = (Vec::new(), 0);
        loop {
            let batch = execution.next().await?;
            let ended = batch.is_none();
            if let Some(batch) = batch {
                n_rows += batch.num_rows();
                waiting.push(self.in_layout_of(target, &columns, batch)?);
            }
            if n_rows >= BLOCK_ROWS || (ended && n_rows > 0) {
                let mut transaction = self.shared.store.begin();
                let head = self.staging_head();
                transaction.insert((head.as_str(), target.name.as_str()), std::mem::take(&mut waiting), None);
                transaction.commit(Durability::Buffered).await?;
                n_rows = 0;
            }
            if ended {
                return Ok(());
            }
        }
    }

    /// Drops the staging head and everything that is kept of it.
    pub(super) async fn drop_staging(&self) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        self.remove_staging(&mut transaction)?;
        transaction.commit(Durability::Flushed).await?;
        self.state_mut().staged = None;
        Ok(())
    }

    pub(super) fn remove_staging(&self, transaction: &mut Transaction) -> Result<()> {
        let snapshot = self.snapshot()?;
        let head = self.staging_head();
        if snapshot.heads().any(|known| known == head) {
            transaction.drop_head(&head);
        }
        transaction.remove(&self.key("staging"));
        for (key, _) in snapshot.values(&self.key("staging-file/")) {
            transaction.remove(key);
        }
        Ok(())
    }

    /// Discards the staged deployment.
    ///
    /// # Errors
    /// Kind `NotFound` when there is none of this number.
    pub async fn discard(&self, id: u64) -> Result<()> {
        let _building = self.building.lock().await;
        if self.staged().is_none_or(|staged| staged.id != id) {
            return Err(Error::not_found(format!("Deployment '{id}' not found")));
        }
        let _shut = self.inserts.shut().await;
        self.drop_staging().await
    }

    /// Takes up the staged deployment that the store holds, or drops one that was not
    /// finished when the engine stopped. To be called once, after opening.
    pub(crate) async fn resume_staging(self: &Rc<Self>) -> Result<()> {
        let snapshot = self.snapshot()?;
        let prefix = self.key("staging-file/");
        let Some(bytes) = snapshot.get(&self.key("staging")) else {
            return Ok(());
        };
        let record: StagedRecord = crate::record::decode("staging", &bytes)?;
        if !record.ready {
            return self.drop_staging().await;
        }
        let text = |bytes: &bytes::Bytes| String::from_utf8_lossy(bytes).into_owned();
        let files = snapshot
            .values(&prefix)
            .filter_map(|(key, bytes)| Some((key.strip_prefix(&prefix)?.to_owned(), text(bytes))))
            .collect();
        let secrets = self.state().secrets.clone();
        let (project, errors) = Project::read(files, &secrets);
        let before = self.project();
        let options = DeployOptions {
            is_deployment: true,
            allow_destructive: record.destructive,
            ..DeployOptions::default()
        };
        let project = Arc::new(project);
        let changes = difference::between(&before, &project);
        let mut deployment = Deployment { changes, ..Deployment::default() };
        self.plan_movements(&before, &project, &mut deployment, options);
        if !errors.is_empty() || !deployment.errors.is_empty() {
            return self.drop_staging().await;
        }
        let mut staged = self.staged_of(&before, project, &deployment, record.id);
        staged.created_at = record.created_at;
        self.state_mut().staged = Some(Rc::new(staged));
        Ok(())
    }

    /// Rows as they go into a table of the staged deployment.
    pub(crate) async fn staged_rows(
        &self,
        staged: &Staged,
        (old, new): (&Arc<Datasource>, &Datasource),
        rows: RecordBatch,
    ) -> Result<Vec<RecordBatch>> {
        let movement = staged.movements.iter().find(|movement| movement.datasource == new.name);
        let project = self.project();
        let mut catalog = QueryCatalog::new(project.clone(), self.snapshot()?, self.template_context());
        catalog.add_block(&old.name, Arc::new(crate::query::BlockTable::new(old, vec![rows])));
        let sql = match movement.map(|movement| &movement.source) {
            Some(Source::ForwardQuery(query)) => forward(query, &new.name),
            _ => carried_columns(&project, new),
        };
        let (columns, batches) = self.collect(&sql, &catalog).await?;
        batches.into_iter().map(|batch| self.in_layout_of(new, &columns, batch)).collect()
    }
}

fn old_catalog(workspace: &Workspace, before: &Arc<Project>) -> Result<QueryCatalog> {
    Ok(QueryCatalog::new(before.clone(), workspace.snapshot()?, workspace.template_context()))
}

/// A `FORWARD_QUERY` as a query over the table it speaks of.
fn forward(query: &str, name: &str) -> String {
    format!("{}\nFROM `{name}`", query.trim().trim_end_matches(';'))
}

/// The columns that the old and the new version of a table both have.
fn carried_columns(before: &Project, new: &Datasource) -> String {
    let old = before.datasources.get(&new.name);
    let kept = new.columns.iter().filter(|column| old.is_some_and(|old| old.column(&column.name).is_some()));
    let columns: Vec<String> = kept.map(|column| format!("`{}`", column.name)).collect();
    let columns = if columns.is_empty() { "*".to_owned() } else { columns.join(", ") };
    format!("SELECT {columns} FROM `{}`", new.name)
}
