//! What a query knows of the world around it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono_tz::Tz;

/// Clock, time zone and identity of one query. Functions read these instead of asking the system.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Nanoseconds since the epoch, the same for the whole query.
    pub now: i64,
    /// The zone of DateTime values whose type names none (`session_timezone`).
    pub time_zone: Tz,
    /// What `currentDatabase()` answers.
    pub database: Arc<str>,
    /// Seed of the query's random numbers.
    pub seed: u64,
    /// Whether 64-bit and wider integers are quoted in JSON texts.
    pub quote_64_bit_integers: bool,
    /// Settings of the query, texts by name; only those that were set.
    pub settings: Arc<BTreeMap<String, String>>,
    /// How writers of an answer write values; functions write as if nothing were set.
    pub output: Arc<crate::text::OutputStyle>,
    /// Rows that `rowNumberInAllBlocks` has numbered in this query.
    pub rows_seen: Arc<AtomicU64>,
    /// Batches for which random numbers were drawn in this query, so that each draws other numbers.
    pub batches_drawn: Arc<AtomicU64>,
}

impl Default for Environment {
    /// The epoch, UTC, database `default`.
    fn default() -> Self {
        Self {
            now: 0,
            time_zone: Tz::UTC,
            database: Arc::from("default"),
            seed: 0,
            quote_64_bit_integers: false,
            settings: Arc::default(),
            output: Arc::default(),
            rows_seen: Arc::default(),
            batches_drawn: Arc::default(),
        }
    }
}

impl Environment {
    /// The value of a setting, if it was set.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// Whether a setting is on; `default` where it was not set.
    pub fn flag(&self, name: &str, default: bool) -> bool {
        self.setting(name).map_or(default, |text| !matches!(text, "0" | "false" | ""))
    }

    /// The zone named by `ty` if it names a known one, else the session's.
    pub fn zone_of(&self, ty: &kinglet_types::ChType) -> Tz {
        ty.time_zone().and_then(|name| name.parse().ok()).unwrap_or(self.time_zone)
    }
}
