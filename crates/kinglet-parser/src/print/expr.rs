//! Expressions as ClickHouse prints them.

use super::Printer;
use crate::ast::{
    Asterisk, Columns, ColumnsPattern, ExceptColumns, Expr, ExprKind, Function, NullsAction, Operator, Over,
    Syntax, Transformer, Value,
};

/// What surrounds an expression that is printed.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    /// Whether it is an operand, so that operators need parentheses.
    operand: bool,
    /// Position in a list: a lambda after the first place needs parentheses.
    index: usize,
    /// Whether parentheses stand around it already: its own are left out.
    bare: bool,
}

impl Frame {
    /// An expression of its own.
    pub(crate) const TOP: Frame = Frame { operand: false, index: 0, bare: false };
    pub(crate) const OPERAND: Frame = Frame { operand: true, index: 0, bare: false };

    /// An element of a list.
    pub(crate) fn element(index: usize) -> Frame {
        Frame { index, ..Frame::TOP }
    }

    /// The same, as an operand or not.
    pub(crate) fn as_operand(self, operand: bool) -> Frame {
        Frame { operand, ..self }
    }

    fn bare(self) -> Frame {
        Frame { bare: true, ..self }
    }
}

/// How deeply `BETWEEN`s may be nested in each other before they are no longer written out: each
/// level doubles the text.
pub(crate) const MAX_BETWEEN: usize = 8;

impl Printer {
    /// Prints expressions separated by commas.
    pub(crate) fn exprs(&mut self, exprs: &[Expr]) {
        self.list(exprs, |printer, expr, index| printer.expr(expr, Frame::element(index)));
    }

    pub(crate) fn expr(&mut self, expr: &Expr, frame: Frame) {
        let Some(alias) = &expr.alias else { return self.in_own_parentheses(expr, frame) };
        let around = frame.operand || expr.parenthesized && matches!(expr.kind, ExprKind::Subquery(_));
        if around {
            self.push("(");
            self.body(expr, Frame::TOP.bare());
        } else {
            self.in_own_parentheses(expr, frame);
        }
        self.push(" AS ");
        self.name(&alias.name);
        if around {
            self.push(")");
        }
    }

    fn in_own_parentheses(&mut self, expr: &Expr, frame: Frame) {
        if !expr.parenthesized || frame.bare || has_own_brackets(expr) {
            return self.body(expr, frame);
        }
        self.push("(");
        self.body(expr, Frame::TOP.bare());
        self.push(")");
    }

    fn body(&mut self, expr: &Expr, frame: Frame) {
        match &expr.kind {
            ExprKind::Literal(literal) => super::write_value(&mut self.out, &literal.value),
            ExprKind::Identifier(path) => self.path(path),
            ExprKind::Function(function) => self.function(function, frame),
            ExprKind::Asterisk(asterisk) => self.asterisk(asterisk, frame),
            ExprKind::Columns(columns) => self.columns(columns, frame),
            ExprKind::Subquery(query) => {
                self.push("(");
                self.query(query);
                self.push(")");
            }
            ExprKind::Parameter(parameter) => {
                self.push("{");
                self.push(&parameter.name.name);
                self.push(":");
                self.data_type(&parameter.data_type);
                self.push("}");
            }
            ExprKind::Settings(settings) => {
                self.push("SETTINGS ");
                self.settings(settings);
            }
            ExprKind::Error => self.push("NULL"),
        }
    }

    /// Prints `body`, in parentheses where it is an operand.
    fn grouped(&mut self, frame: Frame, body: impl FnOnce(&mut Self)) {
        if frame.operand {
            self.push("(");
        }
        body(self);
        if frame.operand {
            self.push(")");
        }
    }

    fn function(&mut self, function: &Function, frame: Frame) {
        match (function.syntax, function.arguments.as_slice()) {
            (Syntax::Operator(operator), arguments) => self.operator(function, operator, arguments, frame),
            (Syntax::Array, arguments) => {
                self.push("[");
                self.collection(arguments, is_literal_array);
                self.push("]");
            }
            (Syntax::Tuple | Syntax::IntervalText, arguments) if arguments.len() > 1 => {
                self.push("(");
                self.collection(arguments, is_literal_tuple);
                self.push(")");
            }
            (Syntax::Index, [array, index]) => self.grouped(frame, |printer| {
                printer.expr(array, Frame::OPERAND);
                printer.push("[");
                printer.expr(index, Frame::TOP);
                printer.push("]");
            }),
            (Syntax::Member, [tuple, index]) if is_dot_access(tuple, index) => {
                self.grouped(frame, |printer| printer.member(tuple, index));
            }
            // A lambda that the parser made: ClickHouse prints it as the call that it is.
            (Syntax::Lambda, [parameters, _])
                if parameters.as_function().is_some_and(|tuple| tuple.syntax == Syntax::Call) =>
            {
                self.call_as(function, frame);
            }
            (Syntax::Lambda, [parameters, body]) => {
                let in_parentheses = Frame { operand: frame.operand || frame.index > 0, ..frame };
                self.grouped(in_parentheses, |printer| printer.lambda(parameters, body));
            }
            (Syntax::Between | Syntax::NotBetween, [value, low, high]) => {
                self.grouped(frame, |printer| {
                    printer.between(function.syntax == Syntax::NotBetween, value, low, high);
                });
            }
            _ => self.call_as(function, frame),
        }
    }

