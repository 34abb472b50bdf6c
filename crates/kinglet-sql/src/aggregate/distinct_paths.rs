//! The paths and types that occur in JSON documents, and the types of Dynamic values: `distinctJSONPaths` and its kin.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::wire::{Reader, write_bytes, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::json::Entries;
use crate::tagged::{read_type, untag};
use crate::text::bytes_at;

/// What is gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gathers {
    /// The paths of JSON documents.
    Paths,
    /// The paths with the types of their values.
    PathsAndTypes,
    /// The types of Dynamic values.
    Types,
}

/// Binds an aggregate of one argument.
pub(super) fn bind(call: &Call<'_>, gathers: Gathers) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    let ty = call.ty(0).clone();
    let fits = match gathers {
        Gathers::Types => matches!(ty, ChType::Dynamic(_)),
        _ => matches!(ty, ChType::Json(_)),
    };
    if !fits {
        let wanted = if gathers == Gathers::Types { "Dynamic" } else { "JSON" };
        let message = format!("Illegal type {ty} of argument of an aggregate function that takes {wanted}");
        return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
    }
    Ok(Arc::new(BoundPaths { setup: Setup { ty, gathers } }))
}

#[derive(Clone, Debug)]
pub(super) struct Setup {
    ty: ChType,
    gathers: Gathers,
}

impl Setup {
    fn result_type(&self) -> ChType {
        let texts = ChType::array(ChType::String);
        if self.gathers == Gathers::PathsAndTypes { ChType::map(ChType::String, texts) } else { texts }
    }
}

#[derive(Debug)]
struct BoundPaths {
    setup: Setup,
}

impl Bound for BoundPaths {
    fn result_type(&self) -> ChType {
        self.setup.result_type()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Paths>::new(self.setup.clone()))
    }
}

/// Paths, or types, with the types of each path.
#[derive(Default)]
struct Paths {
    known: BTreeMap<Vec<u8>, BTreeSet<String>>,
    bytes: usize,
}

impl Paths {
    fn insert(&mut self, key: &[u8], ty: Option<String>) {
        if !self.known.contains_key(key) {
            self.bytes += key.len() + 64;
            self.known.insert(key.to_vec(), BTreeSet::new());
        }
        if let (Some(types), Some(ty)) = (self.known.get_mut(key), ty) {
            self.bytes += if types.contains(&ty) { 0 } else { ty.len() + 32 };
            types.insert(ty);
        }
    }
}

impl State for Paths {
    type Setup = Setup;
    type Input<'a> = &'a ArrayRef;

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        columns.first().ok_or_else(|| internal("no column to look into"))
    }

    fn add(&mut self, setup: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        if input.is_null(row) {
            return Ok(());
        }
        let bytes = bytes_at(input, row);
        let ChType::Json(of) = &setup.ty else {
            let (ty, _) = untag(bytes)?;
            self.insert(ty.to_string().as_bytes(), None);
            return Ok(());
        };
        for entry in Entries::new(bytes) {
            let (path, value) = entry?;
            let typed = std::str::from_utf8(path).ok().and_then(|path| of.typed_path(path));
            let ty = match (setup.gathers, typed) {
                (Gathers::PathsAndTypes, Some(ty)) => Some(ty.to_string()),
                (Gathers::PathsAndTypes, None) => Some(read_type(&mut Reader::new(value))?.to_string()),
                _ => None,
            };
            self.insert(path, ty);
        }
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        for (key, types) in other.known {
            self.insert(&key, None);
            types.into_iter().for_each(|ty| self.insert(&key, Some(ty)));
        }
        Ok(())
    }

    fn write(&self, _: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.known.len() as u64, out);
        for (key, types) in &self.known {
            write_bytes(key, out);
            write_varint(types.len() as u64, out);
            types.iter().for_each(|ty| write_bytes(ty.as_bytes(), out));
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::empty(setup);
        for _ in 0..bytes.varint()? {
            let key = bytes.bytes()?;
            read.insert(key, None);
            for _ in 0..bytes.varint()? {
                let ty = String::from_utf8_lossy(bytes.bytes()?).into_owned();
                read.insert(key, Some(ty));
            }
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&setup.result_type());
        for state in states {
            for (key, types) in state.known {
                if let Some(elements) = builder.elements() {
                    elements.append_bytes(&key);
                } else if let Some((keys, values)) = builder.entries() {
                    keys.append_bytes(&key);
                    if let Some(names) = values.elements() {
                        types.iter().for_each(|ty| names.append_bytes(ty.as_bytes()));
                    }
                    values.close();
                }
            }
            builder.close();
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.bytes
    }
}
