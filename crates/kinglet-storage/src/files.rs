//! The files that hold parts: names, open handles, packs, and what nobody needs any more.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use futures::lock::Mutex as AsyncMutex;

use crate::catalog::Catalog;
use crate::disk::{Disk, DiskError, DiskErrorKind, FileHandle, OpenMode};
use crate::error::StorageError;
use crate::random::Random;
use crate::settings::StoreSettings;

/// The folder of parts.
pub(crate) const PARTS: &str = "parts";

/// Handles open at once at most, whatever scans need: Safari gives 252 in all.
const MOST_HANDLES: usize = 240;

/// Files that wait to be flushed at most.
const MOST_UNFLUSHED: usize = 32;

/// Identity of a file of parts: random, never used twice. Odd ones are packs of several parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) u64);

impl FileId {
    fn is_pack(self) -> bool {
        self.0 & 1 == 1
    }

    /// Name in the folder of parts.
    pub(crate) fn name(self) -> String {
        format!("{:016x}.{}", self.0, if self.is_pack() { "pack" } else { "parquet" })
    }

    /// Path on the disk.
    pub(crate) fn path(self) -> String {
        format!("{PARTS}/{}", self.name())
    }

    /// The id in a name, if it is one.
    pub(crate) fn parse(name: &str) -> Option<FileId> {
        let (id, _) = name.split_once('.')?;
        let id = FileId(u64::from_str_radix(id, 16).ok()?);
        (id.name() == name).then_some(id)
    }
}

/// A file that somebody holds: a part of some catalog, a writer, a scan. When the last lets go, it is garbage.
#[derive(Debug)]
pub(crate) struct PartFile {
    pub(crate) id: FileId,
    garbage: Arc<Mutex<Vec<FileId>>>,
}

impl Drop for PartFile {
    fn drop(&mut self) {
        self.garbage.lock().unwrap_or_else(PoisonError::into_inner).push(self.id);
    }
}

/// All files of parts.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) disk: Arc<dyn Disk>,
    random: Arc<dyn Random>,
    table: Mutex<Table>,
    /// One opening at a time: a platform may refuse to open a file twice.
    opening: AsyncMutex<()>,
    garbage: Arc<Mutex<Vec<FileId>>>,
    open_files: usize,
    pack_file_bytes: u64,
}

#[derive(Debug, Default)]
struct Table {
    known: HashMap<FileId, Weak<PartFile>>,
    open: HashMap<FileId, OpenFile>,
    tick: u64,
    pack: Option<Pack>,
}

#[derive(Debug)]
struct OpenFile {
    handle: FileHandle,
    pins: usize,
    used: u64,
}

/// The pack that takes new small parts.
#[derive(Clone, Debug)]
struct Pack {
    file: Arc<PartFile>,
    end: u64,
}

/// An open file that is not closed while this lives.
pub(crate) struct Pin {
    files: Arc<Files>,
    file: Arc<PartFile>,
    handle: FileHandle,
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pin").field(&self.file.id).finish()
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        let mut table = self.files.table();
        let Some(open) = table.open.get_mut(&self.file.id) else { return };
        open.pins = open.pins.saturating_sub(1);
        // More files than usual were needed at once: the surplus is closed as they are let go.
        if open.pins == 0 && table.open.len() > self.files.open_files {
            table.open.remove(&self.file.id);
            self.files.disk.close(self.handle);
        }
    }
}

impl Clone for Pin {
    fn clone(&self) -> Self {
        if let Some(open) = self.files.table().open.get_mut(&self.file.id) {
            open.pins += 1;
        }
        Pin { files: self.files.clone(), file: self.file.clone(), handle: self.handle }
    }
}

impl Pin {
    pub(crate) fn file(&self) -> &Arc<PartFile> {
        &self.file
    }

    pub(crate) fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, DiskError> {
        self.files.disk.read_at(self.handle, offset, buffer)
    }

    pub(crate) fn write_at(&self, offset: u64, bytes: &[u8]) -> Result<(), StorageError> {
        let written = self.files.disk.write_at(self.handle, offset, bytes);
        written.map_err(|error| StorageError::of_write(error, bytes.len()))
    }

