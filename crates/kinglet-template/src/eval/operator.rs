//! Arithmetic, comparison and bitwise operators.

use std::cmp::Ordering;

use super::Evaluator;
use crate::integer::Integer;
use crate::object::exception::{Outcome, Stop, type_error, zero_division};
use crate::object::{Dict, Number, Object, TableId, compare, format, integer};
use crate::python::ast::{BinaryOp, CompareOp, UnaryOp};

impl Evaluator<'_> {
    /// `left op right`.
    pub(crate) fn binary(&mut self, op: BinaryOp, left: &Object, right: &Object) -> Outcome<Object> {
        if let (Some(a), Some(b)) = (left.as_number(), right.as_number()) {
            if let (Object::Bool(a), Object::Bool(b)) = (left, right) {
                match op {
                    BinaryOp::BitAnd => return Ok(Object::Bool(a & b)),
                    BinaryOp::BitOr => return Ok(Object::Bool(a | b)),
                    BinaryOp::BitXor => return Ok(Object::Bool(a ^ b)),
                    _ => {}
                }
            }
            if let Some(result) = self.numbers(op, &a, &b)? {
                return Ok(result);
            }
            return unsupported(op, left, right);
        }
        match op {
            BinaryOp::Add => self.add(left, right),
            BinaryOp::Mult => self.repeat(left, right),
            BinaryOp::Mod => match left.as_text() {
                Some(template) => {
                    let text = format::percent(template, right, &self.heap)?;
                    self.string(text)
                }
                None => unsupported(op, left, right),
            },
            BinaryOp::BitOr => match (left, right) {
                (Object::Dict(a), Object::Dict(b)) | (Object::Set(a), Object::Set(b)) => {
                    let mut merged = self.heap.table(*a).clone();
                    let added = self.heap.table(*b).entries().to_vec();
                    self.spend(merged.len() + added.len())?;
                    for (key, value) in added {
                        let identity = compare::identity(&key, &self.heap)?;
                        merged.insert(identity, key, value);
                    }
                    let id = self.heap.new_table(merged);
                    Ok(if matches!(left, Object::Dict(_)) { Object::Dict(id) } else { Object::Set(id) })
                }
                _ => unsupported(op, left, right),
            },
            BinaryOp::BitAnd | BinaryOp::Sub | BinaryOp::BitXor => match (left, right) {
                (Object::Set(a), Object::Set(b)) => self.combine_sets(op, *a, *b),
                _ => unsupported(op, left, right),
            },
            _ => unsupported(op, left, right),
        }
    }

    fn numbers(&mut self, op: BinaryOp, left: &Number, right: &Number) -> Outcome<Option<Object>> {
        if let (Number::Int(a), Number::Int(b)) = (left, right) {
            self.spend(work(a.bits().max(b.bits())))?;
            let result = integers(op, a, b)?;
            if let Some(Object::Int(value)) = &result {
                self.spend(work(value.bits()))?;
            }
            return Ok(result);
        }
        let (a, b) = (to_float(left)?, to_float(right)?);
        let value = match op {
            BinaryOp::Add => a + b,
            BinaryOp::Sub => a - b,
            BinaryOp::Mult => a * b,
            BinaryOp::Div if b == 0.0 => return zero_division("float division by zero"),
            BinaryOp::Div => a / b,
            BinaryOp::FloorDiv => floor_divide(a, b)?.0,
            BinaryOp::Mod => floor_divide(a, b)?.1,
            BinaryOp::Pow => power(a, b)?,
            _ => return Ok(None),
        };
        Ok(Some(Object::Float(value)))
    }

    fn add(&mut self, left: &Object, right: &Object) -> Outcome<Object> {
        match (left, right) {
            (Object::Placeholder, _) => Ok(Object::Placeholder),
            (Object::List(a), Object::List(b)) => {
                let items = [self.heap.items(*a), self.heap.items(*b)].concat();
                self.list(items)
            }
            (Object::Tuple(a), Object::Tuple(b)) => {
                let items = [self.heap.items(*a), self.heap.items(*b)].concat();
                self.tuple(items)
            }
            _ => match (left.as_text(), right.as_text()) {
                (Some(a), Some(b)) => {
                    self.spend_text(a.len() + b.len())?;
                    Ok(Object::str(format!("{a}{b}")))
                }
                (Some(_), None) => {
                    type_error(format!("can only concatenate str (not \"{}\") to str", right.class_name()))
                }
                _ => unsupported(BinaryOp::Add, left, right),
            },
        }
    }

    fn repeat(&mut self, left: &Object, right: &Object) -> Outcome<Object> {
        let is_sequence =
            |value: &Object| matches!(value, Object::List(_) | Object::Tuple(_)) || value.as_text().is_some();
        let (sequence, times) = if is_sequence(left) { (left, right) } else { (right, left) };
        let Some(times) = times.as_integer().filter(|_| is_sequence(sequence)) else {
            return unsupported(BinaryOp::Mult, left, right);
        };
        let times = times.to_usize().unwrap_or(if times.is_negative() { 0 } else { usize::MAX });
        match sequence {
            Object::List(id) | Object::Tuple(id) => {
                let length = self.heap.items(*id).len().saturating_mul(times);
                self.spend(length)?;
                let items = self.heap.items(*id).iter().cloned().cycle().take(length).collect();
                Ok(if matches!(sequence, Object::List(_)) {
                    self.heap.list(items)
                } else {
                    self.heap.tuple(items)
                })
            }
            _ => {
                let text = sequence.as_text().map_or("", |text| &**text);
                self.spend_text(text.len().saturating_mul(times))?;
                Ok(Object::str(if text.is_empty() { String::new() } else { text.repeat(times) }))
            }
        }
    }

    fn combine_sets(&mut self, op: BinaryOp, left: TableId, right: TableId) -> Outcome<Object> {
        let (a, b) = (self.heap.table(left).clone(), self.heap.table(right).clone());
        self.spend(a.len() + b.len())?;
        let mut result = Dict::default();
        let wanted = op == BinaryOp::BitAnd;
        for (key, _) in a.entries() {
            let identity = compare::identity(key, &self.heap)?;
            if b.contains(&identity) == wanted {
                result.insert(identity, key.clone(), Object::None);
            }
        }
        if op == BinaryOp::BitXor {
            for (key, _) in b.entries() {
                let identity = compare::identity(key, &self.heap)?;
                if !a.contains(&identity) {
                    result.insert(identity, key.clone(), Object::None);
                }
            }
        }
        Ok(Object::Set(self.heap.new_table(result)))
    }

    /// `op operand`.
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &Object) -> Outcome<Object> {
        match (op, operand.as_number()) {
            (UnaryOp::Not, _) => Ok(Object::Bool(!operand.is_true(&self.heap))),
            (UnaryOp::Minus, Some(Number::Int(value))) => Ok(Object::Int(value.negated())),
            (UnaryOp::Minus, Some(Number::Float(value))) => Ok(Object::Float(-value)),
            (UnaryOp::Plus, Some(Number::Int(value))) => Ok(Object::Int(value)),
            (UnaryOp::Plus, Some(Number::Float(value))) => Ok(Object::Float(value)),
            (UnaryOp::Invert, Some(Number::Int(value))) => {
                Ok(Object::Int(value.negated().minus(&Integer::from(1))))
            }
            (op, _) => {
                let symbol = match op {
                    UnaryOp::Minus => "-",
                    UnaryOp::Plus => "+",
                    _ => "~",
                };
                type_error(format!("bad operand type for unary {symbol}: '{}'", operand.class_name()))
            }
        }
    }

    /// `left op right` of one comparison.
    pub(super) fn compare(&mut self, op: CompareOp, left: &Object, right: &Object) -> Outcome<bool> {
        self.spend(self.compare_cost(left))?;
        let ordered = |evaluator: &Self, symbol: &str, accept: fn(Ordering) -> bool| {
            compare::order(left, right, symbol, &evaluator.heap).map(|order| order.is_some_and(accept))
        };
        match op {
            CompareOp::Eq => compare::equal(left, right, &self.heap),
            CompareOp::NotEq => compare::equal(left, right, &self.heap).map(|equal| !equal),
            CompareOp::Lt => ordered(self, "<", Ordering::is_lt),
            CompareOp::LtE => ordered(self, "<=", Ordering::is_le),
            CompareOp::Gt => ordered(self, ">", Ordering::is_gt),
            CompareOp::GtE => ordered(self, ">=", Ordering::is_ge),
            CompareOp::Is => Ok(is(left, right)),
            CompareOp::IsNot => Ok(!is(left, right)),
            CompareOp::In => self.contains(right, left),
            CompareOp::NotIn => self.contains(right, left).map(|found| !found),
        }
    }

    fn compare_cost(&self, value: &Object) -> usize {
        match value {
            Object::Str(text) | Object::Sql(text) => text.len() / 64,
            Object::List(id) | Object::Tuple(id) => self.heap.items(*id).len() / 4,
            Object::Dict(id) | Object::Set(id) => self.heap.table(*id).len(),
            _ => 0,
        }
    }
}

