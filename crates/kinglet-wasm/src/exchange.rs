//! One request inside the engine, as the worker follows it.

use std::cell::RefCell;
use std::rc::Rc;

use bytes::Bytes;
use futures::StreamExt;
use futures::future::{AbortHandle, Abortable};
use futures::stream::LocalBoxStream;
use js_sys::{Promise, Reflect, Uint8Array};
use kinglet_api::Response;
use kinglet_workspace::Error;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::future_to_promise;

use crate::slices;

type Chunks = LocalBoxStream<'static, Result<Bytes, Error>>;
type Answer = std::pin::Pin<Box<dyn Future<Output = Response>>>;

/// A request under way. Call `head` once, then, unless it brought the body, `chunk` until it answers undefined;
/// `cancel` at any time.
#[wasm_bindgen]
pub struct Exchange {
    stage: Rc<RefCell<Stage>>,
}

/// How far an exchange is. `Busy` while a promise given out is not settled.
enum Stage {
    Waiting(Answer),
    Streaming(Chunks),
    Busy(AbortHandle),
    Over,
}

/// `WireHead` of protocol.ts.
#[derive(Serialize)]
struct WireHead {
    status: u16,
    headers: Vec<(String, String)>,
}

impl Exchange {
    pub(crate) fn new(answer: impl Future<Output = Response> + 'static) -> Self {
        Exchange { stage: Rc::new(RefCell::new(Stage::Waiting(Box::pin(answer)))) }
    }
}

#[wasm_bindgen]
impl Exchange {
    /// Status and headers, once they are certain; a body that is at hand is their member `body`.
    pub fn head(&self) -> Promise {
        let (abort, registration) = AbortHandle::new_pair();
        let Stage::Waiting(answer) = self.stage.replace(Stage::Busy(abort)) else {
            return refused("the head was already taken");
        };
        let task = slices::spawn(Abortable::new(answer, registration));
        let stage = self.stage.clone();
        future_to_promise(async move {
            let Response { status, headers, body } = task.await.map_err(|_| cancelled())?;
            let headers = headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let head = serde_wasm_bindgen::to_value(&WireHead { status, headers })?;
            let Some(length) = body.known_len() else {
                stage.replace(Stage::Streaming(body.into_stream()));
                return Ok(head);
            };
            // What is at hand needs no further trips through the event loop.
            stage.replace(Stage::Over);
            if let Ok(bytes) = body.collect(length).await {
                Reflect::set(&head, &JsValue::from_str("body"), &Uint8Array::from(bytes.as_ref()))?;
            }
            Ok(head)
        })
    }

    /// The next piece of the body; undefined at its end.
    pub fn chunk(&self) -> Promise {
        let (abort, registration) = AbortHandle::new_pair();
        let Stage::Streaming(mut chunks) = self.stage.replace(Stage::Busy(abort)) else {
            return refused("no body is being read");
        };
        let next = async move {
            let piece = chunks.next().await;
            (piece, chunks)
        };
        let task = slices::spawn(Abortable::new(next, registration));
        let stage = self.stage.clone();
        future_to_promise(async move {
            let (piece, chunks) = task.await.map_err(|_| cancelled())?;
            match piece {
                Some(Ok(bytes)) => {
                    stage.replace(Stage::Streaming(chunks));
                    Ok(Uint8Array::from(bytes.as_ref()).into())
                }
                Some(Err(error)) => {
                    stage.replace(Stage::Over);
                    Err(js_sys::Error::new(&error.to_string()).into())
                }
                None => {
                    stage.replace(Stage::Over);
                    Ok(JsValue::UNDEFINED)
                }
            }
        })
    }

    /// Drop the work; a promise under way is rejected.
    pub fn cancel(&self) {
        if let Stage::Busy(abort) = self.stage.replace(Stage::Over) {
            abort.abort();
        }
    }
}

fn refused(reason: &str) -> Promise {
    Promise::reject(&js_sys::Error::new(reason).into())
}

fn cancelled() -> JsValue {
    js_sys::Error::new("the call was aborted").into()
}
