//! Which hosts a workspace may send requests to: those that a person agreed to, one by one.

use crate::error::{Error, Result};
use crate::workspace::Workspace;
use kinglet_storage::Durability;
use kinglet_template::Value;
use std::collections::BTreeMap;

/// When a person agreed, by host; in microseconds since the epoch.
pub(crate) type Hosts = BTreeMap<String, i64>;

/// Host and port of an address, in lower case: `files.example.com`, `127.0.0.1:9000`.
///
/// # Errors
/// Kind `Invalid` for what is no `http` or `https` address.
pub fn host_of(url: &str) -> Result<String> {
    let no_address = || Error::invalid(format!("'{url}' is not an http:// or https:// address"));
    let (scheme, rest) = url.split_once("://").ok_or_else(no_address)?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(no_address());
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    if host.is_empty() || host.contains(char::is_whitespace) {
        return Err(no_address());
    }
    Ok(host)
}

/// A host as a person names it: an address, or the host alone.
fn named(host: &str) -> Result<String> {
    let host = host.trim();
    if host.contains("://") { host_of(host) } else { host_of(&format!("https://{host}")) }
}

impl Workspace {
    /// The hosts that requests may go to, with when that was agreed (microseconds since
    /// the epoch), sorted.
    pub fn hosts(&self) -> Vec<(String, i64)> {
        self.state().hosts.iter().map(|(host, at)| (host.clone(), *at)).collect()
    }

    /// Lets requests go to a host from now on; returns its name as it is kept.
    ///
    /// # Errors
    /// Kind `Invalid` for what is no host.
    pub async fn allow_host(&self, host: &str) -> Result<String> {
        let (host, now) = (named(host)?, self.shared.now());
        let mut transaction = self.shared.store.begin();
        transaction.put(&self.key(&format!("host/{host}")), now.to_string().into_bytes());
        transaction.commit(Durability::Flushed).await?;
        self.state_mut().hosts.insert(host.clone(), now);
        Ok(host)
    }

    /// Takes the permission back.
    ///
    /// # Errors
    /// Kind `NotFound` when there is none.
    pub async fn forget_host(&self, host: &str) -> Result<()> {
        let host = named(host)?;
        if !self.state().hosts.contains_key(&host) {
            return Err(Error::not_found(format!("requests to '{host}' are not allowed anyway")));
        }
        let mut transaction = self.shared.store.begin();
        transaction.remove(&self.key(&format!("host/{host}")));
        transaction.commit(Durability::Flushed).await?;
        self.state_mut().hosts.remove(&host);
        Ok(())
    }

    /// Fails unless a person agreed to requests to the host of `url`.
    ///
    /// # Errors
    /// Kind `Forbidden`; the answer's members `code` (`host_not_allowed`) and `host` let a
    /// program ask the person.
    pub fn check_host(&self, url: &str) -> Result<()> {
        let host = host_of(url)?;
        if !self.shared.settings.ask_for_hosts || self.state().hosts.contains_key(&host) {
            return Ok(());
        }
        let message = format!(
            "this workspace may not send requests to '{host}' yet: allow it with \
             POST /v0/hosts?host={host} and an admin token, or in the app"
        );
        let text = |value: &str| Value::String(value.to_owned());
        let members = [("error", &*message), ("code", "host_not_allowed"), ("host", &*host)];
        let body = Value::Object(members.map(|(name, value)| (name.to_owned(), text(value))).to_vec());
        Err(Error::forbidden(message).with_body(403, body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_addresses() {
        for (url, host) in [
            ("https://Files.Example.com/a.csv?x=1", "files.example.com"),
            ("http://user:pass@127.0.0.1:9000/b", "127.0.0.1:9000"),
            ("https://good.test\\@evil.test/", "good.test"),
        ] {
            assert_eq!(host_of(url).unwrap(), host);
        }
        for url in ["file:///etc/passwd", "ftp://x/y", "https://", "nothing", "data:text/csv,a"] {
            assert!(host_of(url).is_err(), "{url}");
        }
        assert_eq!(named("files.test").unwrap(), "files.test");
    }
}
