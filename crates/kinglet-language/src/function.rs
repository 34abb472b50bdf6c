//! What is known of ClickHouse's functions. The table is generated from the engine's registry and loaded
//! when it is first needed.

/// Between the fields of a row.
const FIELD: char = '\u{1f}';

/// Between rows.
const ROW: char = '\u{1e}';

/// What may follow the name of an aggregate function, the longer first where one ends in another.
const COMBINATORS: [&str; 18] = [
    "SimpleState",
    "MergeState",
    "OrDefault",
    "Distinct",
    "OrNull",
    "Resample",
    "ForEach",
    "ArgMax",
    "ArgMin",
    "Array",
    "State",
    "Merge",
    "Map",
    "If",
    "Null",
    "Sort",
    "Tuple",
    "Count",
];

/// A function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Function {
    /// Its name, or an alias.
    pub name: String,
    /// Group in the documentation.
    pub category: String,
    /// How it is called: `lower(text)`.
    pub signature: String,
    /// What it answers.
    pub description: String,
    /// A call that shows it.
    pub example: String,
    /// Whether the name is taken in any case.
    pub any_case: bool,
    /// Whether it is an aggregate function, which takes combinators.
    pub is_aggregate: bool,
}

/// All functions, by name.
#[derive(Clone, Debug, Default)]
pub struct Functions {
    all: Vec<Function>,
}

impl Functions {
    /// Reads the table: rows of name, flags (`i` any case, `a` aggregate), category, signature,
    /// description and example. What is missing in a row is empty.
    pub fn read(table: &str) -> Self {
        let mut all: Vec<Function> = Vec::new();
        for row in table.split(ROW).filter(|row| !row.is_empty()) {
            let mut fields = row.split(FIELD).map(str::to_owned);
            let mut next = || fields.next().unwrap_or_default();
            let (name, flags) = (next(), next());
            let function = Function {
                name,
                category: next(),
                signature: next(),
                description: next(),
                example: next(),
                any_case: flags.contains('i'),
                is_aggregate: flags.contains('a'),
            };
            // The table comes in order; a row that does not is put where it belongs.
            let at = all.partition_point(|known| known.name < function.name);
            all.insert(at, function);
        }
        Self { all }
    }

    /// Whether the table is loaded.
    pub fn is_loaded(&self) -> bool {
        !self.all.is_empty()
    }

    /// All functions.
    pub fn all(&self) -> &[Function] {
        &self.all
    }

    /// The function of a name as written: exactly, in any case where ClickHouse allows it, or an aggregate
    /// function under its combinators.
    pub fn find(&self, name: &str) -> Option<&Function> {
        self.find_plain(name).or_else(|| self.find_combined(name))
    }

    fn find_plain(&self, name: &str) -> Option<&Function> {
        let at = self.all.binary_search_by(|function| function.name.as_str().cmp(name)).ok();
        at.and_then(|at| self.all.get(at))
            .or_else(|| self.all.iter().find(|known| known.any_case && known.name.eq_ignore_ascii_case(name)))
    }

    fn find_combined(&self, name: &str) -> Option<&Function> {
        let mut rest = name;
        while let Some(shorter) = COMBINATORS.iter().find_map(|suffix| rest.strip_suffix(suffix)) {
            if let Some(found) = self.find_plain(shorter).filter(|found| found.is_aggregate) {
                return Some(found);
            }
            rest = shorter;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_clickhouse_finds_them() {
        let rows = ["sum\u{1f}ai\u{1f}aggregate\u{1f}sum(x)", "lower\u{1f}i", "arrayMap"];
        let functions = Functions::read(&rows.join("\u{1e}"));
        let name = |name: &str| functions.find(name).map(|found| found.name.as_str());
        assert_eq!(name("sum"), Some("sum"));
        assert_eq!(name("SUM"), Some("sum"));
        assert_eq!(name("sumIfState"), Some("sum"));
        assert_eq!(name("arrayMap"), Some("arrayMap"));
        assert_eq!(name("arraymap"), None);
        assert_eq!(name("lowerIf"), None);
        assert_eq!(name(""), None);
        assert_eq!(functions.find("sum").map(|found| found.signature.as_str()), Some("sum(x)"));
    }
}
