//! Evaluating expressions.

use std::sync::Arc;

use super::{Evaluator, MAX_DEPTH, placed};
use crate::function::method;
use crate::object::exception::{Outcome, Stop, attribute_error, type_error, value_error};
use crate::object::heap::{Frame, Lambda};
use crate::object::{Dict, Object, compare, format, text};
use crate::python::ast::{Built, Clause, CompareOp, Constant, Expr, ExprKind, LambdaParam, Piece};

impl<'t> Evaluator<'t> {
    /// The value of an expression.
    pub(crate) fn eval(&mut self, expr: &'t Expr) -> Outcome<Object> {
        self.spend(1)?;
        if self.depth >= MAX_DEPTH {
            return Err(Stop::Limit("the evaluation is nested too deeply"));
        }
        self.depth += 1;
        let value = self.kind(expr);
        self.depth -= 1;
        value.map_err(|stop| placed(stop, expr.span))
    }

    fn kind(&mut self, expr: &'t Expr) -> Outcome<Object> {
        match &expr.kind {
            ExprKind::Name(name) => self.load(name),
            ExprKind::Constant(constant) => self.constant(constant),
            ExprKind::Joined(pieces) => {
                let joined = self.joined(pieces)?;
                self.string(joined)
            }
            ExprKind::List(items) => {
                let items = self.items(items)?;
                self.list(items)
            }
            ExprKind::Tuple(items) => {
                let items = self.items(items)?;
                self.tuple(items)
            }
            ExprKind::Set(items) => {
                let items = self.items(items)?;
                self.set_of(items)
            }
            ExprKind::Dict(pairs) => self.dict(pairs),
            ExprKind::Comprehension { built, element, value, clauses } => {
                self.comprehension(*built, element, value.as_deref(), clauses)
            }
            ExprKind::Binary { first, rest } => {
                let mut left = self.eval(first)?;
                for (op, operand) in rest {
                    let right = self.eval(operand)?;
                    left = self.binary(*op, &left, &right)?;
                }
                Ok(left)
            }
            ExprKind::Unary(op, operand) => {
                let operand = self.eval(operand)?;
                self.unary(*op, &operand)
            }
            ExprKind::Bool { and, operands } => self.logical(*and, operands),
            ExprKind::Compare { first, rest } => self.comparison(first, rest),
            ExprKind::Call { func, args, keywords } => self.call_expression(func, args, keywords, expr.span),
            ExprKind::Attribute { value, name } => {
                let value = self.eval(value)?;
                self.attribute(value, name)
            }
            ExprKind::Subscript { value, index } => {
                let value = self.eval(value)?;
                let index = self.eval(index)?;
                self.item(&value, &index)
            }
            ExprKind::Slice { lower, upper, step } => {
                let mut bounds = Vec::with_capacity(3);
                for bound in [lower, upper, step] {
                    bounds.push(match bound {
                        Some(bound) => self.eval(bound)?,
                        None => Object::None,
                    });
                }
                Ok(Object::Slice(self.heap.sequence(bounds)))
            }
            ExprKind::Conditional { test, body, orelse } => {
                let test = self.eval(test)?;
                if test.is_true(&self.heap) { self.eval(body) } else { self.eval(orelse) }
            }
            ExprKind::Lambda { params, body } => self.lambda(params, body),
            ExprKind::Named { target, value } => {
                let value = self.eval(value)?;
                self.set_named(target, value.clone());
                Ok(value)
            }
            ExprKind::Starred(_) => type_error("can't use starred expression here"),
            ExprKind::Refused(node, _) => type_error(format!("{node} is not allowed")),
        }
    }

    fn constant(&mut self, constant: &Constant) -> Outcome<Object> {
        Ok(match constant {
            Constant::None => Object::None,
            Constant::Bool(value) => Object::Bool(*value),
            Constant::Int(value) => Object::Int(value.clone()),
            Constant::Float(value) => Object::Float(*value),
            Constant::Str(text) => Object::Str(text.clone()),
            Constant::Ellipsis => Object::Ellipsis,
            Constant::Bytes => return type_error("bytes are not supported in templates"),
            Constant::Complex => return type_error("complex numbers are not supported in templates"),
        })
    }

