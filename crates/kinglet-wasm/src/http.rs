//! Outgoing requests by the browser's `fetch`.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use async_trait::async_trait;
use futures::StreamExt;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use kinglet_workspace::host::NoNetwork;
use kinglet_workspace::{Error, Fetched, Http, Kind, Outgoing};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

use crate::stream::{pulled, text};
use crate::timer;

/// `fetch`, while the page allows it.
pub(crate) struct BrowserHttp {
    /// Whether the person has agreed to outgoing requests.
    pub(crate) allowed: Rc<Cell<bool>>,
}

#[async_trait(?Send)]
impl Http for BrowserHttp {
    async fn get(&self, url: &str) -> Result<Fetched, Error> {
        if !self.allowed.get() {
            return NoNetwork.get(url).await;
        }
        fetch(url, None).await.map_err(|thrown| unreachable_host(url, &thrown))
    }

    async fn send(&self, request: Outgoing) -> Result<Fetched, Error> {
        if !self.allowed.get() {
            return NoNetwork.get(&request.url).await;
        }
        let url = request.url.clone();
        fetch(&url, Some(request)).await.map_err(|thrown| unreachable_host(&url, &thrown))
    }

    async fn pause(&self, millis: u64) {
        timer::sleep(Duration::from_millis(millis)).await;
    }
}

/// What `fetch` takes beside the address.
fn init_of(request: &Outgoing) -> Result<JsValue, JsValue> {
    let init = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&init, &JsValue::from_str(name), value).map(drop);
    set("method", &JsValue::from_str(request.method))?;
    let headers = Array::new();
    for (name, value) in &request.headers {
        headers.push(&Array::of2(&JsValue::from_str(name), &JsValue::from_str(value)));
    }
    set("headers", &headers)?;
    if !request.body.is_empty() {
        set("body", &Uint8Array::from(request.body.as_ref()))?;
    }
    Ok(init.into())
}

async fn fetch(url: &str, request: Option<Outgoing>) -> Result<Fetched, JsValue> {
    let global = js_sys::global();
    let fetch: Function = Reflect::get(&global, &JsValue::from_str("fetch"))?.dyn_into()?;
    let init = request.as_ref().map(init_of).transpose()?.unwrap_or(JsValue::UNDEFINED);
    let answer: Promise = fetch.call2(&global, &JsValue::from_str(url), &init)?.dyn_into()?;
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    let status = response.status();
    let Some(body) = response.body() else {
        return Ok(Fetched { status, encoding: None, body: futures::stream::empty().boxed_local() });
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into()?;
    Ok(Fetched { status, encoding: None, body: pulled(reader).boxed_local() })
}

fn unreachable_host(url: &str, thrown: &JsValue) -> Error {
    let reason = text(thrown);
    let hint = "the host may be down, or may not allow requests from browsers (CORS)";
    Error::new(Kind::Unavailable, format!("cannot fetch {url}: {reason}; {hint}"))
}
