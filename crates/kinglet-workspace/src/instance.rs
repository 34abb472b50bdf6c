//! The instance: every workspace of one disk, found by token.

use crate::error::{Error, Result};
use crate::host::{Clock, Http, Random, store_clock, store_random, uuid};
use crate::jwt::Claims;
use crate::keys::SqlEngines;
use crate::record::{InstanceRecord, decode, encode};
use crate::token::{Access, token_text};
use crate::workspace::Workspace;
use kinglet_storage::disk::Disk;
use kinglet_storage::{Durability, Environment, LIVE, Store, StoreSettings};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

/// What the host injects. All of it lives on one thread.
#[derive(Clone)]
pub struct Components {
    /// Time.
    pub clock: Rc<dyn Clock>,
    /// Randomness.
    pub random: Rc<dyn Random>,
    /// Outgoing requests.
    pub http: Rc<dyn Http>,
    /// Where everything is kept.
    pub disk: Arc<dyn Disk>,
}

/// What is configured, as plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Origin and base path under which the API is reached, without a slash at its end;
    /// used to print links (`job_url`, endpoint URLs).
    pub base_url: String,
    /// Name of the workspace created on an empty disk.
    pub workspace_name: String,
    /// Secret of that workspace's admin token; random when `None`.
    pub workspace_token: Option<String>,
    /// Secret of the user token; random when `None`.
    pub user_token: Option<String>,
    /// Memory that one query may use, in bytes.
    pub query_memory_bytes: u64,
    /// Longest time that one query may take, in milliseconds.
    pub query_timeout_ms: u64,
    /// Requests go only to hosts that a person agreed to, see [`Workspace::allow_host`].
    pub ask_for_hosts: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            base_url: "http://localhost:7181".to_owned(),
            workspace_name: "Kinglet_Workspace".to_owned(),
            workspace_token: None,
            user_token: None,
            query_memory_bytes: 512 << 20,
            query_timeout_ms: 60_000,
            ask_for_hosts: true,
        }
    }
}

/// The secrets that `GET /tokens` tells, as Tinybird Local does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTokens {
    /// Secret of the user token, which reaches every workspace.
    pub user: String,
    /// Secret of the default workspace's admin token.
    pub workspace_admin: String,
}

/// The one user of an instance: the person in front of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Id, a UUID.
    pub id: String,
    /// Mail address; there is nobody to write to, so it is a constant.
    pub email: String,
    /// Id of the organization that holds the workspaces.
    pub organization_id: String,
}

/// A running instance. Cloning makes another handle to the same one.
#[derive(Clone)]
pub struct Instance {
    inner: Rc<Inner>,
}

struct Inner {
    shared: Rc<Shared>,
    user: User,
    user_token: String,
    workspaces: RefCell<Vec<Rc<Workspace>>>,
    /// When buffered rows were made to survive a crash last, in microseconds since the epoch.
    flushed_at: Cell<i64>,
}

/// Longest time that buffered rows wait for that, in microseconds.
const FLUSH_MICROS: i64 = 400_000;

/// What the workspaces of an instance share.
pub(crate) struct Shared {
    pub(crate) components: Components,
    pub(crate) settings: Settings,
    pub(crate) store: Store,
    /// Every workspace of the instance.
    pub(crate) peers: RefCell<Vec<Weak<Workspace>>>,
}

impl Shared {
    /// Microseconds since the epoch.
    pub(crate) fn now(&self) -> i64 {
        self.components.clock.now_micros()
    }
}

/// Who sends a request, found by token.
#[derive(Clone)]
pub struct Caller {
    /// The workspace that the token belongs to.
    pub workspace: Rc<Workspace>,
    /// What the token allows there.
    pub access: Access,
    /// True for the user token, which also manages workspaces.
    pub is_user: bool,
}

impl Instance {
    /// Opens what the disk holds, or starts with one empty workspace.
    ///
    /// # Errors
    /// The disk cannot be read, or holds files of a newer version.
    pub async fn open(components: Components, settings: Settings) -> Result<Instance> {
        let environment = Environment {
            disk: components.disk.clone(),
            clock: store_clock(components.clock.clone()),
            random: store_random(&*components.random),
            engines: Arc::new(SqlEngines),
        };
        let (store, _report) = Store::open(environment, StoreSettings::default()).await?;
        let shared = Rc::new(Shared { components, settings, store, peers: RefCell::default() });
        let record = shared.store.snapshot(LIVE)?.get("instance");
        let (record, workspaces) = match record {
            Some(bytes) => reopened(&shared, decode("instance", &bytes)?)?,
            None => started(&shared).await?,
        };
        *shared.peers.borrow_mut() = workspaces.iter().map(Rc::downgrade).collect();
        for workspace in &workspaces {
            workspace.resume_staging().await?;
        }
        let user = User {
            id: record.user_id,
            email: "you@kinglet.local".to_owned(),
            organization_id: record.organization_id,
        };
        let user_token = shared.settings.user_token.clone().unwrap_or(record.user_token);
        let workspaces = RefCell::new(workspaces);
        Ok(Instance {
            inner: Rc::new(Inner { shared, user, user_token, workspaces, flushed_at: Cell::new(0) }),
        })
    }

