//! One workspace: its name, tokens, project and jobs, kept in step with the store.

use crate::deploy::Staged;
use crate::error::{Error, Result};
use crate::gate::Gate;
use crate::host::uuid;
use crate::instance::Shared;
use crate::job::Job;
use crate::jwt::Claims;
use crate::network::Hosts;
use crate::query::KeptAnswers;
use crate::rate::Counts;
use crate::record::{ResourceRecord, TokenRecord, WorkspaceRecord, decode, encode};
use crate::resource::Project;
use crate::service::journal::Journal;
use crate::token::{Access, Grant, Scope, Token};
use futures::lock::Mutex;
use kinglet_storage::{Durability, HeadMode, Snapshot, Transaction};
use std::cell::{Ref, RefCell, RefMut};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Name of the token that may do everything in its workspace.
pub const ADMIN_TOKEN_NAME: &str = "workspace admin token";

/// A workspace. Handles are shared; what changes lies behind cells, and no borrow of a
/// cell is held over an `await`.
pub struct Workspace {
    pub(crate) shared: Rc<Shared>,
    id: String,
    state: RefCell<State>,
    /// Held while the project changes: one build at a time.
    pub(crate) building: Mutex<()>,
    /// What changes rows passes here; shut while tables are exchanged.
    pub(crate) inserts: Gate,
    /// Held while a quarantine table is made.
    pub(crate) quarantining: Mutex<()>,
    /// What was noted and is in no table yet.
    pub(crate) journal: RefCell<Journal>,
    /// Answers of endpoints that may be given again.
    pub(crate) kept: RefCell<KeptAnswers>,
}

pub(crate) struct State {
    pub(crate) record: WorkspaceRecord,
    pub(crate) tokens: Vec<Token>,
    pub(crate) project: Arc<Project>,
    pub(crate) resources: BTreeMap<String, ResourceRecord>,
    pub(crate) secrets: BTreeMap<String, String>,
    pub(crate) secret_times: BTreeMap<String, SecretTimes>,
    pub(crate) jobs: Vec<Job>,
    pub(crate) hosts: Hosts,
    pub(crate) requests: Counts,
    pub(crate) staged: Option<Rc<Staged>>,
}

impl Workspace {
    /// Makes an empty workspace with its admin token and its head in the store.
    /// `admin_token` is the secret to use instead of a random one.
    pub(crate) async fn create(
        shared: Rc<Shared>,
        name: &str,
        admin_token: Option<&str>,
        transaction: &mut Transaction,
    ) -> Result<Workspace> {
        let random = &*shared.components.random;
        let id = uuid(random);
        let grants = vec![Grant::general(Scope::Admin)];
        let mut token = Token::new(random, &id, ADMIN_TOKEN_NAME, grants);
        if let Some(text) = admin_token {
            token.text = text.to_owned();
        }
        let record = WorkspaceRecord {
            name: name.to_owned(),
            created_at: shared.now(),
            deployment: 0,
            deployed_at: 0,
            last_deployment: 0,
            main: None,
        };
        transaction.create_head(&id, None, HeadMode::Copy);
        let workspace = Workspace {
            shared,
            id,
            state: RefCell::new(State {
                record: record.clone(),
                tokens: vec![token.clone()],
                project: Arc::default(),
                resources: BTreeMap::new(),
                secrets: BTreeMap::new(),
                secret_times: BTreeMap::new(),
                jobs: Vec::new(),
                hosts: Hosts::new(),
                requests: Counts::new(),
                staged: None,
            }),
            building: Mutex::new(()),
            inserts: Gate::default(),
            quarantining: Mutex::new(()),
            journal: RefCell::default(),
            kept: RefCell::default(),
        };
        transaction.put(&workspace.key("workspace"), encode(&record)?);
        workspace.put_token(transaction, &token)?;
        Ok(workspace)
    }

    /// Reads a workspace back from the store.
    pub(crate) fn open(shared: Rc<Shared>, id: &str) -> Result<Workspace> {
        let snapshot = shared.store.snapshot(id)?;
        let prefix = format!("w/{id}/");
        let key = format!("{prefix}workspace");
        let bytes = snapshot.get(&key).ok_or_else(|| Error::internal(format!("'{key}' is not stored")))?;
        let mut state = State {
            record: decode(&key, &bytes)?,
            tokens: Vec::new(),
            project: Arc::default(),
            resources: BTreeMap::new(),
            secrets: BTreeMap::new(),
            secret_times: BTreeMap::new(),
            jobs: Vec::new(),
            hosts: Hosts::new(),
            requests: Counts::new(),
            staged: None,
        };
        let mut files = BTreeMap::new();
        for (key, bytes) in snapshot.values(&prefix) {
            let Some((kind, name)) = key.strip_prefix(&prefix).and_then(|rest| rest.split_once('/')) else {
                continue;
            };
            let text = || String::from_utf8_lossy(bytes).into_owned();
            match kind {
                "token" => state.tokens.push(decode::<TokenRecord>(key, bytes)?.into_token(name)),
                "file" => drop(files.insert(name.to_owned(), text())),
                "resource" => drop(state.resources.insert(name.to_owned(), decode(key, bytes)?)),
                "secret_times" => drop(state.secret_times.insert(name.to_owned(), decode(key, bytes)?)),
                "secret" => drop(state.secrets.insert(name.to_owned(), text())),
                "host" => drop(state.hosts.insert(name.to_owned(), text().parse().unwrap_or_default())),
                "job" => state.jobs.push(decode(key, bytes)?),
                _ => {}
            }
        }
        state.jobs.sort_by_key(|job: &Job| job.created_at);
        state.jobs.iter_mut().for_each(Job::interrupt);
        // Only files that build were stored.
        state.project = Arc::new(Project::read(files, &state.secrets).0);
        Ok(Workspace {
            shared,
            id: id.to_owned(),
            state: RefCell::new(state),
            building: Mutex::new(()),
            inserts: Gate::default(),
            quarantining: Mutex::new(()),
            journal: RefCell::default(),
            kept: RefCell::default(),
        })
    }

