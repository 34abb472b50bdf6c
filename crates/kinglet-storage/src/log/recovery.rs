//! Opening: what a crash left becomes a consistent state again.

use std::sync::Arc;

use bytes::Bytes;

use super::catalog::{decode_state, encode_state};
use super::header::{
    CHECKPOINT_HEADER, CheckpointHeader, FORMAT_VERSION, LOG_HEADER, LogHeader, check_version, version,
};
use super::{CHECKPOINTS, LOGS, Log, record, slot, start_log, write_checkpoint};
use crate::catalog::Catalog;
use crate::disk::{Disk, DiskErrorKind, FileHandle, OpenMode};
use crate::error::StorageError;
use crate::files::{FileId, Files, PARTS};
use crate::settings::StoreSettings;
use crate::store::RecoveryReport;

/// What was found.
#[derive(Debug)]
pub(crate) struct Recovered {
    pub(crate) log: Log,
    pub(crate) catalog: Catalog,
    pub(crate) sequence: u64,
    pub(crate) report: RecoveryReport,
    /// The files are of an older format, which this build does not write.
    pub(crate) older_format: bool,
}

/// State on the way.
struct Replay<'a> {
    files: &'a Files,
    settings: &'a StoreSettings,
    catalog: Catalog,
    sequence: u64,
    report: RecoveryReport,
}

/// One log file's content and what of it is good.
struct LogFile {
    header: LogHeader,
    bytes: Bytes,
    /// Where the good part ends, and the CRC there.
    end: u64,
    chain: u32,
}

/// Reads checkpoints and logs, replays, repairs, and deletes the files of parts that nothing names.
pub(crate) async fn recover(files: &Files, settings: &StoreSettings) -> Result<Recovered, StorageError> {
    let disk = &files.disk;
    let checkpoints = [read_file(&**disk, CHECKPOINTS[0]).await?, read_file(&**disk, CHECKPOINTS[1]).await?];
    let logs = [read_file(&**disk, LOGS[0]).await?, read_file(&**disk, LOGS[1]).await?];
    for file in checkpoints.iter().chain(&logs) {
        check_version(file)?;
    }
    let older = |bytes: &Bytes| version(bytes).is_some_and(|version| version < FORMAT_VERSION);
    let older_format = checkpoints.iter().chain(&logs).any(older);
    match newest(&checkpoints) {
        Some((header, state)) => {
            let resumed = resume(files, settings, header, state, logs).await?;
            Ok(Recovered { older_format, ..resumed })
        }
        None => create(files, &checkpoints).await,
    }
}

/// A file's whole content; nothing if there is no such file.
async fn read_file(disk: &dyn Disk, path: &str) -> Result<Bytes, StorageError> {
    let file = match disk.open(path, OpenMode::Existing).await {
        Err(error) if error.kind == DiskErrorKind::NotFound => return Ok(Bytes::new()),
        other => other?,
    };
    let mut bytes = vec![0; disk.size(file)? as usize];
    let read = disk.read_at(file, 0, &mut bytes)?;
    bytes.truncate(read);
    Ok(bytes.into())
}

/// The newest checkpoint that is whole.
fn newest(checkpoints: &[Bytes; 2]) -> Option<(CheckpointHeader, Bytes)> {
    let whole = checkpoints.iter().filter_map(|bytes| {
        let header = CheckpointHeader::decode(bytes)?;
        let end = CHECKPOINT_HEADER.checked_add(header.length as usize)?;
        let state = bytes.get(CHECKPOINT_HEADER..end)?;
        (crc32c::crc32c(state) == header.checksum).then(|| (header, bytes.slice(CHECKPOINT_HEADER..end)))
    });
    whole.max_by_key(|(header, _)| header.generation)
}

async fn open_pair(disk: &dyn Disk, paths: [&str; 2]) -> Result<[FileHandle; 2], StorageError> {
    Ok([disk.open(paths[0], OpenMode::Create).await?, disk.open(paths[1], OpenMode::Create).await?])
}

/// Starts an empty store, unless there are parts: then something was lost that must not be made worse.
async fn create(files: &Files, checkpoints: &[Bytes; 2]) -> Result<Recovered, StorageError> {
    let disk = &files.disk;
    let parts = disk.list(PARTS).await?;
    if parts.iter().any(|name| FileId::parse(name).is_some()) {
        let sizes = [checkpoints[0].len(), checkpoints[1].len()];
        return Err(StorageError::Damaged(format!(
            "Both checkpoints are damaged or missing ({} and {} bytes) but there are parts. Nothing was changed; \
             the parts in '{PARTS}' are Parquet files that can be read on their own",
            sizes[0], sizes[1]
        )));
    }
    let (catalog, generation, sequence) = (Catalog::default(), 1, 0);
    let (logs, slots) = (open_pair(&**disk, LOGS).await?, open_pair(&**disk, CHECKPOINTS).await?);
    write_checkpoint(&**disk, slots[slot(generation)], generation, &encode_state(&catalog, sequence)?)?;
    let (end, chain) = start_log(&**disk, logs[slot(generation)], generation, sequence)?;
    let log = Log::resume(disk.clone(), logs, slots, generation, end, chain);
    let report = RecoveryReport { created: true, ..RecoveryReport::default() };
    Ok(Recovered { log, catalog, sequence, report, older_format: false })
}

