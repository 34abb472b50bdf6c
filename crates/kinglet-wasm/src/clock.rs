//! Time, as the browser tells it.

use js_sys::Reflect;
use kinglet_workspace::Clock;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::Performance;

/// The worker's clock.
pub(crate) struct BrowserClock {
    performance: Performance,
}

impl BrowserClock {
    /// # Errors
    /// Where the global scope has no `performance`.
    pub(crate) fn new() -> Result<Self, JsValue> {
        let performance = Reflect::get(&js_sys::global(), &JsValue::from_str("performance"))?.dyn_into()?;
        Ok(BrowserClock { performance })
    }

    /// Milliseconds since the worker started; never goes back.
    pub(crate) fn milliseconds(&self) -> f64 {
        self.performance.now()
    }
}

impl Clock for BrowserClock {
    fn now_micros(&self) -> i64 {
        // `Date` is corrected when the machine's clock is; the sum of origin and timer is not.
        (js_sys::Date::now() * 1e3) as i64
    }

    fn steady_nanos(&self) -> u64 {
        (self.performance.now() * 1e6) as u64
    }
}
