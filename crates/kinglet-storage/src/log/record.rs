//! Records of the log: framing, and the changes of a commit as bytes.

use std::sync::Arc;

use bytes::Bytes;

use crate::catalog::Catalog;
use crate::change::{Change, HeadMode};
use crate::codec::{Decoder, Encoder};
use crate::error::StorageError;
use crate::files::Files;
use crate::part::{Part, PartId};
use crate::schema::{decode_rows, decode_schema, encode_rows, encode_schema};
use crate::settings::StoreSettings;
use crate::table::{TableDefinition, TableId, TablePath};

/// Bytes before a record's payload: its length and its CRC32C.
const FRAME: usize = 8;

/// A record with its length and its CRC, which continues `chain`; and the CRC for the next to continue.
pub(crate) fn frame(payload: &[u8], chain: u32) -> (Vec<u8>, u32) {
    let length = (payload.len() as u32).to_le_bytes();
    let checksum = crc32c::crc32c_append(crc32c::crc32c_append(chain, &length), payload);
    let mut bytes = Vec::with_capacity(FRAME + payload.len());
    bytes.extend_from_slice(&length);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes.extend_from_slice(payload);
    (bytes, checksum)
}

/// The payload at the start of `bytes` and its CRC, if it is whole and right.
pub(crate) fn unframe(bytes: &Bytes, chain: u32) -> Option<(Bytes, u32)> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (checksum, rest) = rest.split_first_chunk::<4>()?;
    let size = u32::from_le_bytes(*length) as usize;
    let payload = rest.get(..size)?;
    let found = crc32c::crc32c_append(crc32c::crc32c_append(chain, length), payload);
    (found == u32::from_le_bytes(*checksum)).then(|| (bytes.slice(FRAME..FRAME + size), found))
}

/// Bytes of a record with this payload.
pub(crate) fn framed_bytes(payload: &Bytes) -> u64 {
    (FRAME + payload.len()) as u64
}

/// One commit as a payload.
pub(crate) fn encode_commit(sequence: u64, changes: &[Change]) -> Result<Vec<u8>, StorageError> {
    let mut encoder = Encoder::default();
    encoder.number(sequence);
    for change in changes {
        encode_change(change, &mut encoder)?;
    }
    Ok(encoder.finish())
}

/// The number of the commit in a payload.
pub(crate) fn sequence(payload: &Bytes) -> Result<u64, StorageError> {
    Decoder::new(payload.clone()).number()
}

/// Applies a commit to the catalog; gives its number.
pub(crate) fn replay_commit(
    payload: Bytes,
    catalog: &mut Catalog,
    files: &Files,
    settings: &StoreSettings,
) -> Result<u64, StorageError> {
    let mut decoder = Decoder::new(payload);
    let sequence = decoder.number()?;
    while !decoder.is_empty() {
        let change = decode_change(&mut decoder, catalog, files)?;
        catalog.apply(&change, settings)?;
    }
    Ok(sequence)
}

// Numbers of changes are part of the on-disk format: never reuse one.
const CREATE_HEAD: u64 = 1;
const DROP_HEAD: u64 = 2;
const PROMOTE_HEAD: u64 = 3;
const CREATE_TABLE: u64 = 4;
const DROP_TABLE: u64 = 5;
const RENAME_TABLE: u64 = 6;
const SET_DEFINITION: u64 = 7;
const TRUNCATE: u64 = 8;
const MOVE_ROWS: u64 = 9;
const APPEND_ROWS: u64 = 10;
const FLUSH_BUFFER: u64 = 11;
const ADD_PARTS: u64 = 12;
const REPLACE_PARTS: u64 = 13;
const SET_ASIDE: u64 = 14;
const TOKEN: u64 = 15;
const PUT: u64 = 16;
const REMOVE: u64 = 17;

fn encode_change(change: &Change, to: &mut Encoder) -> Result<(), StorageError> {
    match change {
        Change::CreateHead { name, from, mode } => {
            to.number(CREATE_HEAD);
            to.text(name);
            to.optional_text(from.as_deref());
            to.number(*mode as u64);
        }
        Change::DropHead { name } => {
            to.number(DROP_HEAD);
            to.text(name);
        }
        Change::PromoteHead { from, to: target } => {
            to.number(PROMOTE_HEAD);
            to.text(from);
            to.text(target);
        }
        Change::CreateTable { path, id, definition } => {
            to.number(CREATE_TABLE);
            encode_path(path, to);
            to.number(id.0);
            encode_definition(definition, to);
        }
        Change::DropTable { path } => {
            to.number(DROP_TABLE);
            encode_path(path, to);
        }
        Change::RenameTable { path, name } => {
            to.number(RENAME_TABLE);
            encode_path(path, to);
            to.text(name);
        }
        Change::SetDefinition { table, definition } => {
            to.number(SET_DEFINITION);
            to.number(table.0);
            encode_definition(definition, to);
        }
        Change::Truncate { table } => {
            to.number(TRUNCATE);
            to.number(table.0);
        }
        Change::MoveRows { from, to: target, replace } => {
            to.number(MOVE_ROWS);
            to.number(from.0);
            to.number(target.0);
            to.flag(*replace);
        }
        Change::AppendRows { table, rows, bytes, millis } => {
            to.number(APPEND_ROWS);
            to.number(table.0);
            to.number(*bytes as u64);
            to.number(*millis);
            encode_rows(rows, to)?;
        }
        Change::FlushBuffer { table, rows, parts } => {
            to.number(FLUSH_BUFFER);
            to.number(table.0);
            to.number(*rows as u64);
            encode_parts(parts, to);
        }
        Change::AddParts { table, parts } => {
            to.number(ADD_PARTS);
            to.number(table.0);
            encode_parts(parts, to);
        }
        Change::ReplaceParts { table, dropped, added } => {
            to.number(REPLACE_PARTS);
            to.number(table.0);
            to.number(dropped.len() as u64);
            dropped.iter().for_each(|part| to.fixed64(part.0));
            encode_parts(added, to);
        }
        Change::SetAside { part } => {
            to.number(SET_ASIDE);
            to.fixed64(part.0);
        }
        Change::Token { table, token } => {
            to.number(TOKEN);
            to.number(table.0);
            encode_token(*token, to);
        }
        Change::Put { key, value } => {
            to.number(PUT);
            to.text(key);
            to.bytes(value);
        }
        Change::Remove { key } => {
            to.number(REMOVE);
            to.text(key);
        }
    }
    Ok(())
}

