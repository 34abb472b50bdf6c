//! `conformance KIND [--dir FOLDER] [--report FILE]`: runs the cases of a kind and prints what passes.
//! `functions` writes the file of functions for the editor. `queries SEED COUNT` prints drawn queries, one a line.

use std::path::PathBuf;
use std::process::ExitCode;

use kinglet_testkit::conformance::{self, Kind};
use kinglet_testkit::{functions, queries};

const USAGE: &str = "usage: functions, queries SEED COUNT, or conformance parser|datafile|template|schema|testfile|sql [--dir FOLDER] [--report FILE]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    if first.as_deref() == Some("functions") {
        let path = functions::file();
        return std::fs::write(&path, functions::text())
            .map_err(|error| format!("{}: {error}", path.display()));
    }
    if first.as_deref() == Some("queries") {
        let mut number = || arguments.next().and_then(|text| text.parse::<usize>().ok()).ok_or(USAGE);
        let (seed, count) = (number()?, number()?);
        queries::queries(seed as u64, count).iter().for_each(|query| println!("{query}"));
        return Ok(());
    }
    let kind = first.as_deref().and_then(Kind::parse).ok_or(USAGE)?;
    let (mut folder, mut report) = (kind.folder(), None);
    while let Some(flag) = arguments.next() {
        let value = arguments.next().map(PathBuf::from).ok_or(USAGE)?;
        match flag.as_str() {
            "--dir" => folder = value,
            "--report" => report = Some(value),
            _ => return Err(USAGE.to_owned()),
        }
    }
    let ran = conformance::run(kind, &folder)?;
    if let Some(path) = report {
        std::fs::write(&path, ran.failures_jsonl())
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    println!("{ran}");
    Ok(())
}
