//! A disk that fails on purpose, the same way each time: crashes, lost and torn writes, no room.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use async_trait::async_trait;

use super::{Disk, DiskError, DiskErrorKind, DiskSpace, FileHandle, OpenMode, check_path};
use crate::random::SeededRandom;

/// When and how a [`FaultDisk`] fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// The I/O step (0 is the first) at which the machine stops; that step and all later ones fail.
    pub crash_at: Option<u64>,
    /// The I/O step that alone fails, as a passing fault would.
    pub fail_at: Option<u64>,
    /// Bytes the disk holds.
    pub capacity: Option<u64>,
}

/// Files in memory that remember what has been flushed. Asynchronous calls let other futures run first.
///
/// After a crash, [`restart`](FaultDisk::restart) gives the disk as a machine might find it: of each write that
/// was not flushed, all, some first bytes, or nothing survives, independently of the others; a file that was
/// never flushed may be missing; a deletion may not have happened.
#[derive(Debug)]
pub struct FaultDisk {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<String, File>,
    /// Files deleted since the start: a crash may bring them back.
    deleted: BTreeMap<String, File>,
    open: BTreeMap<FileHandle, String>,
    next_handle: u64,
    steps: u64,
    fault: Fault,
}

#[derive(Clone, Debug, Default)]
struct File {
    durable: Option<Vec<u8>>,
    pending: Vec<Change>,
    content: Vec<u8>,
}

#[derive(Clone, Debug)]
enum Change {
    Write(usize, Vec<u8>),
    Resize(usize),
}

impl FaultDisk {
    /// An empty disk with this fault to come.
    pub fn new(fault: Fault) -> Self {
        FaultDisk { state: Mutex::new(State { fault, ..State::default() }) }
    }

    /// Changes the fault to come; steps go on counting.
    pub fn set_fault(&self, fault: Fault) {
        self.state().fault = fault;
    }

    /// I/O steps so far: every call of [`Disk`] but `close` and `size` is one.
    pub fn steps(&self) -> u64 {
        self.state().steps
    }

    /// True once the machine has stopped: errors since then are no surprise.
    pub fn has_stopped(&self) -> bool {
        let state = self.state();
        state.fault.crash_at.is_some_and(|at| state.steps > at)
    }

    /// What a machine finds after it stopped now and started again, drawn from `random`, with a new fault to come.
    pub fn restart(&self, random: &SeededRandom, fault: Fault) -> FaultDisk {
        let state = self.state();
        let mut files = BTreeMap::new();
        let back = state.deleted.iter().filter(|_| random.below(4) == 0);
        for (path, file) in back.collect::<Vec<_>>().into_iter().chain(&state.files) {
            if let Some(content) = file.survivor(random) {
                let file = File { durable: Some(content.clone()), pending: Vec::new(), content };
                files.insert(path.clone(), file);
            }
        }
        FaultDisk { state: Mutex::new(State { files, fault, ..State::default() }) }
    }

    /// Flips one bit of a file, flushed or not: a damaged medium. False if there is no such byte.
    pub fn damage(&self, path: &str, offset: usize) -> bool {
        let mut state = self.state();
        let Some(file) = state.files.get_mut(path) else { return false };
        for bytes in file.durable.iter_mut().chain([&mut file.content]) {
            if let Some(byte) = bytes.get_mut(offset) {
                *byte ^= 0x10;
            }
        }
        offset < file.content.len()
    }

    /// Paths of all files with their sizes.
    pub fn files(&self) -> Vec<(String, u64)> {
        self.state().files.iter().map(|(path, file)| (path.clone(), file.content.len() as u64)).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self, what: &str) -> Result<MutexGuard<'_, State>, DiskError> {
        let mut state = self.state();
        let step = state.steps;
        state.steps += 1;
        let crashed = state.fault.crash_at.is_some_and(|at| step >= at);
        if crashed || state.fault.fail_at == Some(step) {
            let how = if crashed { "the machine stopped" } else { "a passing fault" };
            return Err(DiskError::new(DiskErrorKind::Io, format!("{what}: {how} at step {step}")));
        }
        Ok(state)
    }
}

impl File {
    fn apply(content: &mut Vec<u8>, change: &Change, torn_at: usize) {
        match change {
            Change::Resize(length) => content.resize(*length, 0),
            Change::Write(offset, bytes) => {
                let bytes = bytes.get(..torn_at).unwrap_or(bytes);
                content.resize(content.len().max(offset + bytes.len()), 0);
                if let Some(to) = content.get_mut(*offset..offset + bytes.len()) {
                    to.copy_from_slice(bytes);
                }
            }
        }
    }

    fn change(&mut self, change: Change) {
        Self::apply(&mut self.content, &change, usize::MAX);
        self.pending.push(change);
    }

