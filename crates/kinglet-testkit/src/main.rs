//! `conformance KIND [--dir FOLDER] [--report FILE]`: runs the cases of a kind and prints what passes.
//! `functions` writes the file of functions for the editor. `queries SEED COUNT` prints drawn queries, one a line.
//! `differential generate SEED COUNT FILE [FUNCTION ..]` writes queries for ClickHouse to answer, `differential compare
//! ANSWERS [--report FILE]` answers them here and prints what differs; `differential probes FILE` writes calls that tell
//! what ClickHouse takes, `differential signatures ANSWERS` the engine's table of it.

use std::path::PathBuf;
use std::process::ExitCode;

use kinglet_testkit::conformance::{self, Kind};
use kinglet_testkit::{differential, functions, queries};

const USAGE: &str = "usage: functions, queries SEED COUNT, differential generate SEED COUNT FILE [FUNCTION ..],
differential compare ANSWERS [--report FILE], differential probes FILE, differential signatures ANSWERS, or conformance parser|datafile|template|schema|testfile|sql [--dir FOLDER] [--report FILE]";

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
    if first.as_deref() == Some("differential") {
        return run_differential(&arguments.collect::<Vec<_>>());
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

fn run_differential(arguments: &[String]) -> Result<(), String> {
    let root = Kind::Sql.folder();
    let written =
        |path: &str, text: &str| std::fs::write(path, text).map_err(|error| format!("{path}: {error}"));
    match arguments {
        [word, seed, count, file, functions @ ..] if word == "generate" => {
            let (Ok(seed), Ok(count)) = (seed.parse(), count.parse()) else { return Err(USAGE.to_owned()) };
            written(file, &differential::generate(&root, seed, count, functions))
        }
        [word, answers, rest @ ..] if word == "compare" => {
            let judgement = differential::compare(&root, answers.as_ref())?;
            match rest {
                [] => {}
                [flag, file] if flag == "--report" => written(file, &judgement.report)?,
                _ => return Err(USAGE.to_owned()),
            }
            println!("{judgement}");
            Ok(())
        }
        [word, file] if word == "probes" => written(file, &differential::signature::probes()),
        [word, answers] if word == "signatures" => {
            let table = differential::signature::table(answers.as_ref())?;
            written(&differential::signature::file().to_string_lossy(), &table)
        }
        _ => Err(USAGE.to_owned()),
    }
}
