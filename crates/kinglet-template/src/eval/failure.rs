//! What stopped a rendering, as the error that is told.

use kinglet_diagnostic::Span;

use super::Evaluator;
use crate::object::exception::{Cause, Raised, Stop, TEMPLATE_EXCEPTION};
use crate::python::unescape;
use crate::{ErrorKind, RenderError};

const NOT_CALLABLE: &str =
    "Template Syntax Error: wrong syntax, you might be using a not valid function inside a control block";

const MISSING_ARGUMENT: &str =
    "Template Syntax Error: one of the transform type functions is missing an argument";

const STRING_INDEX: &str = "Template Syntax Error: String index out of range. Check that string parameters have values \
                            before accessing specific characters (e.g., param[0]). Provide default values or add \
                            length checks in your template.";

impl Evaluator<'_> {
    /// The error for what stopped the rendering.
    pub(super) fn failure(&self, stop: Stop) -> RenderError {
        let raised = match stop {
            Stop::Raised(raised) => *raised,
            Stop::Limit(what) => {
                let help = "; split it or ask for less";
                return RenderError::new(
                    ErrorKind::Limit,
                    Span::at(self.program.start),
                    format!("{what}{help}"),
                );
            }
        };
        let span = raised.span.unwrap_or(Span::at(self.program.start));
        match &raised.cause {
            Cause::Custom { body, code } => {
                let kind = ErrorKind::CustomError { code: code.clone(), body: body.clone() };
                RenderError::new(kind, span, raised.message)
            }
            Cause::MissingParameter => self.missing_parameter(span),
            Cause::Error => RenderError::new(ErrorKind::Error, span, self.told(&raised)),
            Cause::Failure => RenderError::new(ErrorKind::Evaluation, span, self.told(&raised)),
        }
    }

    /// Every parameter that has no default, unless it is only mentioned in a helper function.
    fn missing_parameter(&self, span: Span) -> RenderError {
        let names = self.program.required.to_vec();
        let mut message = String::from("Template Syntax Error: Required parameter is not defined");
        let listed = match names.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            [before @ .., last] => Some(format!("{} and {last}", before.join(", "))),
        };
        if let Some(listed) = listed {
            message.push_str(&format!(
                ". Check the parameters {listed}. Please provide a value or set a default value in the pipe code."
            ));
        }
        RenderError::new(ErrorKind::MissingParameter { names }, span, message)
    }

    fn told(&self, raised: &Raised) -> String {
        let text = raised.text();
        if text.contains("not callable") || text.contains("unhashable type") {
            return NOT_CALLABLE.to_owned();
        }
        if text.contains("missing") && text.contains("required positional argument") {
            return MISSING_ARGUMENT.to_owned();
        }
        match raised.class {
            TEMPLATE_EXCEPTION => text,
            "KeyError" => format!(
                "Template Syntax Error: Missing key '{}' while rendering the template. Ensure every object accessed \
                 in the template has this key.",
                unquoted(&text)
            ),
            "IndexError" if text.starts_with("string index") => STRING_INDEX.to_owned(),
            "AttributeError" if text == "'str' object has no attribute 'get'" => format!(
                "Template Syntax Error: {text}. Make sure you're using an object/dictionary where trying to use .get()"
            ),
            "IndexError" | "AttributeError" | "NameError" | "UnboundLocalError" => {
                format!("Template Syntax Error: {text}")
            }
            "TypeError" if self.context.variables.contains_key("length") => {
                "Template Syntax Error: length cannot be used as a variable name or as a function inside of a template"
                    .to_owned()
            }
            _ => text,
        }
    }
}

/// The text that a quoted text shows; anything else as it is.
fn unquoted(shown: &str) -> String {
    let inner = ['\'', '"'].iter().find_map(|quote| shown.strip_prefix(*quote)?.strip_suffix(*quote));
    match inner.and_then(unescape) {
        Some(text) => text.to_string(),
        None => shown.to_owned(),
    }
}
