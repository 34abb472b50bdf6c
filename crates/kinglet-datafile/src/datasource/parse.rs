//! Text of a `.datasource` file to a [`Datasource`].

use super::{Datasource, check};
use crate::engine::EngineArgument;
use crate::index::read_indexes;
use crate::options::Options;
use crate::problem::{Parsed, Problem};
use crate::resource::{tags, token};
use crate::schema::read_columns;
use crate::statement::{Statement, statements};
use crate::text::{SourceText, unquote};

/// Directives that are kept as settings under their own name.
const SETTINGS: &[&str] = &[
    "partition_key",
    "sorting_key",
    "primary_key",
    "sampling_key",
    "ttl",
    "kafka_connection_name",
    "kafka_topic",
    "kafka_group_id",
    "kafka_auto_offset_reset",
    "kafka_store_raw_value",
    "kafka_store_headers",
    "kafka_key_format",
    "kafka_value_format",
    "import_connection_name",
    "import_bucket_uri",
    "import_schedule",
    "import_format",
    "import_from_timestamp",
    "import_table_arn",
    "import_export_bucket",
    "import_query",
    "pg_connection_name",
    "pg_table",
];

const ENGINE_ARGUMENTS: &[&str] = &[
    "partition_key",
    "sorting_key",
    "primary_key",
    "sampling_key",
    "ttl",
    "settings",
    "ver",
    "is_deleted",
    "columns",
    "sign",
    "version",
];

const OTHERS: &[&str] = &[
    "description",
    "token",
    "tags",
    "schema",
    "indexes",
    "engine",
    "shared_with",
    "forward_query",
    "backfill",
    "include",
    "version",
    "import_service",
    "import_external_datasource",
    "kafka_target_partitions",
    "export_service",
    "source",
    "import_strategy",
    "kafka_store_binary_headers",
];

pub(crate) fn is_directive(name: &str) -> bool {
    let argument = name.strip_prefix("engine_").is_some_and(|rest| ENGINE_ARGUMENTS.contains(&rest));
    argument || SETTINGS.contains(&name) || OTHERS.contains(&name)
}

/// Reads a data source. Never fails: what is wrong is in the problems.
///
/// Templates (`{{ tb_secret("…") }}`) must have been rendered before.
pub fn parse_datasource(text: &str, options: &Options) -> Parsed<Datasource> {
    let mut reader =
        Reader { options, value: Datasource::default(), problems: Vec::new(), has_schema: false };
    for statement in statements(text, is_directive) {
        if let Err(problem) = reader.statement(&statement) {
            reader.problems.push(problem);
        }
    }
    let Reader { value, mut problems, has_schema, .. } = reader;
    if !problems.iter().any(Problem::is_error) {
        problems.extend(check::check(&value, has_schema));
    }
    Parsed { value, problems }
}

struct Reader<'a> {
    options: &'a Options,
    value: Datasource,
    problems: Vec<Problem>,
    has_schema: bool,
}

