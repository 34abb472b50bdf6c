//! How often a token is used: requests are counted by second and by the token's name.

use crate::error::{Error, Kind, Result};
use crate::token::Access;
use crate::workspace::Workspace;
use std::collections::BTreeMap;

/// Names that are counted at most; those of seconds past are forgotten first.
const MAX_NAMES: usize = 10_000;

/// Requests of the current second.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    second: i64,
    requests: u32,
}

/// Counts by token name.
pub(crate) type Counts = BTreeMap<String, Count>;

/// Where a token stands with its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateState {
    /// Requests a second.
    pub limit: u32,
    /// Requests left in this second.
    pub remaining: u32,
    /// Seconds until there are more.
    pub reset_secs: u32,
}

impl Workspace {
    /// Counts a request; `None` for a token without a limit.
    ///
    /// # Errors
    /// Kind `Limit` when the token has no request left in this second.
    pub fn count_request(&self, access: &Access) -> Result<Option<RateState>> {
        let Some(limit) = access.rps else {
            return Ok(None);
        };
        let second = self.shared.now() / 1_000_000;
        let mut state = self.state_mut();
        if state.requests.len() >= MAX_NAMES {
            state.requests.retain(|_, count| count.second == second);
        }
        let count = state.requests.entry(access.token_name.clone()).or_default();
        if count.second != second {
            *count = Count { second, requests: 0 };
        }
        if count.requests >= limit {
            let name = &access.token_name;
            let text =
                format!("Too many requests: the token '{name}' is limited to {limit} requests per second");
            let rate = RateState { limit, remaining: 0, reset_secs: 1 };
            return Err(Error::new(Kind::Limit, text).with_retry_after(1).with_rate(rate));
        }
        count.requests += 1;
        Ok(Some(RateState { limit, remaining: limit - count.requests, reset_secs: 1 }))
    }
}