    fn joined(&mut self, pieces: &'t [Piece]) -> Outcome<String> {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Field { value, conversion, spec } => {
                    let mut value = self.eval(value)?;
                    if let Some(conversion) = conversion {
                        let shown = match conversion {
                            's' => text::str(&value, &self.heap)?,
                            _ => text::repr(&value, &self.heap)?,
                        };
                        value = self.string(shown)?;
                    }
                    let spec = self.joined(spec)?;
                    let shown = format::format(&value, &spec, &self.heap)?;
                    self.spend_text(shown.len())?;
                    out.push_str(&shown);
                }
            }
            self.spend_text(out.len())?;
        }
        Ok(out)
    }

    /// Values of items, with `*iterable` spread out.
    pub(super) fn items(&mut self, items: &'t [Expr]) -> Outcome<Vec<Object>> {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            match &item.kind {
                ExprKind::Starred(inner) => {
                    let iterable = self.eval(inner)?;
                    out.extend(self.collect(&iterable)?);
                }
                _ => out.push(self.eval(item)?),
            }
        }
        Ok(out)
    }

    /// A set of the given items.
    pub(crate) fn set_of(&mut self, items: Vec<Object>) -> Outcome<Object> {
        let mut table = Dict::default();
        for item in items {
            let identity = compare::identity(&item, &self.heap)?;
            self.spend(1 + identity.len() / 16)?;
            table.insert(identity, item, Object::None);
        }
        Ok(Object::Set(self.heap.new_table(table)))
    }

    fn dict(&mut self, pairs: &'t [(Option<Expr>, Expr)]) -> Outcome<Object> {
        let mut table = Dict::default();
        for (key, value) in pairs {
            match key {
                Some(key) => {
                    let key = self.eval(key)?;
                    let value = self.eval(value)?;
                    self.put(&mut table, key, value)?;
                }
                None => {
                    let other = self.eval(value)?;
                    let Object::Dict(id) = other else {
                        return type_error(format!("'{}' object is not a mapping", other.class_name()));
                    };
                    for (key, value) in self.heap.table(id).entries().to_vec() {
                        self.put(&mut table, key, value)?;
                    }
                }
            }
        }
        Ok(Object::Dict(self.heap.new_table(table)))
    }

    /// Adds to a dictionary that is being built.
    pub(crate) fn put(&mut self, table: &mut Dict, key: Object, value: Object) -> Outcome<()> {
        let identity = compare::identity(&key, &self.heap)?;
        self.spend(1 + identity.len() / 16)?;
        table.insert(identity, key, value);
        Ok(())
    }

    fn logical(&mut self, and: bool, operands: &'t [Expr]) -> Outcome<Object> {
        let mut value = Object::Bool(and);
        for operand in operands {
            value = self.eval(operand)?;
            if value.is_true(&self.heap) != and {
                break;
            }
        }
        Ok(value)
    }

    fn comparison(&mut self, first: &'t Expr, rest: &'t [(CompareOp, Expr)]) -> Outcome<Object> {
        let mut left = self.eval(first)?;
        for (op, operand) in rest {
            let right = self.eval(operand)?;
            if !self.compare(*op, &left, &right)? {
                return Ok(Object::Bool(false));
            }
            left = right;
        }
        Ok(Object::Bool(true))
    }

    fn attribute(&mut self, value: Object, name: &Arc<str>) -> Outcome<Object> {
        if method::exists(&value, name) {
            return Ok(Object::Method(Arc::new((value, name.clone()))));
        }
        attribute_error(value.class_name(), name)
    }

    fn lambda(&mut self, params: &'t [LambdaParam], body: &'t Expr) -> Outcome<Object> {
        let mut defaults = Vec::with_capacity(params.len());
        for param in params {
            defaults.push(match &param.default {
                Some(default) => Some(self.eval(default)?),
                None => None,
            });
        }
        let captured: usize = self.frames.iter().map(Frame::len).sum();
        self.spend(captured)?;
        let lambda = Lambda { params, body, defaults, frames: self.frames.clone() };
        Ok(self.heap.new_lambda(lambda))
    }

    fn comprehension(
        &mut self,
        built: Built,
        element: &'t Expr,
        value: Option<&'t Expr>,
        clauses: &'t [Clause],
    ) -> Outcome<Object> {
        let Some((first, _)) = clauses.split_first() else { return value_error("empty comprehension") };
        let outermost = self.eval(&first.iter)?;
        self.frames.push(Frame::new());
        let mut keys = Vec::new();
        let mut values = Vec::new();
        let done = self.clause(clauses, Some(outermost), &mut |evaluator| {
            keys.push(evaluator.eval(element)?);
            if let Some(value) = value {
                values.push(evaluator.eval(value)?);
            }
            Ok(())
        });
        self.frames.pop();
        done?;
        match built {
            Built::List => self.list(keys),
            Built::Generator => {
                self.spend(keys.len())?;
                Ok(self.heap.iterator(keys))
            }
            Built::Set => self.set_of(keys),
            Built::Dict => {
                let mut table = Dict::default();
                for (key, value) in keys.into_iter().zip(values) {
                    self.put(&mut table, key, value)?;
                }
                Ok(Object::Dict(self.heap.new_table(table)))
            }
        }
    }

    /// Runs the loops of a comprehension; the first iterable was evaluated outside.
    fn clause(
        &mut self,
        clauses: &'t [Clause],
        outermost: Option<Object>,
        emit: &mut dyn FnMut(&mut Self) -> Outcome<()>,
    ) -> Outcome<()> {
        let Some((clause, rest)) = clauses.split_first() else { return emit(self) };
        if clauses.len() > 32 {
            return Err(Stop::Limit("a comprehension has too many loops"));
        }
        let iterable = match outermost {
            Some(iterable) => iterable,
            None => self.eval(&clause.iter)?,
        };
        let mut iteration = self.iterate(&iterable)?;
        'items: while let Some(item) = self.next_of(&mut iteration)? {
            self.spend(1)?;
            self.assign_to(&clause.target, item, true)?;
            for condition in &clause.conditions {
                if !self.eval(condition)?.is_true(&self.heap) {
                    continue 'items;
                }
            }
            self.clause(rest, None, emit)?;
        }
        Ok(())
    }
}
