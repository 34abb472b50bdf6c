//! Deterministic hosts for tests, and the conformance cases with their runner.
