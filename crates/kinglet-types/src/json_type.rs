//! What is between the parentheses of `JSON(..)`.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use crate::{ChType, quote_identifier, quote_string};

/// Types one path may have before further ones are kept apart, where the type names none.
const MAX_TYPES: u8 = 32;
/// Paths kept as columns of their own, where the type names none.
const MAX_PATHS: u32 = 1024;
/// The limits of objects inside arrays are these fractions of the limits around them.
const NESTED_TYPES: u8 = 2;
const NESTED_PATHS: u32 = 4;

/// Limits, typed paths and paths left out of a `JSON` type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JsonType {
    /// `max_dynamic_types`, 0 to 254.
    pub max_types: u8,
    /// `max_dynamic_paths`, 0 to 10000.
    pub max_paths: u32,
    /// Paths with a type, sorted by path.
    pub typed: Vec<(Arc<str>, ChType)>,
    /// `SKIP path`, sorted: the paths themselves and everything below them.
    pub skip: Vec<Arc<str>>,
    /// `SKIP REGEXP 'pattern'`, as written.
    pub skip_patterns: Vec<Arc<str>>,
}

impl Default for JsonType {
    fn default() -> Self {
        Self {
            max_types: MAX_TYPES,
            max_paths: MAX_PATHS,
            typed: Vec::new(),
            skip: Vec::new(),
            skip_patterns: Vec::new(),
        }
    }
}

impl JsonType {
    /// The type a path is declared with.
    pub fn typed_path(&self, path: &str) -> Option<&ChType> {
        let at = self.typed.binary_search_by(|(known, _)| (**known).cmp(path)).ok()?;
        self.typed.get(at).map(|(_, ty)| ty)
    }

    /// The type of objects inside arrays: no typed paths, smaller limits.
    #[must_use]
    pub fn nested(&self) -> Self {
        let (max_types, max_paths) = (self.max_types / NESTED_TYPES, self.max_paths / NESTED_PATHS);
        Self { max_types, max_paths, ..Self::default() }
    }

    /// The type of the object at `path`: the typed paths below it under their names there.
    #[must_use]
    pub fn object(&self, path: &str) -> Self {
        let below = |known: &Arc<str>| known.strip_prefix(path)?.strip_prefix('.').map(Arc::from);
        let typed = self.typed.iter().filter_map(|(known, ty)| Some((below(known)?, ty.clone()))).collect();
        Self { typed, ..self.clone() }
    }
}

impl Display for JsonType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        if self.max_types != MAX_TYPES {
            parts.push(format!("max_dynamic_types={}", self.max_types));
        }
        if self.max_paths != MAX_PATHS {
            parts.push(format!("max_dynamic_paths={}", self.max_paths));
        }
        parts.extend(self.typed.iter().map(|(path, ty)| format!("{} {ty}", quote_identifier(path))));
        parts.extend(self.skip.iter().map(|path| format!("SKIP {}", quote_identifier(path))));
        parts.extend(self.skip_patterns.iter().map(|text| format!("SKIP REGEXP {}", quote_string(text))));
        f.write_str(&parts.join(", "))
    }
}
