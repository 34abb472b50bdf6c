//! What a route works with: the instance, the caller and the parsed request.

use crate::body::Body;
use crate::headers::Headers;
use crate::params::Params;
use crate::request::Method;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::{Error, Instance, RateState, Result};
use std::cell::Cell;
use std::rc::Rc;

/// One request on its way through a route.
pub(crate) struct Context {
    /// The instance.
    pub(crate) instance: Instance,
    /// Values of the placeholders in the route's pattern, by name.
    pub(crate) captures: Vec<(&'static str, String)>,
    /// Method.
    pub(crate) method: Method,
    /// Path and query as sent.
    pub(crate) target: String,
    /// Query parameters.
    pub(crate) query: Params,
    /// Header fields.
    pub(crate) headers: Headers,
    /// Body, taken by the route that reads it.
    pub(crate) body: Body,
    /// Where the caller's token stands with its limit, once the request was counted.
    pub(crate) rate: Rc<Cell<Option<RateState>>>,
}

impl Context {
    /// Value of the placeholder `name`.
    pub(crate) fn capture(&self, name: &str) -> &str {
        self.captures.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The token that was sent: bearer header first, then `?token=`.
    fn token(&self) -> Option<&str> {
        let header = self.headers.get("authorization").and_then(|value| {
            let (scheme, token) = value.trim().split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
        });
        header.or_else(|| self.query.get("token")).filter(|token| !token.is_empty())
    }

    /// Who sends this request.
    ///
    /// # Errors
    /// Kind `Forbidden` without a token or with an unknown one, `Limit` for one that was
    /// used too often.
    pub(crate) fn caller(&self) -> Result<Caller> {
        let token = self.token().ok_or_else(|| {
            Error::forbidden(
                "missing authentication token: send it as 'Authorization: Bearer <token>' or as '?token='",
            )
        })?;
        let caller = self.instance.authenticate(token)?;
        if self.rate.get().is_none() {
            self.rate.set(caller.workspace.count_request(&caller.access)?);
        }
        Ok(caller)
    }

    /// Who sends this request, when it is an admin of the workspace.
    ///
    /// # Errors
    /// Kind `Forbidden` otherwise.
    pub(crate) fn admin(&self) -> Result<Caller> {
        let caller = self.caller()?;
        if caller.access.is_admin() {
            return Ok(caller);
        }
        Err(Error::forbidden("this call needs a token with the ADMIN scope"))
    }

    /// True for a request to the deployment that waits to be promoted.
    pub(crate) fn staging(&self) -> bool {
        self.query.get("__tb__deployment") == Some("staging")
    }

    /// The snapshot that is asked, if not the rows of now.
    pub(crate) fn snapshot(&self) -> Option<&str> {
        self.query.get("__tb__snapshot").filter(|name| !name.is_empty())
    }

    /// Takes the body, leaving an empty one.
    pub(crate) fn take_body(&mut self) -> Body {
        std::mem::replace(&mut self.body, Body::empty())
    }
}
