//! Fuzz target: the properties of `schema` hold for every text.

#![no_main]

kinglet_fuzz::fuzz_property!("schema");
