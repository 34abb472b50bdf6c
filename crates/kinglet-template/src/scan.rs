//! Template text to a tree of parts, with the tags and error texts of Tornado's template language.

use kinglet_diagnostic::Span;

use crate::RenderError;
use crate::object::text;
use crate::python::ast::Expr;
use crate::python::{self, Refusal, SyntaxError, check};
use crate::tree::{Block, Divider, Head, Keyword, Node, Section, Whitespace};

/// Blocks inside blocks that are accepted.
const MAX_DEPTH: usize = 64;

/// A template that was read.
pub(crate) struct Scanned {
    pub(crate) nodes: Vec<Node>,
    /// Something that is wrong although parameters can be listed.
    pub(crate) late: Option<RenderError>,
}

/// Reads `source` from byte `start` on; `name` stands in error texts.
pub(crate) fn scan(source: &str, start: usize, name: &str) -> Result<Scanned, RenderError> {
    let whitespace =
        if name.ends_with(".html") || name.ends_with(".js") { Whitespace::Single } else { Whitespace::All };
    let mut scanner =
        Scanner { source, name, start, at: start, line: 1, whitespace, depth: 0, deferred: None, late: None };
    let body = scanner.body(None, false)?;
    match scanner.deferred {
        Some(error) => Err(error),
        None => Ok(Scanned { nodes: body.nodes, late: scanner.late }),
    }
}

struct Scanner<'a> {
    source: &'a str,
    name: &'a str,
    start: usize,
    at: usize,
    line: usize,
    whitespace: Whitespace,
    depth: usize,
    /// The first piece of Python that cannot be read; told only when the tags are all right.
    deferred: Option<RenderError>,
    late: Option<RenderError>,
}

/// Contents of a block: what precedes the first divider, and the sections.
struct Body {
    nodes: Vec<Node>,
    sections: Vec<Section>,
}