    fn collection(&mut self, elements: &[Expr], is_literal: fn(&[Expr]) -> bool) {
        let literal = is_literal(elements);
        self.list(elements, |printer, element, index| {
            let frame = Frame::element(index);
            printer.expr(element, if literal { frame.bare() } else { frame });
        });
    }

    fn member(&mut self, tuple: &Expr, index: &Expr) {
        let is_call = tuple.as_function().is_some_and(|function| {
            !matches!(function.syntax, Syntax::Array | Syntax::Tuple)
                && !matches!(function.name.name.as_str(), "tuple" | "array")
                && !is_operand_form(function)
        });
        let is_subquery = matches!(tuple.kind, ExprKind::Subquery(_));
        if tuple.alias.is_none() && (is_subquery || is_call && !tuple.parenthesized) {
            self.push("(");
            self.expr(tuple, Frame::TOP);
            self.push(")");
        } else {
            self.expr(tuple, Frame::OPERAND);
        }
        self.push(".");
        self.expr(index, Frame::TOP);
    }

    fn lambda(&mut self, parameters: &Expr, body: &Expr) {
        match parameters.as_function().map(|tuple| tuple.arguments.as_slice()) {
            Some([]) => self.push("()"),
            Some([one]) => self.expr(one, Frame::OPERAND.bare()),
            _ => self.expr(parameters, Frame::OPERAND),
        }
        self.push(" -> ");
        self.expr(body, Frame::OPERAND);
    }

    fn between(&mut self, negated: bool, value: &Expr, low: &Expr, high: &Expr) {
        if between_depth(value) > MAX_BETWEEN {
            self.expr(value, Frame::OPERAND);
            self.push(if negated { " NOT BETWEEN " } else { " BETWEEN " });
            self.expr(low, Frame::OPERAND);
            self.push(" AND ");
            return self.expr(high, Frame::OPERAND);
        }
        let (first, joint, second) = if negated { (" < ", " OR ", " > ") } else { (" >= ", " AND ", " <= ") };
        self.push("(");
        self.expr(value, Frame::OPERAND);
        self.push(first);
        self.expr(low, Frame::OPERAND);
        self.push(")");
        self.push(joint);
        self.push("(");
        self.expr(value, Frame::OPERAND);
        self.push(second);
        self.expr(high, Frame::OPERAND);
        self.push(")");
    }

    fn operator(&mut self, function: &Function, operator: Operator, arguments: &[Expr], frame: Frame) {
        let wrapped = operator.is_in() && self.in_arguments && !frame.bare;
        let frame = Frame { operand: frame.operand || wrapped, ..frame };
        let outer = self.in_arguments;
        self.in_arguments &= !operator.is_in();
        self.operator_parts(function, operator, arguments, frame);
        self.in_arguments = outer;
    }

    fn operator_parts(&mut self, function: &Function, operator: Operator, arguments: &[Expr], frame: Frame) {
        match (operator, arguments) {
            (Operator::Negate | Operator::Not, [operand]) => self.prefix(operator, operand, frame),
            (Operator::IsNull | Operator::IsNotNull, [operand]) => self.grouped(frame, |printer| {
                printer.expr(operand, Frame::OPERAND);
                printer.push(" ");
                printer.push(operator.symbol());
            }),
            (operator, _) if operator.is_printed_as_call() => self.call_as(function, frame),
            (Operator::And | Operator::Or, _) => self.grouped(frame, |printer| {
                for (index, argument) in arguments.iter().enumerate() {
                    if index > 0 {
                        printer.push(if operator == Operator::And { " AND " } else { " OR " });
                    }
                    printer.expr(argument, Frame::OPERAND);
                }
            }),
            (_, [left, right, rest @ ..]) => self.grouped(frame, |printer| {
                printer.expr(left, Frame::OPERAND);
                printer.push(" ");
                printer.push(canonical(operator));
                printer.push(" ");
                if operator.is_in() {
                    printer.set(right);
                } else {
                    printer.expr(right, Frame::OPERAND);
                }
                for escape in rest {
                    printer.push(" ESCAPE ");
                    printer.expr(escape, Frame::OPERAND);
                }
            }),
            _ => self.call(function),
        }
    }

