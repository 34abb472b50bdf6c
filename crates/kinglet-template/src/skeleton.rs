//! SQL as a template would print it, found without running the template.
//!
//! Text is copied; an expression is replaced by SQL of its kind: `{{ Int32(n) }}` by a number, `{{ column(x, 'day') }}`
//! by its default. Conditions are followed where they are plain to see. That is enough to check the SQL around the
//! tags and to know the tables and columns it names, at a fraction of the code that rendering takes.

use std::collections::HashMap;
use std::sync::Arc;

use kinglet_diagnostic::Span;

use crate::python::Statement;
use crate::python::ast::{BinaryOp, CompareOp, Constant, Expr, ExprKind, Keyword, UnaryOp};
use crate::tree::{Block, Divider, Head, Keyword as BlockKeyword, Node};
use crate::{Origin, SourceMap};

/// Nodes that are written at most: loops inside loops repeat theirs.
const MAX_NODES: usize = 20_000;

/// Bytes that are written at most.
const MAX_BYTES: usize = 4 << 20;

/// Items of a list that a loop goes over at most.
const MAX_ITEMS: usize = 16;

/// What stands for a name or a value that is not known.
const NAME: &str = "x";

/// SQL in place of a template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Skeleton {
    /// The SQL.
    pub sql: String,
    /// The way back to the template.
    pub source_map: SourceMap,
    /// Whether every condition on the way was plain to see, so that the template prints this shape.
    pub is_certain: bool,
}

/// Writes the nodes of a template, with all parameters given when `given`, or else with none.
pub(crate) fn write(source: &str, nodes: &[Node], given: bool) -> Skeleton {
    let mut writer = Writer {
        source,
        given,
        out: Skeleton { is_certain: true, ..Skeleton::default() },
        variables: HashMap::new(),
        left: MAX_NODES,
    };
    writer.nodes(nodes);
    writer.out
}

/// What is known of a value.
#[derive(Clone, Debug)]
enum Known {
    Text(Arc<str>),
    Bool(bool),
    List(Vec<Known>),
    /// A list whose items come with whether each is the last.
    Enumerated(Vec<Known>),
    Nothing,
    Unknown,
}

impl Known {
    fn truth(&self) -> Option<bool> {
        match self {
            Self::Text(text) => Some(!text.is_empty()),
            Self::Bool(value) => Some(*value),
            Self::List(items) | Self::Enumerated(items) => Some(!items.is_empty()),
            Self::Nothing => Some(false),
            Self::Unknown => None,
        }
    }
}

