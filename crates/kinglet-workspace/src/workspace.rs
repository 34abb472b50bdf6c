//! One workspace: its name, tokens and resources.

use crate::error::{Error, Result};
use crate::host::{Random, uuid};
use crate::token::{Access, Grant, Scope, Token};
use std::cell::RefCell;

/// Name of the token that may do everything in its workspace.
pub const ADMIN_TOKEN_NAME: &str = "workspace admin token";

/// A workspace. Handles are shared; what changes lies behind cells, and no borrow of a
/// cell is held over an `await`.
pub struct Workspace {
    id: String,
    name: RefCell<String>,
    tokens: RefCell<Vec<Token>>,
}

impl Workspace {
    /// An empty workspace with its admin token. `admin_token` is the secret to use
    /// instead of a random one.
    pub fn create(random: &dyn Random, name: &str, admin_token: Option<&str>) -> Workspace {
        let id = uuid(random);
        let grants = vec![Grant::general(Scope::Admin)];
        let mut token = Token::new(random, &id, ADMIN_TOKEN_NAME, grants);
        if let Some(text) = admin_token {
            token.text = text.to_owned();
        }
        Workspace { id, name: RefCell::new(name.to_owned()), tokens: RefCell::new(vec![token]) }
    }

    /// Id, a UUID.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Name shown to people.
    pub fn name(&self) -> String {
        self.name.borrow().clone()
    }

    /// All static tokens.
    pub fn tokens(&self) -> Vec<Token> {
        self.tokens.borrow().clone()
    }

    /// The secret of the workspace admin token.
    pub fn admin_token(&self) -> String {
        self.tokens
            .borrow()
            .iter()
            .find(|token| token.name == ADMIN_TOKEN_NAME)
            .map(|token| token.text.clone())
            .unwrap_or_default()
    }

    /// What the bearer of `text` may do here; `None` when no token has this secret.
    pub fn access(&self, text: &str) -> Option<Access> {
        self.tokens.borrow().iter().find(|token| token.text == text).map(Token::access)
    }

    /// The token with this id, name or secret.
    pub fn token(&self, key: &str) -> Result<Token> {
        self.tokens
            .borrow()
            .iter()
            .find(|token| token.id == key || token.name == key || token.text == key)
            .cloned()
            .ok_or_else(|| Error::not_found(format!("Token '{key}' not found")))
    }
}
