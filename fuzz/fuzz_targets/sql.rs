//! Fuzz target: the properties of `sql` hold for every text.

#![no_main]

kinglet_fuzz::fuzz_property!("sql");