struct Writer<'a> {
    source: &'a str,
    given: bool,
    out: Skeleton,
    variables: HashMap<Arc<str>, Known>,
    left: usize,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            if self.left == 0 || self.out.sql.len() > MAX_BYTES {
                self.out.is_certain = false;
                return;
            }
            self.left -= 1;
            match node {
                Node::Text { span, .. } => self.push(span.text(self.source), *span, Origin::Text),
                Node::Expression { code, value } => {
                    let text = self.printed(value);
                    self.push(&text, *code, Origin::Expression);
                }
                Node::Set(Statement::Assign { targets, value }) => {
                    let known = self.value(value);
                    targets.iter().for_each(|target| self.assign(target, known.clone()));
                }
                Node::Set(_) => self.out.is_certain = false,
                Node::Block(block) => self.block(block),
                Node::Jump { .. } => return,
            }
        }
    }

    fn push(&mut self, text: &str, from: Span, origin: Origin) {
        let start = self.out.sql.len();
        self.out.sql.push_str(text);
        self.out.source_map.push(Span::new(start, self.out.sql.len()), from, origin);
    }

    fn assign(&mut self, target: &Expr, known: Known) {
        match &target.kind {
            ExprKind::Name(name) => {
                self.variables.insert(name.clone(), known);
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                targets.iter().for_each(|target| self.assign(target, Known::Unknown));
            }
            _ => {}
        }
    }

    fn block(&mut self, block: &Block) {
        match (block.keyword, &block.head) {
            (BlockKeyword::If, Head::Condition(test)) => self.choice(block, test),
            (BlockKeyword::For, Head::Loop { target, iter }) => self.repeat(block, target, iter),
            (BlockKeyword::While, _) => {
                self.out.is_certain = false;
                self.nodes(&block.body);
            }
            _ => self.nodes(&block.body),
        }
    }

    fn choice(&mut self, block: &Block, test: &Expr) {
        if self.decide(test) {
            return self.nodes(&block.body);
        }
        for section in &block.sections {
            match &section.head {
                Head::Condition(test) if section.divider == Divider::Elif && !self.decide(test) => {}
                _ => return self.nodes(&section.body),
            }
        }
    }

    /// Whether a condition holds; one that is not plain to see does when parameters are given.
    fn decide(&mut self, test: &Expr) -> bool {
        let truth = self.value(test).truth();
        self.out.is_certain &= truth.is_some();
        truth.unwrap_or(self.given)
    }

    fn repeat(&mut self, block: &Block, target: &Expr, iter: &Expr) {
        let (items, enumerated) = match self.value(iter) {
            Known::List(items) => (items, false),
            Known::Enumerated(items) => (items, true),
            _ => {
                let enumerated = call_name(iter).is_some_and(|name| name == "enumerate_with_last");
                self.out.is_certain &= enumerated;
                (vec![Known::Unknown], enumerated)
            }
        };
        let count = items.len().min(MAX_ITEMS);
        for (at, item) in items.into_iter().take(count).enumerate() {
            match &target.kind {
                ExprKind::Tuple(targets) if enumerated => {
                    if let [last, value] = targets.as_slice() {
                        self.assign(last, Known::Bool(at + 1 == count));
                        self.assign(value, item);
                    }
                }
                _ => self.assign(target, item),
            }
            self.nodes(&block.body);
        }
    }

    /// What is known of an expression's value.
    fn value(&self, expr: &Expr) -> Known {
        match &expr.kind {
            ExprKind::Constant(Constant::Str(text)) => Known::Text(text.clone()),
            ExprKind::Constant(Constant::Bool(value)) => Known::Bool(*value),
            ExprKind::Constant(Constant::None) => Known::Nothing,
            ExprKind::List(items) | ExprKind::Tuple(items) => {
                Known::List(items.iter().map(|item| self.value(item)).collect())
            }
            ExprKind::Name(name) => self.variables.get(name).cloned().unwrap_or(Known::Unknown),
            ExprKind::Unary(UnaryOp::Not, value) => negated(self.value(value).truth()),
            ExprKind::Bool { and, operands } => self.junction(*and, operands),
            ExprKind::Compare { first, rest } => match rest.as_slice() {
                [(operator, second)] => self.comparison(first, *operator, second),
                _ => Known::Unknown,
            },
            ExprKind::Conditional { test, body, orelse } => match self.value(test).truth() {
                Some(true) => self.value(body),
                Some(false) => self.value(orelse),
                None => Known::Unknown,
            },
            ExprKind::Binary { first, rest } => self.sum(first, rest),
            ExprKind::Call { func, args, keywords } => match &func.kind {
                ExprKind::Name(name) => self.call(name, args, keywords),
                _ => Known::Unknown,
            },
            _ => Known::Unknown,
        }
    }

    fn junction(&self, and: bool, operands: &[Expr]) -> Known {
        let mut unknown = false;
        for operand in operands {
            match self.value(operand).truth() {
                Some(truth) if truth != and => return Known::Bool(truth),
                Some(_) => {}
                None => unknown = true,
            }
        }
        if unknown { Known::Unknown } else { Known::Bool(and) }
    }

    fn comparison(&self, first: &Expr, operator: CompareOp, second: &Expr) -> Known {
        let equal = match (self.value(first), self.value(second)) {
            (Known::Text(a), Known::Text(b)) => a == b,
            (Known::Bool(a), Known::Bool(b)) => a == b,
            _ => return Known::Unknown,
        };
        match operator {
            CompareOp::Eq => Known::Bool(equal),
            CompareOp::NotEq => Known::Bool(!equal),
            _ => Known::Unknown,
        }
    }

    fn sum(&self, first: &Expr, rest: &[(BinaryOp, Expr)]) -> Known {
        let Known::Text(first) = self.value(first) else { return Known::Unknown };
        let mut sum = first.to_string();
        for (operator, operand) in rest {
            match (operator, self.value(operand)) {
                (BinaryOp::Add, Known::Text(text)) if sum.len() < MAX_BYTES => sum.push_str(&text),
                _ => return Known::Unknown,
            }
        }
        Known::Text(sum.into())
    }

    fn call(&self, name: &str, args: &[Expr], keywords: &[Keyword]) -> Known {
        match name {
            "defined" => match args.first().map(|arg| &arg.kind) {
                Some(ExprKind::Name(name)) if !self.variables.contains_key(name) => Known::Bool(self.given),
                _ => Known::Unknown,
            },
            "enumerate_with_last" => match args.first().map(|arg| self.value(arg)) {
                Some(Known::List(items)) => Known::Enumerated(items),
                _ => Known::Unknown,
            },
            "split_to_array" => match argument(args, keywords, 1, "default").map(|arg| self.value(arg)) {
                Some(Known::Text(text)) if !self.given => {
                    Known::List(text.split(',').map(|part| Known::Text(part.trim().into())).collect())
                }
                _ => Known::Unknown,
            },
            "String" if !self.given => {
                argument(args, keywords, 1, "default").map_or(Known::Unknown, |arg| self.value(arg))
            }
            _ => Known::Unknown,
        }
    }

    /// SQL of the kind that an expression prints.
    fn printed(&self, expr: &Expr) -> String {
        if let ExprKind::Call { func, args, keywords } = &expr.kind
            && let ExprKind::Name(name) = &func.kind
            && let Some(text) = self.printed_call(name, args, keywords)
        {
            return text;
        }
        if let ExprKind::Conditional { body, orelse, test } = &expr.kind {
            let chosen = if self.value(test).truth().unwrap_or(self.given) { body } else { orelse };
            return self.printed(chosen);
        }
        match self.value(expr) {
            Known::Text(text) => quoted(&text),
            Known::Bool(value) => if value { "True" } else { "False" }.to_owned(),
            Known::List(_) | Known::Enumerated(_) => "[1]".to_owned(),
            Known::Nothing => "None".to_owned(),
            Known::Unknown => match &expr.kind {
                ExprKind::Constant(_) => expr.span.text(self.source).to_owned(),
                _ => NAME.to_owned(),
            },
        }
    }

    fn printed_call(&self, name: &str, args: &[Expr], keywords: &[Keyword]) -> Option<String> {
        let text = |at: usize, keyword: &str| match argument(args, keywords, at, keyword)
            .map(|argument| self.value(argument))
        {
            Some(Known::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        let name_or = |found: Option<String>| found.unwrap_or_else(|| NAME.to_owned());
        Some(match name {
            "String" => quoted(&text(1, "default").unwrap_or_default()),
            "Date" | "DateTime" | "DateTime64" => "'2020-01-01'".to_owned(),
            "JSON" => "'{}'".to_owned(),
            "Array" => "['x']".to_owned(),
            "tb_secret" | "tb_var" => "'x'".to_owned(),
            "Boolean" | "bool" | "sql_and" | "day_diff" => "1".to_owned(),
            "table" | "TABLE" | "symbol" | "Symbol" | "Column" => {
                name_or(text(0, "x").filter(|n| !n.is_empty()))
            }
            "column" => name_or(text(1, "default").filter(|name| !name.is_empty())),
            "columns" => self.printed_columns(text(1, "default"), text(2, "fn")),
            "max_threads" | "cache_ttl" | "backend_hint" | "activate" | "disable" | "error"
            | "custom_error" => String::new(),
            _ if name.starts_with("date_diff_in_") => "1".to_owned(),
            _ if ["Int", "UInt", "Float"].iter().any(|kind| name.starts_with(kind)) => "1".to_owned(),
            _ => return None,
        })
    }

    fn printed_columns(&self, columns: Option<String>, function: Option<String>) -> String {
        let columns = columns.filter(|columns| !columns.is_empty()).unwrap_or_else(|| NAME.to_owned());
        match function {
            None => columns,
            Some(function) => {
                let calls: Vec<String> =
                    columns.split(',').map(|column| format!("{function}({})", column.trim())).collect();
                calls.join(",")
            }
        }
    }
}

/// A text as a template prints it, without what would have to be escaped.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace(['\'', '\\'], ""))
}

