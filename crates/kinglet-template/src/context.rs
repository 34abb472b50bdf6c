//! What a template is rendered with: parameters, secrets, mode, limits.

use std::collections::{BTreeMap, BTreeSet};

use crate::Value;

/// Bounds on the work of one rendering; beyond one of them it ends with
/// [`ErrorKind::Limit`](crate::ErrorKind::Limit).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps of evaluation: one for each expression, statement, loop turn and 16 bytes of text built.
    pub fuel: u64,
    /// Bytes of SQL that may be produced.
    pub output_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { fuel: 2_000_000, output_bytes: 8 << 20 }
    }
}

/// Switches of Tinybird's renderer that are off unless a workspace asks for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// A list printed by `{{ }}` becomes a SQL array with quotes doubled instead of a Python list.
    pub split_to_array_escape: bool,
    /// `column` and `columns` quote a dotted name as one identifier instead of part by part.
    pub column_json_backticks_circuit_breaker: bool,
}

/// The inputs of one rendering.
#[derive(Clone, Debug)]
pub struct Context {
    /// Request parameters by name.
    pub variables: BTreeMap<String, Value>,
    /// Names of the secrets the request may use, as stored (with or without the prefix `tb_secret_`).
    pub secrets: BTreeSet<String>,
    /// Set where the template is a datafile and not a query: values are printed as they are, `tb_secret` is the text of
    /// the secret of that name, and there are no parameters and no other functions of Tinybird's.
    pub secret_values: Option<BTreeMap<String, String>>,
    /// Render with placeholders instead of parameters, as when a pipe is checked before it is deployed.
    pub test_mode: bool,
    /// Whether an unknown secret is a placeholder in test mode; otherwise it is an error there too.
    pub secrets_in_test_mode: bool,
    /// Name of the node, for error texts.
    pub node: Option<String>,
    /// Current time as `YYYY-MM-DD hh:mm:ss` (UTC): the value of `job_timestamp` when no parameter gives one.
    pub now: Option<String>,
    /// Switches of the renderer.
    pub flags: Flags,
    /// Bounds on work and output.
    pub limits: Limits,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            variables: BTreeMap::new(),
            secrets: BTreeSet::new(),
            secret_values: None,
            test_mode: false,
            secrets_in_test_mode: true,
            node: None,
            now: None,
            flags: Flags::default(),
            limits: Limits::default(),
        }
    }
}

impl Context {
    /// A context with these request parameters and nothing else.
    pub fn with_variables<N: Into<String>, V: Into<Value>>(
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { variables, ..Self::default() }
    }
}
