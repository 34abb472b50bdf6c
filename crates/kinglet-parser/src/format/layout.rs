//! Nodes to lines.

use super::FormatOptions;
use super::clause::{self, Body, Clause};
use super::space::is_spaced;
use super::tree::{Node, Piece, ends_line, nodes};
use crate::token::TokenKind;

/// Lays out the statements of a text.
pub(super) fn lay_out(pieces: Vec<Piece>, options: &FormatOptions) -> String {
    let mut lines = Lines { out: String::new(), column: 0, options: *options, before: None, last: None };
    let mut statement: Vec<Piece> = Vec::new();
    for piece in pieces {
        match piece.kind {
            TokenKind::Semicolon | TokenKind::VerticalDelimiter | TokenKind::End => {
                lines.statement(std::mem::take(&mut statement), piece);
            }
            _ => statement.push(piece),
        }
    }
    lines.out.truncate(lines.out.trim_end().len());
    lines.out
}

struct Lines {
    out: String,
    column: usize,
    options: FormatOptions,
    before: Option<Piece>,
    last: Option<Piece>,
}

impl Lines {
    fn statement(&mut self, pieces: Vec<Piece>, end: Piece) {
        if !pieces.is_empty() {
            if !self.out.is_empty() {
                self.out.truncate(self.out.trim_end().len());
                self.newline(0);
                self.newline(0);
            }
            self.level(&nodes(pieces), 0);
        }
        if !end.leading.is_empty() {
            self.fresh_line(0);
        }
        self.piece(&end, 0);
    }