fn negated(truth: Option<bool>) -> Known {
    truth.map_or(Known::Unknown, |truth| Known::Bool(!truth))
}

fn call_name(expr: &Expr) -> Option<&str> {
    let ExprKind::Call { func, .. } = &expr.kind else { return None };
    match &func.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}

/// An argument by its place or its keyword.
fn argument<'a>(args: &'a [Expr], keywords: &'a [Keyword], at: usize, name: &str) -> Option<&'a Expr> {
    let keyword = keywords.iter().find(|keyword| keyword.name.as_deref() == Some(name));
    args.get(at).or(keyword.map(|keyword| &keyword.value))
}

#[cfg(test)]
mod tests {
    use crate::Template;

    fn both(sql: &str) -> (String, String) {
        let (template, _) = Template::parse(sql);
        (template.skeleton(false).sql.trim().to_owned(), template.skeleton(true).sql.trim().to_owned())
    }

    #[test]
    fn expressions_become_sql_of_their_kind() {
        let (sql, _) = both(
            "% SELECT {{ columns(c, 'a,b') }}, {{ symbol('d') }} FROM {{ table('events') }} \
             WHERE day > {{ Date(since) }} AND n = {{ Int32(n, 3) }} AND s = {{ String(s, 'abc') }} LIMIT {{ limit }}",
        );
        assert_eq!(sql, "SELECT a,b, d FROM events WHERE day > '2020-01-01' AND n = 1 AND s = 'abc' LIMIT x");
    }

