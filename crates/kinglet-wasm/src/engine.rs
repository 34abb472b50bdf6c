//! The engine's handle for the worker.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use kinglet_api::{Components, Headers, Instance, Method, Request, Response, Settings, handle};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};

use crate::change::{Change, change_of};
use crate::clock::BrowserClock;
use crate::disk::{OpenDisk, open_disk};
use crate::exchange::Exchange;
use crate::http::BrowserHttp;
use crate::maintenance;
use crate::options::{EngineInfo, OpenOptions};
use crate::panic::report_panics;
use crate::random::BrowserRandom;
use crate::request_body::body_from;
use crate::slices;
use crate::stream::text;

/// Open the workspace. Call it once in a worker's life.
///
/// # Errors
/// Options that cannot be read, or a disk that cannot be opened.
#[wasm_bindgen]
pub async fn open(options: JsValue) -> Result<Engine, JsValue> {
    report_panics();
    slices::start()?;
    let options: OpenOptions = serde_wasm_bindgen::from_value(options)?;
    let settings = Settings { base_url: base_url(&options.base)?, ..Settings::default() };
    let network = Rc::new(Cell::new(options.network));
    let disk = slices::spawn(async move { open_disk(&options).await });
    let OpenDisk { disk, storage, problem } = disk.await.map_err(|error| error_of(&error))?;
    let components = Components {
        clock: Rc::new(BrowserClock::new()?),
        random: Rc::new(BrowserRandom),
        http: Rc::new(BrowserHttp { allowed: network.clone() }),
        disk,
    };
    let opening = slices::spawn(async move { Instance::open(components, settings).await });
    let instance = opening.await.map_err(|error| error_of(&error))?;
    let scheduled = maintenance::start(instance.clone());
    let info = EngineInfo { version: env!("CARGO_PKG_VERSION"), storage, storage_problem: problem };
    Ok(Engine { instance, info, network, listeners: Rc::default(), scheduled })
}

/// A JavaScript error with this error's text.
fn error_of(error: &dyn std::error::Error) -> JsValue {
    js_sys::Error::new(&error.to_string()).into()
}

/// An open workspace.
#[wasm_bindgen]
pub struct Engine {
    instance: Instance,
    info: EngineInfo,
    network: Rc<Cell<bool>>,
    listeners: Rc<RefCell<Listeners>>,
    /// True while a scheduled copy or sink runs.
    scheduled: Rc<Cell<bool>>,
}

/// Those who follow the workspace's changes.
#[derive(Default)]
struct Listeners {
    last_id: u32,
    all: Vec<(u32, Function)>,
}

#[wasm_bindgen]
impl Engine {
    /// What is known of this engine, as `EngineInfo` of protocol.ts.
    ///
    /// # Errors
    /// None that can be expected.
    pub fn info(&self) -> Result<JsValue, JsValue> {
        Ok(serde_wasm_bindgen::to_value(&self.info)?)
    }

    /// Begin a request. `headers` is an array of pairs; `body` is undefined, a Uint8Array, or a function whose promises
    /// bring the body piece by piece.
    ///
    /// # Errors
    /// Arguments of another form.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        headers: &Array,
        body: JsValue,
    ) -> Result<Exchange, JsValue> {
        let Some(known) = Method::from_name(method) else {
            return Ok(Exchange::new(async { Response::new(405) }));
        };
        let mut request = Request::new(known, path).with_body(body_from(body)?);
        request.headers = headers_from(headers);
        let instance = self.instance.clone();
        let change = change_of(known, path);
        let listeners = self.listeners.clone();
        Ok(Exchange::new(async move {
            let response = handle(&instance, request).await;
            if response.status < 400
                && let Some(change) = change
            {
                tell(&listeners, &change);
            }
            response
        }))
    }

    /// Call `listener` with each change; the returned function ends that.
    pub fn subscribe(&self, listener: Function) -> JsValue {
        let id = {
            let mut listeners = self.listeners.borrow_mut();
            listeners.last_id += 1;
            let id = listeners.last_id;
            listeners.all.push((id, listener));
            id
        };
        let listeners = self.listeners.clone();
        let unsubscribe = Closure::<dyn FnMut()>::new(move || {
            listeners.borrow_mut().all.retain(|(known, _)| *known != id);
        });
        unsubscribe.into_js_value()
    }

    /// Whether outgoing requests may be made from now on.
    pub fn allow_network(&self, allowed: bool) {
        self.network.set(allowed);
    }

    /// Bytes of this module's memory. It grows and never shrinks.
    pub fn memory_bytes(&self) -> f64 {
        core::arch::wasm32::memory_size::<0>() as f64 * 65_536.0
    }

    /// Whether something runs that no request waits for: a scheduled copy or sink.
    pub fn runs_schedule(&self) -> bool {
        self.scheduled.get()
    }

    /// Finish writing and release the files. The engine must not be used after that.
    ///
    /// # Errors
    /// Where what was buffered could not be written.
    pub async fn close(&self) -> Result<(), JsValue> {
        let instance = self.instance.clone();
        // In a slice of its own: none of the engine's tasks is in the middle of a step.
        slices::spawn(async move { instance.close().await }).await.map_err(|error| error_of(&error))
    }
}

fn tell(listeners: &RefCell<Listeners>, change: &Change) {
    let Ok(change) = serde_wasm_bindgen::to_value(change) else { return };
    // A listener may subscribe or unsubscribe while it is told.
    let all: Vec<Function> = listeners.borrow().all.iter().map(|(_, listener)| listener.clone()).collect();
    for listener in all {
        // A listener that throws is its owner's matter.
        drop(listener.call1(&JsValue::UNDEFINED, &change));
    }
}

/// Header fields from an array of pairs; what is not a pair of strings is left out.
fn headers_from(pairs: &Array) -> Headers {
    let field = |pair: &Array, at| pair.get(at).as_string();
    let pairs = pairs.iter().filter_map(|pair| pair.dyn_into::<Array>().ok());
    pairs.filter_map(|pair| Some((field(&pair, 0)?, field(&pair, 1)?))).collect()
}

/// The worker's origin and the base path.
fn base_url(base: &str) -> Result<String, JsValue> {
    let location = Reflect::get(&js_sys::global(), &JsValue::from_str("location"))?;
    let origin = Reflect::get(&location, &JsValue::from_str("origin"))?;
    let origin = origin.as_string().ok_or_else(|| JsValue::from_str(&text(&origin)))?;
    Ok(format!("{origin}{base}"))
}
