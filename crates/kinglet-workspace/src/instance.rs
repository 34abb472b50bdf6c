//! The instance: every workspace of one disk, found by token.

use crate::error::{Error, Result};
use crate::host::{Clock, Http, Random, uuid};
use crate::token::{Access, token_text};
use crate::workspace::Workspace;
use std::cell::RefCell;
use std::rc::Rc;

/// What the host injects. All of it lives on one thread.
#[derive(Clone)]
pub struct Components {
    /// Time.
    pub clock: Rc<dyn Clock>,
    /// Randomness.
    pub random: Rc<dyn Random>,
    /// Outgoing requests.
    pub http: Rc<dyn Http>,
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
    components: Components,
    settings: Settings,
    user: User,
    user_token: String,
    workspaces: RefCell<Vec<Rc<Workspace>>>,
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
    /// Kind `Unavailable` when the disk cannot be read.
    pub async fn open(components: Components, settings: Settings) -> Result<Instance> {
        let random = &*components.random;
        let user =
            User { id: uuid(random), email: "you@kinglet.local".to_owned(), organization_id: uuid(random) };
        let user_token =
            settings.user_token.clone().unwrap_or_else(|| token_text(random, &user.id, &user.id));
        let first = Workspace::create(random, &settings.workspace_name, settings.workspace_token.as_deref());
        Ok(Instance {
            inner: Rc::new(Inner {
                components,
                settings,
                user,
                user_token,
                workspaces: RefCell::new(vec![Rc::new(first)]),
            }),
        })
    }

    /// What the host injected.
    pub fn components(&self) -> &Components {
        &self.inner.components
    }

    /// What is configured.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
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
        LocalTokens {
            user: self.inner.user_token.clone(),
            workspace_admin: self
                .default_workspace()
                .map(|workspace| workspace.admin_token())
                .unwrap_or_default(),
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
        let workspaces = self.inner.workspaces.borrow();
        workspaces
            .iter()
            .find_map(|workspace| {
                let access = workspace.access(token)?;
                Some(Caller { workspace: workspace.clone(), access, is_user: false })
            })
            .ok_or_else(|| Error::forbidden("invalid authentication token"))
    }
}