    #[test]
    fn conditions_are_followed_where_they_are_plain() {
        let text = "% SELECT 1 {% if defined(a) %}, 2{% elif not defined(b) %}, 3{% else %}, 4{% end %}";
        assert_eq!(both(text), ("SELECT 1 , 3".to_owned(), "SELECT 1 , 2".to_owned()));
        let (template, _) = Template::parse(text);
        assert!(template.skeleton(true).is_certain);
        let (template, _) = Template::parse("% SELECT {% if a > 3 %}1{% else %}2{% end %}");
        assert!(!template.skeleton(true).is_certain);
        assert_eq!(template.skeleton(true).sql.trim(), "SELECT 1");
    }

    #[test]
    fn loops_know_their_last_turn() {
        let text = "% SELECT {% for last, c in enumerate_with_last(split_to_array(cols, 'a,b')) %}\
                    sum({{ symbol(c) }}){% if not last %},{% end %}{% end %} FROM t";
        assert_eq!(both(text).0, "SELECT sum(a),sum(b) FROM t");
        assert_eq!(both(text).1, "SELECT sum(x) FROM t");
    }

    #[test]
    fn loops_in_loops_end() {
        let list = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
        let mut text = "%".to_owned();
        for _ in 0..8 {
            text.push_str(&format!("{{% for a in {list} %}}x"));
        }
        text.push_str(&"{% end %}".repeat(8));
        let (template, _) = Template::parse(&text);
        assert!(!template.skeleton(true).is_certain);
    }

    #[test]
    fn places_lead_back_to_the_template() {
        let text = "% SELECT {{ Int32(n) }} FRM t";
        let (template, _) = Template::parse(text);
        let skeleton = template.skeleton(true);
        let at = skeleton.sql.find("FRM").unwrap();
        let span = skeleton.source_map.template_span(at).unwrap();
        assert_eq!(span.start as usize, text.find("FRM").unwrap());
    }
}
