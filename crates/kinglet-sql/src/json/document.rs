//! Reading and writing the bytes of a document.

use kinglet_types::{ChType, JsonType, Result};

use crate::ColumnBuilder;
use crate::aggregate::wire::{Reader, write_bytes, write_varint};
use crate::binary::write_value;
use crate::tagged::{skip_tagged, skip_value, tag, write_type};
use crate::text::bytes_at;

/// The code of type Nothing: a typed path that is NULL.
pub(crate) const NOTHING: &[u8] = &[0];

/// The paths and tagged values of a document, in order of the paths.
pub(crate) struct Entries<'a> {
    reader: Reader<'a>,
    left: u64,
}

impl<'a> Entries<'a> {
    /// Those of a document; no bytes at all are the empty document.
    pub(crate) fn new(document: &'a [u8]) -> Self {
        let mut reader = Reader::new(document);
        let left = reader.varint().unwrap_or(0);
        Self { reader, left }
    }

    fn entry(&mut self) -> Result<(&'a [u8], &'a [u8])> {
        let path = self.reader.bytes()?;
        let before = self.reader.rest();
        skip_tagged(&mut self.reader)?;
        let length = before.len() - self.reader.rest().len();
        Ok((path, before.get(..length).unwrap_or_default()))
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<(&'a [u8], &'a [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let entry = self.entry();
        if entry.is_err() {
            self.left = 0;
        }
        Some(entry)
    }
}

/// The tagged value of a path; `None` where it is missing or NULL.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn find<'a>(document: &'a [u8], path: &[u8]) -> Result<Option<&'a [u8]>> {
    for entry in Entries::new(document) {
        let (known, value) = entry?;
        if known >= path {
            return Ok((known == path && value != NOTHING).then_some(value));
        }
    }
    Ok(None)
}

/// The document of everything below `path`, by the rest of the paths; `None` where there is nothing.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn object(document: &[u8], path: &[u8]) -> Result<Option<Vec<u8>>> {
    let mut inside: Vec<(&[u8], &[u8])> = Vec::new();
    for entry in Entries::new(document) {
        let (known, value) = entry?;
        if let Some(rest) = known.strip_prefix(path).and_then(|rest| rest.strip_prefix(b".")) {
            inside.push((rest, value));
        }
    }
    if inside.is_empty() {
        return Ok(None);
    }
    let mut out = Vec::new();
    write_entries(&inside, &mut out);
    Ok(Some(out))
}

/// Appends a document of paths, which are sorted, and tagged values.
pub(crate) fn write_entries<P: AsRef<[u8]>, V: AsRef<[u8]>>(entries: &[(P, V)], out: &mut Vec<u8>) {
    write_varint(entries.len() as u64, out);
    for (path, value) in entries {
        write_bytes(path.as_ref(), out);
        out.extend_from_slice(value.as_ref());
    }
}

/// The document with nothing but the defaults of the typed paths.
pub(crate) fn blank(of: &JsonType) -> Vec<u8> {
    let entries: Vec<_> = of.typed.iter().map(|(path, ty)| (path.as_bytes(), default_of(ty))).collect();
    let mut out = Vec::new();
    write_entries(&entries, &mut out);
    out
}

/// The tagged default of a typed path.
pub(crate) fn default_of(ty: &ChType) -> Vec<u8> {
    let mut builder = ColumnBuilder::new(ty);
    builder.append_default();
    builder.finish().and_then(|array| tagged_at(&array, ty)).unwrap_or_else(|_| NOTHING.to_vec())
}

/// The tagged value of a column of one value; type Nothing for NULL.
pub(crate) fn tagged_at(array: &arrow::array::ArrayRef, ty: &ChType) -> Result<Vec<u8>> {
    let bare = ty.without_low_cardinality();
    let tagged = tag(array, bare)?;
    Ok(if tagged.is_null(0) { NOTHING.to_vec() } else { bytes_at(&tagged, 0).to_vec() })
}

/// Appends a document as RowBinary has it: typed paths without their types.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn to_wire(document: &[u8], of: &JsonType, out: &mut Vec<u8>) -> Result<()> {
    if of.typed.is_empty() {
        out.extend_from_slice(if document.is_empty() { &[0] } else { document });
        return Ok(());
    }
    let entries = Entries::new(document).collect::<Result<Vec<_>>>()?;
    write_varint(entries.len() as u64, out);
    for (path, value) in entries {
        write_bytes(path, out);
        match std::str::from_utf8(path).ok().and_then(|path| of.typed_path(path)) {
            Some(ty) => {
                let mut builder = ColumnBuilder::new(ty);
                crate::conversion::append_tagged(value, &mut builder)?;
                write_value(&builder.finish()?, 0, ty, out)?;
            }
            None => out.extend_from_slice(value),
        }
    }
    Ok(())
}

/// Reads a document as RowBinary has it.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn from_wire(reader: &mut Reader<'_>, of: &JsonType) -> Result<Vec<u8>> {
    let mut entries: Vec<(&[u8], Vec<u8>)> = Vec::new();
    for _ in 0..reader.varint()? {
        let path = reader.bytes()?;
        let before = reader.rest();
        let typed = std::str::from_utf8(path).ok().and_then(|path| of.typed_path(path));
        match typed {
            Some(ty) => skip_value(reader, ty)?,
            None => skip_tagged(reader)?,
        }
        let bytes = before.get(..before.len() - reader.rest().len()).unwrap_or_default();
        let value = match typed.map(ChType::without_low_cardinality) {
            None => bytes.to_vec(),
            Some(ChType::Nullable(_)) if bytes.first() == Some(&1) => NOTHING.to_vec(),
            Some(ChType::Nullable(inner)) => typed_bytes(inner, bytes.get(1..).unwrap_or_default()),
            Some(ty) if ty.is_tagged() => {
                let mut builder = ColumnBuilder::new(ty);
                crate::binary::read_value(&mut Reader::new(bytes), ty, &mut builder)?;
                tagged_at(&builder.finish()?, ty)?
            }
            Some(ty) => typed_bytes(ty, bytes),
        };
        entries.push((path, value));
    }
    entries.sort_by(|a, b| a.0.cmp(b.0));
    let mut out = Vec::new();
    write_entries(&entries, &mut out);
    Ok(out)
}

fn typed_bytes(ty: &ChType, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    write_type(ty, &mut out);
    out.extend_from_slice(value);
    out
}