impl Reader<'_> {
    fn statement(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let name = statement.name();
        match name.as_str() {
            "description" => self.value.description = Some(statement.value().text),
            "token" => self.value.tokens.push(token(statement)?),
            "tags" => self.tags(statement)?,
            "schema" => self.schema(statement)?,
            "indexes" => self.indexes(statement)?,
            "engine" => self.engine(statement)?,
            "shared_with" => self.shared_with(statement)?,
            "forward_query" => self.value.forward_query = Some(sql_block(statement)?),
            "backfill" => self.backfill(statement)?,
            _ if SETTINGS.contains(&name.as_str()) => self.setting(&name, statement)?,
            _ => match name.strip_prefix("engine_").filter(|rest| ENGINE_ARGUMENTS.contains(rest)) {
                Some(argument) => self.engine_argument(argument, statement)?,
                None => self.problems.push(retired(&name, statement, "datasource", self.options)),
            },
        }
        Ok(())
    }

    fn tags(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let tags = tags(statement)?;
        self.value.tags.extend(tags.names);
        if let Some(pairs) = tags.pairs {
            self.value.settings.set("tags", pairs, statement.argument_span());
        }
        Ok(())
    }

    fn schema(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        self.has_schema = true;
        let (source, first_line) = definitions(statement)?;
        let columns = read_columns(&source, first_line);
        self.value.schema = source;
        self.value.columns = columns.value;
        self.problems.extend(columns.problems);
        Ok(())
    }

    fn indexes(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let (source, first_line) = definitions(statement)?;
        let indexes = read_indexes(&source, first_line);
        self.value.indexes = indexes.value;
        self.problems.extend(indexes.problems);
        Ok(())
    }

    fn engine(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let value = statement.expanded(self.options)?;
        let engine = self.value.engine.get_or_insert_default();
        engine.r#type = Some(value.text);
        engine.span = value.span;
        Ok(())
    }

    fn engine_argument(&mut self, argument: &str, statement: &Statement<'_>) -> Result<(), Problem> {
        let value = statement.expanded(self.options)?;
        let engine = self.value.engine.get_or_insert_default();
        if argument == "ttl" && value.text.is_empty() {
            return Ok(());
        }
        if engine.args.is_empty() && engine.r#type.is_none() {
            engine.span = value.span;
        }
        engine.args.push(EngineArgument { name: argument.to_owned(), value: value.text, span: value.span });
        Ok(())
    }

    fn shared_with(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        // Only words on the directive's line lose their quotes.
        let entries: Vec<&str> = match &statement.body {
            Some(body) if body.is_empty() => return Err(statement.missing_value()),
            Some(body) => body.iter().map(|line| line.text).collect(),
            None => statement.arguments.iter().filter_map(|word| unquote(&word.text)).collect(),
        };
        let names: Vec<String> = entries
            .iter()
            .flat_map(|entry| entry.split(','))
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        if names.is_empty() {
            let message = "SHARED_WITH requires at least one workspace name";
            return Err(statement.error("datafile/missing-value", message));
        }
        self.value.shared_with.extend(names);
        Ok(())
    }

    fn backfill(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let value = one_of(statement, &["skip"], self.options)?;
        self.value.settings.set("backfill", value.text, value.span);
        Ok(())
    }

    fn setting(&mut self, name: &str, statement: &Statement<'_>) -> Result<(), Problem> {
        let value = single_line(statement, self.options)?;
        let text = if name == "import_format" { value.text.to_ascii_lowercase() } else { value.text };
        self.value.settings.set(name, text, value.span);
        Ok(())
    }
}

/// The text of a `SCHEMA` or `INDEXES`, and the line before its first line as Tinybird counts.
fn definitions(statement: &Statement<'_>) -> Result<(SourceText, usize), Problem> {
    match &statement.body {
        Some(body) if body.is_empty() => Err(statement.missing_value()),
        Some(body) => Ok((SourceText::from_lines(body), statement.line)),
        None => {
            let joined = statement.joined("");
            let Some(text) = unquote(&joined) else { return Err(statement.missing_value()) };
            let span = statement.argument_span();
            let quote = usize::from(text.len() < joined.len());
            if statement.arguments.len() == 1 {
                return Ok((SourceText::contiguous(text, span.start as usize + quote), 0));
            }
            Ok((SourceText::replaced(text, span), 0))
        }
    }
}

/// The value of a directive that does not take a block.
pub(crate) fn single_line(statement: &Statement<'_>, options: &Options) -> Result<SourceText, Problem> {
    if statement.is_block() {
        return Err(statement.not_multiline());
    }
    statement.expanded(options)
}

