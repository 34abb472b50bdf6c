//! What a parse depends on besides the text.

use std::collections::BTreeMap;

/// How to read a datafile.
#[derive(Clone, Debug)]
pub struct Options {
    /// File name as it appears in messages, such as `orders.datasource`.
    pub file_name: String,
    /// Environment variables that `$NAME` and `${NAME}` stand for. Empty in a browser.
    pub environment: BTreeMap<String, String>,
    /// Whether variables are replaced in values. Node names always are.
    pub expand: bool,
}

impl Options {
    /// Options for a file of this name, without environment variables.
    pub fn new(file_name: impl Into<String>) -> Self {
        Self { file_name: file_name.into(), environment: BTreeMap::new(), expand: true }
    }
}
