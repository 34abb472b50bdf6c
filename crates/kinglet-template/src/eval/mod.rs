//! Running a template: its parts in order, output, limits.

mod access;
mod assign;
mod call;
mod expression;
mod failure;
mod iterate;
mod operator;
mod output;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use kinglet_diagnostic::Span;

use crate::names::Names;
use crate::object::exception::{self, Outcome, Raised, Stop};
use crate::object::heap::Frame;
use crate::object::{Heap, Object, convert, text};
use crate::python::{Handler, Statement};
use crate::tree::{Block, Divider, Head, Keyword, Node};
use crate::{Context, Parameter, RenderError, Rendered, Settings};

pub(crate) use call::Args;
use output::Output;
pub(crate) use output::sql_text;

/// Evaluations inside evaluations that are accepted.
const MAX_DEPTH: usize = 150;

/// Evaluations that a block counts as.
const BLOCK_DEPTH: usize = 2;

/// Calls of lambdas inside each other that are accepted.
const MAX_CALLS: usize = 16;

/// What a template is run with.
pub(crate) struct Program<'t> {
    pub(crate) source: &'t str,
    /// Where the text after the leading `%` starts.
    pub(crate) start: usize,
    pub(crate) nodes: &'t [Node],
    pub(crate) names: &'t Names,
    pub(crate) parameters: &'t [Parameter],
    /// Parameters that are lists throughout, with the type of the items.
    pub(crate) lists: &'t [(String, String)],
    /// Parameters to name when one is missing.
    pub(crate) required: &'t [String],
}

/// Whether a run of statements came to its end or left its loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Normal,
    Break,
    Continue,
}

/// The state of one rendering.
pub(crate) struct Evaluator<'t> {
    program: &'t Program<'t>,
    pub(crate) context: &'t Context,
    pub(crate) heap: Heap<'t>,
    /// Request parameters as objects, made when first read.
    globals: HashMap<Arc<str>, Object>,
    /// Variables the template assigned.
    locals: Frame,
    /// Variables of the comprehensions and calls that are under way.
    frames: Vec<Frame>,
    calls: usize,
    depth: usize,
    fuel: u64,
    output: Output,
    pub(crate) settings: Settings,
    /// Keys of the secrets that may be used, and the names of those that were.
    allowed_secrets: BTreeSet<String>,
    pub(crate) secret_parameters: BTreeSet<String>,
}

/// Renders a template.
pub(crate) fn render(program: &Program<'_>, context: &Context) -> Result<Rendered, RenderError> {
    let mut evaluator = Evaluator::new(program, context);
    evaluator.prepare_arrays();
    let finished = evaluator.run(program.nodes);
    if let Err(stop) = finished {
        return Err(evaluator.failure(stop));
    }
    Ok(Rendered {
        reserved_warnings: program.names.reserved.iter().map(ToString::to_string).collect(),
        sql: evaluator.output.sql,
        source_map: evaluator.output.map,
        settings: evaluator.settings,
        secret_parameters: evaluator.secret_parameters.into_iter().collect(),
    })
}

impl<'t> Evaluator<'t> {
    fn new(program: &'t Program<'t>, context: &'t Context) -> Self {
        let key = |name: &String| {
            if name.starts_with("tb_secret_") { name.clone() } else { format!("tb_secret_{name}") }
        };
        Self {
            program,
            context,
            heap: Heap::default(),
            globals: HashMap::new(),
            locals: Frame::new(),
            frames: Vec::new(),
            calls: 0,
            depth: 0,
            fuel: context.limits.fuel,
            output: Output::new(context.limits.output_bytes),
            settings: Settings::default(),
            allowed_secrets: context.secrets.iter().map(key).collect(),
            secret_parameters: BTreeSet::new(),
        }
    }

    /// Whether the request may use a secret.
    pub(crate) fn may_use_secret(&self, name: &str) -> bool {
        self.allowed_secrets.contains(&format!("tb_secret_{name}"))
    }

    /// Uses up fuel; ends evaluation when there is no more.
    pub(crate) fn spend(&mut self, steps: usize) -> Outcome<()> {
        match self.fuel.checked_sub(steps as u64) {
            Some(left) => {
                self.fuel = left;
                Ok(())
            }
            None => Err(Stop::Limit("the template takes too many steps")),
        }
    }

