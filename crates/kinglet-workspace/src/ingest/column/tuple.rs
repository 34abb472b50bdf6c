//! Columns of `Tuple(...)`: from lists by position, from objects by name.

use super::{Column, Refusal, column};
use crate::ingest::source::{Literal, Shape, Source};
use arrow::array::{ArrayRef, StructArray};
use arrow::datatypes::Fields;
use kinglet_types::ChType;
use std::sync::Arc;

/// A column of tuples: one column per element.
pub(super) struct Tuples {
    fields: Fields,
    names: Vec<Option<Arc<str>>>,
    columns: Vec<Box<dyn Column>>,
    n_rows: usize,
}

impl Tuples {
    pub(super) fn new(elements: &[(Option<Arc<str>>, ChType)], fields: &Fields) -> Option<Self> {
        if elements.len() != fields.len() {
            return None;
        }
        let columns = elements
            .iter()
            .zip(fields)
            .map(|((_, ty), field)| column(ty, field.data_type()))
            .collect::<Option<Vec<_>>>()?;
        Some(Tuples {
            fields: fields.clone(),
            names: elements.iter().map(|(name, _)| name.clone()).collect(),
            columns,
            n_rows: 0,
        })
    }

    /// Reads the elements of the value that comes next; after a refusal, those that are not
    /// `filled` have got no value.
    fn read(&mut self, source: &mut dyn Source, filled: &mut [bool]) -> Result<(), Refusal> {
        match source.shape()? {
            Shape::List => self.read_list(source, filled),
            Shape::Keyed => self.read_keyed(source, filled),
            Shape::Scalar => {
                let text = source.scalar()?;
                self.read_text(&text, filled)
            }
            Shape::Null => Err(Refusal::NotOfType),
        }
    }

    fn read_text(&mut self, text: &[u8], filled: &mut [bool]) -> Result<(), Refusal> {
        let mut literal = Literal::new(text);
        if literal.shape()? != Shape::List {
            return Err(Refusal::NotOfType);
        }
        self.read_list(&mut literal, filled)?;
        Ok(literal.end()?)
    }

    fn read_list(&mut self, source: &mut dyn Source, filled: &mut [bool]) -> Result<(), Refusal> {
        source.enter()?;
        for (column, filled) in self.columns.iter_mut().zip(filled) {
            if !source.next()? {
                return Err(Refusal::NotOfType);
            }
            *filled = true;
            column.push(source)?;
        }
        if source.next()? {
            return Err(Refusal::NotOfType);
        }
        Ok(())
    }

    fn read_keyed(&mut self, source: &mut dyn Source, filled: &mut [bool]) -> Result<(), Refusal> {
        source.enter()?;
        while source.next()? {
            let key = source.scalar()?.into_owned();
            source.after_key()?;
            let at =
                self.names.iter().position(|name| name.as_deref().is_some_and(|name| name.as_bytes() == key));
            let slot = at.and_then(|at| Some((self.columns.get_mut(at)?, filled.get_mut(at)?)));
            match slot {
                Some((column, filled)) if !*filled => {
                    *filled = true;
                    column.push(source)?;
                }
                _ => {
                    source.raw()?;
                }
            }
        }
        Ok(())
    }

    /// Ends a row, of which some elements have their values.
    fn end_row(&mut self, filled: &[bool]) {
        for (column, _) in self.columns.iter_mut().zip(filled).filter(|(_, filled)| !**filled) {
            column.push_default();
        }
        self.n_rows += 1;
    }
}

impl Column for Tuples {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        let mut filled = vec![false; self.columns.len()];
        let read = self.read(source, &mut filled);
        self.end_row(&filled);
        read
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let mut filled = vec![false; self.columns.len()];
        let read = self.read_text(text, &mut filled);
        self.end_row(&filled);
        read
    }

    fn push_default(&mut self) {
        for column in &mut self.columns {
            column.push_default();
        }
        self.n_rows += 1;
    }

    fn finish(&mut self) -> ArrayRef {
        let n_rows = std::mem::take(&mut self.n_rows);
        if self.columns.is_empty() {
            return Arc::new(StructArray::new_empty_fields(n_rows, None));
        }
        let arrays = self.columns.iter_mut().map(|column| column.finish()).collect();
        Arc::new(StructArray::new(self.fields.clone(), arrays, None))
    }
}
