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

    fn push_list(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        source.enter()?;
        for column in &mut self.columns {
            if !source.next()? {
                return Err(Refusal::NotOfType);
            }
            column.push(source)?;
        }
        if source.next()? {
            return Err(Refusal::NotOfType);
        }
        Ok(())
    }

    fn push_keyed(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        let mut filled = vec![false; self.columns.len()];
        source.enter()?;
        while source.next()? {
            let key = source.scalar()?.into_owned();
            source.after_key()?;
            let at =
                self.names.iter().position(|name| name.as_deref().is_some_and(|name| name.as_bytes() == key));
            let slot = at.and_then(|at| Some((self.columns.get_mut(at)?, filled.get_mut(at)?)));
            match slot {
                Some((column, filled)) if !*filled => {
                    column.push(source)?;
                    *filled = true;
                }
                _ => {
                    source.raw()?;
                }
            }
        }
        for (column, filled) in self.columns.iter_mut().zip(filled) {
            if !filled {
                column.push_default();
            }
        }
        Ok(())
    }
}

impl Column for Tuples {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match source.shape()? {
            Shape::List => self.push_list(source)?,
            Shape::Keyed => self.push_keyed(source)?,
            Shape::Scalar => {
                let text = source.scalar()?;
                return self.push_text(&text);
            }
            Shape::Null => return Err(Refusal::NotOfType),
        }
        self.n_rows += 1;
        Ok(())
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let mut literal = Literal::new(text);
        if literal.shape()? != Shape::List {
            return Err(Refusal::NotOfType);
        }
        self.push(&mut literal)?;
        Ok(literal.end()?)
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
