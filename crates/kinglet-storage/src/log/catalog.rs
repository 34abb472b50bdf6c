//! The catalog as a checkpoint's bytes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bytes::Bytes;

use super::record::{decode_definition, decode_token, encode_definition, encode_token};
use crate::buffer::RowBuffer;
use crate::catalog::{Catalog, Head, Table};
use crate::codec::{Decoder, Encoder};
use crate::error::StorageError;
use crate::files::Files;
use crate::part::{Part, PartId};
use crate::schema::{decode_rows, encode_rows};
use crate::settings::StoreSettings;
use crate::table::TableId;

/// The state after the commit `sequence`.
pub(crate) fn encode_state(catalog: &Catalog, sequence: u64) -> Result<Vec<u8>, StorageError> {
    let to = &mut Encoder::default();
    to.number(sequence);
    to.number(catalog.next_table);
    let parts: BTreeMap<PartId, &Arc<Part>> =
        catalog.tables.values().flat_map(|table| &table.parts).map(|part| (part.id, part)).collect();
    to.number(parts.len() as u64);
    parts.values().for_each(|part| part.encode(to));
    to.number(catalog.tables.len() as u64);
    for (id, table) in &catalog.tables {
        to.number(id.0);
        encode_table(table, to)?;
    }
    to.number(catalog.heads.len() as u64);
    for (name, head) in &catalog.heads {
        to.text(name);
        to.flag(head.frozen);
        to.number(head.tables.len() as u64);
        for (name, id) in &head.tables {
            to.text(name);
            to.number(id.0);
        }
    }
    to.number(catalog.state.len() as u64);
    for (key, value) in catalog.state.iter() {
        to.text(key);
        to.bytes(value);
    }
    Ok(std::mem::take(to).finish())
}

pub(crate) fn decode_state(
    bytes: Bytes,
    files: &Files,
    settings: &StoreSettings,
) -> Result<(Catalog, u64), StorageError> {
    let from = &mut Decoder::new(bytes);
    let sequence = from.number()?;
    let mut catalog = Catalog { next_table: from.number()?, ..Catalog::default() };
    let mut parts = HashMap::new();
    for _ in 0..from.count()? {
        let part = Arc::new(Part::decode(from, files)?);
        parts.insert(part.id, part);
    }
    for _ in 0..from.count()? {
        let id = TableId(from.number()?);
        catalog.tables.insert(id, Arc::new(decode_table(from, &parts, settings)?));
    }
    for _ in 0..from.count()? {
        let name = from.text()?;
        let mut head = Head { frozen: from.flag()?, ..Head::default() };
        for _ in 0..from.count()? {
            head.tables.insert(from.text()?, TableId(from.number()?));
        }
        catalog.heads.insert(name, Arc::new(head));
    }
    let state = Arc::make_mut(&mut catalog.state);
    for _ in 0..from.count()? {
        state.insert(from.text()?, Bytes::copy_from_slice(&from.bytes()?));
    }
    Ok((catalog, sequence))
}

fn encode_table(table: &Table, to: &mut Encoder) -> Result<(), StorageError> {
    encode_definition(&table.definition, to);
    to.number(table.version);
    to.number(table.parts.len() as u64);
    table.parts.iter().for_each(|part| to.fixed64(part.id.0));
    to.number(table.tokens.len() as u64);
    table.tokens.all().for_each(|token| encode_token(token, to));
    let buffer = &table.buffer;
    to.number(buffer.oldest_millis().unwrap_or_default());
    to.number(buffer.bytes() as u64);
    to.number(buffer.chunks().len() as u64);
    buffer.chunks().iter().try_for_each(|chunk| encode_rows(chunk.rows(), to))
}

fn decode_table(
    from: &mut Decoder,
    parts: &HashMap<PartId, Arc<Part>>,
    settings: &StoreSettings,
) -> Result<Table, StorageError> {
    let mut table = Table::new(decode_definition(from)?);
    table.version = from.number()?;
    for _ in 0..from.count()? {
        let part = parts.get(&PartId(from.fixed64()?)).cloned();
        table
            .parts
            .push(part.ok_or_else(|| StorageError::Damaged("A table names an unknown part".to_owned()))?);
    }
    for _ in 0..from.count()? {
        table.tokens.insert(decode_token(from)?, settings.dedup_tokens);
    }
    let (millis, bytes) = (from.number()?, from.number()? as usize);
    let mut buffer = RowBuffer::default();
    let chunks = from.count()?;
    for _ in 0..chunks {
        buffer.push(decode_rows(from, &table.definition.schema)?, bytes / chunks.max(1), millis)?;
    }
    table.buffer = buffer;
    Ok(table)
}
