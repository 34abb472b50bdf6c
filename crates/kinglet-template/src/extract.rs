//! Parameters of a template, found without rendering it.

use std::collections::HashSet;
use std::sync::Arc;

use kinglet_diagnostic::Span;

use crate::function;
use crate::object::convert::integer_value;
use crate::object::text;
use crate::python::Statement;
use crate::python::ast::{BinaryOp, Constant, Expr, ExprKind, Keyword, UnaryOp};
use crate::python::walk::{Item, breadth_first, children};
use crate::tree::{Block, Head, Node};
use crate::{Parameter, RenderError, Value};

/// Functions whose first argument is a parameter of that type.
const TYPED: [&str; 21] = [
    "Array",
    "Boolean",
    "Date",
    "DateTime",
    "DateTime64",
    "Float32",
    "Float64",
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "Int128",
    "Int256",
    "JSON",
    "String",
    "UInt8",
    "UInt16",
    "UInt32",
    "UInt64",
    "UInt128",
    "UInt256",
];

/// Functions that mention a parameter as their first argument.
const HELPERS: [&str; 10] = [
    "defined",
    "column",
    "columns",
    "split_to_array",
    "enumerate_with_last",
    "day_diff",
    "date_diff_in_days",
    "date_diff_in_hours",
    "date_diff_in_minutes",
    "date_diff_in_seconds",
];

/// Largest integer that keeps its value as a JavaScript number.
const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// What the parameters of a template are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extracted {
    /// In Tinybird's order.
    pub(crate) parameters: Vec<Parameter>,
    /// Parameters that are lists wherever the template reads them, with the type of the items: those whose first
    /// use, not counting `{{ name }}`, declares an array.
    pub(crate) lists: Vec<(String, String)>,
    /// Parameters with a use, not counting `{{ name }}`, that has no default and is not only a mention.
    pub(crate) required: Vec<String>,
}

/// Finds the parameters of a template.
///
/// # Errors
///
/// A parameter that is named by a list.
pub(crate) fn parameters(source: &str, nodes: &[Node]) -> Result<Extracted, RenderError> {
    let mut extractor = Extractor {
        source,
        out: Extracted::default(),
        printed: HashSet::new(),
        computed: HashSet::new(),
        used: HashSet::new(),
        unnamed: false,
    };
    extractor.nodes(nodes)?;
    if extractor.unnamed {
        extractor.out.required.clear();
    }
    Ok(extractor.out)
}

/// Tables that expressions name by a constant, in order: `{{ table('events') }}`.
pub(crate) fn constant_tables(nodes: &[Node]) -> Vec<String> {
    let mut tables = Vec::new();
    collect_tables(nodes, &mut tables);
    tables
}

fn collect_tables(nodes: &[Node], tables: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Expression { value, .. } => breadth_first([Item::Expr(value)], |item| {
                if let Item::Expr(Expr { kind: ExprKind::Call { func, args, .. }, .. }) = item
                    && let ExprKind::Name(name) = &func.kind
                    && matches!(&**name, "table" | "TABLE")
                    && let Some(table) = args.first().and_then(constant_text)
                {
                    tables.push(table);
                }
            }),
            Node::Block(block) => {
                collect_tables(&block.body, tables);
                block.sections.iter().for_each(|section| collect_tables(&section.body, tables));
            }
            Node::Text { .. } | Node::Set(_) | Node::Jump { .. } => {}
        }
    }
}

/// The value of a constant text or of several joined by `+`.
fn constant_text(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Constant(Constant::Str(text)) => Some(text.to_string()),
        ExprKind::Binary { first, rest } => {
            let mut out = constant_text(first)?;
            for (operator, operand) in rest {
                if *operator != BinaryOp::Add {
                    return None;
                }
                out.push_str(&constant_text(operand)?);
            }
            Some(out)
        }
        _ => None,
    }
}

struct Extractor<'a> {
    source: &'a str,
    out: Extracted,
    /// Names that expressions between braces use.
    printed: HashSet<String>,
    /// Names that expressions other than `{{ name }}` use.
    computed: HashSet<String>,
    /// Names whose first use is known.
    used: HashSet<String>,
    /// Whether a required parameter is named by something else than text; then none is named.
    unnamed: bool,
}

