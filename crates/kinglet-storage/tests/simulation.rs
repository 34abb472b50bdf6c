//! The store under crashes: seeded work on a disk that stops at any I/O step, loses and tears unflushed writes.
//!
//! After every crash the store must hold every acknowledged row exactly once, and each commit that was under way
//! whole or not at all. `KINGLET_CRASHES` sets the number of crashes (by default 1,000, and 10,000 where
//! `KINGLET_LONG` is set), `KINGLET_SEED` the first seed.

#[path = "simulation/model.rs"]
mod model;
mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use kinglet_storage::disk::{Fault, FaultDisk};
use kinglet_storage::{
    CommitOutcome, Durability, Environment, LIVE, ManualClock, MergeSettings, PlainEngines, SeededRandom,
    Snapshot, StorageError, Store, StoreSettings,
};
use model::{Model, Step, is_frozen};
use support::{block_on, join};

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Everything small, so that few rows do all that many would.
fn settings() -> StoreSettings {
    StoreSettings {
        granule_rows: 8,
        row_group_granules: 2,
        write_ahead_rows: 12,
        flush_rows: 40,
        flush_age_millis: 500,
        packed_part_bytes: 3000,
        pack_file_bytes: 9000,
        open_files: 4,
        checkpoint_log_bytes: 6000,
        reserve_bytes: 100,
        cache_bytes: 20_000,
        merge: MergeSettings {
            part_cost_bytes: 1,
            min_ratio: 2.0,
            relaxed_parts: 4,
            ..MergeSettings::default()
        },
        ..StoreSettings::default()
    }
}

/// What goes on beside a commit.
async fn background(store: &Store) -> Result<(), StorageError> {
    let (maintained, flushed) = futures::join!(store.maintain(20), store.flush_rows());
    maintained.and(flushed)
}

struct Simulation {
    random: Arc<SeededRandom>,
    clock: Arc<ManualClock>,
    disk: Arc<FaultDisk>,
    /// What the store may hold after a crash, the last being what it holds now.
    possible: Vec<Model>,
    next_number: i64,
    next_name: u64,
    passing_faults: bool,
    /// A reader that started earlier, and what it must see.
    reader: Option<(Snapshot, Model)>,
}

impl Simulation {
    fn new(seed: u64) -> Self {
        Simulation {
            random: Arc::new(SeededRandom::new(seed)),
            clock: Arc::new(ManualClock::new(1_000_000)),
            disk: Arc::new(FaultDisk::new(Fault::default())),
            possible: vec![Model::default()],
            next_number: 0,
            next_name: 0,
            passing_faults: false,
            reader: None,
        }
    }

    fn below(&self, bound: u64) -> u64 {
        self.random.below(bound)
    }

    /// Opens, works until the machine stops, restarts the disk.
    fn run_until_crash(&mut self) {
        self.reader = None;
        let steps = 4 + self.below(500);
        self.disk.set_fault(Fault { crash_at: Some(self.disk.steps() + steps), ..Fault::default() });
        if let Some(store) = self.open() {
            for _ in 0..60 {
                if !self.work(&store) {
                    break;
                }
            }
        }
        self.disk = Arc::new(self.disk.restart(&self.random, Fault::default()));
    }

    fn environment(&self) -> Environment {
        Environment {
            disk: self.disk.clone(),
            clock: self.clock.clone(),
            random: self.random.clone(),
            engines: Arc::new(PlainEngines),
        }
    }

    /// Opens the store and checks what it holds; `None` if the machine stopped.
    fn open(&mut self) -> Option<Store> {
        let (store, report) = self.only_faults(block_on(Store::open(self.environment(), settings())))?;
        // A checkpoint that a passing fault has spoilt is made anew; a crash only cuts off.
        let damaged =
            report.damaged.iter().filter(|text| !(self.passing_faults && text.contains("made anew")));
        assert_eq!(damaged.collect::<Vec<_>>(), Vec::<&String>::new());
        let found = self.only_faults(Model::read(&store))?;
        let matching = self.possible.iter().rposition(|model| model.restarted() == found);
        let Some(matching) = matching else {
            let last = self.possible.last().unwrap().restarted();
            let first = self.possible.first().unwrap().restarted();
            panic!(
                "against the last of {}: {}\nagainst the first: {}",
                self.possible.len(),
                last.difference(&found),
                first.difference(&found)
            );
        };
        self.possible = vec![self.possible[matching].restarted()];
        Some(store)
    }

    /// The value, or `None` after an error that the disk was told to give.
    fn only_faults<T>(&self, result: Result<T, StorageError>) -> Option<T> {
        result.inspect_err(|error| self.expect_fault(error)).ok()
    }

