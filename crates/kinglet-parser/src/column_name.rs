//! The name ClickHouse gives a column of a result, from the expression as written.

use crate::ast::{
    Expr, ExprKind, FrameBound, FrameUnit, Function, NullsAction, NullsOrder, Over, Syntax, Value, WindowSpec,
};
use crate::print::{MAX_BETWEEN, between_depth, write_value};

/// The name of the column that `expr` makes: its alias, or a text of function calls such as
/// `plus(a, 1)`.
///
/// The name is taken from the text alone. What only a binder knows is left to
/// [`column_name_with`]: a qualified column is named without its table where that is unambiguous,
/// subqueries are numbered, `EXISTS` may be a constant.
pub fn column_name(expr: &Expr) -> String {
    column_name_with(expr, &mut |_| None)
}

/// As [`column_name`], but `resolve` is asked for the name of every sub-expression without alias,
/// from the outside in, and what it answers is taken.
pub fn column_name_with(expr: &Expr, resolve: &mut dyn FnMut(&Expr) -> Option<String>) -> String {
    let mut namer = Namer { out: String::new(), resolve, floats: false };
    namer.expr(expr);
    namer.out
}

/// The name of the column that `expr` would make had it no alias itself; aliases inside it count.
pub fn column_name_without_alias(expr: &Expr) -> String {
    let mut namer = Namer { out: String::new(), resolve: &mut |_| None, floats: false };
    namer.body(expr);
    namer.out
}

struct Namer<'a> {
    out: String,
    resolve: &'a mut dyn FnMut(&Expr) -> Option<String>,
    /// Whether whole numbers are shown as floats, as in an array that holds a float.
    floats: bool,
}