    /// The right side of `IN`.
    fn set(&mut self, set: &Expr) {
        if matches!(set.kind, ExprKind::Function(_) | ExprKind::Subquery(_)) {
            return self.expr(set, Frame::OPERAND);
        }
        self.push("(");
        self.expr(set, Frame::TOP.bare());
        self.push(")");
    }

    fn prefix(&mut self, operator: Operator, operand: &Expr, frame: Frame) {
        let inner = operand.as_function();
        let inside = match operator {
            Operator::Negate => {
                operand.as_literal().is_some()
                    || inner.is_some_and(|inner| inner.syntax == Syntax::Operator(Operator::Negate))
            }
            _ => matches!(operand.kind, ExprKind::Subquery(_)),
        };
        self.grouped(Frame { operand: frame.operand && !inside, ..frame }, |printer| {
            printer.push(if operator == Operator::Negate { "-" } else { "NOT " });
            if inside && operand.alias.is_none() {
                printer.push("(");
                printer.expr(operand, Frame::TOP.bare());
                printer.push(")");
            } else {
                printer.expr(operand, Frame::OPERAND);
            }
        });
    }

    /// Prints a call, and everything else that has no syntax of its own in ClickHouse's formatter.
    pub(crate) fn call(&mut self, function: &Function) {
        self.call_as(function, Frame::TOP);
    }

    fn call_as(&mut self, function: &Function, frame: Frame) {
        self.name(&function.effective_name());
        if let Some(parameters) = &function.parameters {
            self.push("(");
            self.exprs(parameters);
            self.push(")");
        }
        self.push("(");
        let view = function.name.name.eq_ignore_ascii_case("view");
        let outer = self.in_arguments;
        self.in_arguments |= function.effective_arguments().count() > 1;
        for (index, argument) in function.effective_arguments().enumerate() {
            if index > 0 {
                self.push(if is_view_if_permitted(function) { " ELSE " } else { ", " });
            }
            match &argument.kind {
                ExprKind::Subquery(query) if view || is_view_if_permitted(function) => self.query(query),
                _ => self.expr(argument, Frame::element(index)),
            }
        }
        self.in_arguments = outer;
        self.push(")");
        match function.nulls {
            Some(NullsAction::Respect) => self.push(" RESPECT NULLS"),
            Some(NullsAction::Ignore) => self.push(" IGNORE NULLS"),
            None => {}
        }
        match &function.over {
            Some(Over::Name(name)) => {
                self.push(" OVER ");
                self.name(&name.name);
            }
            Some(Over::Window(window)) => {
                self.push(" OVER ");
                self.window(window, frame.operand);
            }
            None => {}
        }
    }

    fn asterisk(&mut self, asterisk: &Asterisk, frame: Frame) {
        if let Some(path) = &asterisk.qualifier {
            self.path(path);
            self.push(".");
        }
        if let Some(expr) = &asterisk.expression {
            self.expr(expr, Frame::OPERAND);
            self.push(".");
        }
        self.push("*");
        self.transformers(&asterisk.transformers, frame);
    }

    fn columns(&mut self, columns: &Columns, frame: Frame) {
        if let Some(path) = &columns.qualifier {
            self.path(path);
            self.push(".");
        }
        if let Some(expr) = &columns.expression {
            self.expr(expr, Frame::OPERAND);
            self.push(".");
        }
        self.push("COLUMNS(");
        match &columns.pattern {
            ColumnsPattern::Regexp(pattern) => self.string(pattern),
            ColumnsPattern::List(paths) => self.list(paths, |printer, path, _| printer.path(path)),
        }
        self.push(")");
        self.transformers(&columns.transformers, frame);
    }

    fn transformers(&mut self, transformers: &[Transformer], frame: Frame) {
        for transformer in transformers {
            self.push(" ");
            self.transformer(transformer, frame);
        }
    }