    /// Id, a UUID; also the name of its head in the store.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Name shown to people.
    pub fn name(&self) -> String {
        self.state().record.name.clone()
    }

    /// Number of the live deployment, 0 before the first, and when it was made
    /// (microseconds since the epoch).
    pub fn deployment(&self) -> (u64, i64) {
        let state = self.state();
        (state.record.deployment, state.record.deployed_at)
    }

    /// The highest number that a deployment had, live, waiting or discarded.
    pub fn last_deployment(&self) -> u64 {
        let state = self.state();
        state.record.last_deployment.max(state.record.deployment)
    }

    /// When the workspace was made, in microseconds since the epoch.
    pub fn created_at(&self) -> i64 {
        self.state().record.created_at
    }

    /// Gives the workspace another name.
    ///
    /// # Errors
    /// Kind `Invalid` for an empty one; whether it is taken is the instance's to say.
    pub(crate) async fn rename(&self, name: &str) -> Result<()> {
        let mut record = self.state().record.clone();
        name.clone_into(&mut record.name);
        let mut transaction = self.shared.store.begin();
        transaction.put(&self.key("workspace"), encode(&record)?);
        transaction.commit(Durability::Flushed).await?;
        self.state_mut().record.name = record.name;
        Ok(())
    }

    pub(crate) fn state(&self) -> Ref<'_, State> {
        self.state.borrow()
    }

    pub(crate) fn state_mut(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    pub(crate) fn key(&self, rest: &str) -> String {
        format!("w/{}/{rest}", self.id)
    }

    /// The project as it is live.
    pub fn project(&self) -> Arc<Project> {
        self.state().project.clone()
    }

    pub(crate) fn snapshot(&self) -> Result<Snapshot> {
        Ok(self.shared.store.snapshot(&self.id)?)
    }

    /// The path of a table in the store.
    pub(crate) fn table<'a>(&'a self, name: &'a str) -> (&'a str, &'a str) {
        (&self.id, name)
    }

    /// Rows stored in a data source, before any combining.
    pub fn n_rows(&self, datasource: &str) -> u64 {
        let table = self.snapshot().ok().and_then(|snapshot| snapshot.table(datasource));
        table.map_or(0, |table| table.rows())
    }

    /// Rows and bytes stored in a data source.
    pub fn table_statistics(&self, datasource: &str) -> TableStatistics {
        let table = self.snapshot().ok().and_then(|snapshot| snapshot.table(datasource));
        table.map_or_else(TableStatistics::default, |table| TableStatistics {
            rows: table.rows(),
            bytes: table.disk_bytes(),
        })
    }

    /// Identity and times of a resource.
    pub fn identity(&self, name: &str) -> Identity {
        let state = self.state();
        let record = state.resources.get(name);
        Identity {
            id: record.map(|record| record.id.clone()).unwrap_or_default(),
            created_at: record.map_or(0, |record| record.created_at),
            updated_at: record.map_or(0, |record| record.updated_at),
            format: record.map(|record| record.format.clone()).unwrap_or_default(),
        }
    }

    /// The name of the resource with this id or name.
    pub fn resource_name(&self, key: &str) -> Option<String> {
        let state = self.state();
        if state.resources.contains_key(key) {
            return Some(key.to_owned());
        }
        let found = state.resources.iter().find(|(_, record)| record.id == key);
        found.map(|(name, _)| name.clone())
    }

    /// All static tokens.
    pub fn tokens(&self) -> Vec<Token> {
        self.state().tokens.clone()
    }

    /// The secret of the workspace admin token.
    pub fn admin_token(&self) -> String {
        let state = self.state();
        let token = state.tokens.iter().find(|token| token.name == ADMIN_TOKEN_NAME);
        token.map(|token| token.text.clone()).unwrap_or_default()
    }

    /// What the bearer of `text` may do here; `None` when no token has this secret.
    pub fn access(&self, text: &str) -> Option<Access> {
        self.state().tokens.iter().find(|token| token.text == text).map(Token::access)
    }

    /// Makes a token that ends at `exp` (seconds since the epoch), with these claims; it is
    /// signed, not stored.
    ///
    /// # Errors
    /// Kind `Invalid` for a scope that it cannot have.
    pub fn sign_token(&self, claims: Claims) -> Result<String> {
        Claims { workspace_id: self.id.clone(), ..claims }.sign(&self.admin_token())
    }

    /// The token with this id, name or secret.
    pub fn token(&self, key: &str) -> Result<Token> {
        let state = self.state();
        let found = state.tokens.iter().find(|t| t.id == key || t.name == key || t.text == key);
        found.cloned().ok_or_else(|| Error::not_found(format!("Token '{key}' not found")))
    }

    pub(crate) fn put_token(&self, transaction: &mut Transaction, token: &Token) -> Result<()> {
        let key = self.key(&format!("token/{}", token.id));
        transaction.put(&key, encode(&TokenRecord::of(token))?);
        Ok(())
    }

    /// Adds a static token, or replaces the one with its id.
    pub async fn save_token(&self, token: Token) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        self.put_token(&mut transaction, &token)?;
        transaction.commit(Durability::Flushed).await?;
        let mut state = self.state_mut();
        match state.tokens.iter_mut().find(|known| known.id == token.id) {
            Some(known) => *known = token,
            None => state.tokens.push(token),
        }
        Ok(())
    }

    /// Makes a static token called `name`.
    ///
    /// # Errors
    /// Kind `Conflict` when the name is taken.
    pub async fn create_token(&self, name: &str, description: &str, grants: Vec<Grant>) -> Result<Token> {
        if self.state().tokens.iter().any(|token| token.name == name) {
            return Err(Error::conflict(format!("Token with name '{name}' already exists")));
        }
        let mut token = Token::new(&*self.shared.components.random, &self.id, name, grants);
        description.clone_into(&mut token.description);
        self.save_token(token.clone()).await?;
        Ok(token)
    }

    /// Gives a token another secret.
    pub async fn refresh_token(&self, key: &str) -> Result<Token> {
        let mut token = self.token(key)?;
        token.refresh(&*self.shared.components.random, &self.id);
        self.save_token(token.clone()).await?;
        Ok(token)
    }

    /// Deletes a token; the admin token stays.
    pub async fn delete_token(&self, key: &str) -> Result<()> {
        let token = self.token(key)?;
        if token.name == ADMIN_TOKEN_NAME {
            return Err(Error::forbidden("The workspace admin token cannot be deleted; refresh it instead"));
        }
        let mut transaction = self.shared.store.begin();
        transaction.remove(&self.key(&format!("token/{}", token.id)));
        transaction.commit(Durability::Flushed).await?;
        self.state_mut().tokens.retain(|known| known.id != token.id);
        Ok(())
    }

    /// Names of the secrets.
    pub fn secrets(&self) -> Vec<String> {
        self.state().secrets.keys().cloned().collect()
    }

    /// When a secret was made and when it was set last.
    pub fn secret_times(&self, name: &str) -> SecretTimes {
        self.state().secret_times.get(name).copied().unwrap_or_default()
    }

    /// Sets a secret, or removes it.
    pub async fn set_secret(&self, name: &str, value: Option<&str>) -> Result<()> {
        let now = self.shared.now();
        let known = self.state().secret_times.get(name).copied();
        let times = SecretTimes { created_at: known.map_or(now, |times| times.created_at), updated_at: now };
        let mut transaction = self.shared.store.begin();
        let (key, times_key) =
            (self.key(&format!("secret/{name}")), self.key(&format!("secret_times/{name}")));
        match value {
            Some(value) => {
                transaction.put(&key, value.to_owned().into_bytes());
                transaction.put(&times_key, encode(&times)?);
            }
            None => {
                transaction.remove(&key);
                transaction.remove(&times_key);
            }
        }
        transaction.commit(Durability::Flushed).await?;
        let mut state = self.state_mut();
        match value {
            Some(value) => {
                state.secrets.insert(name.to_owned(), value.to_owned());
                state.secret_times.insert(name.to_owned(), times);
            }
            None => {
                state.secrets.remove(name);
                state.secret_times.remove(name);
            }
        }
        Ok(())
    }
}

/// When a secret was made and set last, in microseconds since the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SecretTimes {
    /// When it was made.
    pub created_at: i64,
    /// When its value changed last.
    pub updated_at: i64,
}

/// Identity and times of a data source or pipe, in microseconds since the epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// `t_` and 32 hexadecimal digits.
    pub id: String,
    /// When it was made.
    pub created_at: i64,
    /// When its definition or rows changed last.
    pub updated_at: i64,
    /// Format it was filled with: `csv`, `ndjson`, `parquet`; empty when never.
    pub format: String,
}

/// How much a data source holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableStatistics {
    /// Rows stored, before any combining.
    pub rows: u64,
    /// Bytes stored.
    pub bytes: u64,
}
