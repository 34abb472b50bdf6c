//! Arguments at binding time: types, and values where they are constant.

use std::ops::RangeInclusive;

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::Column;
use crate::Environment;

/// One argument at binding time.
#[derive(Clone, Debug)]
pub struct ArgType {
    /// Its type.
    pub ty: ChType,
    /// Its value, as a column of one row, if it is constant.
    pub constant: Option<Column>,
    /// Whether it is a lambda; the type is then that of its body.
    pub is_lambda: bool,
}

impl ArgType {
    /// An argument whose value differs from row to row.
    pub fn new(ty: ChType) -> Self {
        Self { ty, constant: None, is_lambda: false }
    }
}

/// The arguments of one call at binding time, with checks that word ClickHouse's errors.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    /// The function's name, for messages.
    pub name: &'a str,
    /// The arguments.
    pub list: &'a [ArgType],
    /// The query's surroundings.
    pub environment: &'a Environment,
}

impl<'a> Args<'a> {
    /// Number of arguments.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no argument.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Type of an argument, `Nothing` past the end.
    pub fn ty(&self, at: usize) -> &'a ChType {
        self.list.get(at).map_or(&ChType::Nothing, |arg| &arg.ty)
    }

    /// All types, as a common type is looked for: a constant UInt64 that fits Int64 is one where another
    /// argument is signed.
    pub fn types(&self) -> Vec<ChType> {
        common_candidates(self.list)
    }

    /// The value of a constant argument, as a column of one row.
    pub fn constant(&self, at: usize) -> Option<&'a Column> {
        self.list.get(at).and_then(|arg| arg.constant.as_ref())
    }

    /// The text of a constant argument.
    ///
    /// # Errors
    /// 43 when it is no text, 44 when it is not constant.
    pub fn constant_text(&self, at: usize) -> Result<String> {
        self.expect(at, |ty| ty.bare().is_text())?;
        self.constant(at).and_then(Column::text_value).ok_or_else(|| {
            let message = format!("Argument {} of function {} must be a constant String", at + 1, self.name);
            SqlError::new(ErrorCode::ILLEGAL_COLUMN, message)
        })
    }

    /// The whole number a constant argument is.
    ///
    /// # Errors
    /// 43 when it is no whole number, 44 when it is not constant.
    pub fn constant_int(&self, at: usize) -> Result<i64> {
        self.expect(at, |ty| ty.bare().is_integer())?;
        self.constant(at).and_then(Column::int_value).ok_or_else(|| {
            let message = format!("Argument {} of function {} must be a constant integer", at + 1, self.name);
            SqlError::new(ErrorCode::ILLEGAL_COLUMN, message)
        })
    }

    /// # Errors
    /// 42 when the number of arguments is not in `wanted`.
    pub fn expect_count(&self, wanted: RangeInclusive<usize>) -> Result<()> {
        if wanted.contains(&self.len()) {
            return Ok(());
        }
        let text = match (*wanted.start(), *wanted.end()) {
            (low, high) if low == high => low.to_string(),
            (low, usize::MAX) => format!("{low} or more"),
            (low, high) => format!("{low} to {high}"),
        };
        Err(SqlError::wrong_argument_count(self.name, self.len(), &text))
    }

    /// # Errors
    /// 44 when argument `at` differs from row to row.
    pub fn expect_constant(&self, at: usize) -> Result<()> {
        if self.list.get(at).is_none_or(|arg| arg.constant.is_some()) {
            return Ok(());
        }
        let message = format!("Argument {} of function {} must be constant", at + 1, self.name);
        Err(SqlError::new(ErrorCode::ILLEGAL_COLUMN, message))
    }

    /// The type that all arguments convert to.
    ///
    /// # Errors
    /// 386 when there is none.
    pub fn common_type(&self) -> Result<ChType> {
        kinglet_types::supertype(&self.types()).ok_or_else(|| {
            let types: Vec<String> = self.types().iter().map(ToString::to_string).collect();
            let message =
                format!("There is no supertype for types {} of function {}", types.join(", "), self.name);
            SqlError::new(ErrorCode::NO_COMMON_TYPE, message)
        })
    }

    /// # Errors
    /// 43 when the type of argument `at` fails `test`.
    pub fn expect(&self, at: usize, test: impl Fn(&ChType) -> bool) -> Result<&'a ChType> {
        let ty = self.ty(at);
        if test(ty) { Ok(ty) } else { Err(self.illegal(at)) }
    }

    /// Error 43 about argument `at`.
    pub fn illegal(&self, at: usize) -> SqlError {
        SqlError::illegal_type(self.name, at + 1, self.ty(at))
    }
}

/// Types to find a common type of, see [`Args::types`].
pub(crate) fn common_candidates(list: &[ArgType]) -> Vec<ChType> {
    let signed = list.iter().any(|arg| arg.ty.integer_bits().is_some_and(|(_, signed)| signed));
    list.iter()
        .map(|arg| match &arg.constant {
            // A literal is UInt64 only where it fits nothing smaller; smaller ones were converted.
            Some(value) if signed && arg.ty == ChType::UInt64 => match value.int_value() {
                Some(value) if value > i64::from(u32::MAX) => ChType::Int64,
                _ => ChType::UInt64,
            },
            _ => arg.ty.clone(),
        })
        .collect()
}
