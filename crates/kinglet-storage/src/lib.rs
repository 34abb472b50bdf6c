//! MergeTree-like tables in immutable Parquet parts, with a commit log and heads.
mod buffer;
mod cache;
mod catalog;
mod change;
mod clock;
mod codec;
mod commit;
mod delete;
pub mod disk;
mod engine;
mod error;
mod files;
mod log;
mod maintenance;
mod merge;
mod ordered;
mod part;
mod partition;
mod prune;
mod random;
mod reserve;
mod scan;
mod schema;
mod settings;
mod snapshot;
mod store;
mod table;
mod token;
mod transaction;

pub use change::HeadMode;
pub use clock::{Clock, ManualClock};
pub use engine::{
    ColumnKeys, CombineStage, Engines, KeyEvaluator, PlainEngines, RowCombine, RowFilter, TableEngine,
};
pub use error::StorageError;
pub use maintenance::Maintenance;
pub use part::PartId;
pub use random::{Random, SeededRandom};
pub use scan::{Bound, ColumnFilter, KeyFilter, Scan, ScanCounters, ScanRequest, ScanStatistics, ValueTest};
pub use settings::{MergeSettings, PartCompression, StoreSettings};
pub use snapshot::PartInfo;
pub use snapshot::{Snapshot, TableSnapshot};
pub use store::{Environment, RecoveryReport, Store};
pub use table::{LIVE, TableDefinition, TableId, TablePath};
pub use transaction::{CommitOutcome, Durability, Transaction};
