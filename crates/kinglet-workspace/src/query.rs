//! Queries: what may be asked, what the names in it stand for, and the answer as text.

mod answer;
mod call;
mod catalog;
mod gate;
mod names;
mod run;
mod table;

pub use answer::Answer;
pub use call::Call;
pub(crate) use catalog::QueryCatalog;
pub use gate::{Gate, known_format};
pub(crate) use table::{BlockTable, StoredTable, columns};
