//! What holds for every text, whatever it is: one function per language, which panics where it does not.
//!
//! The tests of this crate run them over all cases and over what fuzzing found; the fuzz targets in `fuzz/` include
//! this file.

mod datafile;
mod query;
mod sql;
mod template;

/// A property of texts.
pub(crate) type Property = fn(&str);

/// Every property, by the name of its fuzz target.
pub(crate) const PROPERTIES: [(&str, Property); 6] = [
    ("sql", sql::holds),
    ("datafile", datafile::holds),
    ("schema", datafile::schema_holds),
    ("testfile", datafile::test_file_holds),
    ("template", template::holds),
    ("project", query::holds),
];