    fn survivor(&self, random: &SeededRandom) -> Option<Vec<u8>> {
        if self.durable.is_none() && random.below(3) == 0 {
            return None;
        }
        let mut content = self.durable.clone().unwrap_or_default();
        for change in &self.pending {
            let torn_at = match (random.below(4), change) {
                (0, _) => continue,
                (1, Change::Write(_, bytes)) => random.below(bytes.len() as u64 + 1) as usize,
                _ => usize::MAX,
            };
            Self::apply(&mut content, change, torn_at);
        }
        Some(content)
    }
}

impl State {
    fn file(&mut self, file: FileHandle) -> Result<&mut File, DiskError> {
        let path = self.open.get(&file).ok_or_else(|| DiskError::bad_handle(file))?;
        self.files.get_mut(path).ok_or_else(|| DiskError::bad_handle(file))
    }

    fn used(&self) -> u64 {
        self.files.values().map(|file| file.content.len() as u64).sum()
    }

    fn reserve(&mut self, file: FileHandle, length: usize) -> Result<(), DiskError> {
        let before = self.file(file)?.content.len();
        let Some(capacity) = self.fault.capacity else { return Ok(()) };
        let used = self.used();
        let wanted = used + length.saturating_sub(before) as u64;
        if wanted > capacity && length > before {
            return Err(DiskError::new(
                DiskErrorKind::Full,
                format!("disk full: {used} of {capacity} bytes used"),
            ));
        }
        Ok(())
    }
}

/// Lets other futures run, as a disk that takes its time does.
async fn yield_once() {
    let mut yielded = false;
    std::future::poll_fn(|context| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[async_trait(?Send)]
impl Disk for FaultDisk {
    async fn open(&self, path: &str, mode: OpenMode) -> Result<FileHandle, DiskError> {
        check_path(path)?;
        yield_once().await;
        let state = &mut *self.step("open")?;
        if let Some((handle, _)) = state.open.iter().find(|(_, open)| *open == path) {
            return Ok(*handle);
        }
        if !state.files.contains_key(path) {
            if mode == OpenMode::Existing {
                return Err(DiskError::not_found(path));
            }
            state.files.insert(path.to_owned(), File::default());
        }
        state.next_handle += 1;
        let handle = FileHandle(state.next_handle);
        state.open.insert(handle, path.to_owned());
        Ok(handle)
    }

    async fn list(&self, directory: &str) -> Result<Vec<String>, DiskError> {
        check_path(directory)?;
        yield_once().await;
        let state = self.step("list")?;
        let names = state.files.keys().filter_map(|path| {
            let name = path.strip_prefix(directory)?.strip_prefix('/')?;
            (!name.contains('/')).then(|| name.to_owned())
        });
        Ok(names.collect())
    }

    async fn delete(&self, path: &str) -> Result<(), DiskError> {
        check_path(path)?;
        yield_once().await;
        let state = &mut *self.step("delete")?;
        let file = state.files.remove(path).ok_or_else(|| DiskError::not_found(path))?;
        state.deleted.insert(path.to_owned(), file);
        state.open.retain(|_, open| open != path);
        Ok(())
    }

    async fn space(&self) -> Option<DiskSpace> {
        let state = self.state();
        state.fault.capacity.map(|quota| DiskSpace { used: state.used(), quota })
    }

    fn read_at(&self, file: FileHandle, offset: u64, buffer: &mut [u8]) -> Result<usize, DiskError> {
        let mut state = self.step("read")?;
        let rest = state.file(file)?.content.get(offset as usize..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        Ok(length)
    }

    fn write_at(&self, file: FileHandle, offset: u64, bytes: &[u8]) -> Result<(), DiskError> {
        let written = match self.step("write") {
            Ok(mut state) => {
                state.reserve(file, offset as usize + bytes.len())?;
                state.file(file)?.change(Change::Write(offset as usize, bytes.to_vec()));
                return Ok(());
            }
            Err(error) => error,
        };
        // The write in flight when the machine stops may have reached the disk.
        let mut state = self.state();
        let stopped_here = state.fault.crash_at == Some(state.steps - 1);
        if stopped_here && let Ok(file) = state.file(file) {
            file.pending.push(Change::Write(offset as usize, bytes.to_vec()));
        }
        Err(written)
    }

    fn truncate(&self, file: FileHandle, length: u64) -> Result<(), DiskError> {
        let mut state = self.step("truncate")?;
        state.reserve(file, length as usize)?;
        state.file(file)?.change(Change::Resize(length as usize));
        Ok(())
    }

    fn flush(&self, file: FileHandle) -> Result<(), DiskError> {
        let mut state = self.step("flush")?;
        let file = state.file(file)?;
        file.durable = Some(file.content.clone());
        file.pending.clear();
        Ok(())
    }

    fn size(&self, file: FileHandle) -> Result<u64, DiskError> {
        Ok(self.state().file(file)?.content.len() as u64)
    }

    fn close(&self, file: FileHandle) {
        self.state().open.remove(&file);
    }
}
