//! What the browser throws, as errors of a disk.

use kinglet_storage::disk::{DiskError, DiskErrorKind};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// The error for `thrown`, met while doing `what` to `path`.
pub(crate) fn failure(what: &str, path: &str, thrown: &JsValue) -> DiskError {
    let kind = match thrown.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("NotFoundError") => DiskErrorKind::NotFound,
        Some("QuotaExceededError") => DiskErrorKind::Full,
        Some("NoModificationAllowedError") => DiskErrorKind::Busy,
        _ => DiskErrorKind::Io,
    };
    DiskError::new(kind, format!("cannot {what} '{path}': {}", text(thrown)))
}

fn text(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
    }
}
