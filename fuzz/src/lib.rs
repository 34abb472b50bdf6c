//! The properties of the languages, shared with the tests of `kinglet-project`.

#[path = "../../crates/kinglet-project/tests/property/mod.rs"]
mod property;

pub use libfuzzer_sys::fuzz_target;
use property::PROPERTIES;

/// Runs a property on the bytes of a fuzzer; what is no UTF-8 is passed over.
pub fn run(name: &str, bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for (known, holds) in PROPERTIES {
        if known == name {
            holds(text);
        }
    }
}

/// The fuzz target of a property.
#[macro_export]
macro_rules! fuzz_property {
    ($name:literal) => {
        $crate::fuzz_target!(|bytes: &[u8]| $crate::run($name, bytes));
    };
}
