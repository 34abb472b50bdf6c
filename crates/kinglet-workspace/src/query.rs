//! Queries: what may be asked, what the names in it stand for, and the answer as text.

mod answer;
mod call;
mod catalog;
mod explain;
mod gate;
mod kept;
mod names;
mod origin;
mod pattern;
mod restricted;
mod run;
mod scratch;
mod table;

pub use answer::Answer;
pub(crate) use answer::Writer;
pub use call::Call;
pub(crate) use catalog::QueryCatalog;
pub use explain::Explained;
pub use gate::{Gate, known_format};
pub(crate) use kept::KeptAnswers;
pub use kinglet_sql::OutputColumn;
pub(crate) use run::Asking;
pub(crate) use table::{BlockTable, StoredTable, columns};
