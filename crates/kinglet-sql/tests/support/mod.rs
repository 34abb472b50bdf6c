//! Loading fixture tables, answering a query as JSON, comparing with the recorded answer.

pub(crate) mod json;
mod merged;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use kinglet_parser::ast::{CreateObject, InsertSource, StatementKind, TableStorage};
use kinglet_sql::{
    Catalog, Engine, Environment, MemoryTable, QueryOptions, Table, TableColumn, TableRef, read_json_rows,
};
use kinglet_types::ChType;

use json::Json;
use merged::Merged;

/// The fixture tables by name.
#[derive(Default)]
pub(crate) struct Fixtures {
    tables: HashMap<String, Arc<dyn Table>>,
    storage: HashMap<String, TableStorage>,
}

impl Catalog for Fixtures {
    fn resolve(&self, database: Option<&str>, name: &str) -> Option<TableRef> {
        match database {
            None | Some("default") => self.tables.get(name).cloned().map(TableRef::Table),
            _ => None,
        }
    }

    fn names(&self) -> Vec<(String, String)> {
        let mut names: Vec<String> = self.tables.keys().cloned().collect();
        names.sort();
        names.into_iter().map(|name| ("default".to_owned(), name)).collect()
    }
}

/// Columns of a Nested are stored as parallel arrays.
fn flattened(name: &str, ty: ChType) -> Vec<TableColumn> {
    match &ty {
        ChType::Nested(fields) => fields
            .iter()
            .map(|(field, ty)| {
                let field = field.as_deref().unwrap_or("");
                TableColumn::new(format!("{name}.{field}"), ChType::array(ty.clone()))
            })
            .collect(),
        _ => vec![TableColumn::new(name, ty)],
    }
}

impl Fixtures {
    /// Reads `schema.sql`, `data/` and `derived.sql` below `root`.
    pub(crate) fn load(root: &str) -> Self {
        let mut fixtures = Self::default();
        let schema = std::fs::read_to_string(format!("{root}/schema.sql")).expect("schema.sql");
        fixtures.create(&schema, root);
        let derived = std::fs::read_to_string(format!("{root}/derived.sql")).expect("derived.sql");
        fixtures.create(&derived, root);
        fixtures
    }

    fn add(&mut self, name: String, columns: Vec<TableColumn>, batches: Vec<arrow::array::RecordBatch>) {
        let storage = self.storage.get(&name).cloned().unwrap_or_default();
        self.tables.insert(name, Arc::new(Merged::new(columns, batches, &storage)));
    }

    fn create(&mut self, script: &str, root: &str) {
        for statement in kinglet_parser::parse(script).value.expect("a script") {
            match &statement.kind {
                StatementKind::Create(create) => {
                    let CreateObject::Table(table) = &create.object else { continue };
                    let name = create.name.full_name();
                    let columns = match &table.as_table {
                        Some(other) => self.tables[&other.full_name()].columns().to_vec(),
                        None => table
                            .elements
                            .columns
                            .iter()
                            .flat_map(|column| {
                                let text = column.data_type.as_ref().map(kinglet_parser::data_type_to_string);
                                let ty = ChType::parse(&text.expect("a type")).expect("a known type");
                                flattened(&column.name.name, ty)
                            })
                            .collect(),
                    };
                    let batches = data(&name, &columns, root);
                    self.storage.insert(name.clone(), table.storage.clone());
                    self.add(name, columns, batches);
                }
                StatementKind::Insert(insert) => {
                    let InsertSource::Query(query) = &insert.source else { continue };
                    let kinglet_parser::ast::InsertTarget::Table(target) = &insert.target else { continue };
                    let sql = kinglet_parser::query_to_string(query);
                    let name = target.full_name();
                    let columns = self.tables[&name].columns().to_vec();
                    match run(self, &sql) {
                        Ok((_, batches, ..)) => {
                            let schema = MemoryTable::schema(&columns);
                            let batches = batches
                                .into_iter()
                                .map(|batch| {
                                    arrow::array::RecordBatch::try_new(
                                        schema.clone(),
                                        batch.columns().to_vec(),
                                    )
                                })
                                .collect::<Result<Vec<_>, _>>();
                            match batches {
                                Ok(batches) => self.add(name, columns, batches),
                                Err(error) => println!("derived table {name}: {error}"),
                            }
                        }
                        Err(error) => println!("derived table {name}: {error}"),
                    }
                }
                _ => {}
            }
        }
    }
}

