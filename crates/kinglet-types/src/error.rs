//! An error as ClickHouse reports it: a number, a name and a message.

use std::borrow::Cow;
use std::fmt;

use kinglet_diagnostic::{Diagnostic, Span};

use crate::error_codes::NAMES;

/// The result of anything that can fail with a ClickHouse error.
pub type Result<T, E = SqlError> = std::result::Result<T, E>;

/// ClickHouse's number of an error. The constants name those that the engine raises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorCode(pub u16);

macro_rules! codes {
    ($($name:ident = $number:literal),* $(,)?) => {
        impl ErrorCode {
            $(
                #[doc = concat!("Error ", stringify!($number), ", ", stringify!($name), ".")]
                pub const $name: Self = Self($number);
            )*
        }
    };
}

codes! {
    UNSUPPORTED_METHOD = 1,
    CANNOT_PARSE_TEXT = 6,
    INCORRECT_NUMBER_OF_COLUMNS = 7,
    SIZES_OF_COLUMNS_DOESNT_MATCH = 9,
    NOT_FOUND_COLUMN_IN_BLOCK = 10,
    DUPLICATE_COLUMN = 15,
    NO_SUCH_COLUMN_IN_TABLE = 16,
    SIZE_OF_FIXED_STRING_DOESNT_MATCH = 19,
    CANNOT_READ_ALL_DATA = 33,
    TOO_MANY_ARGUMENTS_FOR_FUNCTION = 34,
    TOO_FEW_ARGUMENTS_FOR_FUNCTION = 35,
    BAD_ARGUMENTS = 36,
    CANNOT_PARSE_DATE = 38,
    CANNOT_PARSE_DATETIME = 41,
    NUMBER_OF_ARGUMENTS_DOESNT_MATCH = 42,
    ILLEGAL_TYPE_OF_ARGUMENT = 43,
    ILLEGAL_COLUMN = 44,
    UNKNOWN_FUNCTION = 46,
    UNKNOWN_IDENTIFIER = 47,
    NOT_IMPLEMENTED = 48,
    LOGICAL_ERROR = 49,
    UNKNOWN_TYPE = 50,
    TYPE_MISMATCH = 53,
    SYNTAX_ERROR = 62,
    UNKNOWN_AGGREGATE_FUNCTION = 63,
    ARGUMENT_OUT_OF_BOUND = 69,
    CANNOT_CONVERT_TYPE = 70,
    CANNOT_PARSE_NUMBER = 72,
    UNKNOWN_FORMAT = 73,
    UNKNOWN_TABLE = 60,
    ILLEGAL_AGGREGATION = 184,
    UNKNOWN_DATABASE = 81,
    UNKNOWN_SETTING = 115,
    PARAMETER_OUT_OF_BOUND = 12,
    INCORRECT_DATA = 117,
    UNKNOWN_TYPE_OF_QUERY = 78,
    TOO_LARGE_ARRAY_SIZE = 128,
    TOO_LARGE_STRING_SIZE = 131,
    ILLEGAL_DIVISION = 153,
    TIMEOUT_EXCEEDED = 159,
    TOO_SLOW = 160,
    AMBIGUOUS_IDENTIFIER = 207,
    ALIAS_REQUIRED = 206,
    NOT_AN_AGGREGATE = 215,
    CYCLIC_ALIASES = 174,
    MULTIPLE_EXPRESSIONS_FOR_ALIAS = 179,
    SIZES_OF_ARRAYS_DONT_MATCH = 190,
    UNKNOWN_ELEMENT_OF_ENUM = 691,
    MEMORY_LIMIT_EXCEEDED = 241,
    INVALID_JOIN_ON_EXPRESSION = 403,
    AGGREGATE_FUNCTION_THROW = 503,
    INCORRECT_RESULT_OF_SCALAR_SUBQUERY = 125,
    SET_SIZE_LIMIT_EXCEEDED = 191,
    VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE = 321,
    CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN = 349,
    TOO_DEEP_RECURSION = 306,
    NO_COMMON_TYPE = 386,
    ILLEGAL_INDEX = 127,
    UNEXPECTED_EXPRESSION = 183,
    ZERO_ARRAY_OR_TUPLE_INDEX = 135,
    ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER = 59,
    QUERY_WAS_CANCELLED = 394,
    FUNCTION_THROW_IF_VALUE_IS_NON_ZERO = 395,
    DECIMAL_OVERFLOW = 407,
    CANNOT_COMPILE_REGEXP = 427,
    LIMIT_EXCEEDED = 290,
    BAD_QUERY_PARAMETER = 457,
    UNKNOWN_QUERY_PARAMETER = 456,
    INVALID_LIMIT_EXPRESSION = 440,
    INVALID_WITH_FILL_EXPRESSION = 475,
    UNION_ALL_RESULT_STRUCTURES_MISMATCH = 258,
    CANNOT_PARSE_BOOL = 467,
    CANNOT_PARSE_UUID = 376,
    CANNOT_PARSE_IPV4 = 675,
    CANNOT_PARSE_IPV6 = 676,
    CANNOT_PARSE_INPUT_ASSERTION_FAILED = 27,
    CANNOT_PARSE_QUOTED_STRING = 26,
    ATTEMPT_TO_READ_AFTER_EOF = 32,
    ILLEGAL_FINAL = 181,
    ILLEGAL_PREWHERE = 182,
    SAMPLING_NOT_SUPPORTED = 141,
    THERE_IS_NO_COLUMN = 8,
    EMPTY_LIST_OF_COLUMNS_QUERIED = 51,
    READONLY = 164,
    ACCESS_DENIED = 497,
    TABLE_ALREADY_EXISTS = 57,
    CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING = 441,
}

