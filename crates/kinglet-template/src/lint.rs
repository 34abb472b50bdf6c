//! Advice about templates that work and probably do not do what their author wants.

use kinglet_diagnostic::{Diagnostic, Span};

use crate::python::ast::{Expr, ExprKind};
use crate::tree::{Block, Node};
use crate::{Parameter, names};

/// Keyword arguments that typed functions take.
const KEYWORDS: [&str; 8] =
    ["default", "defined", "required", "description", "enum", "example", "format", "_type"];

/// Functions whose value prints as a whole SQL expression, quotes included.
const PRINTED_WHOLE: [&str; 10] =
    ["String", "Date", "DateTime", "DateTime64", "Int32", "Int64", "UInt32", "UInt64", "Float64", "Array"];

/// Advice about a template.
pub(crate) fn advice(source: &str, nodes: &[Node], parameters: &[Parameter]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut quotes = Quotes { source, state: State::Code, found: &mut found };
    quotes.nodes(nodes);
    found.extend(parameters.iter().filter_map(about_parameter));
    let mut ordered: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for diagnostic in found {
        let at = ordered.partition_point(|known| known.span.start <= diagnostic.span.start);
        ordered.insert(at, diagnostic);
    }
    ordered
}

fn about_parameter(parameter: &Parameter) -> Option<Diagnostic> {
    let name = &parameter.name;
    if parameter.literal_name.is_some() || name.is_empty() {
        let message = format!("\"{name}\" can not be used as a variable name");
        return Some(
            Diagnostic::warning("template/parameter-name", parameter.span, message)
                .with_help("name a parameter; a pipe with a literal in this place cannot be deployed"),
        );
    }
    if names::is_reserved(name) {
        let message = format!("the API uses a parameter called `{name}` itself");
        return Some(
            Diagnostic::warning("template/reserved-name", parameter.span, message)
                .with_help("give the parameter another name"),
        );
    }
    let (unknown, _) = parameter.attributes.iter().find(|(key, _)| !KEYWORDS.contains(&key.as_str()))?;
    let message = format!("`{}` takes no argument called `{unknown}`", parameter.type_name);
    Some(
        Diagnostic::warning("template/unknown-argument", parameter.span, message)
            .with_help("remove it: the template fails when this is evaluated"),
    )
}

/// Where in SQL a position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Code,
    /// Inside of a string that started at this byte.
    Quoted(u32),
    LineComment,
    BlockComment,
}

/// Follows the quotes of the SQL around the tags.
struct Quotes<'a, 'f> {
    source: &'a str,
    state: State,
    found: &'f mut Vec<Diagnostic>,
}

impl Quotes<'_, '_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text { span, .. } => self.text(*span),
                Node::Expression { code, value } => self.expression(*code, value),
                Node::Set(_) | Node::Jump { .. } => {}
                Node::Block(block) => self.block(block),
            }
        }
    }

    /// Each branch starts where the block started; what follows does too.
    fn block(&mut self, block: &Block) {
        let before = self.state;
        self.nodes(&block.body);
        for section in &block.sections {
            self.state = before;
            self.nodes(&section.body);
        }
        self.state = before;
    }

    fn text(&mut self, span: Span) {
        let mut bytes = span.text(self.source).bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let next = bytes.peek().map(|(_, next)| *next);
            self.state = match (self.state, byte, next) {
                (State::Code, b'\'', _) => State::Quoted(span.start + at as u32),
                (State::Code, b'-', Some(b'-')) => State::LineComment,
                (State::Code, b'/', Some(b'*')) => State::BlockComment,
                (State::Quoted(_), b'\'', Some(b'\'')) | (State::Quoted(_), b'\\', Some(_)) => {
                    bytes.next();
                    self.state
                }
                (State::Quoted(_), b'\'', _) | (State::LineComment, b'\n', _) => State::Code,
                (State::BlockComment, b'*', Some(b'/')) => {
                    bytes.next();
                    State::Code
                }
                (state, ..) => state,
            };
        }
    }

    fn expression(&mut self, code: Span, value: &Expr) {
        let State::Quoted(start) = self.state else { return };
        let whole = match &value.kind {
            ExprKind::Name(_) => true,
            ExprKind::Call { func, .. } => {
                matches!(&func.kind, ExprKind::Name(name) if PRINTED_WHOLE.contains(&&**name))
            }
            _ => false,
        };
        if whole {
            let message = "the value is quoted when it is printed, so that it ends this string";
            self.found.push(
                Diagnostic::warning("template/quoted-parameter", code, message)
                    .with_label(Span::new(start as usize, start as usize + 1), "the string starts here")
                    .with_help("remove the quotes, or join the parts with concat()"),
            );
        }
    }
}
