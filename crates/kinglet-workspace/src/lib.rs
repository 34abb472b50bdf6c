//! Resources, ingestion, tokens, jobs and data of a workspace.
