//! Tokens that say themselves what they allow: JSON Web Tokens (RFC 7519), signed by HMAC
//! with SHA-256 under the text of the workspace admin token.

use crate::error::{Error, Result};
use crate::token::{Access, Grant, Scope};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::Sha256;

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// Scopes that such a token may have.
const SCOPES: &[Scope] = &[Scope::PipesRead, Scope::DatasourcesRead, Scope::DatasourcesAppend];

/// What a token says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Claims {
    /// Id of the workspace.
    pub workspace_id: String,
    /// Name of the token; requests are counted by it.
    #[serde(default)]
    pub name: String,
    /// When it ends, in seconds since the epoch.
    pub exp: Option<i64>,
    /// What it allows.
    #[serde(default)]
    pub scopes: Vec<ScopeClaim>,
    /// How often it may be used.
    #[serde(default)]
    pub limits: Limits,
}

/// A scope of a token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScopeClaim {
    /// Such as `PIPES:READ`.
    pub r#type: String,
    /// Name of the pipe or data source.
    pub resource: String,
    /// Template parameters that are fixed.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub fixed_params: Map<String, Value>,
    /// A `WHERE` fragment on the data source's rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
}

/// How often a token may be used.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Requests a second; none, or not above zero, is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rps: Option<i64>,
}

impl Claims {
    /// The token's text, signed with `key`.
    ///
    /// # Errors
    /// Kind `Invalid` for a scope that it cannot have.
    pub(crate) fn sign(&self, key: &str) -> Result<String> {
        self.grants()?;
        let claims = serde_json::to_vec(self).map_err(|error| Error::internal(error.to_string()))?;
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
        let signature = mac(key, &signed)?.finalize().into_bytes();
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Reads a token's claims without believing them; `None` for what is no such token.
    pub(crate) fn unverified(token: &str) -> Option<Claims> {
        let mut parts = token.split('.');
        let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
        let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
        let claims = serde_json::from_slice(&claims).ok()?;
        parts.next().is_none().then_some(claims)
    }

    /// What the bearer of `token`, whose claims these are, may do.
    ///
    /// # Errors
    /// Kind `Forbidden` when it was not signed with `key`, or has ended.
    pub(crate) fn access(&self, token: &str, key: &str, now_secs: i64) -> Result<Access> {
        let refused = || Error::forbidden("invalid authentication token");
        let (signed, signature) = token.rsplit_once('.').ok_or_else(refused)?;
        let signature = URL_SAFE_NO_PAD.decode(signature.trim_end_matches('=')).map_err(|_| refused())?;
        mac(key, signed)?.verify_slice(&signature).map_err(|_| refused())?;
        match self.exp {
            None => return Err(Error::forbidden("invalid authentication token: it has no 'exp' claim")),
            Some(exp) if exp <= now_secs => {
                return Err(Error::forbidden("invalid authentication token: it has expired"));
            }
            Some(_) => {}
        }
        Ok(Access {
            token_id: format!("jwt:{}", self.name),
            token_name: self.name.clone(),
            grants: self.grants()?,
            rps: self.limits.rps.and_then(|rps| u32::try_from(rps).ok()).filter(|rps| *rps > 0),
        })
    }

    fn grants(&self) -> Result<Vec<Grant>> {
        self.scopes.iter().map(ScopeClaim::grant).collect()
    }
}

impl ScopeClaim {
    fn grant(&self) -> Result<Grant> {
        let scope = Scope::from_text(&self.r#type).filter(|scope| SCOPES.contains(scope));
        let scope = scope.ok_or_else(|| {
            let kind = &self.r#type;
            Error::invalid(format!(
                "a JWT cannot have the scope '{kind}'; it can have PIPES:READ, DATASOURCES:READ and DATASOURCES:APPEND"
            ))
        })?;
        let fixed = self.fixed_params.iter().map(|(name, value)| (name.clone(), text_of(value)));
        Ok(Grant {
            filter: self.filter.clone().filter(|filter| !filter.trim().is_empty()),
            fixed_params: fixed.collect(),
            ..Grant::on(scope, &self.resource)
        })
    }
}

/// A parameter's value as a query string spells it.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn mac(key: &str, signed: &str) -> Result<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .map_err(|_| Error::internal("no key to sign tokens with"))?;
    mac.update(signed.as_bytes());
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims() -> Claims {
        let scope = ScopeClaim {
            r#type: "PIPES:READ".to_owned(),
            resource: "top".to_owned(),
            fixed_params: serde_json::from_str(r#"{"org": 5, "tags": ["a", "b"]}"#).unwrap(),
            filter: None,
        };
        let limits = Limits { rps: Some(10) };
        Claims {
            workspace_id: "w".to_owned(),
            name: "n".to_owned(),
            exp: Some(100),
            scopes: vec![scope],
            limits,
        }
    }

    #[test]
    fn a_token_signed_elsewhere_is_believed() {
        // The example of jwt.io, which any library signs like this.
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        assert!(mac("your-256-bit-secret", signed).unwrap().verify_slice(&signature).is_ok());
    }

    #[test]
    fn claims_come_back_with_the_right_key_in_time() {
        let token = claims().sign("key").unwrap();
        let read = Claims::unverified(&token).unwrap();
        let access = read.access(&token, "key", 99).unwrap();
        assert_eq!((access.token_name.as_str(), access.rps), ("n", Some(10)));
        let fixed = [("org".to_owned(), "5".to_owned()), ("tags".to_owned(), "a,b".to_owned())];
        assert_eq!(access.fixed_params("top"), fixed);
        assert!(access.may_read_pipe("top") && !access.may_read_datasource("top"));
        for (key, now) in [("other", 99), ("key", 100)] {
            assert!(read.access(&token, key, now).is_err());
        }
        let forged = format!("{}.{}", token.rsplit_once('.').unwrap().0, "AAAA");
        assert!(read.access(&forged, "key", 99).is_err());
        assert!(Claims::unverified("p.x.y").is_none());
    }

    #[test]
    fn a_token_cannot_give_what_only_static_ones_have() {
        let mut claims = claims();
        claims.scopes[0].r#type = "ADMIN".to_owned();
        assert!(claims.sign("key").is_err());
    }
}
