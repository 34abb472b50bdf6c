//! The directives of each kind of datafile, for completion and help in an editor.

/// A kind of datafile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DatafileKind {
    /// `.datasource`
    Datasource,
    /// `.pipe`
    Pipe,
    /// `.connection`
    Connection,
}

/// How the value of a directive is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// On the directive's line.
    Line,
    /// As a block after `>`.
    Block,
    /// Either way.
    Either,
}

/// A directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The directive in upper case.
    pub name: &'static str,
    /// How its value is written.
    pub form: Form,
    /// What it says, in one sentence.
    pub summary: &'static str,
    /// The values it takes, where they are few.
    pub values: &'static [&'static str],
}

const fn line(name: &'static str, summary: &'static str) -> Directive {
    Directive { name, form: Form::Line, summary, values: &[] }
}

const fn one_of(name: &'static str, values: &'static [&'static str], summary: &'static str) -> Directive {
    Directive { name, form: Form::Line, summary, values }
}

const fn block(name: &'static str, summary: &'static str) -> Directive {
    Directive { name, form: Form::Block, summary, values: &[] }
}

const fn either(name: &'static str, summary: &'static str) -> Directive {
    Directive { name, form: Form::Either, summary, values: &[] }
}

const BOOLEANS: &[&str] = &["True", "False"];
const KAFKA_FORMATS: &[&str] = &["avro", "json_with_schema", "json_without_schema"];

const DATASOURCE: &[Directive] = &[
    either("DESCRIPTION", "What the data source holds, for people."),
    line("TOKEN", "A static token with READ or APPEND on this data source: TOKEN name READ."),
    line("TAGS", "Tags to filter by, separated by commas."),
    block("SCHEMA", "The columns: name, type, JSON path, default and codec, separated by commas."),
    block("INDEXES", "Data-skipping indexes, one a line: name expression TYPE type GRANULARITY n."),
    Directive {
        name: "ENGINE",
        form: Form::Either,
        summary: "The table engine.",
        values: &[
            "MergeTree",
            "ReplacingMergeTree",
            "SummingMergeTree",
            "AggregatingMergeTree",
            "CollapsingMergeTree",
            "VersionedCollapsingMergeTree",
            "Null",
        ],
    },
    either("ENGINE_PARTITION_KEY", "The expression that splits the data into partitions, usually by month."),
    either(
        "ENGINE_SORTING_KEY",
        "The columns or expressions the data is sorted by; filters on them are fast.",
    ),
    either("ENGINE_PRIMARY_KEY", "The part of the sorting key that is kept in memory."),
    either("ENGINE_SAMPLING_KEY", "The expression that SAMPLE chooses rows by."),
    either("ENGINE_TTL", "When rows are deleted: a date expression such as at + INTERVAL 90 DAY."),
    either("ENGINE_SETTINGS", "Settings of the engine, name = value, separated by commas."),
    either("ENGINE_VER", "ReplacingMergeTree: the column whose largest value decides which row stays."),
    either("ENGINE_IS_DELETED", "ReplacingMergeTree: the column that is 1 in rows that delete."),
    either("ENGINE_COLUMNS", "SummingMergeTree: the columns that are summed."),
    either("ENGINE_SIGN", "CollapsingMergeTree: the column that is 1 for a row and -1 for its cancellation."),
    either("ENGINE_VERSION", "VersionedCollapsingMergeTree: the column with the version of a row."),
    either("SHARED_WITH", "Workspaces the data source is shared with."),
    block("FORWARD_QUERY", "The SELECT that turns rows of the live schema into rows of this one."),
    one_of("BACKFILL", &["skip"], "Whether a deployment fills the data source from existing data."),
    line("KAFKA_CONNECTION_NAME", "The connection messages come from."),
    line("KAFKA_TOPIC", "The topic messages come from."),
    line("KAFKA_GROUP_ID", "The consumer group; one for each data source."),
    one_of("KAFKA_AUTO_OFFSET_RESET", &["earliest", "latest"], "Where a new consumer group starts."),
    one_of("KAFKA_STORE_RAW_VALUE", BOOLEANS, "Whether the message is kept in the column __value."),
    one_of("KAFKA_STORE_HEADERS", BOOLEANS, "Whether the headers are kept in the column __headers."),
    one_of("KAFKA_KEY_FORMAT", KAFKA_FORMATS, "How message keys are written."),
    one_of("KAFKA_VALUE_FORMAT", KAFKA_FORMATS, "How messages are written."),
    line("IMPORT_CONNECTION_NAME", "The connection files come from."),
    line("IMPORT_BUCKET_URI", "The files to read, such as s3://bucket/folder/*.csv."),
    one_of("IMPORT_SCHEDULE", &["@auto", "@on-demand", "@once"], "When files are read."),
    one_of("IMPORT_FORMAT", &["csv", "ndjson", "parquet"], "The format of the files."),
    line("IMPORT_FROM_TIMESTAMP", "Files older than this time are passed over."),
    line("IMPORT_TABLE_ARN", "The DynamoDB table rows come from."),
    line("IMPORT_EXPORT_BUCKET", "The bucket DynamoDB exports to."),
    line("PG_CONNECTION_NAME", "The Postgres connection rows come from."),
    line("PG_TABLE", "The Postgres table rows come from."),
];

const PIPE: &[Directive] = &[
    either("DESCRIPTION", "What the pipe, or the node, is for."),
    line("TOKEN", "A static token with READ on this pipe: TOKEN name READ."),
    line("TAGS", "Tags to filter by, separated by commas."),
    line("NODE", "Starts a node; other nodes of the pipe read it by this name."),
    block("SQL", "The query of the node; a template when it starts with %."),
    one_of("TYPE", &["endpoint", "materialized", "copy", "sink"], "What becomes of the node's result."),
    line("DATASOURCE", "Materialized: the data source the result is inserted into."),
    one_of("DEPLOYMENT_METHOD", &["alter"], "Materialized: change the query in place when deploying."),
    line("TARGET_DATASOURCE", "Copy: the data source the result is written to."),
    line("COPY_SCHEDULE", "Copy: a cron expression in UTC, or @on-demand."),
    one_of(
        "COPY_MODE",
        &["append", "replace"],
        "Copy: whether the result is added or replaces what is there.",
    ),
    one_of("ON_DEMAND_COMPUTE", &["true", "false"], "Copy: whether the job runs on machines of its own."),
    line("EXPORT_CONNECTION_NAME", "Sink: the connection the result goes to."),
    line("EXPORT_SCHEDULE", "Sink: a cron expression in UTC, or @on-demand."),
    line("EXPORT_BUCKET_URI", "Sink: the folder files are written to."),
    line("EXPORT_FILE_TEMPLATE", "Sink: the names of the files, such as sales_{day}."),
    one_of("EXPORT_FORMAT", &["csv", "ndjson", "parquet"], "Sink: the format of the files."),
    one_of("EXPORT_COMPRESSION", &["none", "gzip", "snappy", "zstd"], "Sink: how the files are compressed."),
    one_of("EXPORT_STRATEGY", &["@new", "@replace"], "Sink: whether files are added or replaced."),
    one_of("EXPORT_WRITE_STRATEGY", &["new", "truncate"], "Sink: whether files are added or replaced."),
    line("EXPORT_KAFKA_TOPIC", "Sink: the topic messages go to."),
];

const CONNECTION: &[Directive] = &[
    either("DESCRIPTION", "What the connection leads to."),
    one_of("TYPE", &["kafka", "s3", "gcs", "dynamodb", "postgres"], "The kind of system."),
    line("KAFKA_BOOTSTRAP_SERVERS", "Servers as host:port, separated by commas."),
    one_of(
        "KAFKA_SECURITY_PROTOCOL",
        &["SASL_SSL", "PLAINTEXT", "SASL_PLAINTEXT", "SSL"],
        "How the connection is secured.",
    ),
    one_of(
        "KAFKA_SASL_MECHANISM",
        &["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"],
        "How the client proves who it is.",
    ),
    line("KAFKA_KEY", "The user name."),
    line("KAFKA_SECRET", "The password; use tb_secret."),
    line("KAFKA_SCHEMA_REGISTRY_URL", "The schema registry."),
    either("KAFKA_SSL_CA_PEM", "The certificate of the authority that signed the servers'."),
    one_of("KAFKA_SASL_OAUTHBEARER_METHOD", &["AWS"], "Where OAuth tokens come from."),
    line("KAFKA_SASL_OAUTHBEARER_AWS_REGION", "The AWS region."),
    line("KAFKA_SASL_OAUTHBEARER_AWS_ROLE_ARN", "The AWS role to assume."),
    line("KAFKA_SASL_OAUTHBEARER_AWS_EXTERNAL_ID", "The external id of the AWS role."),
    line("S3_REGION", "The AWS region."),
    line("S3_ARN", "The AWS role to assume."),
    line("S3_ACCESS_KEY", "The access key, when no role is given."),
    line("S3_SECRET", "The secret of the access key; use tb_secret."),
    line("GCS_SERVICE_ACCOUNT_CREDENTIALS_JSON", "The credentials of a service account; use tb_secret."),
    line("GCS_HMAC_ACCESS_ID", "The id of an HMAC key."),
    line("GCS_HMAC_SECRET", "The secret of an HMAC key; use tb_secret."),
    line("DYNAMODB_ARN", "The AWS role to assume."),
    line("DYNAMODB_REGION", "The AWS region."),
    line("PG_HOST", "The host of the server."),
    line("PG_PORT", "The port of the server."),
    line("PG_DATABASE", "The database."),
    line("PG_USER", "The user name."),
    line("PG_PASSWORD", "The password; use tb_secret."),
    line("PG_SSL_MODE", "How the connection is secured."),
];

/// The directives of a kind of datafile, in the order in which a formatted file has them. Directives
/// that are retired are left out.
pub fn directives(kind: DatafileKind) -> &'static [Directive] {
    match kind {
        DatafileKind::Datasource => DATASOURCE,
        DatafileKind::Pipe => PIPE,
        DatafileKind::Connection => CONNECTION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{connection, datasource, pipe};

    #[test]
    fn every_directive_is_read() {
        for (kind, is_directive) in [
            (DatafileKind::Datasource, datasource::is_directive as fn(&str) -> bool),
            (DatafileKind::Pipe, pipe::is_directive),
            (DatafileKind::Connection, connection::is_directive),
        ] {
            for directive in directives(kind) {
                assert!(is_directive(&directive.name.to_lowercase()), "{}", directive.name);
                assert!(directive.summary.ends_with('.'), "{}", directive.name);
            }
        }
    }
}
