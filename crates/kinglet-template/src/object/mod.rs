//! Values while a template runs: Python's, and the ones Tinybird adds.
//!
//! Containers live in a [`Heap`] and are passed around as handles: they may be shared and changed, may contain
//! themselves, and are all freed at once when the rendering ends.

pub(crate) mod compare;
pub(crate) mod convert;
pub(crate) mod date;
pub(crate) mod escape;
pub(crate) mod exception;
pub(crate) mod float;
pub(crate) mod format;
pub(crate) mod heap;
pub(crate) mod integer;
pub(crate) mod json;
pub(crate) mod text;

use std::sync::Arc;

use crate::integer::Integer;

pub(crate) use exception::Raised;
pub(crate) use heap::{Dict, Heap};

/// Handle of a list or a tuple in the heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SequenceId(pub(super) usize);

/// Handle of a dictionary or a set in the heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TableId(pub(super) usize);

/// Handle of a function written in the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LambdaId(pub(super) usize);

/// A number that prints as a conversion function: `toInt32('5')`.
#[derive(Debug)]
pub(crate) struct Cast {
    pub(crate) sql: Arc<str>,
    pub(crate) number: Number,
}

/// An integer or a float.
#[derive(Clone, Debug)]
pub(crate) enum Number {
    Int(Integer),
    Float(f64),
}

/// `range(start, stop, step)`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Range {
    pub(crate) start: i64,
    pub(crate) stop: i64,
    pub(crate) step: i64,
}

/// Which part of a dictionary a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Keys,
    Values,
    Items,
}

/// Any value.
#[derive(Clone, Debug)]
pub(crate) enum Object {
    None,
    Bool(bool),
    Int(Integer),
    Float(f64),
    Str(Arc<str>),
    /// Text that `{{ }}` inserts as it is.
    Sql(Arc<str>),
    /// A quoted identifier or a secret; not text, and inserted as it is.
    Symbol(Arc<str>),
    Cast(Arc<Cast>),
    /// Stands for a parameter in test mode.
    Placeholder,
    List(SequenceId),
    Tuple(SequenceId),
    Dict(TableId),
    Set(TableId),
    View(TableId, View),
    Range(Arc<Range>),
    /// Something that is being iterated: the list of what is left, in reverse.
    Iterator(SequenceId),
    Slice(SequenceId),
    /// A template function or a builtin that is not a class.
    Function(&'static str),
    /// A class that can be called or tested for.
    Class(&'static str),
    Method(Arc<(Object, Arc<str>)>),
    Lambda(LambdaId),
    Exception(Arc<Raised>),
    Ellipsis,
}

impl Object {
    pub(crate) fn str(text: impl Into<Arc<str>>) -> Self {
        Self::Str(text.into())
    }

    pub(crate) fn int(value: impl Into<Integer>) -> Self {
        Self::Int(value.into())
    }

    /// Text of a value that is a Python string.
    pub(crate) fn as_text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Str(text) | Self::Sql(text) => Some(text),
            _ => None,
        }
    }

    /// The number a value stands for in arithmetic.
    pub(crate) fn as_number(&self) -> Option<Number> {
        match self {
            Self::Bool(value) => Some(Number::Int(Integer::from(u8::from(*value)))),
            Self::Int(value) => Some(Number::Int(value.clone())),
            Self::Float(value) => Some(Number::Float(*value)),
            Self::Cast(cast) => Some(cast.number.clone()),
            _ => None,
        }
    }

    /// The integer a value stands for, where Python demands one.
    pub(crate) fn as_integer(&self) -> Option<Integer> {
        match self.as_number() {
            Some(Number::Int(value)) => Some(value),
            _ => None,
        }
    }

    /// Name of the value's Python class, for error texts.
    pub(crate) fn class_name(&self) -> &'static str {
        match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Str(_) => "str",
            Self::Sql(_) => "str",
            Self::Symbol(_) => "Symbol",
            Self::Cast(cast) => match cast.number {
                Number::Int(_) => "int",
                Number::Float(_) => "float",
            },
            Self::Placeholder => "Placeholder",
            Self::List(_) => "list",
            Self::Tuple(_) => "tuple",
            Self::Dict(_) => "dict",
            Self::Set(_) => "set",
            Self::View(_, View::Keys) => "dict_keys",
            Self::View(_, View::Values) => "dict_values",
            Self::View(_, View::Items) => "dict_items",
            Self::Range(_) => "range",
            Self::Iterator(_) => "generator",
            Self::Slice(_) => "slice",
            Self::Function(_) | Self::Lambda(_) => "function",
            Self::Class(_) => "type",
            Self::Method(_) => "builtin_function_or_method",
            Self::Exception(raised) => raised.class,
            Self::Ellipsis => "ellipsis",
        }
    }

    /// Whether the value counts as true.
    pub(crate) fn is_true(&self, heap: &Heap) -> bool {
        match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Str(text) | Self::Sql(text) => !text.is_empty(),
            Self::List(id) | Self::Tuple(id) => !heap.items(*id).is_empty(),
            Self::Dict(id) | Self::Set(id) | Self::View(id, _) => heap.table(*id).len() > 0,
            Self::Range(range) => range.len() > 0,
            Self::Int(_) | Self::Float(_) | Self::Cast(_) => match self.as_number() {
                Some(Number::Int(value)) => !value.is_zero(),
                Some(Number::Float(value)) => value != 0.0,
                None => true,
            },
            _ => true,
        }
    }
}

impl Range {
    /// Number of values.
    pub(crate) fn len(&self) -> u64 {
        let (start, stop, step) = (i128::from(self.start), i128::from(self.stop), i128::from(self.step));
        let length = match step {
            0 => 0,
            1.. => (stop - start + step - 1).max(0) / step,
            _ => (start - stop - step - 1).max(0) / -step,
        };
        u64::try_from(length).unwrap_or(0)
    }

    /// The value at `index`.
    pub(crate) fn get(&self, index: u64) -> i64 {
        let value = i128::from(self.start) + i128::from(self.step) * i128::from(index);
        i64::try_from(value).unwrap_or(0)
    }
}
