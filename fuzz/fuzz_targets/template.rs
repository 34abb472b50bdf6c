//! Fuzz target: the properties of `template` hold for every text.

#![no_main]

kinglet_fuzz::fuzz_property!("template");
