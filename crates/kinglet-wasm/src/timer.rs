//! Waiting, by the worker's own timer.

use std::time::Duration;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Resolves after `time`; late when the tab is hidden.
pub(crate) async fn sleep(time: Duration) {
    let elapsed = Promise::new(&mut |resolve: Function, _| {
        let global = js_sys::global();
        let timer = Reflect::get(&global, &JsValue::from_str("setTimeout"));
        if let Some(timer) = timer.ok().and_then(|timer| timer.dyn_into::<Function>().ok()) {
            let wake = Closure::once_into_js(move || drop(resolve.call0(&JsValue::UNDEFINED)));
            drop(timer.call2(&global, &wake, &JsValue::from_f64(time.as_millis() as f64)));
        }
    });
    // The promise is never rejected.
    drop(JsFuture::from(elapsed).await);
}
