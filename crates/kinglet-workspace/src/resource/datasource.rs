//! A data source: columns, engine and table definition out of a `.datasource` file.

use super::sorting_key;
use crate::ingest::target::{Target, TargetColumn};
use crate::skip_index;
use arrow::datatypes::Schema;
use kinglet_datafile::infer::suggested_sorting_key;
use kinglet_datafile::{EngineArgument, JsonPath, engine_clause, parse_columns};
use kinglet_project::Resource;
use kinglet_sql::arrow_field;
use kinglet_storage::TableDefinition;
use kinglet_types::ChType;
use std::sync::{Arc, OnceLock};

/// A column of a data source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Name.
    pub name: String,
    /// Type.
    pub ty: ChType,
    /// `DEFAULT` expression, without the word.
    pub default: Option<String>,
    /// JSON path as written, `$.a`.
    pub path: Option<String>,
    /// Codec with its word, `CODEC(ZSTD(1))`.
    pub codec: Option<String>,
}

/// A data source.
#[derive(Debug)]
pub struct Datasource {
    /// Name.
    pub name: String,
    /// Path of its file.
    pub path: String,
    /// The file as it was parsed.
    pub parsed: kinglet_datafile::Datasource,
    /// Columns in order.
    pub columns: Vec<TableColumn>,
    /// The engine clause as ClickHouse would print it.
    pub engine_full: String,
    /// Name of the engine.
    pub engine: String,
    /// Engine options by name without `engine_`: `sorting_key`, `partition_key`, `ver`, …
    pub engine_options: Vec<(String, String)>,
    pub(crate) definition: TableDefinition,
    pub(crate) target: Arc<Target>,
    /// The table of the rows that this one does not take, once it is asked for.
    quarantine: OnceLock<Option<Arc<Datasource>>>,
}

impl Datasource {
    /// The data source of a file; an error is the first thing that is wrong with it.
    pub(crate) fn of(resource: &Resource<kinglet_datafile::Datasource>) -> Result<Datasource, String> {
        Datasource::new(&resource.name, &resource.path, resource.value.clone())
    }

    fn new(name: &str, path: &str, parsed: kinglet_datafile::Datasource) -> Result<Datasource, String> {
        let columns = parsed.columns.iter().map(table_column).collect::<Result<Vec<_>, _>>()?;
        if let Some(name) = first_duplicate(&columns) {
            return Err(format!("Column '{name}' is defined more than once"));
        }
        let engine = parsed.engine.clone().unwrap_or_default();
        let engine_full = engine_clause(&engine, &parsed.columns)?;
        let engine_name = engine_full.split('(').next().unwrap_or_default().to_owned();
        let mut options: Vec<(String, String)> =
            engine.args.iter().map(|arg| (arg.name.clone(), arg.value.clone())).collect();
        if parsed.engine.is_none() {
            options.push(("sorting_key".to_owned(), suggested_sorting_key(&parsed.columns)));
        }
        let target = Arc::new(target(&columns)?);
        let mut definition = definition(&engine_name, &engine_full, &options, &target);
        if !parsed.indexes.is_empty() {
            definition.options.insert(skip_index::OPTION.to_owned(), skip_index::lines(&parsed.indexes));
        }
        Ok(Datasource {
            name: name.to_owned(),
            path: path.to_owned(),
            parsed,
            columns,
            engine: engine_name,
            engine_full,
            engine_options: options,
            definition,
            target,
            quarantine: OnceLock::new(),
        })
    }

    /// A data source that no file defines: a plain MergeTree with this sorting key.
    pub(crate) fn made_here(
        name: &str,
        mut parsed: kinglet_datafile::Datasource,
        sorting_key: &str,
    ) -> Option<Datasource> {
        let engine = parsed.engine.get_or_insert_default();
        engine.r#type = Some("MergeTree".to_owned());
        engine.args.retain(|argument| argument.name != "sorting_key");
        engine.args.push(EngineArgument {
            name: "sorting_key".to_owned(),
            value: sorting_key.to_owned(),
            span: kinglet_diagnostic::Span::default(),
        });
        Datasource::new(name, "", parsed).ok()
    }