/// Steps that arithmetic on integers of so many bits counts as.
fn work(bits: u64) -> usize {
    let words = (bits / 64) as usize;
    words * words / 64
}

/// `left is right`; equal short texts are one object in Python, larger numbers are not.
fn is(left: &Object, right: &Object) -> bool {
    compare::same(left, right)
}

fn to_float(value: &Number) -> Outcome<f64> {
    match value {
        Number::Int(value) => integer::to_float(value),
        Number::Float(value) => Ok(*value),
    }
}

fn integers(op: BinaryOp, left: &Integer, right: &Integer) -> Outcome<Option<Object>> {
    let value = match op {
        BinaryOp::Add => left.plus(right),
        BinaryOp::Sub => left.minus(right),
        BinaryOp::Mult => {
            integer::check_bits(left.bits() + right.bits())?;
            left.times(right)
        }
        BinaryOp::Div => return integer::true_divide(left, right).map(|value| Some(Object::Float(value))),
        BinaryOp::FloorDiv => integer::floor_divide(left, right)?.0,
        BinaryOp::Mod => integer::floor_divide(left, right)?.1,
        BinaryOp::Pow if right.is_negative() => {
            if left.is_zero() {
                return zero_division("0.0 cannot be raised to a negative power");
            }
            let value = power(integer::to_float(left)?, integer::to_float(right)?)?;
            return Ok(Some(Object::Float(value)));
        }
        BinaryOp::Pow => integer::power(left, right)?,
        BinaryOp::LShift => integer::shift(left, right, true)?,
        BinaryOp::RShift => integer::shift(left, right, false)?,
        BinaryOp::BitAnd => left.and(right),
        BinaryOp::BitOr => left.or(right),
        BinaryOp::BitXor => left.xor(right),
        BinaryOp::MatMult => return Ok(None),
    };
    Ok(Some(Object::Int(value)))
}