    /// Uses up fuel for text of so many bytes.
    pub(crate) fn spend_text(&mut self, bytes: usize) -> Outcome<()> {
        if bytes > self.context.limits.output_bytes {
            return Err(Stop::Limit("a text is too long"));
        }
        self.spend(bytes / 16)
    }

    /// A new list; uses up fuel for its items.
    pub(crate) fn list(&mut self, items: Vec<Object>) -> Outcome<Object> {
        self.spend(items.len())?;
        Ok(self.heap.list(items))
    }

    /// A new tuple; uses up fuel for its items.
    pub(crate) fn tuple(&mut self, items: Vec<Object>) -> Outcome<Object> {
        self.spend(items.len())?;
        Ok(self.heap.tuple(items))
    }

    /// A new string; uses up fuel for its length.
    pub(crate) fn string(&mut self, text: impl Into<Arc<str>>) -> Outcome<Object> {
        let text = text.into();
        self.spend_text(text.len())?;
        Ok(Object::Str(text))
    }

    /// `str(value)`; uses up fuel for its length.
    pub(crate) fn text_of(&mut self, value: &Object) -> Outcome<String> {
        let text = text::str(value, &self.heap)?;
        self.spend_text(text.len())?;
        Ok(text)
    }

    /// Parameters declared as arrays become lists wherever else the template reads them.
    fn prepare_arrays(&mut self) {
        for (name, item_type) in self.program.lists {
            let is_word = !item_type.is_empty() && item_type.chars().all(|c| c == '_' || c.is_alphanumeric());
            if is_word && let Some(list) = crate::function::array::as_list(self, name, item_type) {
                self.globals.insert(name.as_str().into(), list);
            }
        }
    }

    /// The request parameter `name`.
    pub(crate) fn variable(&mut self, name: &str) -> Option<Object> {
        if let Some(known) = self.globals.get(name) {
            return Some(known.clone());
        }
        let value = match self.context.variables.get(name) {
            Some(value) => convert::to_object(value, &mut self.heap),
            None if name == "job_timestamp" && self.is_typed(name) => {
                Object::str(self.context.now.as_deref()?)
            }
            None => return None,
        };
        self.globals.insert(name.into(), value.clone());
        Some(value)
    }

    fn is_typed(&self, name: &str) -> bool {
        self.program.parameters.iter().any(|parameter| parameter.name == name && parameter.declared)
    }

    fn run(&mut self, nodes: &'t [Node]) -> Outcome<Flow> {
        for node in nodes {
            self.spend(1)?;
            match node {
                Node::Text { span, whitespace } => {
                    self.output.text(span.text(self.program.source), *span, *whitespace)?;
                }
                Node::Expression { code, value } => self.print(*code, value)?,
                Node::Set(statement) => self.statement(statement)?,
                Node::Jump { leaves: true } => return Ok(Flow::Break),
                Node::Jump { leaves: false } => return Ok(Flow::Continue),
                Node::Block(block) => match self.block(block)? {
                    Flow::Normal => {}
                    flow => return Ok(flow),
                },
            }
        }
        Ok(Flow::Normal)
    }

    fn print(&mut self, code: Span, value: &'t crate::python::ast::Expr) -> Outcome<()> {
        let object = self.eval(value)?;
        let sql = self.printed(&object, || code.text(self.program.source).to_owned());
        let sql = sql.map_err(|stop| placed(stop, code))?;
        self.spend_text(sql.len())?;
        self.output.expression(&sql, code)
    }

    fn statement(&mut self, statement: &'t Statement) -> Outcome<()> {
        match statement {
            Statement::Assign { targets, value } => {
                let value = self.eval(value)?;
                targets.iter().try_for_each(|target| self.assign(target, value.clone()))
            }
            Statement::Augment { target, op, value } => self.augment(target, *op, value),
            Statement::Expression(value) => self.eval(value).map(|_| ()),
        }
    }

    fn block(&mut self, block: &'t Block) -> Outcome<Flow> {
        if self.depth + BLOCK_DEPTH > MAX_DEPTH {
            return Err(Stop::Limit("the evaluation is nested too deeply"));
        }
        self.depth += BLOCK_DEPTH;
        let flow = self.run_block(block);
        self.depth -= BLOCK_DEPTH;
        flow
    }