async fn resume(
    files: &Files,
    settings: &StoreSettings,
    checkpoint: CheckpointHeader,
    state: Bytes,
    logs: [Bytes; 2],
) -> Result<Recovered, StorageError> {
    let disk: &Arc<dyn Disk> = &files.disk;
    let (catalog, sequence) = decode_state(state, files, settings)?;
    let mut replay = Replay { files, settings, catalog, sequence, report: RecoveryReport::default() };
    // A log that was being started when the machine stopped has no whole header; one that is damaged neither.
    let headless = logs.iter().filter(|bytes| LogHeader::decode(bytes).is_none());
    replay.report.cut_bytes += headless.map(|bytes| bytes.len() as u64).sum::<u64>();
    let mut logs: Vec<LogFile> = logs.into_iter().filter_map(LogFile::new).collect();
    logs.retain(|log| log.header.generation + 1 >= checkpoint.generation);
    logs.sort_by_key(|log| log.header.generation);
    for log in &mut logs {
        replay.log(log)?;
    }
    let Replay { catalog, sequence, mut report, .. } = replay;
    let (log_files, slots) = (open_pair(&**disk, LOGS).await?, open_pair(&**disk, CHECKPOINTS).await?);
    let current = logs.pop().filter(|log| log.header.generation >= checkpoint.generation);
    let (generation, end, chain) = match current {
        Some(log) => {
            let generation = log.header.generation;
            if generation > checkpoint.generation {
                report
                    .damaged
                    .push(format!("checkpoint of generation {generation}: made anew from the one before"));
                write_checkpoint(
                    &**disk,
                    slots[slot(generation)],
                    generation,
                    &encode_state(&catalog, sequence)?,
                )?;
            }
            if log.bytes.len() as u64 > log.end {
                disk.truncate(log_files[slot(generation)], log.end)?;
                disk.flush(log_files[slot(generation)])?;
            }
            (generation, log.end, log.chain)
        }
        None => {
            let generation = checkpoint.generation;
            let (end, chain) = start_log(&**disk, log_files[slot(generation)], generation, sequence)?;
            (generation, end, chain)
        }
    };
    let log = Log::resume(disk.clone(), log_files, slots, generation, end, chain);
    report.last_commit = sequence;
    report.deleted_files = delete_orphans(files).await?;
    let set_aside = catalog.tables.values().flat_map(|table| &table.parts).filter(|part| part.is_damaged());
    report.damaged.extend(set_aside.map(|part| format!("part {} in {}", part.id, part.file.id.path())));
    Ok(Recovered { log, catalog, sequence, report, older_format: false })
}

impl LogFile {
    fn new(bytes: Bytes) -> Option<Self> {
        let (header, chain) = LogHeader::decode(&bytes)?;
        Some(LogFile { header, bytes, end: LOG_HEADER as u64, chain })
    }
}

impl Replay<'_> {
    /// Applies the commits of a log that follow the state; those it holds already are passed over.
    fn log(&mut self, log: &mut LogFile) -> Result<(), StorageError> {
        loop {
            let rest = log.bytes.slice(log.end as usize..);
            let Some((payload, chain)) = record::unframe(&rest, log.chain) else { break };
            let sequence = record::sequence(&payload)?;
            if sequence > self.sequence + 1 {
                let text =
                    format!("commits {} to {sequence} are missing: later ones are lost", self.sequence + 1);
                self.report.damaged.push(text);
                break;
            }
            let bytes = record::framed_bytes(&payload);
            if sequence == self.sequence + 1 {
                self.sequence = record::replay_commit(payload, &mut self.catalog, self.files, self.settings)?;
                self.report.replayed += 1;
            }
            log.end += bytes;
            log.chain = chain;
        }
        self.report.cut_bytes += log.bytes.len() as u64 - log.end;
        Ok(())
    }
}

/// Deletes the files of parts that no head names.
async fn delete_orphans(files: &Files) -> Result<Vec<String>, StorageError> {
    let mut deleted = Vec::new();
    for name in files.disk.list(PARTS).await? {
        if FileId::parse(&name).is_some_and(|id| !files.is_known(id)) {
            files.disk.delete(&format!("{PARTS}/{name}")).await?;
            deleted.push(name);
        }
    }
    deleted.sort();
    files.delete_garbage(files.take_garbage()).await?;
    Ok(deleted)
}
