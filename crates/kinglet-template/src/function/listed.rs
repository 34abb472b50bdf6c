//! Names that are functions or classes wherever they stand, and so no parameters. Kept apart from the functions
//! themselves, which reading a template does not need.

use crate::object::exception;

/// Python's functions, classes and constants.
const PYTHON: [&str; 56] = [
    "Ellipsis",
    "False",
    "None",
    "NotImplemented",
    "True",
    "abs",
    "aiter",
    "all",
    "anext",
    "any",
    "ascii",
    "bin",
    "bool",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "complex",
    "dict",
    "divmod",
    "enumerate",
    "filter",
    "float",
    "frozenset",
    "hasattr",
    "hash",
    "hex",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "map",
    "max",
    "min",
    "next",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "slice",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
    "BaseExceptionGroup",
    "ExceptionGroup",
];

/// Exception classes of the operating system and others that templates can name and never meet.
const EXCEPTIONS: [&str; 20] = [
    "BlockingIOError",
    "BrokenPipeError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "EnvironmentError",
    "FileExistsError",
    "FileNotFoundError",
    "IOError",
    "InterruptedError",
    "IsADirectoryError",
    "NotADirectoryError",
    "PermissionError",
    "ProcessLookupError",
    "StopAsyncIteration",
    "TabError",
    "TimeoutError",
    "UnicodeTranslateError",
];

/// Tinybird's helpers that are no parameter where they stand without being called; its other functions are listed as
/// one.
const HELPERS: [&str; 18] = [
    "JSON",
    "TABLE",
    "column",
    "columns",
    "custom_error",
    "date_diff_in_days",
    "date_diff_in_hours",
    "date_diff_in_minutes",
    "date_diff_in_seconds",
    "day_diff",
    "defined",
    "enumerate_with_last",
    "error",
    "split_to_array",
    "sql_and",
    "sql_unescape",
    "symbol",
    "table",
];

/// Whether a name is one of Python's functions, classes or exceptions, or a helper.
pub(crate) fn is_builtin_name(name: &str) -> bool {
    PYTHON.contains(&name)
        || HELPERS.contains(&name)
        || EXCEPTIONS.contains(&name)
        || name.ends_with("Warning") && name.starts_with(|c: char| c.is_ascii_uppercase())
        || exception::exception_class(name).is_some()
}
