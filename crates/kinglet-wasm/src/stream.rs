//! Bytes that come from JavaScript piece by piece.

use bytes::Bytes;
use futures::stream;
use futures::{Stream, StreamExt};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use kinglet_workspace::{Error, Kind};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// Where pieces come from.
pub(crate) trait Source {
    /// Ask for the next piece.
    fn next(&self) -> Result<Promise, JsValue>;

    /// The piece in what the promise brought: a Uint8Array, or undefined at the end.
    fn piece(&self, brought: JsValue) -> Result<JsValue, JsValue>;
}

/// A function whose promises bring the pieces themselves.
impl Source for Function {
    fn next(&self) -> Result<Promise, JsValue> {
        Ok(Promise::resolve(&self.call0(&JsValue::UNDEFINED)?))
    }

    fn piece(&self, brought: JsValue) -> Result<JsValue, JsValue> {
        Ok(brought)
    }
}

/// A body of `fetch`.
impl Source for ReadableStreamDefaultReader {
    fn next(&self) -> Result<Promise, JsValue> {
        Ok(self.read())
    }

    fn piece(&self, brought: JsValue) -> Result<JsValue, JsValue> {
        Reflect::get(&brought, &JsValue::from_str("value"))
    }
}

/// The pieces of `source`. Nothing is asked for before the stream is polled.
pub(crate) fn pulled(source: impl Source) -> impl Stream<Item = Result<Bytes, Error>> {
    let pieces = stream::unfold(Some(source), async |source| {
        let source = source?;
        match next_piece(&source).await {
            Ok(Some(bytes)) => Some((Ok(bytes), Some(source))),
            Ok(None) => None,
            Err(thrown) => Some((Err(broken(&thrown)), None)),
        }
    });
    // Who asks again after the end is told so again.
    pieces.fuse()
}

async fn next_piece(source: &impl Source) -> Result<Option<Bytes>, JsValue> {
    let piece = source.piece(JsFuture::from(source.next()?).await?)?;
    if piece.is_undefined() {
        return Ok(None);
    }
    let bytes: Uint8Array = piece.dyn_into()?;
    Ok(Some(Bytes::from(bytes.to_vec())))
}

fn broken(thrown: &JsValue) -> Error {
    Error::new(Kind::Unavailable, format!("the body broke off: {}", text(thrown)))
}

/// What a thrown value says.
pub(crate) fn text(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
    }
}
