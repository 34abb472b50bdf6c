//! Which names a template reads and assigns, and where.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kinglet_diagnostic::Span;

use crate::python::ast::{Clause, Expr, ExprKind, Piece};
use crate::python::{Handler, Statement};
use crate::tree::{Block, Head, Node};

/// Names of the whole template.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Names that some statement assigns: they are variables of the template throughout.
    pub(crate) assigned: HashSet<Arc<str>>,
    /// Names used outside of lambdas and comprehensions, attributes included, each with its first place.
    pub(crate) outer: HashMap<Arc<str>, Span>,
    /// Uses of names that the API takes for itself, in order of evaluation, once for each tag.
    pub(crate) reserved: Vec<Arc<str>>,
    /// Where the uses of the current tag start in `reserved`.
    tag_start: usize,
}

/// Names of parameters that the API takes for itself.
const RESERVED: [&str; 17] = [
    "__tb__csv_header",
    "__tb__semver",
    "debug_source_tables",
    "debug",
    "explain",
    "finalize_aggregations",
    "output_format_json_quote_64bit_integers",
    "output_format_json_quote_denormals",
    "output_format_parquet_string_as_string",
    "pipeline",
    "playground",
    "query_id",
    "release_replacements",
    "tag",
    "template_parameters",
    "token",
    "job_timestamp",
];

/// Whether the API takes a parameter of that name for itself.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

impl Names {
    /// Collects the names of a template.
    pub(crate) fn of(nodes: &[Node]) -> Self {
        let mut names = Self::default();
        names.nodes(nodes);
        names
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text { .. } | Node::Jump { .. } => {}
                Node::Expression { value, .. } => {
                    self.tag_start = self.reserved.len();
                    self.expression(value, false);
                }
                Node::Set(statement) => {
                    self.tag_start = self.reserved.len();
                    self.statement(statement);
                }
                Node::Block(block) => self.block(block),
            }
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Assign { targets, value } => {
                self.expression(value, false);
                targets.iter().for_each(|target| self.target(target, false));
            }
            Statement::Augment { target, value, .. } => {
                self.target(target, false);
                self.expression(value, false);
            }
            Statement::Expression(value) => self.expression(value, false),
        }
    }

    fn block(&mut self, block: &Block) {
        self.head(&block.head);
        self.nodes(&block.body);
        for section in &block.sections {
            self.head(&section.head);
            self.nodes(&section.body);
        }
    }

    fn head(&mut self, head: &Head) {
        self.tag_start = self.reserved.len();
        match head {
            Head::Nothing => {}
            Head::Condition(value) => self.expression(value, false),
            Head::Loop { target, iter } => {
                self.expression(iter, false);
                self.target(target, false);
            }
            Head::Handler(Handler { class, name }) => {
                class.iter().for_each(|class| self.expression(class, false));
                if let (Some(class), Some(name)) = (class, name) {
                    self.assign(name, class.span);
                }
            }
        }
    }

    fn assign(&mut self, name: &Arc<str>, span: Span) {
        self.assigned.insert(name.clone());
        self.name(name, span, false);
    }

    /// A name that is read or assigned.
    fn name(&mut self, name: &Arc<str>, span: Span, inner: bool) {
        self.read(name, span, inner);
        let known = self.reserved.get(self.tag_start..).is_some_and(|uses| uses.contains(name));
        if !inner && is_reserved(name) && !known {
            self.reserved.push(name.clone());
        }
    }

    fn read(&mut self, name: &Arc<str>, span: Span, inner: bool) {
        if !inner {
            self.outer.entry(name.clone()).or_insert(span);
        }
    }

    fn target(&mut self, target: &Expr, inner: bool) {
        match &target.kind {
            ExprKind::Name(name) if !inner => self.assign(name, target.span),
            ExprKind::Name(_) => {}
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().for_each(|item| self.target(item, inner));
            }
            ExprKind::Starred(item) => self.target(item, inner),
            _ => self.expression(target, inner),
        }
    }

    /// Collects from an expression; `inner` within a lambda or comprehension.
    fn expression(&mut self, expr: &Expr, inner: bool) {
        let mut all = |items: &[Expr]| items.iter().for_each(|item| self.expression(item, inner));
        match &expr.kind {
            ExprKind::Constant(_) => {}
            ExprKind::Name(name) => self.name(name, expr.span, inner),
            ExprKind::Joined(pieces) => self.pieces(pieces, inner),
            ExprKind::List(items)
            | ExprKind::Tuple(items)
            | ExprKind::Set(items)
            | ExprKind::Refused(_, items) => {
                all(items);
            }
            ExprKind::Bool { operands, .. } => all(operands),
            ExprKind::Dict(pairs) => pairs.iter().for_each(|(key, value)| {
                key.iter().for_each(|key| self.expression(key, inner));
                self.expression(value, inner);
            }),
            ExprKind::Comprehension { element, value, clauses, .. } => {
                self.comprehension(element, value.as_deref(), clauses, inner);
            }
            ExprKind::Binary { first, rest } => {
                self.expression(first, inner);
                rest.iter().for_each(|(_, operand)| self.expression(operand, inner));
            }
            ExprKind::Compare { first, rest } => {
                self.expression(first, inner);
                rest.iter().for_each(|(_, operand)| self.expression(operand, inner));
            }
            ExprKind::Unary(_, value) | ExprKind::Starred(value) => self.expression(value, inner),
            ExprKind::Call { func, args, keywords } => {
                self.expression(func, inner);
                args.iter().for_each(|arg| self.expression(arg, inner));
                keywords.iter().for_each(|keyword| self.expression(&keyword.value, inner));
            }
            ExprKind::Attribute { value, name } => {
                self.expression(value, inner);
                self.read(name, expr.span, inner);
            }
            ExprKind::Subscript { value, index } => {
                self.expression(value, inner);
                self.expression(index, inner);
            }
            ExprKind::Slice { lower, upper, step } => {
                [lower, upper, step].into_iter().flatten().for_each(|bound| self.expression(bound, inner));
            }
            ExprKind::Conditional { test, body, orelse } => {
                [test, body, orelse].into_iter().for_each(|part| self.expression(part, inner));
            }
            ExprKind::Lambda { params, body } => {
                let defaults = params.iter().filter_map(|param| param.default.as_ref());
                defaults.for_each(|default| self.expression(default, inner));
                self.expression(body, true);
            }
            ExprKind::Named { target, value } => {
                // Within a comprehension the name belongs to the template, within a lambda to the lambda; a name
                // that is assigned nowhere else does no harm in the first case.
                self.assign(target, expr.span);
                self.expression(value, inner);
            }
        }
    }

    fn comprehension(&mut self, element: &Expr, value: Option<&Expr>, clauses: &[Clause], inner: bool) {
        for (at, clause) in clauses.iter().enumerate() {
            self.expression(&clause.iter, inner || at > 0);
            self.target(&clause.target, true);
            clause.conditions.iter().for_each(|condition| self.expression(condition, true));
        }
        self.expression(element, true);
        value.iter().for_each(|value| self.expression(value, true));
    }

    fn pieces(&mut self, pieces: &[Piece], inner: bool) {
        for piece in pieces {
            if let Piece::Field { value, spec, .. } = piece {
                self.expression(value, inner);
                self.pieces(spec, inner);
            }
        }
    }
}
