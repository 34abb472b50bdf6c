//! What a template says about its parameters.

use kinglet_diagnostic::Span;

use crate::Value;

/// One use of a parameter in a template, with what the template declares about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name of the parameter; the literal's text where the template names it by a literal.
    pub name: String,
    /// The literal used in place of a name, where it is not a string: such a declaration is refused when a pipe
    /// is deployed.
    pub literal_name: Option<Value>,
    /// Declared type, such as `String`, `Int32` or `Array(Date)`; `String` where nothing is declared.
    pub type_name: String,
    /// Declared default.
    pub default: Option<Value>,
    /// Named only inside a helper function such as `defined` or `column`: never asked for as required.
    pub used_in_function_call: bool,
    /// Keyword arguments as written, in order: `description`, `required`, `example`, `format`, `enum`, ...
    pub attributes: Vec<(String, Value)>,
    /// Where in the template.
    pub span: Span,
    /// Whether a typed function declares it.
    pub(crate) declared: bool,
}

impl Parameter {
    /// The keyword argument `name`.
    pub fn attribute(&self, name: &str) -> Option<&Value> {
        self.attributes.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// `description=`, where it is text.
    pub fn description(&self) -> Option<&str> {
        self.attribute("description")?.as_str()
    }

    /// `required=`, where it is a truth value.
    pub fn required(&self) -> Option<bool> {
        match self.attribute("required")? {
            Value::Bool(required) => Some(*required),
            _ => None,
        }
    }

    /// `format=`, where it is text.
    pub fn format(&self) -> Option<&str> {
        self.attribute("format")?.as_str()
    }

    /// `example=`.
    pub fn example(&self) -> Option<&Value> {
        self.attribute("example")
    }

    /// `enum=`, where it is a list.
    pub fn enum_values(&self) -> Option<&[Value]> {
        match self.attribute("enum")? {
            Value::List(values) => Some(values),
            _ => None,
        }
    }
}