impl<'a> Extractor<'a> {
    fn nodes(&mut self, nodes: &'a [Node]) -> Result<(), RenderError> {
        for node in nodes {
            match node {
                Node::Text { .. } | Node::Jump { .. } => {}
                Node::Expression { value, .. } => {
                    let found = Uses::of_expression(value)?.parameters;
                    self.printed.extend(found.iter().map(|parameter| parameter.name.clone()));
                    if !matches!(value.kind, ExprKind::Name(_)) {
                        self.first_uses(&found);
                        self.computed.extend(found.iter().map(|parameter| parameter.name.clone()));
                    }
                    self.out.parameters.extend(found);
                }
                Node::Set(statement) => self.statement(statement),
                Node::Block(block) => self.block(block)?,
            }
        }
        Ok(())
    }

    fn statement(&mut self, statement: &'a Statement) {
        let parts: Vec<&Expr> = statement.parts().collect();
        let span = parts
            .iter()
            .fold(None, |span: Option<Span>, part| Some(span.map_or(part.span, |s| s.to(part.span))));
        let text = span.map_or("", |span| span.text(self.source));
        // A statement with a tag inside is left out altogether.
        if text.contains("{{") {
            return;
        }
        self.control(Uses::of(parts.into_iter().map(Item::Expr), &[]).parameters);
    }

    /// Remembers what the first use of each parameter declares.
    fn first_uses(&mut self, found: &[Parameter]) {
        for parameter in found {
            if self.used.insert(parameter.name.clone())
                && let Some(rest) = parameter.type_name.strip_prefix("Array(")
            {
                let item_type = rest.strip_suffix(')').unwrap_or(rest);
                self.out.lists.push((parameter.name.clone(), item_type.to_owned()));
            }
            let required = parameter.default.is_none() && !parameter.used_in_function_call;
            self.unnamed |= required && parameter.literal_name.is_some();
            if required && !self.out.required.contains(&parameter.name) {
                self.out.required.push(parameter.name.clone());
            }
        }
    }

    /// Parameters of a statement or head: those that are printed somewhere are listed there.
    fn control(&mut self, mut found: Vec<Parameter>) {
        found.retain(|parameter| parameter.literal_name.is_none());
        let new: Vec<Parameter> =
            found.iter().filter(|parameter| !self.computed.contains(&parameter.name)).cloned().collect();
        self.first_uses(&new);
        let listed = found.into_iter().filter(|parameter| !self.printed.contains(&parameter.name));
        self.out.parameters.extend(listed);
    }

    /// What a block holds comes first, its head last.
    fn block(&mut self, block: &'a Block) -> Result<(), RenderError> {
        self.nodes(&block.body)?;
        for section in &block.sections {
            self.head(&section.head)?;
            self.nodes(&section.body)?;
        }
        self.head(&block.head)
    }

    fn head(&mut self, head: &'a Head) -> Result<(), RenderError> {
        let parts: Vec<&Expr> = head.parts().collect();
        let mut embedded = Vec::new();
        for part in &parts {
            collect_embedded(self.source, Item::Expr(part), &mut embedded);
        }
        let mut found = Vec::new();
        for (_, value) in &embedded {
            found.extend(Uses::of_expression(value)?.parameters);
        }
        let skipped: Vec<Span> = embedded.iter().map(|(span, _)| *span).collect();
        found.extend(Uses::of(parts.into_iter().map(Item::Expr), &skipped).parameters);
        self.control(found);
        Ok(())
    }
}

/// Finds `{{ value }}` inside of the head of a block: to Python a set in a set.
fn collect_embedded<'a>(source: &str, item: Item<'a>, found: &mut Vec<(Span, &'a Expr)>) {
    if let Item::Expr(outer) = item
        && let ExprKind::Set(items) = &outer.kind
        && let [Expr { kind: ExprKind::Set(inner), .. }] = items.as_slice()
        && let [value] = inner.as_slice()
        && outer.span.text(source).starts_with("{{")
        && outer.span.text(source).ends_with("}}")
    {
        found.push((outer.span, value));
        return;
    }
    let mut below = Vec::new();
    breadth_children(item, &mut below);
    for child in below {
        collect_embedded(source, child, found);
    }
}

/// The nodes below, chains of operators spread out so that the depth stays that of the source.
fn breadth_children<'a>(item: Item<'a>, out: &mut Vec<Item<'a>>) {
    if let Item::Expr(Expr { kind: ExprKind::Binary { first, rest }, .. }) = item {
        out.push(Item::Expr(first));
        out.extend(rest.iter().map(|(_, operand)| Item::Expr(operand)));
        return;
    }
    children(item, &mut |child| out.push(child));
}