impl Body {
    fn push(&mut self, node: Node) {
        match self.sections.last_mut() {
            Some(section) => section.body.push(node),
            None => self.nodes.push(node),
        }
    }
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or("")
    }

    /// Moves on by `bytes` and returns what was passed.
    fn consume(&mut self, bytes: usize) -> Span {
        let span = Span::new(self.at, self.at + bytes);
        self.line += span.text(self.source).bytes().filter(|byte| *byte == b'\n').count();
        self.at += bytes;
        span
    }

    fn error(&self, start: usize, message: &str) -> RenderError {
        let span = Span::new(start, self.at.max(start));
        RenderError::syntax(span, format!("{message} at {}:{}", self.name, self.line))
    }

    /// Length of the text before the next tag, `None` when there is no further tag.
    fn next_tag(&self) -> Option<usize> {
        let rest = self.rest().as_bytes();
        (0..rest.len().saturating_sub(1)).find(|at| {
            let opens = rest.get(*at) == Some(&b'{') && matches!(rest.get(at + 1), Some(b'{' | b'%' | b'#'));
            // Of three or more braces the innermost pair counts.
            opens && !(rest.get(at + 1) == Some(&b'{') && rest.get(at + 2) == Some(&b'{'))
        })
    }

    fn body(&mut self, parent: Option<Keyword>, in_loop: bool) -> Result<Body, RenderError> {
        let mut body = Body { nodes: Vec::new(), sections: Vec::new() };
        loop {
            let Some(before) = self.next_tag() else {
                if parent.is_some() {
                    return Err(self.missing_end());
                }
                let span = self.consume(self.rest().len());
                body.push(Node::Text { span, whitespace: self.whitespace });
                return Ok(body);
            };
            if before > 0 {
                let span = self.consume(before);
                body.push(Node::Text { span, whitespace: self.whitespace });
            }
            let start = self.at;
            let brace = self.consume(2);
            if self.rest().starts_with('!') {
                self.consume(1);
                body.push(Node::Text { span: brace, whitespace: self.whitespace });
                continue;
            }
            match brace.text(self.source) {
                "{#" => {
                    self.until(start, "#}", "Missing end comment #}")?;
                }
                "{{" => {
                    let code = self.until(start, "}}", "Missing end expression }}")?;
                    if code.is_empty() {
                        return Err(self.error(start, "Empty expression"));
                    }
                    let value = self.expression(code)?;
                    body.push(Node::Expression { code, value });
                }
                _ => {
                    let code = self.until(start, "%}", "Missing end block %}")?;
                    if self.tag(start, code, parent, in_loop, &mut body)? {
                        return Ok(body);
                    }
                }
            }
        }
    }

    /// Consumes up to and with `close`; returns the contents without surrounding white space.
    fn until(&mut self, start: usize, close: &str, missing: &str) -> Result<Span, RenderError> {
        let Some(length) = self.rest().find(close) else {
            return Err(self.error(start, missing));
        };
        let contents = self.consume(length);
        self.consume(close.len());
        Ok(trimmed(self.source, contents))
    }

    fn missing_end(&self) -> RenderError {
        let message = if self.name == "<string>" {
            format!("Missing {{% end %}} block for if at line {}", self.line)
        } else {
            let (node, line) = (self.name, self.line);
            let sql = self.source.get(self.start..).unwrap_or("");
            format!("Missing {{% end %}} block for if in the node {node} at line {line} of the SQL: {sql}")
        };
        RenderError::syntax(Span::new(self.at, self.source.len()), message)
    }

    /// Handles `{% code %}`; true when it ends the block.
    fn tag(
        &mut self,
        start: usize,
        code: Span,
        parent: Option<Keyword>,
        in_loop: bool,
        body: &mut Body,
    ) -> Result<bool, RenderError> {
        let contents = code.text(self.source);
        let (operator, rest) = contents.split_once(' ').unwrap_or((contents, ""));
        let suffix = trimmed(self.source, Span::new(code.end as usize - rest.len(), code.end as usize));
        match operator {
            "" => return Err(self.error(start, "Empty block tag ({% %})")),
            "end" if parent.is_some() => return Ok(true),
            "end" => return Err(self.error(start, "Extra {% end %} block")),
            "if" => self.block(Keyword::If, code, in_loop, body)?,
            "try" => self.block(Keyword::Try, code, in_loop, body)?,
            "for" => self.block(Keyword::For, code, true, body)?,
            "while" => self.block(Keyword::While, code, true, body)?,
            "elif" => self.divider(start, Divider::Elif, operator, code, parent, body)?,
            "else" => self.divider(start, Divider::Else, operator, code, parent, body)?,
            "except" => self.divider(start, Divider::Except, operator, code, parent, body)?,
            "finally" => self.divider(start, Divider::Finally, operator, code, parent, body)?,
            "comment" => {}
            "set" if suffix.is_empty() => return Err(self.error(start, "set missing statement")),
            "set" => self.set(suffix, body)?,
            "whitespace" => self.whitespace = self.whitespace_mode(start, suffix)?,
            "break" | "continue" if in_loop => {
                if !suffix.is_empty() {
                    self.defer(SyntaxError::invalid(suffix));
                }
                body.push(Node::Jump { leaves: operator == "break" });
            }
            "break" | "continue" => {
                return Err(self.error(start, &format!("{operator} outside {{'for', 'while'}} block")));
            }
            "extends" | "include" | "import" | "autoescape" | "raw" | "module" | "apply" => {
                return Err(self.error(start, &format!("{operator} is forbidden")));
            }
            "from" => return Err(self.error(start, "import is forbidden")),
            "block" => {
                self.nested(start, Keyword::If, in_loop)?;
                return Err(self.error(start, "block is forbidden"));
            }
            _ => return Err(self.error(start, &format!("unknown operator: {}", text::quoted(operator)))),
        }
        Ok(false)
    }

    fn whitespace_mode(&self, start: usize, mode: Span) -> Result<Whitespace, RenderError> {
        match mode.text(self.source) {
            "all" => Ok(Whitespace::All),
            "single" => Ok(Whitespace::Single),
            "oneline" => Ok(Whitespace::OneLine),
            other => {
                let span = Span::new(start, self.at);
                Err(RenderError::syntax(span, format!("invalid whitespace mode {other}")))
            }
        }
    }

    fn nested(&mut self, start: usize, keyword: Keyword, in_loop: bool) -> Result<Body, RenderError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.error(start, "too many nested blocks"));
        }
        self.depth += 1;
        let inner = self.body(Some(keyword), in_loop);
        self.depth -= 1;
        inner
    }

    fn block(
        &mut self,
        keyword: Keyword,
        code: Span,
        in_loop: bool,
        body: &mut Body,
    ) -> Result<(), RenderError> {
        let inner = self.nested(code.start as usize, keyword, in_loop)?;
        let rest =
            trimmed(self.source, Span { start: code.start + keyword.word().len() as u32, end: code.end });
        let head = match keyword {
            Keyword::If | Keyword::While => python::condition(self.source, rest).map(Head::Condition),
            Keyword::For => {
                python::loop_head(self.source, rest).map(|(target, iter)| Head::Loop { target, iter })
            }
            Keyword::Try if rest.is_empty() => Ok(Head::Nothing),
            Keyword::Try => Err(Refusal::Kind),
        };
        let head = self.head(code, head)?;
        let block = Block { keyword, head, body: inner.nodes, sections: inner.sections };
        if let Some(message) = block.misplaced() {
            self.defer(SyntaxError::new(code, message));
        }
        body.push(Node::Block(block));
        Ok(())
    }

    fn divider(
        &mut self,
        start: usize,
        divider: Divider,
        operator: &str,
        code: Span,
        parent: Option<Keyword>,
        body: &mut Body,
    ) -> Result<(), RenderError> {
        let (parents, listed): (&[Keyword], _) = match divider {
            Divider::Elif => (&[Keyword::If], "{'if'}"),
            Divider::Else => {
                (&[Keyword::If, Keyword::For, Keyword::While, Keyword::Try], "{'for', 'if', 'try', 'while'}")
            }
            Divider::Except | Divider::Finally => (&[Keyword::Try], "{'try'}"),
        };
        match parent {
            None => Err(self.error(start, &format!("{operator} outside {listed} block"))),
            Some(parent) if !parents.contains(&parent) => {
                let parent = parent.word();
                Err(self.error(start, &format!("{operator} block cannot be attached to {parent} block")))
            }
            Some(_) => {
                let rest =
                    trimmed(self.source, Span { start: code.start + operator.len() as u32, end: code.end });
                let head = match divider {
                    Divider::Elif => python::condition(self.source, rest).map(Head::Condition),
                    Divider::Except => python::handler(self.source, rest).map(Head::Handler),
                    Divider::Else | Divider::Finally if rest.is_empty() => Ok(Head::Nothing),
                    Divider::Else | Divider::Finally => Err(Refusal::Kind),
                };
                let head = self.head(code, head)?;
                body.sections.push(Section { divider, head, body: Vec::new() });
                Ok(())
            }
        }
    }

    fn defer(&mut self, error: SyntaxError) {
        if self.deferred.is_none() {
            self.deferred = Some(syntax(error));
        }
    }

    fn expression(&mut self, code: Span) -> Result<Expr, RenderError> {
        let read = python::expression(self.source, code).map_err(|error| {
            // A column called `from` is the usual cause.
            let text = code.text(self.source);
            if text.trim().split(' ').next().is_some_and(|word| word.contains("from")) {
                return self.error(code.start as usize, "\"from\" is a forbidden word");
            }
            syntax(error)
        })?;
        check::strict(&read.value).map_err(refused)?;
        if let (Some(late), None) = (read.late, &self.late) {
            self.late = Some(syntax(late));
        }
        Ok(read.value)
    }

    fn set(&mut self, code: Span, body: &mut Body) -> Result<(), RenderError> {
        match python::statement(self.source, code) {
            Ok(statement) => {
                statement.parts().try_for_each(check::loose).map_err(refused)?;
                body.push(Node::Set(statement));
            }
            Err(Refusal::Syntax(error)) => self.defer(error),
            Err(Refusal::Kind) => {
                let message = format!("Invalid set statement: {}", code.text(self.source));
                return Err(refused(SyntaxError::new(code, message)));
            }
        }
        Ok(())
    }

    fn head(&mut self, code: Span, head: Result<Head, Refusal>) -> Result<Head, RenderError> {
        match head {
            Ok(head) => {
                head.parts().try_for_each(check::loose).map_err(refused)?;
                if let Head::Handler(python::Handler { name: Some(name), class: Some(class) }) = &head {
                    check::name(name, class).map_err(refused)?;
                }
                Ok(head)
            }
            Err(Refusal::Syntax(error)) => {
                self.defer(error);
                Ok(Head::Nothing)
            }
            Err(Refusal::Kind) => {
                let message = format!("Invalid control block: {}", code.text(self.source));
                Err(refused(SyntaxError::new(code, message)))
            }
        }
    }
}

/// Python that cannot be read.
fn syntax(error: SyntaxError) -> RenderError {
    RenderError::syntax(error.span, error.message)
}

/// Python that templates may not use.
fn refused(error: SyntaxError) -> RenderError {
    RenderError::syntax(error.span, format!("Template Syntax Error: {}", error.message))
}

impl Keyword {
    fn word(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::For => "for",
            Self::While => "while",
            Self::Try => "try",
        }
    }
}

/// `span` without white space at its ends.
fn trimmed(source: &str, span: Span) -> Span {
    let text = span.text(source);
    let start = span.start as usize + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
