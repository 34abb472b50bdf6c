//! A request's body as the worker hands it over: nothing, bytes, or a function that pulls pieces.

use js_sys::{Function, Uint8Array};
use kinglet_api::Body;
use wasm_bindgen::{JsCast, JsValue};

use crate::stream::pulled;

/// # Errors
/// What is none of the three.
pub(crate) fn body_from(value: JsValue) -> Result<Body, JsValue> {
    if value.is_undefined() {
        return Ok(Body::empty());
    }
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        return Ok(Body::full(bytes.to_vec()));
    }
    let pull: Function = value.dyn_into()?;
    Ok(Body::stream(pulled(pull)))
}