fn data(name: &str, columns: &[TableColumn], root: &str) -> Vec<arrow::array::RecordBatch> {
    let mut paths = vec![format!("{root}/data/{name}.ndjson")];
    paths.extend((0..20).map(|n| format!("{root}/data/{name}.part{n}.ndjson")));
    let environment = Environment::default();
    paths
        .iter()
        .filter(|path| Path::new(path).exists())
        .map(|path| {
            let bytes = std::fs::read(path).expect("rows");
            read_json_rows(&bytes, columns, &environment).unwrap_or_else(|error| panic!("{path}: {error}"))
        })
        .collect()
}

/// Columns, rows, totals and what writers of values need to know.
type Answer = (
    Vec<kinglet_sql::OutputColumn>,
    Vec<arrow::array::RecordBatch>,
    Option<arrow::array::RecordBatch>,
    Environment,
);

fn options(fixtures: &Fixtures) -> QueryOptions<'_> {
    let mut options = QueryOptions::new(fixtures);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    options.environment.now = i64::try_from(now.as_nanos()).unwrap_or(i64::MAX);
    let settings = [
        ("session_timezone", "UTC"),
        ("output_format_json_quote_64bit_integers", "1"),
        ("output_format_json_quote_denormals", "1"),
    ];
    options.settings =
        settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    options
}

/// Runs a query to its end.
pub(crate) fn run(fixtures: &Fixtures, sql: &str) -> Result<Answer, kinglet_types::SqlError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let prepared = Engine::new().prepare(sql, &options(fixtures))?;
        let columns = prepared.columns().to_vec();
        let environment = prepared.environment().clone();
        let mut execution = prepared.execute()?;
        let batches = execution.collect().await?;
        let totals = execution.totals().await?;
        Ok((columns, batches, totals, environment))
    })
}

/// The answer as a record of the suite.
pub(crate) fn render(fixtures: &Arc<Fixtures>, sql: &str) -> Json {
    let fixtures = Arc::clone(fixtures);
    let sql = sql.to_owned();
    let answer = catch_unwind(AssertUnwindSafe(|| {
        let (columns, batches, totals, environment) = run(&fixtures, &sql)?;
        let rows = |batches: &[arrow::array::RecordBatch]| -> Vec<Json> {
            batches
                .iter()
                .flat_map(|batch| {
                    (0..batch.num_rows()).map(|row| json_row(batch, row, &columns, &environment))
                })
                .collect()
        };
        let meta = columns
            .iter()
            .map(|c| Json::Array(vec![Json::Text(c.name.clone()), Json::Text(c.ty.to_string())]));
        let mut record = vec![
            ("meta".to_owned(), Json::Array(meta.collect())),
            ("data".to_owned(), Json::Array(rows(&batches))),
        ];
        if let Some(totals) = totals {
            record.push(("totals".to_owned(), rows(&[totals]).remove(0)));
        }
        Ok::<Json, kinglet_types::SqlError>(Json::Object(record))
    }));
    let failed = |code: u16, name: &str, message: String| {
        let error = vec![
            ("code".to_owned(), Json::Number(code.to_string())),
            ("name".to_owned(), Json::Text(name.to_owned())),
        ];
        Json::Object(vec![
            ("error".to_owned(), Json::Object(error)),
            ("message".to_owned(), Json::Text(message)),
        ])
    };
    match answer {
        Ok(Ok(record)) => record,
        Ok(Err(error)) => failed(error.code.0, error.name(), error.message),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            failed(0, "PANIC", text.unwrap_or_default())
        }
    }
}

fn json_row(
    batch: &arrow::array::RecordBatch,
    row: usize,
    columns: &[kinglet_sql::OutputColumn],
    environment: &Environment,
) -> Json {
    let style = kinglet_sql::text::Style::Json { quote_64_bit: true, quote_denormals: true };
    let cells = columns.iter().zip(batch.columns()).map(|(column, array)| {
        let mut out = Vec::new();
        kinglet_sql::text::write_value(array, row, &column.ty, style, environment, &mut out);
        let text = String::from_utf8_lossy(&out);
        Json::parse(&text).unwrap_or_else(|| Json::Text(format!("BAD {text}")))
    });
    Json::Array(cells.collect())
}