    fn expect_fault(&self, error: &StorageError) {
        let told = error.to_string();
        let told = told.contains("the machine stopped") || told.contains("a passing fault");
        assert!(told, "an error out of nothing: {error}");
    }

    fn now(&self) -> &Model {
        self.possible.last().unwrap()
    }

    /// Does one random thing; false once the machine has stopped.
    fn work(&mut self, store: &Store) -> bool {
        self.clock.advance(self.below(100));
        match self.below(24) {
            0..=4 => self.only_faults(block_on(store.maintain(20))).is_some(),
            5 => self.only_faults(store.checkpoint()).is_some(),
            6 => self.optimize(store),
            7 => self.flush(store),
            8 => self.read(store),
            9 => self.check_files(store),
            10 => {
                let (maintained, flushed) = join(&self.random, store.maintain(20), store.flush_rows());
                self.only_faults(maintained.and(flushed)).is_some()
            }
            _ => self.commit(store),
        }
    }

    fn flush(&mut self, store: &Store) -> bool {
        let flushed = self.only_faults(store.flush()).is_some();
        if flushed {
            self.possible.drain(..self.possible.len() - 1);
        }
        flushed
    }

    fn optimize(&mut self, store: &Store) -> bool {
        match self.some_table() {
            Some((head, table)) => {
                self.only_faults(block_on(store.optimize((head.as_str(), table.as_str())))).is_some()
            }
            None => true,
        }
    }

    /// Checks the store, and the reader of before against what was there when it started.
    fn read(&mut self, store: &Store) -> bool {
        let Some(found) = self.only_faults(Model::read(store)) else { return false };
        assert_eq!(&found, self.now(), "{}", self.now().difference(&found));
        if let Some((snapshot, expected)) = self.reader.take() {
            let mut seen = Model::default();
            if self.only_faults(Model::read_head(&snapshot, LIVE, &mut seen)).is_none() {
                return false;
            }
            let mut expected = expected;
            expected.tables.retain(|(head, _), _| head == LIVE);
            assert_eq!(seen.tables, expected.tables);
        }
        self.reader = Some((store.snapshot(LIVE).unwrap(), self.now().clone()));
        true
    }

    /// After all work is done, each file holds a part of some head, or is the pack being filled.
    fn check_files(&mut self, store: &Store) -> bool {
        self.reader = None;
        self.clock.advance(20_000);
        if self.only_faults(block_on(store.maintain(u64::MAX))).is_none() {
            return false;
        }
        let live = store.snapshot(LIVE).unwrap();
        let heads: Vec<Snapshot> = live.heads().map(|head| store.snapshot(head).unwrap()).collect();
        let tables = heads.iter().flat_map(|head| head.tables().map(|name| head.table(name).unwrap()));
        let named: BTreeSet<String> = tables.flat_map(|table| table.parts()).map(|part| part.path).collect();
        let files: BTreeSet<String> = self
            .disk
            .files()
            .into_iter()
            .map(|(path, _)| path)
            .filter(|path| path.starts_with("parts/"))
            .collect();
        assert!(named.is_subset(&files), "{named:?} in {files:?}");
        assert!(files.len() <= named.len() + 1, "{files:?} for {named:?}");
        assert!(store.open_files() <= 4 + 2, "{} files are open", store.open_files());
        true
    }

    fn commit(&mut self, store: &Store) -> bool {
        let steps = self.steps();
        let mut transaction = store.begin();
        let mut after = self.now().clone();
        for step in &steps {
            step.add(&mut transaction);
            step.apply(&mut after);
        }
        let durability = if self.below(3) == 0 { Durability::Buffered } else { Durability::Flushed };
        let committed = if self.below(2) == 0 {
            block_on(transaction.commit(durability))
        } else {
            let (committed, maintained) =
                join(&self.random, transaction.commit(durability), background(store));
            if let Err(error) = maintained {
                self.expect_fault(&error);
            }
            committed
        };
        match committed {
            Ok(CommitOutcome::Committed(_)) if durability == Durability::Flushed => {
                self.possible = vec![after];
            }
            Ok(_) => self.possible.push(after),
            Err(error) => {
                self.expect_fault(&error);
                self.possible.push(after);
                return false;
            }
        }
        true
    }

    fn some_table(&self) -> Option<(String, String)> {
        let tables: Vec<_> = self.now().tables.keys().filter(|(head, _)| !is_frozen(head)).collect();
        tables.get(self.below(tables.len() as u64) as usize).map(|path| (*path).clone())
    }

