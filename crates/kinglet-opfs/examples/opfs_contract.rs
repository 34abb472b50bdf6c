//! The disk contract over the private file system, for the browser tests.
#![cfg(target_arch = "wasm32")]

use kinglet_opfs::OpfsDisk;
use kinglet_storage::disk::{Disk, OpenMode, contract};
use wasm_bindgen::prelude::wasm_bindgen;

/// Run every check in the folder `directory`, which must be empty.
///
/// # Errors
/// The first broken rule, in words.
#[wasm_bindgen]
pub async fn run_contract(directory: String) -> Result<(), String> {
    let disk = OpfsDisk::open(&directory).await.map_err(|error| error.to_string())?;
    contract::run(&disk).await
}

/// Open one file twice at once, and once with a caller that does not wait: all must give one handle.
///
/// # Errors
/// What was wrong, in words.
#[wasm_bindgen]
pub async fn run_concurrent_opens(directory: String) -> Result<(), String> {
    let disk = OpfsDisk::open(&directory).await.map_err(|error| error.to_string())?;
    drop(futures::poll!(disk.open("a/file", OpenMode::Create)));
    let both = futures::join!(disk.open("a/file", OpenMode::Create), disk.open("a/file", OpenMode::Existing));
    let (Ok(first), Ok(second)) = both else { return Err(format!("one could not be opened: {both:?}")) };
    if first != second {
        return Err(format!("two handles for one file: {first:?} and {second:?}"));
    }
    disk.delete("a/file").await.map_err(|error| error.to_string())
}

/// Open a file and hold it for as long as this worker lives.
///
/// # Errors
/// The disk's, in words.
#[wasm_bindgen]
pub async fn hold(directory: String, path: String) -> Result<(), String> {
    let disk = OpfsDisk::open(&directory).await.map_err(|error| error.to_string())?;
    disk.open(&path, OpenMode::Create).await.map(drop).map_err(|error| error.to_string())
}
