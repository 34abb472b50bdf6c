//! Connections: `.connection` files.

use crate::datasource::{retired, single_line};
use crate::options::Options;
use crate::problem::{Parsed, Problem};
use crate::resource::Settings;
use crate::statement::{Statement, statements};

/// A connection to a system outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// Free text for people.
    pub description: Option<String>,
    /// The type as written: `kafka`, `s3`, `gcs`, `dynamodb`, `postgres`.
    pub r#type: Option<String>,
    /// Everything else.
    pub settings: Settings,
}

const SETTINGS: &[&str] = &[
    "kafka_bootstrap_servers",
    "kafka_security_protocol",
    "kafka_sasl_mechanism",
    "kafka_key",
    "kafka_secret",
    "kafka_schema_registry_url",
    "kafka_sasl_oauthbearer_method",
    "kafka_sasl_oauthbearer_aws_region",
    "kafka_sasl_oauthbearer_aws_role_arn",
    "kafka_sasl_oauthbearer_aws_external_id",
    "s3_region",
    "s3_arn",
    "s3_access_key",
    "s3_secret",
    "gcs_hmac_access_id",
    "gcs_hmac_secret",
    "dynamodb_arn",
    "dynamodb_region",
    "pg_host",
    "pg_port",
    "pg_database",
    "pg_user",
    "pg_password",
    "pg_ssl_mode",
];

const CREDENTIALS: &str = "gcs_service_account_credentials_json";
const CERTIFICATE: &str = "kafka_ssl_ca_pem";
const OTHERS: &[&str] = &[
    "description",
    "type",
    CREDENTIALS,
    CERTIFICATE,
    "gcs_access_id",
    "gcs_secret",
    "include",
    "kafka_key_avro_deserialization",
];

pub(crate) fn is_directive(name: &str) -> bool {
    SETTINGS.contains(&name) || OTHERS.contains(&name)
}

/// Reads a connection. Never fails: what is wrong is in the problems.
///
/// Templates (`{{ tb_secret("…") }}`) must have been rendered before.
pub fn parse_connection(text: &str, options: &Options) -> Parsed<Connection> {
    let mut parsed = Parsed { value: Connection::default(), problems: Vec::new() };
    for statement in statements(text, is_directive) {
        if let Err(problem) = read(&mut parsed.value, &statement, options) {
            parsed.problems.push(problem);
        }
    }
    parsed
}

fn read(connection: &mut Connection, statement: &Statement<'_>, options: &Options) -> Result<(), Problem> {
    let name = statement.name();
    let settings = &mut connection.settings;
    match name.as_str() {
        "description" => connection.description = Some(statement.value().text),
        "type" => connection.r#type = Some(single_line(statement, options)?.text),
        CERTIFICATE => {
            let text = if statement.is_block() { statement.value().text } else { statement.joined("\n") };
            settings.set(name, text, statement.argument_span());
        }
        CREDENTIALS => credentials(settings, statement, options)?,
        "gcs_access_id" | "gcs_secret" => {
            let value = single_line(statement, options)?;
            let known = if name == "gcs_secret" { "gcs_hmac_secret" } else { "gcs_hmac_access_id" };
            settings.set(known, value.text, value.span);
        }
        _ if SETTINGS.contains(&name.as_str()) => {
            let value = single_line(statement, options)?;
            settings.set(name, value.text, value.span);
        }
        _ => return Err(retired(&name, statement, "connection", options)),
    }
    Ok(())
}

/// Credentials are JSON, or a template that stands for some.
fn credentials(settings: &mut Settings, statement: &Statement<'_>, options: &Options) -> Result<(), Problem> {
    let value = single_line(statement, options)?;
    let is_template = !options.expand && value.text.contains("{{");
    if !is_template && let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&value.text) {
        let message =
            format!("error parsing {}:{} Unexpected error: {error}", options.file_name, statement.line);
        return Err(Problem::error("datafile/credentials", value.span, message));
    }
    settings.set(CREDENTIALS, value.text, value.span);
    Ok(())
}
