//! The text as a tree of brackets, with comments attached to tokens.

use super::KeywordCase;
use crate::ast::{InsertSource, Statement, StatementKind};
use crate::lexer::Lexer;
use crate::parser::Role;
use crate::token::TokenKind;

/// A token with the comments around it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The text to print.
    pub(super) text: String,
    /// What the lexer says.
    pub(super) kind: TokenKind,
    /// What the parser says.
    pub(super) role: Role,
    /// Whether no space stands around it.
    pub(super) tight: bool,
    /// Comments on lines of their own before it.
    pub(super) leading: Vec<String>,
    /// Comments after it on its line.
    pub(super) trailing: Vec<String>,
}

impl Piece {
    /// Whether it is that keyword.
    pub(super) fn is(&self, word: &str) -> bool {
        self.role == Role::Keyword && self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether a line must end after it.
    pub(super) fn ends_line(&self) -> bool {
        self.trailing.iter().any(|comment| ends_line(comment))
    }
}

/// Whether a comment reaches to the end of its line, or over several.
pub(super) fn ends_line(comment: &str) -> bool {
    !comment.starts_with("/*") || comment.contains('\n')
}

/// A token, or brackets with what is in them.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A token that is no bracket.
    Piece(Piece),
    /// Brackets.
    Group {
        /// The opening bracket.
        open: Piece,
        /// What is between them.
        children: Vec<Node>,
        /// The closing bracket.
        close: Piece,
    },
}

impl Node {
    /// The last token.
    pub(super) fn last(&self) -> &Piece {
        match self {
            Node::Piece(piece) => piece,
            Node::Group { close, .. } => close,
        }
    }

    /// Whether it is that keyword.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Node::Piece(piece) if piece.is(word))
    }

    /// Whether it is a token of that kind.
    pub(super) fn is_kind(&self, kind: TokenKind) -> bool {
        matches!(self, Node::Piece(piece) if piece.kind == kind)
    }
}

/// Where the data of an `INSERT` starts, which is no SQL.
pub(super) fn data_start(statements: &[Statement]) -> Option<usize> {
    statements.iter().find_map(|statement| match &statement.kind {
        StatementKind::Insert(insert) => match &insert.source {
            InsertSource::Values(span) | InsertSource::Format(_, span) => Some(span.start as usize),
            _ => None,
        },
        _ => None,
    })
}

/// The tokens of a text with their comments. The last one is the end of the text.
pub(super) fn pieces(text: &str, roles: &[Role], keywords: KeywordCase) -> Vec<Piece> {
    let mut lexer = Lexer::new(text);
    let mut found: Vec<Piece> = Vec::new();
    let mut leading = Vec::new();
    let mut end = 0;
    let mut index = 0;
    loop {
        let token = lexer.next_token();
        let source = token.span.text(text);
        if token.kind == TokenKind::Comment {
            let before = text.get(end..token.span.start as usize).unwrap_or("");
            let own_line = found.is_empty() || before.contains('\n') || !leading.is_empty();
            let comment = source.trim_end().to_owned();
            match found.last_mut() {
                Some(piece) if !own_line => piece.trailing.push(comment),
                _ => leading.push(comment),
            }
            end = token.span.end as usize;
            continue;
        }
        let previous_end = end;
        end = token.span.end as usize;
        let role = roles.get(index).copied().unwrap_or(Role::Keyword);
        index += 1;
        if let Some(last) =
            found.last_mut().filter(|last| last.role == Role::Verbatim && role == Role::Verbatim)
            && leading.is_empty()
            && last.trailing.is_empty()
        {
            last.text.push_str(text.get(previous_end..token.span.end as usize).unwrap_or(""));
            continue;
        }
        let is_keyword = token.kind == TokenKind::Word && role == Role::Keyword;
        let text = match keywords {
            KeywordCase::Upper if is_keyword => source.to_ascii_uppercase(),
            KeywordCase::Lower if is_keyword => source.to_ascii_lowercase(),
            _ => source.to_owned(),
        };
        let leading = std::mem::take(&mut leading);
        let kind = if role == Role::Verbatim { TokenKind::String } else { token.kind };
        found.push(Piece { text, kind, role, tight: false, leading, trailing: Vec::new() });
        if token.kind == TokenKind::End {
            return found;
        }
    }
}

/// Marks the colons of `{name:Type}`.
pub(super) fn mark_parameters(pieces: &mut [Piece]) {
    for start in 0..pieces.len() {
        if let Some([open, name, colon]) = pieces.get_mut(start..start + 3) {
            colon.tight |= open.kind == TokenKind::OpenCurly
                && name.kind == TokenKind::Word
                && colon.kind == TokenKind::Colon;
        }
    }
}

/// Builds the tree of brackets. What is left open, or closed without being opened, is a plain token.
pub(super) fn nodes(pieces: Vec<Piece>) -> Vec<Node> {
    let mut levels: Vec<(Option<Piece>, Vec<Node>)> = vec![(None, Vec::new())];
    for piece in pieces {
        match piece.kind {
            TokenKind::OpenRound | TokenKind::OpenSquare | TokenKind::OpenCurly => {
                levels.push((Some(piece), Vec::new()));
            }
            TokenKind::CloseRound | TokenKind::CloseSquare | TokenKind::CloseCurly if levels.len() > 1 => {
                let Some((Some(open), children)) = levels.pop() else { continue };
                push(&mut levels, Node::Group { open, children, close: piece });
            }
            _ => push(&mut levels, Node::Piece(piece)),
        }
    }
    while levels.len() > 1 {
        let Some((open, children)) = levels.pop() else { break };
        for node in open.map(Node::Piece).into_iter().chain(children) {
            push(&mut levels, node);
        }
    }
    levels.pop().map(|(_, nodes)| nodes).unwrap_or_default()
}

fn push(levels: &mut [(Option<Piece>, Vec<Node>)], node: Node) {
    if let Some((_, nodes)) = levels.last_mut() {
        nodes.push(node);
    }
}