    /// The data source `<name>_quarantine`, with the rows that this one does not take as
    /// texts. `None` in the case that its columns cannot be made.
    pub fn quarantine(&self) -> Option<Arc<Datasource>> {
        let make = || {
            let mut schema = "`c__error_column` Array(String), `c__error` Array(String), \
                              `c__import_id` Nullable(String)"
                .to_owned();
            for column in &self.columns {
                schema.push_str(&format!(", `{}` Nullable(String)", column.name));
            }
            schema.push_str(", `insertion_date` DateTime");
            let parsed = kinglet_datafile::Datasource::from_columns(parse_columns(&schema).value);
            let name = format!("{}_quarantine", self.name);
            Datasource::made_here(&name, parsed, "insertion_date").map(Arc::new)
        };
        self.quarantine.get_or_init(make).clone()
    }

    /// The value of an engine option; empty when it is not set.
    pub fn engine_option(&self, name: &str) -> &str {
        let found = self.engine_options.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&TableColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}

fn first_duplicate(columns: &[TableColumn]) -> Option<&str> {
    let mut seen = std::collections::BTreeSet::new();
    columns.iter().map(|column| column.name.as_str()).find(|name| !seen.insert(*name))
}

fn table_column(column: &kinglet_datafile::Column) -> Result<TableColumn, String> {
    let name = &column.name;
    let text = column.full_type();
    if text.is_empty() {
        return Err(format!("Column '{name}' needs a type"));
    }
    let ty = ChType::parse(&text).map_err(|error| format!("Column '{name}': {}", error.message))?;
    if let Some(path) = &column.jsonpath
        && let Err(reason) = JsonPath::parse(path)
    {
        return Err(format!("Column '{name}': {reason}"));
    }
    Ok(TableColumn {
        name: name.clone(),
        ty,
        default: column.default_expression().map(str::to_owned),
        path: column.jsonpath.clone(),
        codec: column.codec.clone(),
    })
}

fn target(columns: &[TableColumn]) -> Result<Target, String> {
    let fields: Vec<_> = columns.iter().map(|column| arrow_field(&column.name, &column.ty)).collect();
    let columns = columns
        .iter()
        .map(|column| TargetColumn {
            name: column.name.clone(),
            ty: column.ty.clone(),
            default: column.default.clone(),
            path: column.path.as_deref().and_then(|path| JsonPath::parse(path).ok()),
        })
        .collect();
    Ok(Target { columns, schema: Arc::new(Schema::new(fields)) })
}

fn definition(engine: &str, full: &str, options: &[(String, String)], target: &Target) -> TableDefinition {
    let option = |name: &str| {
        let found = options.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let parameters = full.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    let parameters = parameters.map_or("", |(inside, _)| inside);
    let engine = if parameters.is_empty() { engine.to_owned() } else { format!("{engine}({parameters})") };
    let mut definition = TableDefinition::new(target.schema.clone());
    definition.engine = engine;
    definition.sorting_key = option("sorting_key").map(sorting_key::expressions).unwrap_or_default();
    definition.partition_key = option("partition_key").filter(|key| *key != "tuple()").map(str::to_owned);
    definition.options = options
        .iter()
        .filter(|(name, value)| {
            !matches!(name.as_str(), "sorting_key" | "partition_key") && !value.is_empty()
        })
        .cloned()
        .collect();
    definition.extra = types_text(target);
    definition
}

/// The columns' ClickHouse types as JSON: `[["a","UInt8"],…]`.
fn types_text(target: &Target) -> String {
    let types: Vec<(String, String)> =
        target.columns.iter().map(|column| (column.name.clone(), column.ty.to_string())).collect();
    serde_json::to_string(&types).unwrap_or_default()
}
