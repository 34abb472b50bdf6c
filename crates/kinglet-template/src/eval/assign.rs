//! Assigning to names, items and tuples of them.

use std::sync::Arc;

use super::{Evaluator, placed};
use crate::object::exception::{Outcome, attribute_error, type_error, value_error};
use crate::object::{Object, compare};
use crate::python::ast::{BinaryOp, Expr, ExprKind};

impl<'t> Evaluator<'t> {
    /// `target = value` in a statement or loop head.
    pub(super) fn assign(&mut self, target: &'t Expr, value: Object) -> Outcome<()> {
        self.assign_to(target, value, false).map_err(|stop| placed(stop, target.span))
    }

    /// Assigns; with `inner` names belong to the innermost comprehension.
    pub(super) fn assign_to(&mut self, target: &'t Expr, value: Object, inner: bool) -> Outcome<()> {
        match &target.kind {
            ExprKind::Name(name) => {
                self.set_name(name, value, inner);
                Ok(())
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => self.unpack(targets, &value, inner),
            ExprKind::Starred(target) => self.assign_to(target, value, inner),
            ExprKind::Subscript { value: container, index } => {
                let container = self.eval(container)?;
                let index = self.eval(index)?;
                self.set_item(&container, &index, value)
            }
            ExprKind::Attribute { value: owner, name } => {
                let owner = self.eval(owner)?;
                attribute_error(owner.class_name(), name)
            }
            _ => type_error("cannot assign to this expression"),
        }
    }

    fn set_name(&mut self, name: &Arc<str>, value: Object, inner: bool) {
        match self.frames.last_mut().filter(|_| inner) {
            Some(frame) => frame.insert(name.clone(), value),
            None => self.locals.insert(name.clone(), value),
        };
    }

    /// `name := value`.
    pub(super) fn set_named(&mut self, name: &Arc<str>, value: Object) {
        let in_call = self.calls > 0;
        self.set_name(name, value, in_call);
    }

    fn unpack(&mut self, targets: &'t [Expr], value: &Object, inner: bool) -> Outcome<()> {
        if !matches!(value, Object::Placeholder) && self.iterate(value).is_err() {
            return type_error(format!("cannot unpack non-iterable {} object", value.class_name()));
        }
        let items = self.collect(value)?;
        let star = targets.iter().position(|target| matches!(target.kind, ExprKind::Starred(_)));
        let Some(star) = star else {
            if items.len() != targets.len() {
                return value_error(unpack_problem(items.len(), targets.len()));
            }
            let pairs = targets.iter().zip(items);
            return pairs.into_iter().try_for_each(|(target, item)| self.assign_to(target, item, inner));
        };
        let after = targets.len() - star - 1;
        if items.len() < star + after {
            return value_error(format!(
                "not enough values to unpack (expected at least {}, got {})",
                star + after,
                items.len()
            ));
        }
        let mut items = items;
        let tail = items.split_off(items.len() - after);
        let middle = items.split_off(star);
        let middle = self.list(middle)?;
        let values = items.into_iter().chain([middle]).chain(tail);
        targets.iter().zip(values).try_for_each(|(target, item)| self.assign_to(target, item, inner))
    }

    /// `container[index] = value`.
    fn set_item(&mut self, container: &Object, index: &Object, value: Object) -> Outcome<()> {
        match container {
            Object::Dict(id) => {
                let identity = compare::identity(index, &self.heap)?;
                self.spend_text(identity.len())?;
                self.heap.change_table(*id, |table| table.insert(identity, index.clone(), value));
                Ok(())
            }
            Object::List(id) => {
                if let Object::Slice(slice) = index {
                    let bounds = self.slice_bounds(*slice, self.heap.items(*id).len())?;
                    let items = self.collect(&value)?;
                    let Some(range) = bounds.contiguous() else {
                        return value_error("only slices with a step of 1 can be assigned to");
                    };
                    self.heap.change(*id, |list| {
                        let range = range.start.min(list.len())..range.end.min(list.len());
                        list.splice(range, items);
                    });
                    return Ok(());
                }
                let at =
                    self.list_place(index, self.heap.items(*id).len(), "list assignment index out of range")?;
                self.heap.change(*id, |list| {
                    if let Some(slot) = list.get_mut(at) {
                        *slot = value;
                    }
                });
                Ok(())
            }
            other => type_error(format!("'{}' object does not support item assignment", other.class_name())),
        }
    }

    /// `target op= value`.
    pub(super) fn augment(&mut self, target: &'t Expr, op: BinaryOp, value: &'t Expr) -> Outcome<()> {
        let current = self.eval(target)?;
        let operand = self.eval(value)?;
        if let (Object::List(id), BinaryOp::Add) = (&current, op) {
            let items = self.collect(&operand)?;
            self.heap.change(*id, |list| list.extend(items));
            return self.assign(target, current);
        }
        let result =
            self.binary(op, &current, &operand).map_err(|stop| placed(stop, target.span.to(value.span)))?;
        self.assign(target, result)
    }
}

fn unpack_problem(given: usize, expected: usize) -> String {
    if given > expected {
        format!("too many values to unpack (expected {expected})")
    } else {
        format!("not enough values to unpack (expected {expected}, got {given})")
    }
}
