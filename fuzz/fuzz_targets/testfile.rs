//! Fuzz target: the properties of `testfile` hold for every text.

#![no_main]

kinglet_fuzz::fuzz_property!("testfile");