/// What differs, if anything; the rule is that of the suite's README.
pub(crate) fn compare(want: &Json, got: &Json) -> Option<String> {
    match (want.get("error"), got.get("error")) {
        (Some(w), Some(g)) if w == g => return None,
        (Some(w), _) => return Some(format!("wanted error {w:?}, got {got:?}")),
        (None, Some(error)) => {
            let text = |json: Option<&Json>| json.and_then(Json::text).unwrap_or("").to_owned();
            return Some(format!("{} {}", text(error.get("name")), text(got.get("message"))));
        }
        (None, None) => {}
    }
    if want.get("meta") != got.get("meta") {
        return Some(format!("columns {} instead of {}", shown(got.get("meta")), shown(want.get("meta"))));
    }
    let approx = want.get("approx").and_then(number);
    let relative = approx.unwrap_or(1e-9);
    let types: Vec<bool> = want
        .get("meta")?
        .items()
        .iter()
        .map(|column| {
            let ty = column.items().get(1).and_then(Json::text).unwrap_or("");
            ["Float", "JSON", "Dynamic", "Variant"].iter().any(|t| ty.contains(t))
                || approx.is_some() && (ty.contains("Int") || ty.contains("Decimal"))
        })
        .collect();
    let (mut a, mut b) = (want.get("data")?.items().to_vec(), got.get("data")?.items().to_vec());
    if a.len() != b.len() {
        return Some(format!("{} rows instead of {}", b.len(), a.len()));
    }
    if want.get("ordered") != Some(&Json::Bool(true)) {
        a.sort_by_key(sort_key);
        b.sort_by_key(sort_key);
    }
    let same_row = |x: &Json, y: &Json| {
        let (x, y) = (x.items(), y.items());
        x.len() == y.len()
            && x.iter().zip(y).zip(&types).all(|((x, y), loose)| same(x, y, loose.then_some(relative)))
    };
    for (at, (x, y)) in a.iter().zip(&b).enumerate() {
        if !same_row(x, y) {
            return Some(format!("row {at}: {} instead of {}", shown(Some(y)), shown(Some(x))));
        }
    }
    match (want.get("totals"), got.get("totals")) {
        (None, None) => None,
        (Some(x), Some(y)) if same_row(x, y) => None,
        (x, y) => Some(format!("totals {} instead of {}", shown(y), shown(x))),
    }
}

/// A value in short, for messages.
fn shown(value: Option<&Json>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Json::Null) => "null".to_owned(),
        Some(Json::Bool(b)) => b.to_string(),
        Some(Json::Number(n)) => n.clone(),
        Some(Json::Text(t)) => format!("{t:?}"),
        Some(Json::Array(items)) => {
            format!("[{}]", items.iter().map(|i| shown(Some(i))).collect::<Vec<_>>().join(","))
        }
        Some(Json::Object(members)) => {
            let all: Vec<String> = members.iter().map(|(k, v)| format!("{k:?}:{}", shown(Some(v)))).collect();
            format!("{{{}}}", all.join(","))
        }
    }
}

fn number(value: &Json) -> Option<f64> {
    value.text()?.parse().ok()
}

fn same(a: &Json, b: &Json, relative: Option<f64>) -> bool {
    match (a, b) {
        (Json::Array(x), Json::Array(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y, relative))
        }
        (Json::Object(x), Json::Object(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|((k, v), (l, w))| k == l && same(v, w, relative))
        }
        (Json::Number(x), Json::Number(y)) => {
            x == y || relative.is_some_and(|relative| close(a, b, relative))
        }
        (Json::Text(x), Json::Text(y)) if x != y => match relative {
            Some(_) if [x, y].iter().all(|t| *t == "nan" || *t == "-nan") => true,
            Some(relative) if relative > 1e-9 => close(a, b, relative),
            _ => false,
        },
        _ => a == b,
    }
}

fn close(a: &Json, b: &Json, relative: f64) -> bool {
    match (number(a), number(b)) {
        (Some(x), Some(y)) => x == y || (x - y).abs() <= relative * x.abs().max(y.abs()),
        _ => false,
    }
}

fn sort_key(value: &Json) -> String {
    match value {
        Json::Array(items) => items.iter().map(sort_key).collect::<Vec<_>>().join(","),
        Json::Number(n) => format!("{:.6e}", n.parse::<f64>().unwrap_or(0.0)),
        other => shown(Some(other)),
    }
}
