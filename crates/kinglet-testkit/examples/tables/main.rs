//! Writes the tables of a benchmark: `tables tpch|hits|events SIZE FOLDER` makes `<table>.parquet` for Kinglet and
//! `<table>.arrow` (an IPC stream) for engines that load Arrow. SIZE is a scale factor for `tpch`, a number of rows
//! for the others. The same arguments give the same bytes.

mod dice;
mod events;
mod hits;
mod output;
mod tpch;
mod words;

use std::error::Error;
use std::path::Path;

const USAGE: &str = "usage: tables tpch|hits|events SIZE FOLDER";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [set, size, folder] = arguments.as_slice() else { return Err(USAGE.into()) };
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder)?;
    match set.as_str() {
        "tpch" => tpch::write(size.parse()?, folder),
        "hits" => hits::write(size.parse()?, folder),
        "events" => events::write(size.parse()?, folder),
        _ => Err(USAGE.into()),
    }
}