/// Parameters that one expression, statement or head uses, each once.
struct Uses {
    parameters: Vec<Parameter>,
}

impl Uses {
    /// What an expression between braces uses; there a name that is a list is an error.
    fn of_expression(value: &Expr) -> Result<Self, RenderError> {
        let (uses, failure) = Self::collect([Item::Expr(value)], &[]);
        match failure {
            Some(error) => Err(error),
            None => Ok(uses),
        }
    }

    /// What a statement or the head of a block uses, leaving out the `skipped` places; nothing where a name is a
    /// list.
    fn of<'a>(roots: impl IntoIterator<Item = Item<'a>>, skipped: &[Span]) -> Self {
        match Self::collect(roots, skipped) {
            (uses, None) => uses,
            (_, Some(_)) => Self { parameters: Vec::new() },
        }
    }

    fn collect<'a>(
        roots: impl IntoIterator<Item = Item<'a>>,
        skipped: &[Span],
    ) -> (Self, Option<RenderError>) {
        let mut uses = Self { parameters: Vec::new() };
        let mut failure = None;
        let mut arguments: HashSet<*const Expr> = HashSet::new();
        breadth_first(roots, |item| {
            let Item::Expr(expr) = item else {
                if let Item::Target(name) = item {
                    uses.plain(name, Span::at(0));
                }
                return;
            };
            if skipped.iter().any(|span| span.start <= expr.span.start && expr.span.end <= span.end) {
                return;
            }
            match &expr.kind {
                ExprKind::Call { func, args, keywords } => {
                    arguments.insert(&**func);
                    arguments.extend(args.iter().map(std::ptr::from_ref));
                    if let ExprKind::Name(function) = &func.kind
                        && let Err(error) = uses.call(function, args, keywords, expr.span)
                    {
                        failure.get_or_insert(error);
                    }
                }
                // A function's own arguments are its business.
                ExprKind::Name(name) if !arguments.contains(&std::ptr::from_ref(expr)) => {
                    uses.plain(name, expr.span);
                }
                _ => {}
            }
        });
        (uses, failure)
    }

    fn plain(&mut self, name: &Arc<str>, span: Span) {
        if function::is_builtin_name(name) {
            return;
        }
        self.record(Parameter {
            name: name.to_string(),
            literal_name: None,
            type_name: "String".to_owned(),
            default: None,
            used_in_function_call: false,
            attributes: Vec::new(),
            span,
            declared: false,
        });
    }

    /// Replaces what was known of the parameter, in its place.
    fn record(&mut self, parameter: Parameter) {
        match self.parameters.iter_mut().find(|known| known.name == parameter.name) {
            Some(known) => *known = parameter,
            None => self.parameters.push(parameter),
        }
    }

    fn call(
        &mut self,
        function: &str,
        args: &[Expr],
        keywords: &[Keyword],
        span: Span,
    ) -> Result<(), RenderError> {
        let typed = TYPED.contains(&function);
        if !typed && !HELPERS.contains(&function) && function != "sql_and" {
            return Ok(());
        }
        // Arguments that are calls do not count, those after them move up.
        let positional = args.iter().filter(|arg| !matches!(arg.kind, ExprKind::Call { .. }));
        let Some(values) = positional.map(value_of).collect::<Option<Vec<Value>>>() else { return Ok(()) };
        let Some(name) = values.first() else { return Ok(()) };
        if let Value::List(_) = name {
            let shown = shown(name);
            return Err(RenderError::syntax(span, format!("\"{shown}\" can not be used as a variable name")));
        }
        let is_array = function == "Array";
        if matches!(name, Value::Null) && !is_array {
            return Ok(());
        }
        let literal_name = (!matches!(name, Value::String(_))).then(|| name.clone());
        let text = shown(name);
        if !typed {
            // `defined('')`, `column(0)`: nothing that counts as a name.
            if !is_true(name) {
                return Ok(());
            }
            let known = self.parameters.iter().any(|known| known.name == text);
            if !known {
                self.parameters.push(Parameter {
                    name: text,
                    literal_name,
                    type_name: "String".to_owned(),
                    default: None,
                    used_in_function_call: true,
                    attributes: Vec::new(),
                    span,
                    declared: false,
                });
            }
            return Ok(());
        }
        let type_name = match (is_array, values.get(1)) {
            (true, Some(item)) => format!("Array({})", shown(item)),
            (true, None) => "Array(String)".to_owned(),
            _ => function.to_owned(),
        };
        let positional = if is_array { values.get(2).filter(|value| is_true(value)) } else { values.get(1) };
        let mut default = positional.cloned();
        let mut attributes = Vec::new();
        for keyword in keywords {
            let Some(name) = &keyword.name else { continue };
            let Some(value) = value_of(&keyword.value) else { return Ok(()) };
            if &**name == "default" {
                default = Some(value);
            } else {
                attributes.push((name.to_string(), value));
            }
        }
        let default = default.filter(|default| !matches!(default, Value::Null)).map(json_safe);
        self.record(Parameter {
            name: text,
            literal_name,
            type_name,
            default,
            used_in_function_call: false,
            attributes,
            span,
            declared: true,
        });
        Ok(())
    }
}

