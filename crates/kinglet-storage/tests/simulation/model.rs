//! What the store should hold, kept the plain way.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewArray, BooleanArray, Int64Array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use arrow::record_batch::RecordBatch;
use kinglet_storage::{
    HeadMode, LIVE, RowFilter, ScanRequest, Snapshot, StorageError, Store, TableDefinition, Transaction,
};

use crate::support::block_on;

/// Rows of every table by head and name, sorted, and the values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Model {
    pub(crate) tables: BTreeMap<(String, String), Vec<i64>>,
    pub(crate) values: BTreeMap<String, i64>,
    pub(crate) heads: Vec<String>,
}

/// One step of a transaction, for the store and for the model.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Create(String, String, bool),
    Drop(String, String),
    Insert(String, String, Vec<i64>),
    Truncate(String, String),
    Delete(String, String, i64),
    Move(String, String, String),
    Put(String, i64),
    Branch(String),
    /// A snapshot of the live head: nothing changes it.
    Freeze(String),
    DropHead(String),
    Promote(String),
}

/// True for the names of snapshots.
pub(crate) fn is_frozen(head: &str) -> bool {
    head.starts_with("frozen")
}

/// Columns: a key with few values, the number, its text.
pub(crate) fn definition(temporary: bool) -> TableDefinition {
    let schema = Schema::new(vec![
        Field::new("key", DataType::Int64, false),
        Field::new("number", DataType::Int64, false),
        Field::new("text", DataType::BinaryView, false),
    ]);
    let definition =
        TableDefinition::new(Arc::new(schema)).sorted_by(["key", "number"]).partitioned_by("key");
    TableDefinition { temporary, ..definition }
}

fn rows(numbers: &[i64]) -> RecordBatch {
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(numbers.iter().map(|n| n % 2))),
        Arc::new(Int64Array::from_iter_values(numbers.iter().copied())),
        Arc::new(BinaryViewArray::from_iter_values(numbers.iter().map(|n| text(*n)))),
    ];
    RecordBatch::try_new(definition(false).schema, columns).unwrap()
}

fn text(number: i64) -> String {
    format!("the text of row number {number}")
}

#[derive(Debug)]
struct Divisible(i64);

impl RowFilter for Divisible {
    fn matches(&self, rows: &RecordBatch) -> Result<BooleanArray, StorageError> {
        let numbers = rows.column(1).as_primitive::<Int64Type>();
        Ok(numbers.iter().map(|n| n.map(|n| n % self.0 == 0)).collect())
    }
}

impl Step {
    pub(crate) fn add(&self, t: &mut Transaction) {
        fn path<'a>(head: &'a str, table: &'a str) -> (&'a str, &'a str) {
            (head, table)
        }
        match self {
            Step::Create(head, table, temporary) => t.create_table(path(head, table), definition(*temporary)),
            Step::Drop(head, table) => t.drop_table(path(head, table)),
            Step::Insert(head, table, numbers) => t.insert(path(head, table), vec![rows(numbers)], None),
            Step::Truncate(head, table) => t.truncate(path(head, table)),
            Step::Delete(head, table, by) => {
                t.delete_rows(path(head, table), Arc::new(Divisible(*by)), vec![])
            }
            Step::Move(head, from, to) => t.move_rows(path(head, from), path(head, to), true),
            Step::Put(key, value) => t.put(key, value.to_le_bytes().to_vec()),
            Step::Branch(head) => t.create_head(head, Some(LIVE), HeadMode::Copy),
            Step::Freeze(head) => t.create_head(head, Some(LIVE), HeadMode::Freeze),
            Step::DropHead(head) => t.drop_head(head),
            Step::Promote(head) => t.promote_head(head, LIVE),
        };
    }

    pub(crate) fn apply(&self, model: &mut Model) {
        let table = |head: &String, table: &String| (head.clone(), table.clone());
        match self {
            Step::Create(head, name, _) => {
                model.tables.insert(table(head, name), Vec::new());
            }
            Step::Drop(head, name) => {
                model.tables.remove(&table(head, name));
            }
            Step::Insert(head, name, numbers) => {
                let rows = model.tables.get_mut(&table(head, name)).unwrap();
                rows.extend(numbers);
                rows.sort_unstable();
            }
            Step::Truncate(head, name) => model.tables.get_mut(&table(head, name)).unwrap().clear(),
            Step::Delete(head, name, by) => {
                model.tables.get_mut(&table(head, name)).unwrap().retain(|n| n % by != 0);
            }
            Step::Move(head, from, to) => {
                let moved = std::mem::take(model.tables.get_mut(&table(head, from)).unwrap());
                model.tables.insert(table(head, to), moved);
            }
            Step::Put(key, value) => {
                model.values.insert(key.clone(), *value);
            }
            Step::Branch(head) | Step::Freeze(head) => {
                let live: Vec<_> = model.tables.iter().filter(|((head, _), _)| head == LIVE).collect();
                let copy: Vec<_> =
                    live.iter().map(|((_, name), rows)| (table(head, name), (*rows).clone())).collect();
                model.tables.extend(copy);
                model.heads.push(head.clone());
                model.heads.sort();
            }
            Step::DropHead(head) => {
                model.tables.retain(|(of, _), _| of != head);
                model.heads.retain(|of| of != head);
            }
            Step::Promote(head) => {
                model.tables.retain(|(of, _), _| of != LIVE);
                let mine: Vec<_> = model.tables.extract_if(.., |(of, _), _| of == head).collect();
                model
                    .tables
                    .extend(mine.into_iter().map(|((_, name), rows)| ((LIVE.to_owned(), name), rows)));
                model.heads.retain(|of| of != head);
            }
        }
    }
}

