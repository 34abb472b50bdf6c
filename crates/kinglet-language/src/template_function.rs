//! The functions of the template language, for completion and help.

/// A function of the template language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateFunction {
    /// Its name.
    pub name: &'static str,
    /// Its arguments, as in `name, default`.
    pub arguments: &'static str,
    /// What it does, in one or two sentences.
    pub summary: &'static str,
}

const fn of(name: &'static str, arguments: &'static str, summary: &'static str) -> TemplateFunction {
    TemplateFunction { name, arguments, summary }
}

const TYPED: &str = "name, default=…, description='…', required=True";
const NUMBER: &str = "A parameter that is a whole number; printed as a number of this type.";
const DIFFERENCE: &str = "date_1, date_2, date_format='%Y-%m-%d %H:%M:%S'";

/// All of them, by name.
pub const FUNCTIONS: &[TemplateFunction] = &[
    of(
        "Array",
        "name, 'type', default='a,b', description='…'",
        "A parameter that is a list, given as text with commas; printed as an array.",
    ),
    of("Boolean", TYPED, "A parameter that is true or false; printed as 1 or 0."),
    of("Date", TYPED, "A parameter that is a date, YYYY-MM-DD; printed in quotes."),
    of("DateTime", TYPED, "A parameter that is a time, YYYY-MM-DD hh:mm:ss; printed in quotes."),
    of("DateTime64", TYPED, "A parameter that is a time with fractions of a second; printed in quotes."),
    of("Float32", TYPED, "A parameter that is a number with a fraction."),
    of("Float64", TYPED, "A parameter that is a number with a fraction."),
    of("Int", TYPED, NUMBER),
    of("Int128", TYPED, NUMBER),
    of("Int16", TYPED, NUMBER),
    of("Int256", TYPED, NUMBER),
    of("Int32", TYPED, NUMBER),
    of("Int64", TYPED, NUMBER),
    of("Int8", TYPED, NUMBER),
    of("JSON", TYPED, "A parameter that is a JSON document; its members are read with brackets."),
    of("String", TYPED, "A parameter that is a text; printed in quotes and escaped."),
    of("UInt128", TYPED, NUMBER),
    of("UInt16", TYPED, NUMBER),
    of("UInt256", TYPED, NUMBER),
    of("UInt32", TYPED, NUMBER),
    of("UInt64", TYPED, NUMBER),
    of("UInt8", TYPED, NUMBER),
    of("activate", "feature", "Turns a feature of the query on."),
    of("backend_hint", "hint", "A hint for where the query runs."),
    of("cache_ttl", "'5s'", "How long an answer may be reused: 5s, 1m, 5m, 30m or 1h."),
    of("column", "name, default", "A column whose name comes from a parameter; printed as an identifier."),
    of(
        "columns",
        "name, default, fn=None",
        "Columns whose names come from a parameter, separated by commas; with fn, each inside that function.",
    ),
    of("custom_error", "body, code", "Ends the request with this body and this status code."),
    of("date_diff_in_days", DIFFERENCE, "Whole days between two dates."),
    of("date_diff_in_hours", DIFFERENCE, "Whole hours between two times."),
    of("date_diff_in_minutes", DIFFERENCE, "Whole minutes between two times."),
    of("date_diff_in_seconds", DIFFERENCE, "Seconds between two times."),
    of("day_diff", "date_1, date_2", "Whole days between two dates."),
    of("defined", "name", "Whether the request gives this parameter."),
    of("disable", "feature", "Turns a feature of the query off."),
    of(
        "enumerate_with_last",
        "items",
        "Pairs of whether an item is the last, and the item: for separators in a loop.",
    ),
    of("error", "message", "Ends the request with this message and status 400."),
    of("max_threads", "number", "How many threads the query may use."),
    of(
        "split_to_array",
        "name, default='a,b', separator=','",
        "A list of the parts of a parameter that is a text with commas.",
    ),
    of(
        "sql_and",
        "column__op=value, …",
        "Conditions joined by AND; those whose value is not given are left out. op: in, not_in, gt, lt, gte, lte.",
    ),
    of("sql_unescape", "text, what", "A text in quotes in which `what` is not escaped."),
    of("symbol", "name", "An identifier whose name comes from a value."),
    of("table", "name", "A table whose name comes from a value."),
    of("tb_secret", "name", "A secret of the workspace."),
    of("tb_var", "name", "A variable of the workspace."),
];

/// The function of a name.
pub(crate) fn find(name: &str) -> Option<&'static TemplateFunction> {
    let at = FUNCTIONS.binary_search_by(|function| function.name.cmp(name)).ok()?;
    FUNCTIONS.get(at)
}

impl TemplateFunction {
    /// The function with its arguments.
    pub fn signature(&self) -> String {
        [self.name, "(", self.arguments, ")"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_and_known_to_the_renderer() {
        use kinglet_template::{Context, Template};
        for function in FUNCTIONS {
            assert_eq!(find(function.name), Some(function));
            assert!(function.summary.ends_with('.'), "{}", function.name);
            let (template, _) = Template::parse(&format!("% {{{{ {} }}}}", function.name));
            let rendered = template.render(&Context::default());
            assert!(rendered.is_ok_and(|rendered| rendered.sql.contains("function")), "{}", function.name);
        }
        assert_eq!(find("defind"), None);
    }
}