/// Quotient rounded down and remainder of the divisor's sign.
pub(crate) fn floor_divide(left: f64, right: f64) -> Outcome<(f64, f64)> {
    if right == 0.0 {
        return zero_division("float floor division by zero");
    }
    let mut remainder = left % right;
    let mut quotient = (left - remainder) / right;
    if remainder != 0.0 {
        if (right < 0.0) != (remainder < 0.0) {
            remainder += right;
            quotient -= 1.0;
        }
    } else {
        remainder = 0f64.copysign(right);
    }
    let floor = quotient.floor();
    let quotient = if quotient == 0.0 {
        0f64.copysign(left / right)
    } else if quotient - floor > 0.5 {
        floor + 1.0
    } else {
        floor
    };
    Ok((quotient, remainder))
}

fn power(base: f64, exponent: f64) -> Outcome<f64> {
    if base == 0.0 && exponent < 0.0 {
        return zero_division("0.0 cannot be raised to a negative power");
    }
    if base < 0.0 && exponent.is_finite() && exponent.fract() != 0.0 && base.is_finite() {
        return type_error("complex numbers are not supported");
    }
    let value = base.powf(exponent);
    if value.is_infinite() && base.is_finite() && exponent.is_finite() {
        return Err(Stop::from(crate::object::Raised::new(
            "OverflowError",
            "(34, 'Numerical result out of range')",
        )));
    }
    Ok(value)
}

fn unsupported<T>(op: BinaryOp, left: &Object, right: &Object) -> Outcome<T> {
    let (a, b) = (left.class_name(), right.class_name());
    type_error(format!("unsupported operand type(s) for {}: '{a}' and '{b}'", op.symbol()))
}