    fn transformer(&mut self, transformer: &Transformer, frame: Frame) {
        match transformer {
            Transformer::Except { strict, columns } => {
                self.push(if *strict { "EXCEPT STRICT " } else { "EXCEPT " });
                match columns {
                    ExceptColumns::Regexp(pattern) => self.string(pattern),
                    ExceptColumns::Names(names) => {
                        let brackets = names.len() > 1;
                        self.push(if brackets { "(" } else { "" });
                        self.list(names, |printer, name, _| printer.path(name));
                        self.push(if brackets { ")" } else { "" });
                    }
                }
            }
            Transformer::Replace { strict, items } => {
                self.push(if *strict { "REPLACE STRICT (" } else { "REPLACE (" });
                self.list(items, |printer, item, _| {
                    printer.expr(&item.expr, Frame::TOP);
                    printer.push(" AS ");
                    printer.name(&item.name.name);
                });
                self.push(")");
            }
            Transformer::ApplyFunction { name, parameters, prefix } => {
                self.apply(prefix.as_deref(), |printer| {
                    printer.name(&name.name);
                    if let Some(parameters) = parameters {
                        printer.push("(");
                        printer.exprs(parameters);
                        printer.push(")");
                    }
                });
            }
            Transformer::ApplyLambda { lambda, prefix } => {
                self.apply(prefix.as_deref(), |printer| printer.expr(lambda, frame));
            }
        }
    }

    fn apply(&mut self, prefix: Option<&str>, body: impl FnOnce(&mut Self)) {
        self.push("APPLY ");
        if prefix.is_some() {
            self.push("(");
        }
        body(self);
        if let Some(prefix) = prefix {
            self.push(", ");
            self.string(prefix);
            self.push(")");
        }
    }
}

fn is_view_if_permitted(function: &Function) -> bool {
    function.name.name.eq_ignore_ascii_case("viewIfPermitted")
}

/// The spelling ClickHouse prints for an operator.
fn canonical(operator: Operator) -> &'static str {
    match operator {
        Operator::DoubleEquals => "=",
        Operator::AngleNotEquals => "!=",
        Operator::IsNotDistinctFrom => "<=>",
        Operator::Mod => "%",
        other => other.symbol(),
    }
}

/// Whether parentheses around it are its own, or make no difference.
fn has_own_brackets(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Subquery(_) => true,
        ExprKind::Function(function) if function.syntax == Syntax::Tuple && expr.alias.is_none() => {
            function.arguments.len() > 1 && is_literal_tuple(&function.arguments)
        }
        _ => false,
    }
}

/// Whether a function prints itself in parentheses when it is an operand.
fn is_operand_form(function: &Function) -> bool {
    match function.syntax {
        Syntax::Operator(operator) => !operator.is_printed_as_call(),
        Syntax::Index | Syntax::Lambda | Syntax::Between | Syntax::NotBetween => true,
        Syntax::Member => {
            matches!(function.arguments.as_slice(), [tuple, index] if is_dot_access(tuple, index))
        }
        _ => false,
    }
}

/// Whether `tuple.index` can be written with a dot.
fn is_dot_access(tuple: &Expr, index: &Expr) -> bool {
    let is_index = index.as_literal().is_some_and(|literal| matches!(literal.value, Value::UInt64(_)));
    let is_bare_asterisk = matches!(&tuple.kind, ExprKind::Asterisk(asterisk) if asterisk.qualifier.is_none() && asterisk.expression.is_none());
    is_index && tuple.as_literal().is_none() && !is_bare_asterisk
}

/// Whether all elements are literals, or arrays of such: ClickHouse reads `[1, 2]` as one literal.
pub(crate) fn is_literal_array(elements: &[Expr]) -> bool {
    elements.iter().all(|element| is_literal_element(element, Syntax::Array))
}

/// Whether all elements are literals, or tuples of such: ClickHouse reads `(1, 2)` as one literal.
pub(crate) fn is_literal_tuple(elements: &[Expr]) -> bool {
    elements.len() > 1 && elements.iter().all(|element| is_literal_element(element, Syntax::Tuple))
}

fn is_literal_element(element: &Expr, collection: Syntax) -> bool {
    if element.alias.is_some() {
        return false;
    }
    match &element.kind {
        ExprKind::Literal(_) => true,
        ExprKind::Function(function) if function.syntax == collection => match collection {
            Syntax::Array => is_literal_array(&function.arguments),
            _ => is_literal_tuple(&function.arguments),
        },
        _ => false,
    }
}

/// How deeply `BETWEEN`s are nested in the first operand of others.
pub(crate) fn between_depth(expr: &Expr) -> usize {
    match expr.as_function() {
        Some(function) if matches!(function.syntax, Syntax::Between | Syntax::NotBetween) => {
            1 + function.arguments.first().map_or(0, between_depth)
        }
        Some(function) if function.arguments.len() < 4 => {
            function.arguments.iter().map(between_depth).max().unwrap_or(0)
        }
        _ => 0,
    }
}
