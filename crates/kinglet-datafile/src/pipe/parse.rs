//! Text of a `.pipe` file to a [`Pipe`].

use super::{Node, Pipe, check};
use crate::datasource::{one_of, retired, single_line, sql_block};
use crate::options::Options;
use crate::problem::{Parsed, Problem};
use crate::resource::{tags, token};
use crate::statement::{Statement, expand_text, statements};
use crate::text::{SourceText, unquote};

/// Directives that are kept as parameters of the node under their own name.
const PARAMS: &[&str] = &[
    "target_datasource",
    "copy_schedule",
    "on_demand_compute",
    "filter",
    "export_connection_name",
    "export_schedule",
    "export_bucket_uri",
    "export_file_template",
    "export_format",
    "export_compression",
    "export_strategy",
    "export_write_strategy",
    "export_kafka_topic",
];

const OTHERS: &[&str] = &[
    "description",
    "token",
    "tags",
    "node",
    "scope",
    "sql",
    "type",
    "datasource",
    "copy_mode",
    "mode",
    "deployment_method",
    "include",
    "version",
    "export_service",
];

pub(crate) fn is_directive(name: &str) -> bool {
    PARAMS.contains(&name) || OTHERS.contains(&name)
}

/// Reads a pipe. Never fails: what is wrong is in the problems.
///
/// The queries themselves are not looked into; that takes the template language and SQL.
pub fn parse_pipe(text: &str, options: &Options) -> Parsed<Pipe> {
    let mut reader = Reader { options, value: Pipe::default(), problems: Vec::new() };
    for statement in statements(text, is_directive) {
        if let Err(problem) = reader.statement(&statement) {
            reader.problems.push(problem);
        }
    }
    let Reader { value, mut problems, .. } = reader;
    if !problems.iter().any(Problem::is_error) {
        problems.extend(check::check(&value));
    }
    Parsed { value, problems }
}

struct Reader<'a> {
    options: &'a Options,
    value: Pipe,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn statement(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let name = statement.name();
        match name.as_str() {
            "description" => self.description(statement),
            "token" => self.value.tokens.push(token(statement)?),
            "tags" => self.tags(statement)?,
            "node" | "scope" => self.node(statement)?,
            "sql" => self.sql(statement)?,
            "type" => self.r#type(statement)?,
            "datasource" => self.target(statement)?,
            "copy_mode" | "mode" => self.param("mode", statement)?,
            "deployment_method" => self.deployment_method(statement)?,
            _ if PARAMS.contains(&name.as_str()) => self.param(&name, statement)?,
            _ => self.problems.push(retired(&name, statement, "pipe", self.options)),
        }
        Ok(())
    }

    fn description(&mut self, statement: &Statement<'_>) {
        let text = Some(statement.value().text);
        match self.value.nodes.last_mut() {
            Some(node) => node.description = text,
            None => self.value.description = text,
        }
    }

    fn tags(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let tags = tags(statement)?;
        self.value.tags.extend(tags.names);
        if let (Some(pairs), Some(node)) = (tags.pairs, self.value.nodes.last_mut()) {
            node.params.set("tags", pairs, statement.argument_span());
        }
        Ok(())
    }

    fn node(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        if statement.is_block() {
            return Err(statement.not_multiline());
        }
        let name = expand_text(first_word(statement)?, self.options);
        self.value.nodes.push(Node { name: name.text, name_span: name.span, ..Node::default() });
        Ok(())
    }

    fn sql(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        if self.value.nodes.is_empty() && statement.is_block() {
            let message = "SQL must be called after a NODE command";
            return Err(statement.error("datafile/outside-node", message));
        }
        let sql = sql_block(statement)?;
        if let Some(node) = self.value.nodes.last_mut() {
            node.sql = Some(sql);
        }
        Ok(())
    }

    fn r#type(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let value = self.single_line("type", statement)?;
        if let Some(node) = self.value.nodes.last_mut() {
            node.r#type = Some(value.text.to_ascii_lowercase());
            node.params.set("type", value.text, value.span);
        }
        Ok(())
    }

    fn target(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        self.inside_node("datasource", statement)?;
        if statement.is_block() {
            return Err(statement.not_multiline());
        }
        let value = first_word(statement)?;
        let value = if self.options.expand { expand_text(value, self.options) } else { value };
        self.set("datasource", value);
        Ok(())
    }

    fn deployment_method(&mut self, statement: &Statement<'_>) -> Result<(), Problem> {
        let value = one_of(statement, &["alter"], self.options)?;
        self.inside_node("deployment_method", statement)?;
        self.set("deployment_method", value);
        Ok(())
    }

    fn param(&mut self, name: &str, statement: &Statement<'_>) -> Result<(), Problem> {
        let value = self.single_line(name, statement)?;
        self.set(name, value);
        Ok(())
    }

    fn single_line(&self, name: &str, statement: &Statement<'_>) -> Result<SourceText, Problem> {
        // The value of an export is read before it matters where the directive stands.
        let export = name.starts_with("export_");
        if !export {
            self.inside_node(name, statement)?;
        }
        let value = single_line(statement, self.options)?;
        if export {
            self.inside_node(name, statement)?;
        }
        Ok(value)
    }

    fn inside_node(&self, name: &str, statement: &Statement<'_>) -> Result<(), Problem> {
        if !self.value.nodes.is_empty() {
            return Ok(());
        }
        let message = format!("{name} must be called after a NODE command");
        Err(statement.error("datafile/outside-node", message))
    }

    fn set(&mut self, name: &str, value: SourceText) {
        if let Some(node) = self.value.nodes.last_mut() {
            node.params.set(name, value.text, value.span);
        }
    }
}

/// The first word without quotes.
fn first_word(statement: &Statement<'_>) -> Result<SourceText, Problem> {
    let missing = || statement.missing_value();
    let word = statement.arguments.first().ok_or_else(missing)?;
    let inner = unquote(&word.text).ok_or_else(missing)?;
    let quote = usize::from(inner.len() < word.text.len());
    Ok(SourceText::contiguous(inner, word.span.start as usize + quote))
}
