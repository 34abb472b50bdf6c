//! Outgoing requests by the browser's `fetch`.

use std::cell::Cell;
use std::rc::Rc;

use async_trait::async_trait;
use futures::StreamExt;
use js_sys::{Function, Promise, Reflect};
use kinglet_workspace::host::NoNetwork;
use kinglet_workspace::{Error, Fetched, Http, Kind};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

use crate::stream::{pulled, text};

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
        fetch(url).await.map_err(|thrown| unreachable_host(url, &thrown))
    }
}

async fn fetch(url: &str) -> Result<Fetched, JsValue> {
    let global = js_sys::global();
    let fetch: Function = Reflect::get(&global, &JsValue::from_str("fetch"))?.dyn_into()?;
    let answer: Promise = fetch.call1(&global, &JsValue::from_str(url))?.dyn_into()?;
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
