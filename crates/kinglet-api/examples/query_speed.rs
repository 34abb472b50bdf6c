//! Times queries natively over tables as they are stored: `query_speed QUERIES TABLES [RUNS [NAME..]]`.
//!
//! QUERIES is a folder of the benchmark (`wasm-tests/bench/..`), TABLES one of the files that `cargo xtask tables`
//! writes. It prints the time of the loads and the best of RUNS (3) of each query, in milliseconds, with the rows it
//! answers; a NAME with a space in it is a query itself. `SETTINGS` in the environment goes to every query.

use kinglet_api::{Body, Components, Instance, MemoryDisk, Method, Request, Settings, handle};
use kinglet_workspace::host::NoNetwork;
use kinglet_workspace::{Clock, Random};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct MonotonicClock(Instant);

impl Clock for MonotonicClock {
    fn now_micros(&self) -> i64 {
        1_714_521_600_000_000 + self.0.elapsed().as_micros() as i64
    }

    fn steady_nanos(&self) -> u64 {
        self.0.elapsed().as_nanos() as u64
    }
}

struct SameRandom(std::cell::Cell<u8>);

impl Random for SameRandom {
    fn fill(&self, into: &mut [u8]) {
        for byte in into {
            self.0.set(self.0.get().wrapping_mul(5).wrapping_add(17));
            *byte = self.0.get();
        }
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [queries, tables, rest @ ..] = arguments.as_slice() else {
        return Err("usage: query_speed QUERIES TABLES [RUNS [NAME..]]".into());
    };
    let runs = rest.first().and_then(|text| text.parse().ok()).unwrap_or(3);
    let mut texts = texts(Path::new(queries))?;
    if let Some(wanted) = rest.get(1..).filter(|wanted| !wanted.is_empty()) {
        texts.retain(|(name, _)| wanted.contains(name));
        texts.extend(wanted.iter().filter(|text| text.contains(' ')).map(|sql| (sql.clone(), sql.clone())));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(measure(Path::new(queries), Path::new(tables), &texts, runs))
}

/// Name and text of a folder's queries: files of their own, or parts of `queries.sql` headed `-- NAME`.
fn texts(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "sql") {
            continue;
        }
        let text = std::fs::read_to_string(&path)?;
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name != "queries" {
            texts.push((name, text));
            continue;
        }
        for part in text.split("\n-- ").skip(1) {
            let (head, sql) = part.split_once('\n').ok_or("a heading without a query")?;
            if !head.contains(' ') {
                texts.push((head.to_owned(), sql.to_owned()));
            }
        }
    }
    texts.sort();
    Ok(texts)
}

async fn measure(folder: &Path, tables: &Path, texts: &[(String, String)], runs: usize) -> Result<()> {
    let components = Components {
        clock: Rc::new(MonotonicClock(Instant::now())),
        random: Rc::new(SameRandom(std::cell::Cell::new(3))),
        http: Rc::new(NoNetwork),
        disk: Arc::new(MemoryDisk::default()),
    };
    let instance =
        Instance::open(components, Settings::default()).await.map_err(|error| error.to_string())?;
    load(&instance, folder, tables).await?;
    while instance.maintain(1_000).await.map_err(|error| error.to_string())? {}
    let settings = std::env::var("SETTINGS").map(|text| format!(" SETTINGS {text}")).unwrap_or_default();
    let (mut logarithms, mut answered) = (0.0, 0);
    for (name, sql) in texts {
        let mut best = f64::INFINITY;
        let mut outcome = String::new();
        for _ in 0..runs {
            let start = Instant::now();
            let query = format!("{sql}{settings} FORMAT JSONCompact");
            let answer = send(&instance, "/v0/sql", "text/plain", query.into_bytes()).await;
            best = best.min(start.elapsed().as_secs_f64() * 1000.0);
            match answer {
                Ok(text) => outcome = rows_of(&text),
                Err(error) => {
                    outcome = error.to_string();
                    break;
                }
            }
        }
        println!("{name:<24} {best:9.2} ms  {outcome}");
        logarithms += best.ln();
        answered += 1;
    }
    println!("geometric mean {:.2} ms", (logarithms / f64::from(answered)).exp());
    Ok(())
}

/// Builds the tables that the folder defines and loads every Parquet file.
async fn load(instance: &Instance, folder: &Path, tables: &Path) -> Result<()> {
    let mut defined = Vec::new();
    let mut form = String::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "datasource") {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let text = std::fs::read_to_string(&path)?;
            form.push_str(&format!(
                "--b\r\nContent-Disposition: form-data; name=\"data_project://\"; filename=\"{name}.datasource\"\r\n\r\n{text}\r\n"
            ));
            defined.push(name);
        }
    }
    if !defined.is_empty() {
        form.push_str("--b--\r\n");
        let answer =
            send(instance, "/v1/build", "multipart/form-data; boundary=b", form.into_bytes()).await?;
        if !answer.contains("success") {
            return Err(answer.into());
        }
    }
    let mut files: Vec<_> = std::fs::read_dir(tables)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
    files.sort();
    for path in files {
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mode = if defined.contains(&name) { "append" } else { "create" };
        let bytes = std::fs::read(&path)?;
        let start = Instant::now();
        let target = format!("/v0/datasources?name={name}&mode={mode}&format=parquet");
        send(instance, &target, "application/octet-stream", bytes).await?;
        println!("load {name:<19} {:9.2} ms", start.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(())
}

async fn send(instance: &Instance, target: &str, content: &str, body: Vec<u8>) -> Result<String> {
    let token = instance.local_tokens().workspace_admin;
    let request = Request::new(Method::Post, target)
        .with_header("Authorization", format!("Bearer {token}"))
        .with_header("Content-Type", content)
        .with_body(Body::full(body));
    let response = handle(instance, request).await;
    let status = response.status;
    let answer = response.body.collect(1 << 30).await.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    if status >= 400 { Err(text.into()) } else { Ok(text) }
}

/// The answer's count of rows, with the first of them where there is one.
fn rows_of(text: &str) -> String {
    let rows = text.rsplit_once("\"rows\":").map_or("", |(_, rest)| rest.trim_start());
    let rows: String = rows.chars().take_while(char::is_ascii_digit).collect();
    let first = text.split_once("\"data\":").map_or("", |(_, rest)| rest);
    let first: String = first.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(90).collect();
    format!("{rows} rows {first}")
}
