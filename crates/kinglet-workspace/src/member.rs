//! Members of a workspace: a person's role is a token with that person's name, so that every
//! route holds to what the role may do.

use crate::error::{Error, Kind, Result};
use crate::token::{Grant, Scope, Token};
use crate::workspace::Workspace;

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Admin,
    /// Reading, adding rows, building and deploying; no tokens, secrets or members.
    Guest,
    /// Reading.
    Viewer,
}

impl Role {
    /// The role of a name.
    pub fn from_name(name: &str) -> Option<Role> {
        [Role::Admin, Role::Guest, Role::Viewer].into_iter().find(|role| role.name() == name)
    }

    /// The role's name.
    pub fn name(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::Guest => "guest",
            Role::Viewer => "viewer",
        }
    }

    fn grants(self) -> Vec<Grant> {
        let scopes: &[Scope] = match self {
            Role::Admin => &[Scope::Admin],
            Role::Guest => &[
                Scope::WorkspaceReadAll,
                Scope::WorkspaceDeploy,
                Scope::DatasourcesCreate,
                Scope::PipesCreate,
            ],
            Role::Viewer => &[Scope::WorkspaceReadAll],
        };
        scopes.iter().copied().map(Grant::general).collect()
    }
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Mail address.
    pub email: String,
    /// What the member may do.
    pub role: Role,
    /// The member's token.
    pub token: Token,
}

/// The member that a token stands for: it is called `<role> <address>`.
fn member_of(token: Token) -> Option<Member> {
    let (role, email) = token.name.split_once(' ')?;
    let role = Role::from_name(role)?;
    email.contains('@').then(|| Member { email: email.to_owned(), role, token: token.clone() })
}

impl Workspace {
    /// The members, oldest first.
    pub fn members(&self) -> Vec<Member> {
        self.tokens().into_iter().filter_map(member_of).collect()
    }

    /// Adds a member, or gives a member another role. The token's secret stays.
    ///
    /// # Errors
    /// Kind `Invalid` for what is no mail address.
    pub async fn set_member(&self, email: &str, role: Role) -> Result<()> {
        let is_address =
            email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        if !is_address || email.contains(char::is_whitespace) {
            return Err(Error::invalid(format!("'{email}' is not a mail address")));
        }
        let name = format!("{} {email}", role.name());
        let known = self.members().into_iter().find(|member| member.email == email);
        let token = match known {
            Some(member) => Token { name, grants: role.grants(), ..member.token },
            None => Token::new(&*self.shared.components.random, self.id(), &name, role.grants()),
        };
        self.save_token(token).await
    }

    /// Takes a member out.
    ///
    /// # Errors
    /// Kind `NotFound` for nobody's address.
    pub async fn remove_member(&self, email: &str) -> Result<()> {
        let known = self.members().into_iter().find(|member| member.email == email);
        let member = known
            .ok_or_else(|| Error::new(Kind::NotFound, format!("'{email}' is no member of this workspace")))?;
        self.delete_token(&member.token.id).await
    }
}