    fn some_numbers(&mut self) -> Vec<i64> {
        let most = if self.below(3) == 0 { 120 } else { 12 };
        let from = self.next_number;
        self.next_number += 1 + self.below(most) as i64;
        (from..self.next_number).collect()
    }

    fn new_name(&mut self, kind: &str) -> String {
        self.next_name += 1;
        format!("{kind}{}", self.next_name)
    }

    /// The steps of a transaction that the store must take.
    fn steps(&mut self) -> Vec<Step> {
        let put = Step::Put(format!("value{}", self.below(3)), self.next_number);
        let Some((head, table)) = self.some_table() else {
            let name = self.new_name("table");
            let numbers = self.some_numbers();
            return vec![
                Step::Create(LIVE.into(), name.clone(), false),
                Step::Insert(LIVE.into(), name, numbers),
            ];
        };
        let (branch, frozen) = (self.now().head(false), self.now().head(true));
        match (self.below(20), branch) {
            (0, _) if self.now().tables.len() < 6 => {
                vec![Step::Create(LIVE.into(), self.new_name("table"), false), put]
            }
            (1, _) => vec![Step::Drop(head, table)],
            (2, _) => vec![Step::Truncate(head, table), put],
            (3 | 4, _) => vec![Step::Delete(head, table, 2 + self.below(5) as i64)],
            (5, None) => vec![Step::Branch(self.new_name("branch"))],
            (5, Some(branch)) => vec![Step::DropHead(branch), put],
            (6, Some(branch)) => vec![Step::Promote(branch)],
            (10, _) => match frozen {
                Some(frozen) => vec![Step::DropHead(frozen), put],
                None => vec![Step::Freeze(self.new_name("frozen"))],
            },
            (7, _) => {
                let name = self.new_name("temporary");
                let numbers = self.some_numbers();
                vec![Step::Create(head.clone(), name.clone(), true), Step::Insert(head, name, numbers)]
            }
            (8 | 9, _) => {
                let temporary =
                    self.now().tables.keys().find(|(of, name)| *of == head && name.starts_with("temporary"));
                match temporary.map(|(_, name)| name.clone()) {
                    Some(from) if from != table => {
                        vec![Step::Move(head.clone(), from.clone(), table), Step::Drop(head, from)]
                    }
                    _ => vec![put],
                }
            }
            _ => {
                let mut steps = vec![Step::Insert(head, table, self.some_numbers()), put];
                if let Some((head, table)) = self.some_table() {
                    steps.push(Step::Insert(head, table, self.some_numbers()));
                }
                steps
            }
        }
    }
}

#[test]
fn no_crash_loses_or_doubles_a_row() {
    let default = if std::env::var_os("KINGLET_LONG").is_some() { 10_000 } else { 1000 };
    let (crashes, first) = (variable("KINGLET_CRASHES", default), variable("KINGLET_SEED", 1));
    const CRASHES_PER_SEED: u64 = 8;
    for seed in first..first + crashes.div_ceil(CRASHES_PER_SEED) {
        let outcome = std::panic::catch_unwind(|| {
            let mut simulation = Simulation::new(seed);
            for _ in 0..CRASHES_PER_SEED {
                simulation.run_until_crash();
            }
            assert!(simulation.open().is_some(), "the store opens once the disk is sound");
        });
        if let Err(panic) = outcome {
            eprintln!("the seed is {seed}");
            std::panic::resume_unwind(panic);
        }
    }
}

#[test]
fn a_passing_fault_fails_one_call_and_nothing_else() {
    for seed in 0..150 {
        let mut simulation = Simulation { passing_faults: true, ..Simulation::new(seed) };
        let store = simulation.open().unwrap();
        for _ in 0..25 {
            let step = simulation.disk.steps() + simulation.below(12);
            simulation.disk.set_fault(Fault { fail_at: Some(step), ..Fault::default() });
            let before = simulation.possible.clone();
            if !simulation.work(&store) {
                simulation.disk.set_fault(Fault::default());
                // A failed commit is taken back: the state is that of before.
                simulation.possible = vec![before.last().unwrap().clone()];
            }
            simulation.disk.set_fault(Fault::default());
            let found = Model::read(&store).unwrap();
            assert_eq!(&found, simulation.now(), "seed {seed}: {}", simulation.now().difference(&found));
        }
        store.flush().unwrap();
        simulation.possible.drain(..simulation.possible.len() - 1);
        drop(store);
        simulation.disk = Arc::new(simulation.disk.restart(&simulation.random, Fault::default()));
        assert!(simulation.open().is_some(), "seed {seed}");
    }
}