    fn newline(&mut self, indent: usize) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
        self.before = None;
        self.last = None;
    }

    /// Starts a line, unless one was just started.
    fn fresh_line(&mut self, indent: usize) {
        let line = self.out.rsplit('\n').next().unwrap_or("");
        if line.trim().is_empty() {
            let length = self.out.len() - line.len();
            self.out.truncate(length);
            self.out.extend(std::iter::repeat_n(' ', indent));
            self.column = indent;
            self.before = None;
            self.last = None;
        } else {
            self.newline(indent);
        }
    }

    fn write(&mut self, text: &str) {
        self.out.push_str(text);
        let last_line = text.rsplit('\n').next().unwrap_or(text);
        let width = last_line.chars().count();
        self.column = if text.contains('\n') { width } else { self.column + width };
    }

    /// Writes a token, its comments and the space before it. Lines it starts are indented by `indent`.
    fn piece(&mut self, piece: &Piece, indent: usize) {
        let line = self.out.rsplit('\n').next().unwrap_or("");
        let own_indent = if line.trim().is_empty() { self.column } else { indent };
        for comment in &piece.leading {
            self.fresh_line(own_indent);
            self.write(comment);
        }
        if !piece.leading.is_empty() && piece.kind != TokenKind::End {
            self.newline(own_indent);
        }
        let spaced = self.last.as_ref().is_some_and(|last| is_spaced(self.before.as_ref(), last, piece));
        if spaced {
            self.write(" ");
        }
        self.write(&piece.text);
        self.before = self.last.take();
        self.last = Some(piece.clone());
        for comment in &piece.trailing {
            self.write(" ");
            self.write(comment);
            if ends_line(comment) {
                self.newline(indent);
            }
        }
    }

    /// Writes nodes on one line.
    fn flat(&mut self, nodes: &[Node], indent: usize) {
        for node in nodes {
            match node {
                Node::Piece(piece) => self.piece(piece, indent),
                Node::Group { open, children, close } => {
                    self.piece(open, indent);
                    self.flat(children, indent);
                    self.piece(close, indent);
                }
            }
        }
    }

    /// Whether nodes fit on the rest of the line; a comment at their very end does not count.
    fn fits(&self, nodes: &[Node]) -> bool {
        let mut width = Width { before: self.before.as_ref(), last: self.last.as_ref(), width: 0 };
        let ends_itself = nodes.last().is_some_and(|node| node.last().ends_line());
        width.add(nodes, ends_itself) && self.column + width.width <= self.options.width
    }

    /// Writes a query, a statement, or what stands in the brackets of one.
    fn level(&mut self, nodes: &[Node], indent: usize) {
        let clauses = clause::split(nodes);
        let is_short =
            clauses.len() < 2 || self.options.width.min(80) + indent > self.column + flat_width(nodes);
        if self.fits(nodes) && is_short {
            return self.flat(nodes, indent);
        }
        for (index, clause) in clauses.iter().enumerate() {
            if index > 0 {
                self.fresh_line(indent);
            }
            self.clause(clause, indent);
        }
    }

    fn clause(&mut self, clause: &Clause<'_>, indent: usize) {
        self.flat(clause.head, indent);
        let deeper = indent + self.options.indent;
        if clause.body.is_empty() {
            return;
        }
        let after_head = clause.head.last().is_some_and(|head| head.last().ends_line());
        if !after_head && self.fits(clause.body) {
            return self.flat(clause.body, deeper);
        }
        match clause.kind {
            Body::List if !clause.head.is_empty() => self.items(clause.body, deeper),
            Body::Condition => self.conditions(clause.body, deeper),
            Body::List | Body::Inline => self.inline(clause.body, indent),
        }
    }

    /// One item per line.
    fn items(&mut self, nodes: &[Node], indent: usize) {
        for item in clause::items(nodes) {
            self.fresh_line(indent);
            self.item(item, indent);
        }
    }

    fn item(&mut self, nodes: &[Node], indent: usize) {
        if self.fits(nodes) {
            return self.flat(nodes, indent + self.options.indent);
        }
        if clause::conditions(nodes).len() > 1 {
            return self.conditions(nodes, indent + self.options.indent);
        }
        self.inline(nodes, indent);
    }

    /// One condition per line, the first on the current one.
    fn conditions(&mut self, nodes: &[Node], indent: usize) {
        for (index, part) in clause::conditions(nodes).into_iter().enumerate() {
            if index > 0 {
                self.fresh_line(indent);
            }
            if self.fits(part) {
                self.flat(part, indent + self.options.indent);
            } else {
                self.inline(part, indent);
            }
        }
    }

    /// Goes on along the line; brackets that do not fit are opened, `CASE` gets a line per branch.
    fn inline(&mut self, nodes: &[Node], indent: usize) {
        let deeper = indent + self.options.indent;
        let mut cases = 0usize;
        for (index, node) in nodes.iter().enumerate() {
            if node.is("CASE") {
                cases += 1;
            }
            let starts_branch = cases > 0 && (node.is("WHEN") || node.is("ELSE"));
            if starts_branch {
                self.fresh_line(indent + cases * self.options.indent);
            } else if node.is("END") && cases > 0 {
                cases -= 1;
                self.fresh_line(indent + cases * self.options.indent);
            }
            match node {
                Node::Piece(piece) => self.piece(piece, deeper),
                Node::Group { open, children, close } => {
                    if self.fits(&nodes[index..=index]) || children.is_empty() {
                        self.flat(&nodes[index..=index], deeper);
                    } else {
                        self.group(open, children, close, indent + cases * self.options.indent);
                    }
                }
            }
        }
    }

    /// Brackets over several lines.
    fn group(&mut self, open: &Piece, children: &[Node], close: &Piece, indent: usize) {
        let deeper = indent + self.options.indent;
        self.piece(open, deeper);
        self.fresh_line(deeper);
        if clause::has_clauses(children) {
            self.level(children, deeper);
        } else {
            for (index, item) in clause::items(children).into_iter().enumerate() {
                if index > 0 {
                    self.fresh_line(deeper);
                }
                self.item(item, deeper);
            }
        }
        self.fresh_line(indent);
        self.piece(close, indent);
    }
}

fn flat_width(nodes: &[Node]) -> usize {
    let mut width = Width { before: None, last: None, width: 0 };
    width.add(nodes, true);
    width.width
}

/// Measures nodes on one line.
struct Width<'a> {
    before: Option<&'a Piece>,
    last: Option<&'a Piece>,
    width: usize,
}

impl<'a> Width<'a> {
    /// Adds nodes; answers whether they can stand on one line at all.
    fn add(&mut self, nodes: &'a [Node], comment_at_end: bool) -> bool {
        nodes.iter().enumerate().all(|(index, node)| {
            let is_last = comment_at_end && index + 1 == nodes.len();
            match node {
                Node::Piece(piece) => self.add_piece(piece, is_last),
                Node::Group { open, children, close } => {
                    self.add_piece(open, false) && self.add(children, false) && self.add_piece(close, is_last)
                }
            }
        })
    }

    fn add_piece(&mut self, piece: &'a Piece, comment_at_end: bool) -> bool {
        let spaced = self.last.is_some_and(|last| is_spaced(self.before, last, piece));
        self.width += piece.text.chars().count() + usize::from(spaced);
        self.before = self.last.replace(piece);
        let inline = piece.trailing.iter().filter(|comment| !ends_line(comment));
        self.width += inline.map(|comment| comment.chars().count() + 1).sum::<usize>();
        piece.leading.is_empty() && (comment_at_end || !piece.ends_line()) && !piece.text.contains('\n')
    }
}
