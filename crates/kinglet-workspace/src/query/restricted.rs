//! Functions that a query over the API may not use, with the texts that Tinybird has for them.

use crate::error::{Error, Result};
use kinglet_parser::ast::{Expr, Query, TableExpr, TableSource};
use kinglet_parser::{Visitor, walk_query};

/// Functions that tell about the machine instead of the data.
const FUNCTIONS: &[&str] = &[
    "addressToLine",
    "addressToLineWithInlines",
    "addressToSymbol",
    "buildId",
    "catboostEvaluate",
    "currentDatabase",
    "currentProfiles",
    "currentRoles",
    "currentUser",
    "database",
    "demangle",
    "displayName",
    "file",
    "filesystemAvailable",
    "filesystemCapacity",
    "filesystemUnreserved",
    "fqdn",
    "generateRandomStructure",
    "getClientHTTPHeader",
    "getMacro",
    "getOSKernelVersion",
    "getSetting",
    "globalVariable",
    "hasColumnInTable",
    "hostName",
    "hostname",
    "indexHint",
    "initial_query_id",
    "revision",
    "serverUUID",
    "shardCount",
    "shardNum",
    "showCertificate",
    "sleep",
    "sleepEachRow",
    "tcpPort",
    "tid",
    "uptime",
    "user",
    "version",
    "zookeeperSessionUptime",
];

/// Table functions that reach other hosts.
const COPY_ONLY: &[&str] = &[
    "url",
    "s3",
    "gcs",
    "postgresql",
    "mysql",
    "mongodb",
    "azureBlobStorage",
    "iceberg",
    "deltaLake",
    "urlCluster",
    "s3Cluster",
    "azureBlobStorageCluster",
    "icebergCluster",
    "deltaLakeCluster",
];

/// Table functions that no query may use.
const NEVER: &[&str] = &[
    "file",
    "remote",
    "remoteSecure",
    "merge",
    "jdbc",
    "odbc",
    "hdfs",
    "hudi",
    "sqlite",
    "redis",
    "input",
    "dictionary",
    "executable",
    "loop",
    "mergeTreeIndex",
    "viewExplain",
];

/// Table functions that are known and switched off.
const DISABLED: &[&str] =
    &["cluster", "clusterAllReplicas", "generateSeries", "generate_series", "format", "fuzzJSON"];

/// Refuses a query that uses a function it may not.
///
/// # Errors
/// Kind `Invalid`.
pub(super) fn check(query: &Query) -> Result<()> {
    let mut search = Search::default();
    walk_query(query, &mut search);
    search.found.map_or(Ok(()), Err)
}

#[derive(Default)]
struct Search {
    found: Option<Error>,
}

impl Search {
    fn refuse(&mut self, text: String) {
        self.found.get_or_insert_with(|| Error::invalid(text));
    }
}

impl Visitor for Search {
    fn expr(&mut self, expr: &Expr) {
        let Some(function) = expr.as_function() else {
            return;
        };
        let name = function.name.name.as_str();
        if FUNCTIONS.contains(&name) {
            self.refuse(format!("DB::Exception: Usage of function {name} is restricted"));
        }
    }

    fn table(&mut self, table: &TableExpr) {
        let TableSource::Function(function) = &table.source else {
            return;
        };
        let name = function.name.name.as_str();
        if COPY_ONLY.contains(&name) {
            self.refuse(format!("DB::Exception: Usage of function {name} is restricted to Copy Pipes"));
        } else if NEVER.contains(&name) {
            self.refuse(format!("DB::Exception: Usage of function {name} is restricted"));
        } else if DISABLED.contains(&name) {
            self.refuse(format!("The query uses disabled table functions: '{name}'"));
        }
    }
}