fn decode_change(from: &mut Decoder, catalog: &Catalog, files: &Files) -> Result<Change, StorageError> {
    Ok(match from.number()? {
        CREATE_HEAD => {
            let (name, source) = (from.text()?, from.optional_text()?);
            let mode = match from.number()? {
                0 => HeadMode::Share,
                1 => HeadMode::Copy,
                _ => HeadMode::Freeze,
            };
            Change::CreateHead { name, from: source, mode }
        }
        DROP_HEAD => Change::DropHead { name: from.text()? },
        PROMOTE_HEAD => Change::PromoteHead { from: from.text()?, to: from.text()? },
        CREATE_TABLE => Change::CreateTable {
            path: decode_path(from)?,
            id: TableId(from.number()?),
            definition: decode_definition(from)?,
        },
        DROP_TABLE => Change::DropTable { path: decode_path(from)? },
        RENAME_TABLE => Change::RenameTable { path: decode_path(from)?, name: from.text()? },
        SET_DEFINITION => {
            Change::SetDefinition { table: TableId(from.number()?), definition: decode_definition(from)? }
        }
        TRUNCATE => Change::Truncate { table: TableId(from.number()?) },
        MOVE_ROWS => Change::MoveRows {
            from: TableId(from.number()?),
            to: TableId(from.number()?),
            replace: from.flag()?,
        },
        APPEND_ROWS => {
            let table = TableId(from.number()?);
            let (bytes, millis) = (from.number()? as usize, from.number()?);
            let schema = &catalog.table(table)?.definition.schema;
            Change::AppendRows { table, rows: decode_rows(from, schema)?, bytes, millis }
        }
        FLUSH_BUFFER => Change::FlushBuffer {
            table: TableId(from.number()?),
            rows: from.number()? as usize,
            parts: decode_parts(from, files)?,
        },
        ADD_PARTS => Change::AddParts { table: TableId(from.number()?), parts: decode_parts(from, files)? },
        REPLACE_PARTS => {
            let table = TableId(from.number()?);
            let mut dropped = Vec::new();
            for _ in 0..from.count()? {
                dropped.push(PartId(from.fixed64()?));
            }
            Change::ReplaceParts { table, dropped, added: decode_parts(from, files)? }
        }
        SET_ASIDE => Change::SetAside { part: PartId(from.fixed64()?) },
        TOKEN => Change::Token { table: TableId(from.number()?), token: decode_token(from)? },
        PUT => Change::Put { key: from.text()?, value: Bytes::copy_from_slice(&from.bytes()?) },
        REMOVE => Change::Remove { key: from.text()? },
        other => {
            return Err(StorageError::Damaged(format!("The log holds an unknown change of kind {other}")));
        }
    })
}

pub(crate) fn encode_token(token: u128, to: &mut Encoder) {
    to.fixed64(token as u64);
    to.fixed64((token >> 64) as u64);
}

pub(crate) fn decode_token(from: &mut Decoder) -> Result<u128, StorageError> {
    Ok(u128::from(from.fixed64()?) | u128::from(from.fixed64()?) << 64)
}

fn encode_path(path: &TablePath, to: &mut Encoder) {
    to.text(&path.head);
    to.text(&path.table);
}

fn decode_path(from: &mut Decoder) -> Result<TablePath, StorageError> {
    Ok(TablePath { head: from.text()?, table: from.text()? })
}

fn encode_parts(parts: &[Arc<Part>], to: &mut Encoder) {
    to.number(parts.len() as u64);
    parts.iter().for_each(|part| part.encode(to));
}

fn decode_parts(from: &mut Decoder, files: &Files) -> Result<Vec<Arc<Part>>, StorageError> {
    let mut parts = Vec::new();
    for _ in 0..from.count()? {
        parts.push(Arc::new(Part::decode(from, files)?));
    }
    Ok(parts)
}

pub(crate) fn encode_definition(definition: &TableDefinition, to: &mut Encoder) {
    encode_schema(&definition.schema, to);
    to.text(&definition.engine);
    to.number(definition.sorting_key.len() as u64);
    definition.sorting_key.iter().for_each(|key| to.text(key));
    to.optional_text(definition.partition_key.as_deref());
    to.number(definition.options.len() as u64);
    for (name, value) in &definition.options {
        to.text(name);
        to.text(value);
    }
    to.flag(definition.temporary);
    to.text(&definition.extra);
}

pub(crate) fn decode_definition(from: &mut Decoder) -> Result<TableDefinition, StorageError> {
    let mut definition = TableDefinition::new(decode_schema(from)?);
    definition.engine = from.text()?;
    for _ in 0..from.count()? {
        definition.sorting_key.push(from.text()?);
    }
    definition.partition_key = from.optional_text()?;
    for _ in 0..from.count()? {
        definition.options.insert(from.text()?, from.text()?);
    }
    definition.temporary = from.flag()?;
    definition.extra = from.text()?;
    Ok(definition)
}