impl ErrorCode {
    /// ClickHouse's name, such as `UNKNOWN_IDENTIFIER`; `UNKNOWN` for a number without one.
    pub fn name(self) -> &'static str {
        match NAMES.binary_search_by_key(&self.0, |(number, _)| *number) {
            Ok(at) => NAMES.get(at).map_or("UNKNOWN", |(_, name)| name),
            Err(_) => "UNKNOWN",
        }
    }

    /// The number of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(number, _)| Self(*number))
    }
}

/// An error as ClickHouse reports it, with the place in the query if it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlError {
    /// Number and, by [`ErrorCode::name`], name.
    pub code: ErrorCode,
    /// One sentence for people.
    pub message: String,
    /// Where in the query's text.
    pub span: Option<Span>,
}

impl SqlError {
    /// An error without a place.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span: None }
    }

    /// The same error at `span`, unless it has a place already.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }

    /// ClickHouse's name of the error.
    pub fn name(&self) -> &'static str {
        self.code.name()
    }

    /// The error as a diagnostic with the code `sql/<NAME>`.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let code: Cow<'static, str> = format!("sql/{}", self.name()).into();
        Diagnostic::error(code, self.span.unwrap_or_default(), self.message.clone())
    }

    /// Error 42 for `function`.
    pub fn wrong_argument_count(function: &str, given: usize, wanted: &str) -> Self {
        let message = format!(
            "Number of arguments for function {function} doesn't match: passed {given}, should be {wanted}"
        );
        Self::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message)
    }

    /// Error 43 for an argument (`position` counts from 1) of `function`.
    pub fn illegal_type(function: &str, position: usize, ty: &crate::ChType) -> Self {
        let message = format!("Illegal type {ty} of argument {position} of function {function}");
        Self::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
    }
}

impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code: {}. DB::Exception: {}. ({})", self.code.0, self.message, self.name())
    }
}

impl std::error::Error for SqlError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_belong_together() {
        assert_eq!(ErrorCode::UNKNOWN_IDENTIFIER.name(), "UNKNOWN_IDENTIFIER");
        assert_eq!(ErrorCode::from_name("MEMORY_LIMIT_EXCEEDED"), Some(ErrorCode(241)));
        assert_eq!(ErrorCode(65_000).name(), "UNKNOWN");
        let error = SqlError::new(ErrorCode::UNKNOWN_TABLE, "Unknown table expression identifier 't'");
        assert_eq!(
            error.to_string(),
            "Code: 60. DB::Exception: Unknown table expression identifier 't'. (UNKNOWN_TABLE)"
        );
    }
}