    /// What the host injected.
    pub fn components(&self) -> &Components {
        &self.inner.shared.components
    }

    /// What is configured.
    pub fn settings(&self) -> &Settings {
        &self.inner.shared.settings
    }

    /// The person this instance serves.
    pub fn user(&self) -> &User {
        &self.inner.user
    }

    /// All workspaces, oldest first.
    pub fn workspaces(&self) -> Vec<Rc<Workspace>> {
        self.inner.workspaces.borrow().clone()
    }

    /// The secrets for whoever sits at this machine.
    pub fn local_tokens(&self) -> LocalTokens {
        let workspace = self.default_workspace();
        LocalTokens {
            user: self.inner.user_token.clone(),
            workspace_admin: workspace.map(|workspace| workspace.admin_token()).unwrap_or_default(),
        }
    }

    /// Does background work of the store for at most `budget_millis`; true when there is
    /// more to do. Call it whenever there is time, and at least twice a second: it also
    /// makes buffered events survive a crash.
    ///
    /// # Errors
    /// The disk fails. The instance goes on.
    pub async fn maintain(&self, budget_millis: u64) -> Result<bool> {
        let now = self.inner.shared.now();
        if now.saturating_sub(self.inner.flushed_at.get()) >= FLUSH_MICROS {
            for workspace in self.workspaces() {
                workspace.flush_journal().await?;
            }
            self.inner.shared.store.flush()?;
            self.inner.flushed_at.set(now);
        }
        let left = self.inner.shared.store.maintain(budget_millis).await?;
        Ok(left == kinglet_storage::Maintenance::More)
    }

    /// Writes what is buffered and closes all files; every later call fails.
    ///
    /// # Errors
    /// The disk fails; the files are closed all the same.
    pub async fn close(&self) -> Result<()> {
        for workspace in self.workspaces() {
            workspace.flush_journal().await?;
        }
        Ok(self.inner.shared.store.close()?)
    }

    /// Makes a workspace called `name`.
    ///
    /// # Errors
    /// Kind `Conflict` when the name is taken, `Invalid` when it is empty.
    pub async fn create_workspace(&self, name: &str) -> Result<Rc<Workspace>> {
        self.check_name(name)?;
        let shared = self.inner.shared.clone();
        let mut transaction = shared.store.begin();
        let workspace = Workspace::create(shared, name, None, &mut transaction).await?;
        let workspace = Rc::new(workspace);
        transaction.put("instance", encode(&self.record_with(workspace.id()))?);
        transaction.commit(Durability::Flushed).await?;
        self.adopt(workspace.clone());
        Ok(workspace)
    }

    /// Gives the workspace with this id another name.
    ///
    /// # Errors
    /// Kind `NotFound`; `Conflict` when the name is taken, `Invalid` when it is empty.
    pub async fn rename_workspace(&self, id: &str, name: &str) -> Result<Rc<Workspace>> {
        let workspace = self.workspace(id)?;
        if workspace.name() != name {
            self.check_name(name)?;
            workspace.rename(name).await?;
        }
        Ok(workspace)
    }

    /// The workspace with this id.
    ///
    /// # Errors
    /// Kind `NotFound`.
    pub fn workspace(&self, id: &str) -> Result<Rc<Workspace>> {
        let found = self.workspaces().into_iter().find(|workspace| workspace.id() == id);
        found.ok_or_else(|| Error::not_found(format!("Workspace '{id}' not found")))
    }

    fn check_name(&self, name: &str) -> Result<()> {
        if name.is_empty() {
            return Err(Error::invalid("a workspace needs a name"));
        }
        let known = self.workspaces();
        if known.iter().any(|workspace| workspace.main().is_none() && workspace.name() == name) {
            return Err(Error::conflict(format!("There is already a workspace named '{name}'")));
        }
        Ok(())
    }

    /// What is stored of the instance, with one workspace more.
    pub(crate) fn record_with(&self, id: &str) -> InstanceRecord {
        let mut ids: Vec<String> = self.workspaces().iter().map(|known| known.id().to_owned()).collect();
        ids.push(id.to_owned());
        self.record(ids)
    }

