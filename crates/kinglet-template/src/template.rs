//! A parsed template.

use kinglet_diagnostic::{Diagnostic, Span};

use crate::source_map::{Origin, SourceMap};
use crate::tree::Node;
use crate::{Context, ErrorKind, Parameter, RenderError, Rendered, scan};

/// A parsed template: knows its parameters, renders to SQL.
///
/// Spans are byte offsets into the text given to [`Template::parse`].
#[derive(Clone, Debug)]
pub struct Template {
    source: String,
    nodes: Vec<Node>,
    parameters: Vec<Parameter>,
    error: Option<RenderError>,
}

impl Template {
    /// Whether a query is a template: its first character that is not white space is `%`.
    pub fn is_template(sql: &str) -> bool {
        sql.trim_start().starts_with('%')
    }

    /// Reads a query, with or without the leading `%`. Never fails: what is wrong is reported, and such a template
    /// has no parameters and renders to its first error.
    pub fn parse(sql: &str) -> (Self, Vec<Diagnostic>) {
        Self::parse_named(sql, "<string>")
    }

    /// As [`Template::parse`], with the name of the node for error texts.
    pub fn parse_named(sql: &str, node: &str) -> (Self, Vec<Diagnostic>) {
        let parsed = match sql.find('%') {
            Some(at) if Self::is_template(sql) => Self::parse_at(sql, at + 1, node),
            _ => Self::parse_at(sql, 0, node),
        };
        let found = parsed.error.iter().map(RenderError::to_diagnostic).collect();
        (parsed, found)
    }

    /// Reads the text after the leading `%`; a `%` in front of it is literal text.
    pub fn parse_body(body: &str, node: &str) -> (Self, Vec<Diagnostic>) {
        let parsed = Self::parse_at(body, 0, node);
        let found = parsed.error.iter().map(RenderError::to_diagnostic).collect();
        (parsed, found)
    }

    fn parse_at(source: &str, start: usize, node: &str) -> Self {
        let (nodes, error) = match scan::scan(source, start, node) {
            Ok(nodes) => (nodes, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        Self { source: source.to_owned(), nodes, parameters: Vec::new(), error }
    }

    /// Uses of parameters, in Tinybird's order: one entry for each expression that names the parameter.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// What is wrong with the template text, if anything.
    pub fn error(&self) -> Option<&RenderError> {
        self.error.as_ref()
    }

    /// Renders the template to SQL.
    ///
    /// # Errors
    ///
    /// A [`RenderError`] with Tinybird's text: the template is wrong, a parameter is missing or has the wrong
    /// type, the template itself asked for an error, or a limit was reached.
    pub fn render(&self, context: &Context) -> Result<Rendered, RenderError> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let mut rendered = Rendered::default();
        let mut map = SourceMap::default();
        for node in &self.nodes {
            let Node::Text { span, .. } = node else {
                return Err(RenderError::new(
                    ErrorKind::Evaluation,
                    Span::at(0),
                    "expressions are not evaluated yet",
                ));
            };
            let start = rendered.sql.len();
            rendered.sql.push_str(span.text(&self.source));
            map.push(Span::new(start, rendered.sql.len()), *span, Origin::Text);
            if rendered.sql.len() > context.limits.output_bytes {
                return Err(RenderError::new(ErrorKind::Limit, *span, "the rendered query is too long"));
            }
        }
        rendered.source_map = map;
        Ok(rendered)
    }
}
