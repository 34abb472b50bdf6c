//! The lexical layer every datafile shares: lines, words, values and where they came from.

mod line;
mod source_text;
mod value;
mod words;

pub(crate) use line::{Line, is_blank_or_comment, is_space, lines};
pub use source_text::SourceText;
pub(crate) use value::{expand, shown, unquote};
pub(crate) use words::{Word, split_words};
