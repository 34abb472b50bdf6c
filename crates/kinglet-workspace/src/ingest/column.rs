//! A column under construction: values in, one Arrow array out.

mod boolean;
mod fixed;
mod list;
mod map;
mod nullable;
mod text;
mod tuple;
mod typed;

use super::source::{Malformed, Shape, Source};
use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use kinglet_types::ChType;
use std::borrow::Cow;

/// Why a value was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is not a value of the column's type.
    NotOfType,
    /// The document around it cannot be read further.
    Malformed(Malformed),
}

impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        Refusal::Malformed(malformed)
    }
}

/// A column under construction. Every call of a `push` adds exactly one value; where it
/// refuses, one that stands for nothing, so that columns stay even and the row can be left
/// out later.
pub(crate) trait Column {
    /// Adds the value that comes next in `source`.
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match scalar(source) {
            Ok(Some(text)) => self.push_text(&text),
            Ok(None) => self.push_null(),
            Err(refusal) => {
                self.push_default();
                Err(refusal)
            }
        }
    }

    /// Adds the value that `text` spells, as a CSV cell or a JSON string does.
    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal>;

    /// Adds NULL, where the type has it.
    fn push_null(&mut self) -> Result<(), Refusal> {
        self.push_default();
        Err(Refusal::NotOfType)
    }

    /// Adds the type's default value.
    fn push_default(&mut self);

    /// True when an empty CSV cell is a value of this type.
    fn takes_empty_text(&self) -> bool {
        false
    }

    /// Takes the array, leaving the column empty.
    fn finish(&mut self) -> ArrayRef;
}

/// The text of the scalar that comes next; `None` for `null`.
fn scalar(source: &mut dyn Source) -> Result<Option<Cow<'_, [u8]>>, Refusal> {
    match source.shape()? {
        Shape::Null => {
            source.scalar()?;
            Ok(None)
        }
        Shape::Scalar => Ok(Some(source.scalar()?)),
        Shape::List | Shape::Keyed => Err(Refusal::NotOfType),
    }
}

/// A column of type `ty`, laid out as `layout`. `None` for types that cannot be ingested
/// (aggregate states), or when the layout is not one of `ty`.
pub(crate) fn column(ty: &ChType, layout: &DataType) -> Option<Box<dyn Column>> {
    Some(match (ty, layout) {
        (ChType::Nullable(inner), _) => {
            Box::new(nullable::Nullable::new(column(inner, layout)?)) as Box<dyn Column>
        }
        (ChType::LowCardinality(inner), _) => return column(inner, layout),
        (ChType::SimpleAggregateFunction(function), _) => {
            return column(function.arguments.first()?, layout);
        }
        (ChType::Bool, DataType::Boolean) => Box::new(boolean::Booleans::new()),
        (ChType::String, DataType::BinaryView) => Box::new(text::Texts::new()),
        (ChType::Json(_) | ChType::Variant(_) | ChType::Dynamic(_), DataType::BinaryView) => {
            Box::new(typed::SelfTyped::new(ty))
        }
        (ChType::Array(element), DataType::List(field)) => {
            let inner = column(element, field.data_type())?;
            Box::new(list::Lists::new(field.clone(), inner))
        }
        (ChType::Nested(fields), DataType::List(field)) => {
            let inner = column(&ChType::Tuple(fields.clone()), field.data_type())?;
            Box::new(list::Lists::new(field.clone(), inner))
        }
        (ChType::Tuple(elements), DataType::Struct(fields)) => {
            Box::new(tuple::Tuples::new(elements, fields)?)
        }
        (ChType::Map(key, value), DataType::Map(entries, _)) => {
            Box::new(map::Maps::new(key, value, entries)?)
        }
        _ => Box::new(fixed::FixedWidth::new(ty, layout)?),
    })
}
