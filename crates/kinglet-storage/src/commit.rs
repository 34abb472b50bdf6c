//! Turning a transaction into one step of the store.

use arrow::record_batch::RecordBatch;

use crate::catalog::Catalog;
use crate::change::Change;
use crate::error::StorageError;
use crate::store::Store;
use crate::table::{TableDefinition, TableId};
use crate::transaction::{CommitOutcome, Durability, Operation};

pub(crate) async fn commit(
    store: &Store,
    operations: Vec<Operation>,
    _durability: Durability,
) -> Result<CommitOutcome, StorageError> {
    let now = store.environment().clock.now_millis();
    let mut state = store.state();
    let mut catalog = Catalog::clone(&state.catalog);
    for operation in operations {
        for change in changes(&catalog, operation, now)? {
            catalog.apply(&change)?;
        }
    }
    state.catalog = catalog.into();
    state.sequence += 1;
    Ok(CommitOutcome::Committed(state.sequence))
}

fn changes(catalog: &Catalog, operation: Operation, millis: u64) -> Result<Vec<Change>, StorageError> {
    Ok(vec![match operation {
        Operation::CreateHead { name, from, mode } => Change::CreateHead { name, from, mode },
        Operation::DropHead { name } => Change::DropHead { name },
        Operation::PromoteHead { from, to } => Change::PromoteHead { from, to },
        Operation::CreateTable { path, definition } => {
            Change::CreateTable { path, id: TableId(catalog.next_table), definition }
        }
        Operation::DropTable { path } => Change::DropTable { path },
        Operation::RenameTable { path, name } => Change::RenameTable { path, name },
        Operation::SetDefinition { path, definition } => {
            Change::SetDefinition { table: catalog.find_writable(&path)?, definition }
        }
        Operation::Truncate { path } => Change::Truncate { table: catalog.find_writable(&path)? },
        Operation::MoveRows { from, to, replace } => {
            Change::MoveRows { from: catalog.find_writable(&from)?, to: catalog.find_writable(&to)?, replace }
        }
        Operation::Insert { path, batches, .. } => {
            let table = catalog.find_writable(&path)?;
            let definition = &catalog.table(table)?.definition;
            let rows = conform(definition, &batches)?;
            return Ok(rows
                .into_iter()
                .map(|rows| Change::AppendRows { table, bytes: rows.get_array_memory_size(), rows, millis })
                .collect());
        }
        Operation::DeleteRows { .. } => {
            return Err(StorageError::Invalid("Rows cannot be deleted yet".to_owned()));
        }
        Operation::Put { key, value } => Change::Put { key, value },
        Operation::Remove { key } => Change::Remove { key },
    }])
}

/// The batches under the table's own schema.
fn conform(definition: &TableDefinition, batches: &[RecordBatch]) -> Result<Vec<RecordBatch>, StorageError> {
    let conform = |batch: &RecordBatch| {
        RecordBatch::try_new(definition.schema.clone(), batch.columns().to_vec())
            .map_err(|error| StorageError::Schema(format!("The rows do not fit the table: {error}")))
    };
    batches.iter().filter(|batch| batch.num_rows() > 0).map(conform).collect()
}