impl Namer<'_> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.alias {
            Some(alias) => self.push(&alias.name),
            None => match (self.resolve)(expr) {
                Some(name) => self.push(&name),
                None => self.body(expr),
            },
        }
    }

    fn list<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) {
        for (index, expr) in exprs.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.expr(expr);
        }
    }

    fn body(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(literal) => match literal.value {
                Value::UInt64(number) if self.floats => {
                    write_value(&mut self.out, &Value::Float64(number as f64));
                }
                Value::Int64(number) if self.floats => {
                    write_value(&mut self.out, &Value::Float64(number as f64));
                }
                ref value => write_value(&mut self.out, value),
            },
            ExprKind::Identifier(path) => self.push(&path.full_name()),
            ExprKind::Function(function) => self.function(function),
            ExprKind::Asterisk(_) | ExprKind::Columns(_) | ExprKind::Settings(_) => {
                self.push(&crate::print::expr_to_string(expr));
            }
            ExprKind::Subquery(_) => self.push("_subquery_1"),
            ExprKind::Parameter(parameter) => {
                self.push("{");
                self.push(&parameter.name.name);
                self.push(":");
                self.push(&crate::print::data_type_to_string(&parameter.data_type));
                self.push("}");
            }
            ExprKind::Error => {}
        }
    }

    fn function(&mut self, function: &Function) {
        match (function.syntax, function.arguments.as_slice()) {
            (Syntax::Lambda, [parameters, body]) => self.lambda(parameters, body),
            (Syntax::Between, [value, low, high]) => {
                self.pair("and", ["greaterOrEquals", "lessOrEquals"], value, low, high);
            }
            (Syntax::NotBetween, [value, low, high]) => {
                self.pair("or", ["less", "greater"], value, low, high);
            }
            (_, arguments) => match function.name.name.as_str() {
                "array" => self.array(arguments),
                "tuple" => self.brackets("(", arguments, ")"),
                _ => self.call(function),
            },
        }
    }

    /// An array of numbers is an array of floats when one of them is.
    fn array(&mut self, elements: &[Expr]) {
        let outer = self.floats;
        self.floats = elements.iter().all(is_number_or_array) && (outer || elements.iter().any(holds_float));
        self.brackets("[", elements, "]");
        self.floats = outer;
    }

    fn brackets(&mut self, open: &str, elements: &[Expr], close: &str) {
        self.push(open);
        self.list(elements);
        self.push(close);
    }

    /// `lambda(tuple(x, y), body)`: here alone the tuple is written out.
    fn lambda(&mut self, parameters: &Expr, body: &Expr) {
        self.push("lambda(tuple");
        self.brackets("(", parameters.as_function().map_or(&[], |tuple| tuple.arguments.as_slice()), "), ");
        self.expr(body);
        self.push(")");
    }

    fn pair(&mut self, name: &str, comparisons: [&str; 2], value: &Expr, low: &Expr, high: &Expr) {
        if between_depth(value) > MAX_BETWEEN {
            self.push(if name == "and" { "between(" } else { "notBetween(" });
            self.list([value, low, high]);
            return self.push(")");
        }
        let [first, second] = comparisons;
        self.push(name);
        self.push("(");
        self.push(first);
        self.push("(");
        self.list([value, low]);
        self.push("), ");
        self.push(second);
        self.push("(");
        self.list([value, high]);
        self.push("))");
    }

    fn call(&mut self, function: &Function) {
        self.push(&function.effective_name());
        if let Some(parameters) = &function.parameters {
            self.push("(");
            self.list(parameters);
            self.push(")");
        }
        self.push("(");
        if !is_count_of_all(function) {
            self.list(function.effective_arguments());
        }
        self.push(")");
        match function.nulls {
            Some(NullsAction::Respect) => self.push(" RESPECT NULLS"),
            Some(NullsAction::Ignore) => self.push(" IGNORE NULLS"),
            None => {}
        }
        match &function.over {
            Some(Over::Name(name)) => {
                self.push(" OVER ");
                self.push(&name.name);
            }
            Some(Over::Window(window)) => {
                self.push(" OVER (");
                self.window(window);
                self.push(")");
            }
            None => {}
        }
    }

    fn window(&mut self, window: &WindowSpec) {
        let mut space = "";
        if let Some(parent) = &window.parent {
            self.push(&parent.name);
            space = " ";
        }
        if !window.partition_by.is_empty() {
            self.push(space);
            self.push("PARTITION BY ");
            self.list(&window.partition_by);
            space = " ";
        }
        if !window.order_by.is_empty() {
            self.push(space);
            self.push("ORDER BY ");
            for (index, item) in window.order_by.iter().enumerate() {
                self.push(if index > 0 { ", " } else { "" });
                self.expr(&item.expr);
                self.push(if item.descending { " DESC" } else { " ASC" });
                match item.nulls {
                    Some(NullsOrder::First) => self.push(" NULLS FIRST"),
                    Some(NullsOrder::Last) => self.push(" NULLS LAST"),
                    None => {}
                }
            }
            space = " ";
        }
        if let Some(frame) = &window.frame {
            self.push(space);
            self.push(match frame.unit {
                FrameUnit::Rows => "ROWS BETWEEN ",
                FrameUnit::Range => "RANGE BETWEEN ",
                FrameUnit::Groups => "GROUPS BETWEEN ",
            });
            self.bound(&frame.start);
            self.push(" AND ");
            self.bound(&frame.end);
        }
    }

    fn bound(&mut self, bound: &FrameBound) {
        match bound {
            FrameBound::UnboundedPreceding => self.push("UNBOUNDED PRECEDING"),
            FrameBound::UnboundedFollowing => self.push("UNBOUNDED FOLLOWING"),
            FrameBound::CurrentRow => self.push("CURRENT ROW"),
            FrameBound::Preceding(offset) => {
                self.expr(offset);
                self.push(" PRECEDING");
            }
            FrameBound::Following(offset) => {
                self.expr(offset);
                self.push(" FOLLOWING");
            }
        }
    }
}

/// `count(*)` is named `count()`.
fn is_count_of_all(function: &Function) -> bool {
    matches!(function.arguments.as_slice(), [Expr { kind: ExprKind::Asterisk(_), .. }])
        && function.name.name.eq_ignore_ascii_case("count")
        && !function.distinct
        && function.filter.is_none()
}

fn array_elements(expr: &Expr) -> Option<&[Expr]> {
    let function = expr.as_function()?;
    (function.syntax == Syntax::Array).then_some(function.arguments.as_slice())
}

fn is_number_or_array(expr: &Expr) -> bool {
    if expr.alias.is_some() {
        return false;
    }
    match (expr.as_literal(), array_elements(expr)) {
        (Some(literal), _) => !matches!(literal.value, Value::String(_) | Value::Bool(_)),
        (None, Some(elements)) => elements.iter().all(is_number_or_array),
        (None, None) => false,
    }
}

fn holds_float(expr: &Expr) -> bool {
    match (expr.as_literal(), array_elements(expr)) {
        (Some(literal), _) => matches!(literal.value, Value::Float64(_)),
        (None, elements) => elements.is_some_and(|elements| elements.iter().any(holds_float)),
    }
}