impl Model {
    /// What the store holds.
    pub(crate) fn read(store: &Store) -> Result<Model, StorageError> {
        let mut model = Model::default();
        let live = store.snapshot(LIVE)?;
        for head in live.heads() {
            let snapshot = store.snapshot(head)?;
            Self::read_head(&snapshot, head, &mut model)?;
            if head != LIVE {
                model.heads.push(head.to_owned());
            }
        }
        for (key, value) in live.values("") {
            model.values.insert(key.to_owned(), i64::from_le_bytes(value.as_ref().try_into().unwrap()));
        }
        Ok(model)
    }

    /// Reads the tables of one head.
    pub(crate) fn read_head(snapshot: &Snapshot, head: &str, model: &mut Model) -> Result<(), StorageError> {
        for (i, table) in snapshot.tables().enumerate() {
            let mut numbers = Vec::new();
            // Each way of reading gives the same rows.
            let request =
                ScanRequest { in_key_order: i % 3 == 0, last_first: i % 3 == 1, ..ScanRequest::default() };
            for batch in block_on(snapshot.prepare_scan(table, &request))? {
                let batch = batch?;
                let found = batch.column(1).as_primitive::<Int64Type>().values();
                let texts = batch.column(2).as_binary_view();
                for (row, number) in found.iter().enumerate() {
                    assert_eq!(texts.value(row), text(*number).as_bytes());
                }
                assert_eq!(batch.column(0).null_count(), 0);
                numbers.extend(found);
            }
            numbers.sort_unstable();
            model.tables.insert((head.to_owned(), table.to_owned()), numbers);
        }
        Ok(())
    }

    /// What a restart makes of it: temporary tables go, but for those that a snapshot keeps.
    pub(crate) fn restarted(&self) -> Model {
        let mut model = self.clone();
        model.tables.retain(|(head, table), _| is_frozen(head) || !table.starts_with("temporary"));
        model
    }

    /// The first head that is a snapshot, or one that is a branch.
    pub(crate) fn head(&self, frozen: bool) -> Option<String> {
        self.heads.iter().find(|head| is_frozen(head) == frozen).cloned()
    }

    /// A few words on the difference to another.
    pub(crate) fn difference(&self, other: &Model) -> String {
        let mut text = String::new();
        for (path, rows) in &self.tables {
            match other.tables.get(path) {
                None => text += &format!("no {path:?}; "),
                Some(found) if found != rows => {
                    let missing: Vec<_> = rows.iter().filter(|n| !found.contains(n)).collect();
                    let extra: Vec<_> = found.iter().filter(|n| !rows.contains(n)).collect();
                    text += &format!(
                        "{path:?}: {} rows instead of {}, missing {missing:?}, extra {extra:?}; ",
                        found.len(),
                        rows.len()
                    );
                }
                Some(_) => {}
            }
        }
        text + &format!("values {:?} instead of {:?}", other.values, self.values)
    }
}
