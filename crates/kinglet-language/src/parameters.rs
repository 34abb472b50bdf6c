//! The parameters of a pipe or of one query.

use kinglet_template::{Template, Value};

use crate::document::Document;
use crate::tag::is_template;

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// As declared, such as `Int32`.
    pub type_name: String,
    /// What it is when the request does not give it.
    pub default: Option<Value>,
    /// Whether the request must give it.
    pub required: bool,
    /// Keyword arguments of the declaration, such as `description`.
    pub attributes: Vec<(String, Value)>,
}

/// The parameters of the queries in a text, each once, in the order of their first use. Of several uses, the
/// first that declares a default counts, or else the first that is not a mention alone.
pub fn parameters(document: &Document<'_>) -> Vec<Parameter> {
    let mut out: Vec<(Parameter, usize)> = Vec::new();
    // A parameter that a template asks about may be left out.
    let mut asked: Vec<String> = Vec::new();
    for query in document.queries().into_iter().filter(|query| is_template(&query.sql)) {
        let (template, _) = Template::parse(&query.sql);
        let named =
            template.parameters().iter().filter(|used| used.literal_name.is_none() && !used.name.is_empty());
        for used in named {
            let default = used.default.clone().or_else(|| used.attribute("default").cloned());
            if used.used_in_function_call && used.required().is_none() {
                asked.push(used.name.clone());
            }
            let rank = match (&default, used.used_in_function_call) {
                (Some(_), _) => 2,
                (None, false) => 1,
                (None, true) => 0,
            };
            let attributes =
                used.attributes.iter().filter(|(name, _)| name != "default" && name != "required");
            let found = Parameter {
                name: used.name.clone(),
                type_name: used.type_name.clone(),
                required: used.required().unwrap_or(default.is_none() && !used.used_in_function_call),
                default,
                attributes: attributes.cloned().collect(),
            };
            match out.iter_mut().find(|(known, _)| known.name == found.name) {
                None => out.push((found, rank)),
                Some(known) if known.1 < rank => {
                    // What an earlier use says is kept where this one is silent.
                    let mut merged = found;
                    for (name, value) in &known.0.attributes {
                        if !merged.attributes.iter().any(|(known, _)| known == name) {
                            merged.attributes.push((name.clone(), value.clone()));
                        }
                    }
                    *known = (merged, rank);
                }
                Some(known) => {
                    for (name, value) in found.attributes {
                        if !known.0.attributes.iter().any(|(known, _)| *known == name) {
                            known.0.attributes.push((name, value));
                        }
                    }
                }
            }
        }
    }
    let optional = |mut parameter: Parameter| {
        parameter.required &= !asked.contains(&parameter.name);
        parameter
    };
    out.into_iter().map(|(parameter, _)| optional(parameter)).collect()
}
