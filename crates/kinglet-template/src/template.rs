//! A parsed template.

use kinglet_diagnostic::{Diagnostic, LineIndex};

use crate::eval::{self, Program};
use crate::extract::Extracted;
use crate::names::Names;
use crate::tree::Node;
use crate::{Context, Parameter, RenderError, Rendered, Skeleton, extract, lint, scan, skeleton};

/// A parsed template: knows its parameters, renders to SQL.
///
/// Spans are byte offsets into the text given to [`Template::parse`].
#[derive(Clone, Debug)]
pub struct Template {
    source: String,
    /// Where the text after the leading `%` starts.
    start: usize,
    nodes: Vec<Node>,
    names: Names,
    extracted: Extracted,
    error: Option<RenderError>,
    /// Something wrong that does not keep Tinybird from listing parameters.
    late: Option<RenderError>,
}

/// Names that the API needs for itself so badly that no template may use them.
const FORBIDDEN_NAMES: [&str; 2] = ["format", "q"];

impl Template {
    /// Whether a query is a template: its first character that is not white space is `%`.
    pub fn is_template(sql: &str) -> bool {
        sql.trim_start().starts_with('%')
    }

    /// Reads a query, with or without the leading `%`. Never fails: what is wrong is reported as an error, and such a
    /// template renders to its first error; what is doubtful is reported as a warning.
    pub fn parse(sql: &str) -> (Self, Vec<Diagnostic>) {
        Self::parse_named(sql, "<string>")
    }

    /// As [`Template::parse`], with the name of the node for error texts.
    pub fn parse_named(sql: &str, node: &str) -> (Self, Vec<Diagnostic>) {
        let start = match sql.find('%') {
            Some(at) if Self::is_template(sql) => at + 1,
            _ => 0,
        };
        Self::parse_from(sql, start, node)
    }

    /// Reads the text after the leading `%`; a `%` in front of it is literal text.
    pub fn parse_body(body: &str, node: &str) -> (Self, Vec<Diagnostic>) {
        Self::parse_from(body, 0, node)
    }

    fn parse_from(source: &str, start: usize, node: &str) -> (Self, Vec<Diagnostic>) {
        let mut template = Self {
            source: source.to_owned(),
            start,
            nodes: Vec::new(),
            names: Names::default(),
            extracted: Extracted::default(),
            error: None,
            late: None,
        };
        match scan::scan(source, start, node) {
            Ok(scanned) => {
                template.names = Names::of(&scanned.nodes);
                template.nodes = scanned.nodes;
                template.late = scanned.late.or_else(|| template.forbidden_name());
                match extract::parameters(source, &template.nodes) {
                    Ok(extracted) => template.extracted = extracted,
                    Err(error) => template.error = Some(error),
                }
            }
            Err(error) => template.error = Some(error),
        }
        let mut found: Vec<Diagnostic> =
            template.error().map(RenderError::to_diagnostic).into_iter().collect();
        found.extend(lint::advice(source, &template.nodes, &template.extracted.parameters));
        (template, found)
    }

    fn forbidden_name(&self) -> Option<RenderError> {
        let (name, span) =
            FORBIDDEN_NAMES.iter().find_map(|name| self.names.outer.get(*name).map(|span| (name, *span)))?;
        let body = self.source.get(self.start..).unwrap_or("");
        let line = LineIndex::new(body).bytes((span.start as usize).saturating_sub(self.start)).line + 1;
        let message = format!("\"{name}\" can not be used as a variable name, line {line}");
        Some(RenderError::syntax(span, message))
    }

    /// Uses of parameters, in Tinybird's order: one entry for each expression that names the parameter.
    pub fn parameters(&self) -> &[Parameter] {
        &self.extracted.parameters
    }

    /// What is wrong with the template text, if anything; such a template renders to this error.
    pub fn error(&self) -> Option<&RenderError> {
        self.error.as_ref().or(self.late.as_ref())
    }

    /// What keeps parameters from being listed, if anything: less than [`Template::error`].
    pub fn parameters_error(&self) -> Option<&RenderError> {
        self.error.as_ref()
    }

    /// The first parameter that is named by something that is no name, such as `{{ Int32(5) }}`, as the error that
    /// refuses the template when its pipe is deployed. It renders nevertheless.
    pub fn parameter_name_error(&self) -> Option<RenderError> {
        let invalid = |parameter: &&Parameter| parameter.literal_name.is_some() || parameter.name.is_empty();
        let parameter = self.extracted.parameters.iter().find(invalid)?;
        let message = format!("\"{}\" can not be used as a variable name", parameter.name);
        Some(RenderError::syntax(parameter.span, message))
    }

    /// Tables that expressions name by a constant, `{{ table('events') }}`, whatever branch they stand in: what the
    /// query may depend on besides the tables of its rendered SQL.
    pub fn constant_tables(&self) -> Vec<String> {
        extract::constant_tables(&self.nodes)
    }

    /// SQL in place of the template, found without rendering it: with all parameters `given`, or with none.
    /// For editors. Empty where the template cannot be read.
    pub fn skeleton(&self, given: bool) -> Skeleton {
        skeleton::write(&self.source, &self.nodes, given)
    }

    /// Renders the template to SQL.
    ///
    /// # Errors
    ///
    /// A [`RenderError`] with Tinybird's text: the template is wrong, a parameter is missing or has the wrong
    /// type, the template itself asked for an error, or a limit was reached.
    pub fn render(&self, context: &Context) -> Result<Rendered, RenderError> {
        if let Some(error) = self.error() {
            return Err(error.clone());
        }
        let program = Program {
            source: &self.source,
            start: self.start,
            nodes: &self.nodes,
            names: &self.names,
            parameters: &self.extracted.parameters,
            lists: &self.extracted.lists,
            required: &self.extracted.required,
        };
        eval::render(&program, context)
    }
}
