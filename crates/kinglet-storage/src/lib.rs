//! MergeTree-like tables in immutable Parquet parts, with a commit log and heads.
//!
//! A [`Store`] is one folder of a [`disk::Disk`] with one writer. Changes are collected in a [`Transaction`] and
//! happen together; readers take a [`Snapshot`] of a head and run [`Scan`]s on it. The engine's layers above inject
//! what a key is and how rows of equal keys become one ([`Engines`]).
//!
//! ```
//! # use std::{pin::pin, sync::Arc, task::{Context, Poll, Waker}};
//! use arrow::{array::{ArrayRef, Int64Array}, datatypes::{DataType, Field, Schema}, record_batch::RecordBatch};
//! use kinglet_storage::*;
//!
//! # fn block_on<F: Future>(future: F) -> F::Output {
//! #     let mut future = pin!(future);
//! #     loop {
//! #         if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
//! #             return output;
//! #         }
//! #     }
//! # }
//! # block_on(async {
//! let environment = Environment {
//!     disk: Arc::new(disk::MemoryDisk::new()),
//!     clock: Arc::new(ManualClock::new(0)),
//!     random: Arc::new(SeededRandom::new(1)),
//!     engines: Arc::new(PlainEngines),
//! };
//! let (store, _report) = Store::open(environment, StoreSettings::default()).await?;
//!
//! let schema = Arc::new(Schema::new(vec![Field::new("id", DataType::Int64, false)]));
//! let ids: ArrayRef = Arc::new(Int64Array::from(vec![3, 1, 2]));
//! let rows = RecordBatch::try_new(schema.clone(), vec![ids])?;
//! let mut transaction = store.begin();
//! transaction.create_table("events", TableDefinition::new(schema).sorted_by(["id"]));
//! transaction.insert("events", vec![rows], Some("a token"));
//! transaction.commit(Durability::Flushed).await?;
//!
//! let request = ScanRequest { in_key_order: true, ..ScanRequest::default() };
//! for batch in store.snapshot(LIVE)?.prepare_scan("events", &request).await? {
//!     assert_eq!(batch?.num_rows(), 3);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! # Files
//!
//! - `log.0`, `log.1`, `checkpoint.0`, `checkpoint.1`: the commits, see the `log` module. All say the format's
//!   version where any build can read it; a newer one is refused untouched.
//! - `parts/<id>.parquet`: a part; `parts/<id>.pack`: several small ones, each a whole Parquet file. A part is its
//!   row groups and skip indexes, then our own block (CRC32C of every 16 KiB before it, key marks, bounds of every
//!   column and key per granule, where the skip indexes are, what the part is), then offset indexes and footer. So
//!   the file alone is enough to take the part into another store. The footer's `kinglet.index` says where the
//!   block is. Block and footer are in the log and the checkpoint too, so that opening a store opens no part.
//! - `scratch`: what running queries cannot hold in memory; emptied when the store is opened.
//! - `reserve`: room for dropping and truncating on a full disk.
//!
//! Rows of small inserts are in the log only, and in memory, until there are enough of them for a part.
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
mod scratch;
mod settings;
mod snapshot;
mod store;
mod table;
mod token;
mod transaction;
mod transfer;

pub use change::HeadMode;
pub use clock::{Clock, ManualClock, TURN_MILLIS};
pub use engine::{
    ColumnKeys, CombineStage, Engines, KeyEvaluator, PlainEngines, RowCombine, RowExpiry, RowFilter,
    SkipIndex, SkipIndexKind, TableEngine,
};
pub use error::StorageError;
pub use maintenance::Maintenance;
pub use part::PartId;
pub use random::{Random, SeededRandom};
pub use scan::{
    Bound, ColumnFilter, KeyFilter, Narrowing, ReadEstimate, Scan, ScanCounters, ScanRequest, ScanStatistics,
    TextTest, ValueTest, words,
};
pub use scratch::{Scratch, ScratchFile};
pub use settings::{MergeSettings, PartCompression, StoreSettings};
pub use snapshot::PartInfo;
pub use snapshot::{Snapshot, TableSnapshot};
pub use store::{Environment, RecoveryReport, Store};
pub use table::{LIVE, TableDefinition, TableId, TablePath};
pub use transaction::{CommitOutcome, Durability, Transaction};
pub use transfer::{PartReader, PartReceiver, ReceivedPart};