/// Integers that JavaScript would round become text.
fn json_safe(value: Value) -> Value {
    match value {
        Value::Int(value) if value > i128::from(MAX_SAFE_INTEGER) => Value::String(value.to_string()),
        Value::BigInt(digits) if !digits.starts_with('-') => Value::String(digits),
        other => other,
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Int(value) => *value != 0,
        Value::Float(value) => *value != 0.0,
        Value::String(text) => !text.is_empty(),
        Value::List(items) => !items.is_empty(),
        Value::BigInt(_) | Value::Object(_) => true,
    }
}

/// A value as Python's `str` shows it.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(value) => value.to_string(),
        Value::BigInt(digits) => digits.clone(),
        Value::Float(value) => crate::object::float::repr(*value),
        Value::String(text) => text.clone(),
        Value::List(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| match item {
                    Value::String(text) => text::quoted(text),
                    other => shown(other),
                })
                .collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(_) => "{}".to_owned(),
    }
}

/// The value an argument is written as: a literal, the text of a name, the left side of an operator; null for
/// anything else. None where Tinybird gives the whole call up.
fn value_of(expr: &Expr) -> Option<Value> {
    Some(match &expr.kind {
        ExprKind::Constant(constant) => constant_value(constant),
        ExprKind::Name(name) => Value::String(name.to_string()),
        ExprKind::List(items) => Value::List(list_values(items)?),
        ExprKind::Binary { first, rest } => chain_value(first, rest)?,
        ExprKind::Unary(UnaryOp::Not, operand) => match &operand.kind {
            ExprKind::Constant(constant) => constant_value(constant),
            _ => Value::Null,
        },
        ExprKind::Unary(UnaryOp::Minus, operand) => match &operand.kind {
            ExprKind::Constant(Constant::Int(value)) => integer_value(&value.clone().negated()),
            ExprKind::Constant(Constant::Float(value)) => Value::Float(-value),
            _ => Value::Null,
        },
        _ => Value::Null,
    })
}

/// Items of a list of literals or of a list of names, none where they are mixed; nothing else counts as items.
fn list_values(items: &[Expr]) -> Option<Vec<Value>> {
    let literal = |item: &Expr| match &item.kind {
        ExprKind::Constant(constant) => Some(constant_value(constant)),
        _ => None,
    };
    let name = |item: &Expr| match &item.kind {
        ExprKind::Name(name) => Some(Value::String(name.to_string())),
        _ => None,
    };
    match items.first().map(|first| &first.kind) {
        Some(ExprKind::Constant(_)) => items.iter().map(literal).collect(),
        Some(ExprKind::Name(_)) => items.iter().map(name).collect(),
        _ => Some(Vec::new()),
    }
}

fn chain_value(first: &Expr, rest: &[(BinaryOp, Expr)]) -> Option<Value> {
    let mut value = value_of(first)?;
    for (_, operand) in rest {
        if !is_true(&value) {
            value = value_of(operand)?;
        }
    }
    Some(value)
}

fn constant_value(constant: &Constant) -> Value {
    match constant {
        Constant::Bool(value) => Value::Bool(*value),
        Constant::Int(value) => integer_value(value),
        Constant::Float(value) => Value::Float(*value),
        Constant::Str(text) => Value::String(text.to_string()),
        Constant::None | Constant::Bytes | Constant::Complex | Constant::Ellipsis => Value::Null,
    }
}
