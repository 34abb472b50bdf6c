//! Trees to text, in the one-line form of ClickHouse's `formatQuerySingleLine`.

mod alter;
mod create;
mod expr;
mod query;
mod statement;
mod text;

use crate::ast::{DataType, DataTypeArgument, Expr, Ident, Path, Query, Quote, Setting, Statement};

pub(crate) use expr::{MAX_BETWEEN, between_depth, is_literal_array, is_literal_tuple};
pub(crate) use text::{quote_string, write_float, write_value};

/// The statement as ClickHouse's `formatQuerySingleLine` prints it.
pub fn statement_to_string(statement: &Statement) -> String {
    let mut printer = Printer::default();
    printer.statement(statement);
    printer.out
}

/// The query as ClickHouse prints it, on one line.
pub fn query_to_string(query: &Query) -> String {
    let mut printer = Printer::default();
    printer.query(query);
    printer.out
}

/// The expression as ClickHouse prints it, on one line.
pub fn expr_to_string(expr: &Expr) -> String {
    let mut printer = Printer::default();
    printer.expr(expr, expr::Frame::TOP);
    printer.out
}

/// The data type as ClickHouse prints it. Names keep the case they were written in.
pub fn data_type_to_string(data_type: &DataType) -> String {
    let mut printer = Printer::default();
    printer.data_type(data_type);
    printer.out
}

pub(crate) fn settings_to_string(settings: &[Setting]) -> String {
    let mut printer = Printer::default();
    printer.settings(settings);
    printer.out
}

/// Whether a name must be quoted to be read as an identifier by ClickHouse in any place.
pub fn needs_quotes(name: &str) -> bool {
    let mut bytes = name.bytes();
    let starts_well = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let is_word = starts_well && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    const RESERVED: [&str; 14] = [
        "distinct", "all", "some", "table", "select", "from", "values", "top", "null", "true", "false",
        "inf", "infinity", "nan",
    ];
    !is_word || RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name))
}

/// Text that grows.
#[derive(Default)]
pub(crate) struct Printer {
    pub(crate) out: String,
    /// Whether the arguments of a call with several are printed, where `x IN set` gets parentheses.
    in_arguments: bool,
}

impl Printer {
    pub(crate) fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Prints items with `, ` between them.
    pub(crate) fn list<T>(&mut self, items: &[T], mut print: impl FnMut(&mut Self, &T, usize)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            print(self, item, index);
        }
    }

    /// Prints a name, in backticks where needed.
    pub(crate) fn name(&mut self, name: &str) {
        if needs_quotes(name) {
            self.quoted_name(name);
        } else {
            self.push(name);
        }
    }

    /// Prints a name in backticks.
    pub(crate) fn quoted_name(&mut self, name: &str) {
        text::quote(&mut self.out, name.as_bytes(), b'`');
    }

    pub(crate) fn ident(&mut self, ident: &Ident) {
        match ident.quote {
            Quote::Parameter => {
                self.push("{");
                self.push(&ident.name);
                self.push(":Identifier}");
            }
            Quote::JsonType => {
                self.push(":");
                self.name_of_json_part(&ident.name);
            }
            Quote::JsonExact => {
                self.push("@");
                self.name_of_json_part(&ident.name);
            }
            Quote::JsonObject => {
                self.push("^");
                self.name_of_json_part(&ident.name);
            }
            _ => self.name(&ident.name),
        }
    }

    fn name_of_json_part(&mut self, name: &str) {
        self.name(name);
    }

    /// Prints a name whose dots are separators.
    pub(crate) fn dotted(&mut self, name: &str) {
        for (index, part) in name.split('.').enumerate() {
            self.push(if index > 0 { "." } else { "" });
            self.name(part);
        }
    }

    /// Prints a dotted name.
    pub(crate) fn path(&mut self, path: &Path) {
        for (index, part) in path.parts.iter().enumerate() {
            if index > 0 {
                self.push(".");
            }
            self.ident(part);
        }
    }

    pub(crate) fn string(&mut self, text: &str) {
        quote_string(&mut self.out, text.as_bytes());
    }

    pub(crate) fn data_type(&mut self, data_type: &DataType) {
        self.push(&data_type.name);
        if let Some(arguments) = data_type.arguments.as_ref().filter(|arguments| !arguments.is_empty()) {
            self.push("(");
            let enumeration = data_type.name.to_ascii_lowercase().starts_with("enum");
            self.list(arguments, |printer, argument, _| printer.data_type_argument(argument, enumeration));
            self.push(")");
        }
    }

    fn data_type_argument(&mut self, argument: &DataTypeArgument, _enumeration: bool) {
        match argument {
            DataTypeArgument::Type(data_type) => self.data_type(data_type),
            DataTypeArgument::Named(name, data_type) => {
                self.name(&name.name);
                self.push(" ");
                self.data_type(data_type);
            }
            DataTypeArgument::Expr(expr) => self.expr(expr, expr::Frame::TOP),
            DataTypeArgument::Skip(name) => {
                self.push("SKIP ");
                self.dotted(&name.name);
            }
            DataTypeArgument::SkipRegexp(pattern) => {
                self.push("SKIP REGEXP ");
                self.string(pattern);
            }
        }
    }
}
