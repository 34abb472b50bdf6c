//! A whole data project: files together, dependency graph, lineage, checks.