/// The value of a directive that takes one of a few words, in any case.
pub(crate) fn one_of(
    statement: &Statement<'_>,
    allowed: &[&str],
    options: &Options,
) -> Result<SourceText, Problem> {
    let value = single_line(statement, options)?;
    if allowed.iter().any(|word| word.eq_ignore_ascii_case(&value.text)) {
        return Ok(value);
    }
    let words: Vec<String> = allowed.iter().map(|word| format!("'{word}'")).collect();
    let directive = statement.keyword.text.to_ascii_uppercase();
    let message = format!(
        "{} is not an allowed value for {directive}. Use one of: {{{}}}",
        value.text,
        words.join(", ")
    );
    Err(Problem::error("datafile/value", value.span, message).at(statement.line, 1))
}

/// The text of a block of SQL.
pub(crate) fn sql_block(statement: &Statement<'_>) -> Result<SourceText, Problem> {
    let Some(body) = &statement.body else {
        let hint = "Use > to start a multiline SQL block";
        return Err(statement.error("datafile/sql-not-multiline", "SQL must be multiline").with_hint(hint));
    };
    if body.is_empty() {
        return Err(statement.missing_value());
    }
    Ok(SourceText::from_lines(body).dedented(body))
}

/// What is said about a directive that is retired, or does not belong here at all.
pub(crate) fn retired(name: &str, statement: &Statement<'_>, kind: &str, options: &Options) -> Problem {
    let directive = if statement.is_block() { name.to_owned() } else { statement.keyword.text.clone() };
    let upper = name.to_ascii_uppercase();
    let service = "If you're using an S3 or GCS connection, you don't need this setting anymore.";
    let error = |message: String| statement.error("datafile/retired-directive", message);
    let warning =
        |message: String| Problem::warning("datafile/retired-directive", statement.keyword.span, message);
    match (name, kind) {
        ("include", _) => error(format!("{directive} is not supported yet")),
        ("version" | "import_external_datasource" | "kafka_target_partitions", "datasource")
        | ("version", "pipe") => warning(format!("{upper} has been deprecated and will be ignored.")),
        ("import_service" | "export_service", "datasource") | ("export_service", "pipe") => {
            warning(format!("{upper} has been deprecated and will be ignored. {service}"))
        }
        ("source", "datasource") => error("SOURCE has been deprecated".to_owned()),
        ("import_strategy", "datasource") => error(
            "IMPORT_STRATEGY has been deprecated. The built-in default is 'append'. You can safely remove this \
             setting from your Data Source file and the connection will be valid."
                .to_owned(),
        ),
        ("kafka_store_binary_headers", "datasource") => error(
            "KAFKA_STORE_BINARY_HEADERS has been deprecated. When KAFKA_STORE_HEADERS is True, __headers is \
             always of type Map(String, String)"
                .to_owned(),
        ),
        ("kafka_key_avro_deserialization", "connection") => error(
            "KAFKA_KEY_AVRO_DESERIALIZATION has been deprecated. Use \"KAFKA_KEY_FORMAT avro\" in the \
             corresponding .datasource file instead"
                .to_owned(),
        ),
        _ => unknown(name, statement, kind, options),
    }
}

/// The text with characters that cannot be seen as `\uXXXX`.
fn escaped(text: &str) -> String {
    let hidden = |c: char| c.is_control() || c == '\u{feff}' || c == '\u{200b}';
    text.chars().map(|c| if hidden(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }).collect()
}

fn unknown(name: &str, statement: &Statement<'_>, kind: &str, options: &Options) -> Problem {
    if statement.is_block() {
        let name = escaped(name);
        let suffix = if kind == "pipe" { " + SQL(parse exception): " } else { "" };
        let message = format!(
            "error parsing {}:{} Unexpected error: '{name}'{suffix}",
            options.file_name, statement.last.0
        );
        return Problem::error("datafile/unknown-directive", statement.keyword.span, message);
    }
    if name == "settings" {
        let message = "SETTINGS option is not allowed, use ENGINE_SETTINGS instead. See \
            https://www.tinybird.co/docs/cli/datafiles#data-source for more information.";
        return Problem::error("datafile/settings-directive", statement.keyword.span, message)
            .at(statement.line, 0);
    }
    statement.unknown_directive(kind)
}
