//! Scratch files: bytes come back, room is used again, and there is a limit.

mod support;

use std::sync::Arc;

use kinglet_storage::disk::MemoryDisk;
use kinglet_storage::*;
use support::{block_on, environment};

fn scratch(limit: u64) -> Scratch {
    let settings = StoreSettings { scratch_bytes: limit, ..StoreSettings::default() };
    let (store, _) = block_on(Store::open(environment(Arc::new(MemoryDisk::new())), settings)).unwrap();
    store.scratch().clone()
}

fn all(file: &ScratchFile, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let more = file.read(bytes.len() as u64, most).unwrap();
        if more.is_empty() {
            return bytes;
        }
        bytes.extend(more);
    }
}

#[test]
fn files_that_grow_in_turns_keep_their_bytes_apart() {
    let scratch = scratch(1 << 30);
    let files: Vec<_> = (0..3).map(|_| scratch.create()).collect();
    let mut expected = vec![Vec::new(); 3];
    for round in 0..200_usize {
        for (i, file) in files.iter().enumerate() {
            let piece: Vec<u8> =
                (0..(round * 97 + i * 31) % 20_000).map(|n| (n * (i + 1) + round) as u8).collect();
            file.append(&piece).unwrap();
            expected[i].extend(piece);
        }
    }
    for (file, expected) in files.iter().zip(&expected) {
        assert_eq!(file.length(), expected.len() as u64);
        assert!(all(file, 1 << 30) == *expected && all(file, 70_001) == *expected);
    }
    drop(files);
    assert_eq!(scratch.used_bytes(), 0);
}

#[test]
fn room_is_used_again_and_has_a_limit() {
    let scratch = scratch(3 << 20);
    let (a, b) = (scratch.create(), scratch.create());
    a.append(&vec![1; 2 << 20]).unwrap();
    b.append(&vec![2; 1 << 20]).unwrap();
    assert_eq!(b.append(&[2]).map_err(|error| error.is_disk_full()), Err(true));
    drop(a);
    b.append(&vec![2; 2 << 20]).unwrap();
    assert_eq!(all(&b, 1 << 20), vec![2; 3 << 20]);
}
