//! Results of the crates in the shape of the conformance cases, and their comparison.

pub(crate) mod cases;
pub(crate) mod datafile;
pub(crate) mod file;
pub(crate) mod schema;
pub(crate) mod testfile;
