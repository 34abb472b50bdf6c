//! MergeTree-like tables in immutable Parquet parts, with a commit log and heads.
#![allow(dead_code, reason = "what parts on disk will use")]

mod buffer;
mod catalog;
mod change;
mod clock;
mod commit;
pub mod disk;
mod engine;
mod error;
mod random;
mod scan;
mod settings;
mod snapshot;
mod store;
mod table;
mod transaction;

pub use change::HeadMode;
pub use clock::{Clock, ManualClock};
pub use engine::{
    ColumnKeys, CombineStage, Engines, KeyEvaluator, PlainEngines, RowCombine, RowFilter, TableEngine,
};
pub use error::StorageError;
pub use random::{Random, SeededRandom};
pub use scan::{Bound, ColumnFilter, KeyFilter, Scan, ScanCounters, ScanRequest, ScanStatistics, ValueTest};
pub use settings::{MergeSettings, PartCompression, StoreSettings};
pub use snapshot::{Snapshot, TableSnapshot};
pub use store::{Environment, Maintenance, RecoveryReport, Store};
pub use table::{LIVE, TableDefinition, TableId, TablePath};
pub use transaction::{CommitOutcome, Durability, Transaction};
