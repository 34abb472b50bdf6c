//! The storage engine's disk over the browser's origin private file system.