    fn run_block(&mut self, block: &'t Block) -> Outcome<Flow> {
        match (block.keyword, &block.head) {
            (Keyword::If, Head::Condition(condition)) => self.run_if(block, condition),
            (Keyword::While, Head::Condition(condition)) => self.run_while(block, condition),
            (Keyword::For, Head::Loop { target, iter }) => self.run_for(block, target, iter),
            (Keyword::Try, _) => self.run_try(block),
            // A head of another kind was refused when the template was read.
            _ => Ok(Flow::Normal),
        }
    }

    fn holds(&mut self, condition: &'t crate::python::ast::Expr) -> Outcome<bool> {
        let value = self.eval(condition)?;
        Ok(value.is_true(&self.heap))
    }

    fn run_if(&mut self, block: &'t Block, condition: &'t crate::python::ast::Expr) -> Outcome<Flow> {
        if self.holds(condition)? {
            return self.run(&block.body);
        }
        for section in &block.sections {
            let taken = match &section.head {
                Head::Condition(condition) => self.holds(condition)?,
                _ => true,
            };
            if taken {
                return self.run(&section.body);
            }
        }
        Ok(Flow::Normal)
    }

    fn run_while(&mut self, block: &'t Block, condition: &'t crate::python::ast::Expr) -> Outcome<Flow> {
        while self.holds(condition)? {
            self.spend(1)?;
            if self.run(&block.body)? == Flow::Break {
                return Ok(Flow::Normal);
            }
        }
        self.run(block.section(Divider::Else).unwrap_or(&[]))
    }

    fn run_for(
        &mut self,
        block: &'t Block,
        target: &'t crate::python::ast::Expr,
        iter: &'t crate::python::ast::Expr,
    ) -> Outcome<Flow> {
        let iterable = self.eval(iter)?;
        let mut iteration = self.iterate(&iterable).map_err(|stop| placed(stop, iter.span))?;
        while let Some(item) = self.next_of(&mut iteration)? {
            self.spend(1)?;
            self.assign(target, item)?;
            if self.run(&block.body)? == Flow::Break {
                return Ok(Flow::Normal);
            }
        }
        self.run(block.section(Divider::Else).unwrap_or(&[]))
    }

    fn run_try(&mut self, block: &'t Block) -> Outcome<Flow> {
        let outcome = match self.run(&block.body) {
            Ok(Flow::Normal) => self.run(block.section(Divider::Else).unwrap_or(&[])),
            Err(Stop::Raised(raised)) => self.handle(block, raised),
            other => other,
        };
        match block.section(Divider::Finally) {
            Some(last) if !matches!(outcome, Err(Stop::Limit(_))) => match self.run(last)? {
                Flow::Normal => outcome,
                flow => Ok(flow),
            },
            _ => outcome,
        }
    }

    fn handle(&mut self, block: &'t Block, raised: Box<Raised>) -> Outcome<Flow> {
        // Frames of calls that the exception left behind are of no use any more.
        self.frames.clear();
        self.calls = 0;
        for section in &block.sections {
            let Head::Handler(Handler { class, name }) = &section.head else { continue };
            let caught = match class {
                None => true,
                Some(class) => {
                    let class = self.eval(class)?;
                    self.catches(&class, &raised)?
                }
            };
            if !caught {
                continue;
            }
            if let Some(name) = name {
                self.locals.insert(name.clone(), Object::Exception(Arc::new((*raised).clone())));
            }
            let flow = self.run(&section.body);
            if let Some(name) = name {
                self.locals.remove(name);
            }
            return flow;
        }
        Err(Stop::Raised(raised))
    }

    fn catches(&self, class: &Object, raised: &Raised) -> Outcome<bool> {
        match class {
            Object::Class(name) if exception::is_exception_class(name) => Ok(raised.is_a(name)),
            Object::Tuple(id) => {
                for class in self.heap.items(*id) {
                    match class {
                        Object::Class(name) if raised.is_a(name) => return Ok(true),
                        Object::Class(_) => {}
                        _ => return exception::type_error(NOT_AN_EXCEPTION),
                    }
                }
                Ok(false)
            }
            _ => exception::type_error(NOT_AN_EXCEPTION),
        }
    }
}

const NOT_AN_EXCEPTION: &str = "catching classes that do not inherit from BaseException is not allowed";

/// The failure with a place, if it has none yet.
fn placed(stop: Stop, span: Span) -> Stop {
    match stop {
        Stop::Raised(mut raised) => {
            raised.span.get_or_insert(span);
            Stop::Raised(raised)
        }
        other => other,
    }
}
