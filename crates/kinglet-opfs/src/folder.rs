//! Folders and files below a folder, found or made.

use js_sys::{Function, Promise, Reflect};
use kinglet_storage::disk::{DiskError, OpenMode};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions, FileSystemGetFileOptions,
    FileSystemSyncAccessHandle,
};

use crate::failure::failure;

/// How often a file that another worker still holds is tried, with growing pauses: about five seconds in all.
const TRIES: u32 = 12;

/// The folder that `path` lies in, and the last part of `path`.
pub(crate) async fn parent(
    root: &FileSystemDirectoryHandle,
    path: &str,
    mode: OpenMode,
) -> Result<(FileSystemDirectoryHandle, String), DiskError> {
    let Some((folders, name)) = path.rsplit_once('/') else { return Ok((root.clone(), path.to_owned())) };
    Ok((folder(root, folders, mode).await?, name.to_owned()))
}

/// The folder at `path`.
pub(crate) async fn folder(
    root: &FileSystemDirectoryHandle,
    path: &str,
    mode: OpenMode,
) -> Result<FileSystemDirectoryHandle, DiskError> {
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(mode == OpenMode::Create);
    let mut at = root.clone();
    for name in path.split('/') {
        let found = JsFuture::from(at.get_directory_handle_with_options(name, &options)).await;
        at = found.map_err(|thrown| failure("open the folder", path, &thrown))?.unchecked_into();
    }
    Ok(at)
}

/// Synchronous access to the file at `path`. Waits a while for another worker to let go of it.
pub(crate) async fn access(
    root: &FileSystemDirectoryHandle,
    path: &str,
    mode: OpenMode,
) -> Result<FileSystemSyncAccessHandle, DiskError> {
    let (folder, name) = parent(root, path, mode).await?;
    let options = FileSystemGetFileOptions::new();
    options.set_create(mode == OpenMode::Create);
    let found = JsFuture::from(folder.get_file_handle_with_options(&name, &options)).await;
    let file: FileSystemFileHandle = found.map_err(|thrown| failure("open", path, &thrown))?.unchecked_into();
    let mut pause = 5;
    for _ in 1..TRIES {
        match JsFuture::from(file.create_sync_access_handle()).await {
            Ok(access) => return Ok(access.unchecked_into()),
            Err(thrown) if is_held(&thrown) => sleep(pause).await,
            Err(thrown) => return Err(failure("open", path, &thrown)),
        }
        pause = (pause * 2).min(1000);
    }
    let last = JsFuture::from(file.create_sync_access_handle()).await;
    Ok(last.map_err(|thrown| failure("open", path, &thrown))?.unchecked_into())
}

fn is_held(thrown: &JsValue) -> bool {
    thrown
        .dyn_ref::<web_sys::DomException>()
        .is_some_and(|error| error.name() == "NoModificationAllowedError")
}

async fn sleep(milliseconds: u32) {
    let elapsed = Promise::new(&mut |resolve: Function, _| {
        let global = js_sys::global();
        let timer = Reflect::get(&global, &JsValue::from_str("setTimeout"));
        if let Some(timer) = timer.ok().and_then(|timer| timer.dyn_into::<Function>().ok()) {
            let wake = Closure::once_into_js(move || drop(resolve.call0(&JsValue::UNDEFINED)));
            drop(timer.call2(&global, &wake, &milliseconds.into()));
        }
    });
    // The promise is never rejected.
    drop(JsFuture::from(elapsed).await);
}