    fn flush(&self) -> Result<(), DiskError> {
        self.files.disk.flush(self.handle)
    }
}

/// Files with written parts that are to be flushed before a commit names them: each once, however many parts.
#[derive(Debug, Default)]
pub(crate) struct Unflushed {
    pins: BTreeMap<FileId, Pin>,
}

impl Unflushed {
    pub(crate) fn add(&mut self, pin: Pin) -> Result<(), StorageError> {
        self.pins.insert(pin.file.id, pin);
        // Files held open are few.
        if self.pins.len() > MOST_UNFLUSHED { self.flush() } else { Ok(()) }
    }

    pub(crate) fn flush(&mut self) -> Result<(), StorageError> {
        while let Some((_, pin)) = self.pins.pop_first() {
            pin.flush()?;
        }
        Ok(())
    }
}

impl Files {
    pub(crate) fn new(disk: Arc<dyn Disk>, random: Arc<dyn Random>, settings: &StoreSettings) -> Self {
        Files {
            disk,
            random,
            table: Mutex::default(),
            opening: AsyncMutex::new(()),
            garbage: Arc::default(),
            open_files: settings.open_files,
            pack_file_bytes: settings.pack_file_bytes,
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file of this id, which the log or a checkpoint names.
    pub(crate) fn named(&self, id: FileId) -> Arc<PartFile> {
        let mut table = self.table();
        if let Some(file) = table.known.get(&id).and_then(Weak::upgrade) {
            return file;
        }
        let file = Arc::new(PartFile { id, garbage: self.garbage.clone() });
        table.known.insert(id, Arc::downgrade(&file));
        file
    }

    /// An id for a new part.
    pub(crate) fn new_id(&self) -> u64 {
        self.random.next_u64()
    }

    /// Makes a file for one part.
    pub(crate) async fn create(self: &Arc<Self>) -> Result<Pin, StorageError> {
        let file = self.named(FileId(self.random.next_u64() & !1));
        self.pin_with(&file, OpenMode::Create).await
    }

    /// Opens a file, or finds it open, and holds it open.
    pub(crate) async fn pin(self: &Arc<Self>, file: &Arc<PartFile>) -> Result<Pin, StorageError> {
        self.pin_with(file, OpenMode::Existing).await
    }

    async fn pin_with(self: &Arc<Self>, file: &Arc<PartFile>, mode: OpenMode) -> Result<Pin, StorageError> {
        if let Some(pin) = self.pin_open(file) {
            return Ok(pin);
        }
        let _one_at_a_time = self.opening.lock().await;
        if let Some(pin) = self.pin_open(file) {
            return Ok(pin);
        }
        self.close_unused()?;
        let handle = self.disk.open(&file.id.path(), mode).await?;
        self.table().open.insert(file.id, OpenFile { handle, pins: 0, used: 0 });
        self.pin_open(file).ok_or_else(|| DiskError::bad_handle(handle).into())
    }

    fn pin_open(self: &Arc<Self>, file: &Arc<PartFile>) -> Option<Pin> {
        let mut table = self.table();
        table.tick += 1;
        let tick = table.tick;
        let open = table.open.get_mut(&file.id)?;
        open.pins += 1;
        open.used = tick;
        Some(Pin { files: self.clone(), file: file.clone(), handle: open.handle })
    }

    /// Makes room for one more handle by closing those that were used longest ago and that nobody holds.
    fn close_unused(&self) -> Result<(), StorageError> {
        let mut table = self.table();
        while table.open.len() >= self.open_files {
            let unused =
                table.open.iter().filter(|(_, open)| open.pins == 0).min_by_key(|(_, open)| open.used);
            let Some((id, handle)) = unused.map(|(id, open)| (*id, open.handle)) else { break };
            table.open.remove(&id);
            self.disk.close(handle);
        }
        if table.open.len() >= MOST_HANDLES {
            let text = format!("{MOST_HANDLES} files are open, all in use: let running queries end first");
            return Err(DiskError::new(DiskErrorKind::Busy, text).into());
        }
        Ok(())
    }

    /// Appends the bytes of a small part to the current pack: the file and the offset in it. Not flushed.
    pub(crate) async fn append_to_pack(self: &Arc<Self>, bytes: &[u8]) -> Result<(Pin, u64), StorageError> {
        loop {
            let pack = self.table().pack.clone().filter(|pack| pack.end < self.pack_file_bytes);
            let fresh = pack.is_none();
            let file = pack.map_or_else(|| self.named(FileId(self.random.next_u64() | 1)), |pack| pack.file);
            let mode = if fresh { OpenMode::Create } else { OpenMode::Existing };
            let pin = self.pin_with(&file, mode).await?;
            if let Some(offset) = self.take_room(&file, fresh, bytes.len() as u64) {
                pin.write_at(offset, bytes)?;
                return Ok((pin, offset));
            }
        }
    }

    /// Takes room at the end of a pack, which becomes the current one if it is fresh; `None` if another has taken
    /// its place while it was opened.
    fn take_room(&self, file: &Arc<PartFile>, fresh: bool, bytes: u64) -> Option<u64> {
        let mut table = self.table();
        match &mut table.pack {
            Some(pack) if pack.file.id == file.id => {
                let offset = pack.end;
                pack.end += bytes;
                Some(offset)
            }
            current => fresh.then(|| {
                *current = Some(Pack { file: file.clone(), end: bytes });
                0
            }),
        }
    }

    /// Goes on filling the pack with the most room, behind the last part that is named in it.
    pub(crate) fn resume_pack(&self, catalog: &Catalog) {
        let mut packs: HashMap<FileId, Pack> = HashMap::new();
        for part in
            catalog.tables.values().flat_map(|table| &table.parts).filter(|part| part.file.id.is_pack())
        {
            let pack = packs.entry(part.file.id).or_insert_with(|| Pack { file: part.file.clone(), end: 0 });
            pack.end = pack.end.max(part.offset + part.bytes);
        }
        let emptiest = packs.into_values().min_by_key(|pack| (pack.end, pack.file.id));
        self.table().pack = emptiest.filter(|pack| pack.end < self.pack_file_bytes);
    }

    /// Closes all files, held or not.
    pub(crate) fn close_all(&self) {
        for (_, open) in self.table().open.drain() {
            self.disk.close(open.handle);
        }
    }

    fn garbage(&self) -> MutexGuard<'_, Vec<FileId>> {
        self.garbage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files that nobody holds any more, to be deleted once what let go of them is certain.
    pub(crate) fn take_garbage(&self) -> Vec<FileId> {
        std::mem::take(&mut *self.garbage())
    }

    /// Puts files back that are not to be deleted yet.
    pub(crate) fn return_garbage(&self, mut garbage: Vec<FileId>) {
        self.garbage().append(&mut garbage);
    }

    /// Closes and deletes garbage; what cannot be deleted stays garbage.
    pub(crate) async fn delete_garbage(&self, mut garbage: Vec<FileId>) -> Result<(), StorageError> {
        while let Some(id) = garbage.pop() {
            if !self.forget(id) {
                continue;
            }
            match self.disk.delete(&id.path()).await {
                Err(error) if error.kind != DiskErrorKind::NotFound => {
                    garbage.push(id);
                    self.return_garbage(garbage);
                    return Err(error.into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    pub(crate) fn has_garbage(&self) -> bool {
        !self.garbage().is_empty()
    }

    /// Forgets a file that nobody holds; false if somebody found it again.
    fn forget(&self, id: FileId) -> bool {
        let mut table = self.table();
        if table.known.get(&id).is_some_and(|file| file.strong_count() > 0) {
            return false;
        }
        table.known.remove(&id);
        if let Some(open) = table.open.remove(&id) {
            self.disk.close(open.handle);
        }
        true
    }

    /// True if some part names the file.
    pub(crate) fn is_known(&self, id: FileId) -> bool {
        self.table().known.get(&id).is_some_and(|file| file.strong_count() > 0)
    }

    /// Handles open now.
    pub(crate) fn open_count(&self) -> usize {
        self.table().open.len()
    }
}
