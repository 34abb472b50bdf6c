//! Fuzz target: the properties of `datafile` hold for every text.

#![no_main]

kinglet_fuzz::fuzz_property!("datafile");
