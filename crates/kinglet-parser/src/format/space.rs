//! Which tokens have a space between them.

use super::tree::Piece;
use crate::parser::Role;
use crate::token::TokenKind as K;

/// Keywords that are written as calls.
const LIKE_CALLS: [&str; 10] =
    ["CODEC", "COLUMNS", "SOURCE", "LAYOUT", "LIFETIME", "RANGE", "ROLLUP", "CUBE", "STATISTICS", "SETTINGS"];

/// Whether a space stands between two tokens of a line. `before_left` is the token before `left`.
pub(super) fn is_spaced(before_left: Option<&Piece>, left: &Piece, right: &Piece) -> bool {
    if left.tight || right.tight {
        return false;
    }
    match (left.kind, right.kind) {
        (_, K::Comma | K::Semicolon | K::CloseRound | K::CloseSquare | K::CloseCurly | K::End) => false,
        (K::OpenRound | K::OpenSquare | K::OpenCurly, _) => false,
        (K::Dot | K::DoubleColon | K::DoubleAt | K::Caret, _) | (_, K::Dot | K::DoubleColon) => false,
        (K::Colon, _) if is_after(before_left, K::Dot) => false,
        (_, K::OpenRound) => !is_called(left),
        (_, K::OpenSquare) => !is_operand_end(left),
        (K::Minus, K::Minus) => true,
        (K::Minus, _) => right.text.starts_with('-') || !is_sign(before_left),
        _ => true,
    }
}

fn is_after(piece: Option<&Piece>, kind: K) -> bool {
    piece.is_some_and(|piece| piece.kind == kind)
}

/// Whether a parenthesis after it holds arguments.
fn is_called(left: &Piece) -> bool {
    match left.kind {
        K::CloseRound => true,
        K::Word | K::QuotedIdentifier => match left.role {
            Role::Function | Role::Type => true,
            Role::Keyword => LIKE_CALLS.iter().any(|word| left.is(word)) && !left.is("SETTINGS"),
            Role::Name | Role::Verbatim => false,
        },
        _ => false,
    }
}

/// Whether a value ends with it, so that a square bracket after it is an index.
fn is_operand_end(left: &Piece) -> bool {
    match left.kind {
        K::CloseRound | K::CloseSquare | K::CloseCurly | K::QuotedIdentifier | K::String => true,
        K::Word => left.role != Role::Keyword,
        _ => false,
    }
}

/// Whether a minus after `before` is a sign and no subtraction.
fn is_sign(before: Option<&Piece>) -> bool {
    let Some(before) = before else { return true };
    match before.kind {
        K::Word => before.role == Role::Keyword && !before.is("NULL") && !before.is("END"),
        K::CloseRound
        | K::CloseSquare
        | K::CloseCurly
        | K::Number
        | K::String
        | K::HereDoc
        | K::QuotedIdentifier
        | K::Asterisk => false,
        _ => true,
    }
}
