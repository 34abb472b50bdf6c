//! Fuzz target: the properties of `project` hold for every text.

#![no_main]

kinglet_fuzz::fuzz_property!("project");
