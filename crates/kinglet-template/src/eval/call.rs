//! Calling functions, methods, classes and lambdas.

use std::sync::Arc;

use kinglet_diagnostic::{LineIndex, Span};

use super::{Evaluator, MAX_CALLS};
use crate::function::{self, method};
use crate::object::exception::{Outcome, Stop, attribute_error, template_error, type_error};
use crate::object::heap::Frame;
use crate::object::{LambdaId, Object};
use crate::python::ast::{Expr, ExprKind, Keyword};

/// Arguments of a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Args {
    pub(crate) positional: Vec<Object>,
    pub(crate) keywords: Vec<(Arc<str>, Object)>,
}

impl Args {
    /// Arguments without names.
    pub(crate) fn of(positional: Vec<Object>) -> Self {
        Self { positional, keywords: Vec::new() }
    }

    /// Assigns the arguments to parameters; the first `required` ones must be given.
    pub(crate) fn bind<const N: usize>(
        self,
        function: &str,
        required: usize,
        names: [&str; N],
    ) -> Outcome<[Option<Object>; N]> {
        let mut out = [const { None }; N];
        self.bind_into(function, required, &names, &mut out)?;
        Ok(out)
    }

    /// One body for any number of parameters: it would be compiled once for each.
    fn bind_into(
        self,
        function: &str,
        required: usize,
        names: &[&str],
        out: &mut [Option<Object>],
    ) -> Outcome<()> {
        let (given, most) = (self.positional.len(), names.len());
        if given > most {
            let takes =
                if required == most { format!("{most}") } else { format!("from {required} to {most}") };
            return type_error(format!(
                "{function}() takes {takes} positional arguments but {given} were given"
            ));
        }
        for (slot, value) in out.iter_mut().zip(self.positional) {
            *slot = Some(value);
        }
        for (name, value) in self.keywords {
            let Some(at) = names.iter().position(|known| **known == *name) else {
                return type_error(format!("{function}() got an unexpected keyword argument '{name}'"));
            };
            match out.get_mut(at) {
                Some(slot @ None) => *slot = Some(value),
                _ => return type_error(format!("{function}() got multiple values for argument '{name}'")),
            }
        }
        let mut missing = names.iter().zip(out).take(required).filter(|(_, value)| value.is_none());
        match missing.next() {
            Some((first, _)) => {
                let n = 1 + missing.count();
                type_error(format!("{function}() missing {n} required positional argument: '{first}'"))
            }
            None => Ok(()),
        }
    }
}

impl<'t> Evaluator<'t> {
    pub(super) fn call_expression(
        &mut self,
        func: &'t Expr,
        args: &'t [Expr],
        keywords: &'t [Keyword],
        span: Span,
    ) -> Outcome<Object> {
        if let ExprKind::Attribute { value, name } = &func.kind {
            let receiver = self.eval(value)?;
            if !method::exists(&receiver, name) {
                return attribute_error(receiver.class_name(), name);
            }
            let args = self.arguments(args, keywords)?;
            return method::call(self, &receiver, name, args);
        }
        let callee = self.eval(func)?;
        if let (ExprKind::Name(name), Object::Placeholder) = (&func.kind, &callee) {
            let line = self.line(span);
            return template_error(format!("'{name}' is not a valid function, line {line}"));
        }
        let args = self.arguments(args, keywords)?;
        self.call(&callee, args)
    }

    /// Line of the template a span starts on, counted from 1.
    pub(super) fn line(&self, span: Span) -> usize {
        let text = self.program.source.get(self.program.start..).unwrap_or("");
        let at = (span.start as usize).saturating_sub(self.program.start);
        LineIndex::new(text).bytes(at).line as usize + 1
    }

    fn arguments(&mut self, args: &'t [Expr], keywords: &'t [Keyword]) -> Outcome<Args> {
        let positional = self.items(args)?;
        let mut named: Vec<(Arc<str>, Object)> = Vec::with_capacity(keywords.len());
        for keyword in keywords {
            let value = self.eval(&keyword.value)?;
            match &keyword.name {
                Some(name) => named.push((name.clone(), value)),
                None => {
                    let Object::Dict(id) = value else {
                        return type_error(format!(
                            "argument after ** must be a mapping, not {}",
                            value.class_name()
                        ));
                    };
                    for (key, value) in self.heap.table(id).entries().to_vec() {
                        let Some(name) = key.as_text() else { return type_error("keywords must be strings") };
                        if named.iter().any(|(known, _)| known == name) {
                            return type_error(format!("got multiple values for keyword argument '{name}'"));
                        }
                        self.spend(1 + named.len() / 8)?;
                        named.push((name.clone(), value));
                    }
                }
            }
        }
        Ok(Args { positional, keywords: named })
    }

    /// Calls any value.
    pub(crate) fn call(&mut self, callee: &Object, args: Args) -> Outcome<Object> {
        self.spend(1)?;
        match callee {
            Object::Function(name) | Object::Class(name) => function::call(self, name, args),
            Object::Method(method) => method::call(self, &method.0, &method.1, args),
            Object::Lambda(id) => self.call_lambda(*id, args),
            other => type_error(format!("'{}' object is not callable", other.class_name())),
        }
    }

    fn call_lambda(&mut self, id: LambdaId, args: Args) -> Outcome<Object> {
        let Some(lambda) = self.heap.lambda(id).cloned() else { return type_error("not a function") };
        if self.calls >= MAX_CALLS {
            return Err(Stop::Limit("calls are nested too deeply"));
        }
        let mut frame = Frame::new();
        let mut positional = args.positional.into_iter();
        for (param, default) in lambda.params.iter().zip(lambda.defaults) {
            let value = if param.rest {
                let rest = positional.by_ref().collect();
                Some(self.tuple(rest)?)
            } else {
                positional.next().or(default)
            };
            if let Some(value) = value {
                frame.insert(param.name.clone(), value);
            }
        }
        if positional.next().is_some() {
            return type_error("<lambda>() takes fewer positional arguments than were given");
        }
        for (name, value) in args.keywords {
            if !lambda.params.iter().any(|param| param.name == name && !param.rest) {
                return type_error(format!("<lambda>() got an unexpected keyword argument '{name}'"));
            }
            frame.insert(name, value);
        }
        if let Some(missing) = lambda.params.iter().find(|param| !frame.contains_key(&param.name)) {
            return type_error(format!(
                "<lambda>() missing 1 required positional argument: '{}'",
                missing.name
            ));
        }
        let mut frames = lambda.frames;
        frames.push(frame);
        let outer = std::mem::replace(&mut self.frames, frames);
        self.calls += 1;
        let result = self.eval(lambda.body);
        self.calls = self.calls.saturating_sub(1);
        self.frames = outer;
        result
    }
}
