//! The last words of a panic, given to the worker before the trap.

use std::panic;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Report panics to the worker's `kingletPanicked` function.
pub(crate) fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let global = js_sys::global();
        let report = Reflect::get(&global, &JsValue::from_str("kingletPanicked"));
        if let Some(report) = report.ok().and_then(|report| report.dyn_into::<Function>().ok()) {
            // There is nobody left to tell if this fails; the trap itself ends the worker.
            drop(report.call1(&global, &JsValue::from_str(&info.to_string())));
        }
    }));
}
