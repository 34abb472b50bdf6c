//! Data-skipping indexes: the lines of an `INDEXES` block.

use kinglet_diagnostic::Span;

use crate::column::Column;
use crate::problem::{Parsed, Problem};
use crate::text::{Line, SourceText, is_space, lines};

/// One data-skipping index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Name of the index.
    pub name: String,
    /// The indexed expression.
    pub expression: String,
    /// Type with its arguments, such as `set(100)`.
    pub r#type: String,
    /// Granules per mark, when given.
    pub granularity: Option<String>,
    /// The line in the file.
    pub span: Span,
}

const USAGE: &str = "Usage: `[INDEX] name expr TYPE type_full GRANULARITY granularity`";

/// Reads the lines of an `INDEXES` block, for text that is not part of a file.
pub fn parse_indexes(text: &str) -> Parsed<Vec<Index>> {
    read_indexes(&SourceText::contiguous(text, 0), 0)
}

/// Reads index definitions, one a line. Tinybird counts their lines from `first_line`.
pub(crate) fn read_indexes(source: &SourceText, first_line: usize) -> Parsed<Vec<Index>> {
    let mut parsed = Parsed { value: Vec::new(), problems: Vec::new() };
    for line in lines(&source.text) {
        if line.text.trim_matches(is_space).is_empty() {
            continue;
        }
        match read_index(&line) {
            Ok(mut index) => {
                index.span = source.file_span(index.span);
                parsed.value.push(index);
            }
            Err(reported_line) => {
                let indent = line.text.chars().take_while(|c| is_space(*c)).count();
                let span = source.file_span(line.span());
                let problem = Problem::error("datafile/index-syntax", span, "Invalid INDEX syntax");
                parsed.problems.push(problem.at(first_line + reported_line, indent + 1).with_hint(USAGE));
                break;
            }
        }
    }
    parsed
}

/// Reads one line. The error is the line number Tinybird reports: the line's own when the word `TYPE`
/// is missing or repeated, 1 otherwise.
fn read_index(line: &Line<'_>) -> Result<Index, usize> {
    let text = line.text.trim_matches(is_space);
    let text = text.trim_end_matches([',', ' ']);
    // Tinybird strips the letters of the word rather than the word, so `INDXa` is called `a`.
    let text = text.trim_start_matches(['I', 'N', 'D', 'E', 'X']).trim_start_matches(is_space);
    if text.matches("TYPE").count() != 1 {
        return Err(line.number);
    }
    definition(text).map(|index| Index { span: line.span(), ..index }).ok_or(1)
}

/// `name expression TYPE type[(arguments)] [GRANULARITY n]`; what follows that is ignored.
fn definition(text: &str) -> Option<Index> {
    let (head, tail) = text.split_once("TYPE")?;
    let name_length = head.find(|c: char| !is_word(c)).filter(|length| *length > 0)?;
    let (name, expression) = head.split_at(name_length);
    let trimmed = expression.trim_matches(is_space);
    let separated = expression.starts_with(is_space) && expression.ends_with(is_space);
    if !separated || trimmed.is_empty() || !trimmed.chars().all(is_expression_character) {
        return None;
    }
    let (r#type, rest) = index_type(tail)?;
    Some(Index {
        name: name.to_owned(),
        expression: trimmed.to_owned(),
        r#type,
        granularity: granularity(rest),
        span: Span::default(),
    })
}

/// The type with its arguments, and the text after it.
fn index_type(tail: &str) -> Option<(String, &str)> {
    let text = tail.trim_start_matches(is_space);
    let length = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    if text.len() == tail.len() || length == 0 {
        return None;
    }
    let arguments = text.get(length..).and_then(|rest| rest.strip_prefix('(')).and_then(|rest| {
        let end = rest.find(')')?;
        let inner = rest.get(..end)?;
        let fits = |c: char| is_word(c) || is_space(c) || "*.,".contains(c);
        (!inner.is_empty() && inner.chars().all(fits)).then_some(end + 2)
    });
    let end = length + arguments.unwrap_or(0);
    Some((text.get(..end)?.to_owned(), text.get(end..)?))
}

fn granularity(rest: &str) -> Option<String> {
    let text = rest.trim_start_matches(is_space);
    let after = text.strip_prefix("GRANULARITY").filter(|_| text.len() < rest.len())?;
    let digits = after.trim_start_matches(is_space);
    let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    (length > 0 && digits.len() < after.len()).then(|| digits.get(..length).unwrap_or("").to_owned())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_expression_character(c: char) -> bool {
    is_word(c) || is_space(c) || ('"'..='>').contains(&c) || c == '[' || c == ']'
}

/// Index types that Tinybird creates.
const ALLOWED_TYPES: [&str; 5] = ["minmax", "set", "bloom_filter", "ngrambf_v1", "tokenbf_v1"];

/// Types of columns a `bloom_filter` may be put on, without their arguments.
const BLOOM_FILTER_TYPES: [&str; 8] =
    ["Date", "DateTime", "String", "FixedString", "UUID", "Array", "LowCardinality", "Nullable"];

/// Checks that an index may be created on these columns, and says why not.
///
/// An index on an expression rather than on a column is only checked for its type.
pub fn check_index(index: &Index, columns: &[Column]) -> Result<(), String> {
    if !ALLOWED_TYPES.iter().any(|allowed| index.r#type.contains(allowed)) {
        return Err(format!("Not allowed index '{}'", index.r#type));
    }
    let Some(column) = columns.iter().find(|column| column.name == index.expression) else { return Ok(()) };
    let full_type = column.full_type();
    let fits = if index.r#type.starts_with("bloom_filter") {
        fits_bloom_filter(&full_type)
    } else if index.r#type.starts_with("ngrambf_v1") {
        full_type == "String" || full_type == "FixedString" || full_type.starts_with("Map")
    } else {
        true
    };
    if fits {
        return Ok(());
    }
    Err(format!(
        "Not allowed data type '{full_type}' for index '{}' for column '{}' ",
        index.r#type, index.expression
    ))
}

fn fits_bloom_filter(full_type: &str) -> bool {
    let number = ["Int", "UInt", "Float", "Enum"].iter().any(|family| full_type.starts_with(family));
    let wrapper = ["Array(", "LowCardinality(", "Nullable(", "Map("].iter().any(|w| full_type.starts_with(w));
    number || wrapper || BLOOM_FILTER_TYPES.contains(&full_type)
}