    /// Takes in a workspace that is stored.
    pub(crate) fn adopt(&self, workspace: Rc<Workspace>) {
        self.inner.shared.peers.borrow_mut().push(Rc::downgrade(&workspace));
        self.inner.workspaces.borrow_mut().push(workspace);
    }

    /// Deletes the workspace with this id with its branches, and all their data. The last one
    /// stays.
    pub async fn delete_workspace(&self, id: &str) -> Result<()> {
        let workspace = self.workspace(id)?;
        let n_others = self.workspaces().iter().filter(|known| known.main().is_none()).count();
        if workspace.main().is_none() && n_others == 1 {
            return Err(Error::conflict("the only workspace cannot be deleted"));
        }
        for branch in self.branches(&workspace) {
            self.delete_one(&branch).await?;
        }
        self.delete_one(&workspace).await
    }

    async fn delete_one(&self, workspace: &Workspace) -> Result<()> {
        let id = workspace.id();
        let others = self.workspaces();
        let ids = others.iter().map(|known| known.id().to_owned()).filter(|known| known != id);
        let record = self.record(ids.collect());
        let mut transaction = self.inner.shared.store.begin();
        let prefix = workspace.key("");
        let snapshot = workspace.snapshot()?;
        for (key, _) in snapshot.values(&prefix) {
            transaction.remove(key);
        }
        if snapshot.heads().any(|head| head == workspace.staging_head()) {
            transaction.drop_head(&workspace.staging_head());
        }
        transaction.drop_head(id);
        transaction.put("instance", encode(&record)?);
        transaction.commit(Durability::Flushed).await?;
        self.inner.workspaces.borrow_mut().retain(|known| known.id() != id);
        let workspaces = self.workspaces();
        *self.inner.shared.peers.borrow_mut() = workspaces.iter().map(Rc::downgrade).collect();
        Ok(())
    }

    fn record(&self, workspaces: Vec<String>) -> InstanceRecord {
        InstanceRecord {
            user_id: self.inner.user.id.clone(),
            organization_id: self.inner.user.organization_id.clone(),
            user_token: self.inner.user_token.clone(),
            workspaces,
        }
    }

    fn default_workspace(&self) -> Option<Rc<Workspace>> {
        self.inner.workspaces.borrow().first().cloned()
    }

    /// Finds who bears the secret `token`.
    ///
    /// # Errors
    /// Kind `Forbidden` when no workspace knows it.
    pub fn authenticate(&self, token: &str) -> Result<Caller> {
        if token == self.inner.user_token
            && let Some(workspace) = self.default_workspace()
            && let Some(access) = workspace.access(&workspace.admin_token())
        {
            return Ok(Caller { workspace, access, is_user: true });
        }
        if let Some(claims) = Claims::unverified(token) {
            return self.authenticate_claims(token, &claims);
        }
        let workspaces = self.inner.workspaces.borrow();
        let found = workspaces.iter().find_map(|workspace| {
            let access = workspace.access(token)?;
            Some(Caller { workspace: workspace.clone(), access, is_user: false })
        });
        found.ok_or_else(|| Error::forbidden("invalid authentication token"))
    }

    fn authenticate_claims(&self, token: &str, claims: &Claims) -> Result<Caller> {
        let found = self.workspaces().into_iter().find(|known| known.id() == claims.workspace_id);
        let workspace = found.ok_or_else(|| Error::forbidden("invalid authentication token"))?;
        let now_secs = self.inner.shared.now() / 1_000_000;
        let access = claims.access(token, &workspace.admin_token(), now_secs)?;
        Ok(Caller { workspace, access, is_user: false })
    }
}

fn reopened(shared: &Rc<Shared>, record: InstanceRecord) -> Result<(InstanceRecord, Vec<Rc<Workspace>>)> {
    let open = |id: &String| Workspace::open(shared.clone(), id).map(Rc::new);
    let workspaces = record.workspaces.iter().map(open).collect::<Result<Vec<_>>>()?;
    Ok((record, workspaces))
}

async fn started(shared: &Rc<Shared>) -> Result<(InstanceRecord, Vec<Rc<Workspace>>)> {
    let random = &*shared.components.random;
    let user_id = uuid(random);
    let settings = &shared.settings;
    let mut transaction = shared.store.begin();
    let token = settings.workspace_token.as_deref();
    let first = Workspace::create(shared.clone(), &settings.workspace_name, token, &mut transaction).await?;
    let record = InstanceRecord {
        user_token: token_text(random, &user_id, &user_id),
        user_id,
        organization_id: uuid(random),
        workspaces: vec![first.id().to_owned()],
    };
    transaction.put("instance", encode(&record)?);
    transaction.commit(Durability::Flushed).await?;
    Ok((record, vec![Rc::new(first)]))
}
