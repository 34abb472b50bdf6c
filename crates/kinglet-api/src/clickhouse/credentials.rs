//! Who asks: the password is a token, the user's name says nothing.

use crate::context::Context;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kinglet_workspace::instance::Caller;
use kinglet_workspace::{Error, Result};

/// ClickHouse's code for a wrong password or user.
const AUTHENTICATION_FAILED: i32 = 516;

/// Finds who sends a request: by `X-ClickHouse-Key`, a bearer token, basic authentication,
/// `?password=` or `?token=`.
///
/// # Errors
/// Code 516 without a token or with an unknown one.
pub(super) fn caller(context: &Context) -> Result<Caller> {
    let refused = |why: &str| {
        Error::forbidden(format!(
            "Authentication failed: {why}. The password is a token of the workspace, the user's name is free"
        ))
        .with_code(AUTHENTICATION_FAILED)
    };
    let token =
        token(context).filter(|token| !token.is_empty()).ok_or_else(|| refused("there is no password"))?;
    let caller = context.instance.authenticate(&token).map_err(|error| refused(error.message()))?;
    caller.workspace.count_request(&caller.access)?;
    Ok(caller)
}

fn token(context: &Context) -> Option<String> {
    if let Some(key) = context.headers.get("x-clickhouse-key").filter(|key| !key.is_empty()) {
        return Some(key.to_owned());
    }
    if let Some((scheme, value)) =
        context.headers.get("authorization").and_then(|text| text.trim().split_once(' '))
    {
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(value.trim().to_owned());
        }
        let pair = STANDARD.decode(value.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let password = pair.as_deref().and_then(|pair| pair.split_once(':')).map(|(_, password)| password);
        if let Some(password) = password.filter(|password| !password.is_empty()) {
            return Some(password.to_owned());
        }
    }
    let named = ["password", "token"].iter().find_map(|name| context.query.get(name));
    named.map(str::to_owned)
}
