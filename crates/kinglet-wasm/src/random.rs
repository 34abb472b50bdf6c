//! Randomness, as the browser gives it.

use kinglet_workspace::Random;

/// The browser's cryptographic random source.
pub(crate) struct BrowserRandom;

impl Random for BrowserRandom {
    fn fill(&self, into: &mut [u8]) {
        // The Web Crypto interface exists in every worker; without it no token could be trusted.
        if let Err(error) = getrandom::fill(into) {
            panic!("the browser has no random source: {error}");
        }
    }
}
