//! What every [`Disk`] must do, as checks that run on any of them: memory, a folder, a faulty disk, a browser.

use super::{Disk, DiskError, DiskErrorKind, OpenMode};

/// Runs every check on `disk`, which must be empty and is left empty.
///
/// # Errors
/// The first broken rule, in words.
pub async fn run(disk: &dyn Disk) -> Result<(), String> {
    opening(disk).await.map_err(|e| format!("opening: {e}"))?;
    reading_and_writing(disk).await.map_err(|e| format!("reading and writing: {e}"))?;
    truncating(disk).await.map_err(|e| format!("truncating: {e}"))?;
    closing(disk).await.map_err(|e| format!("closing: {e}"))?;
    listing_and_deleting(disk).await.map_err(|e| format!("listing and deleting: {e}"))?;
    many_handles(disk).await.map_err(|e| format!("many handles: {e}"))?;
    refused_paths(disk).await.map_err(|e| format!("refused paths: {e}"))
}

async fn opening(disk: &dyn Disk) -> Result<(), String> {
    expect_kind(disk.open("missing", OpenMode::Existing).await, DiskErrorKind::NotFound)?;
    let first = ok(disk.open("a/b/file", OpenMode::Create).await)?;
    expect(ok(disk.size(first))?, 0, "size of a new file")?;
    let again = ok(disk.open("a/b/file", OpenMode::Existing).await)?;
    expect(again, first, "handle of a file that is open already")?;
    let created_again = ok(disk.open("a/b/file", OpenMode::Create).await)?;
    expect(created_again, first, "handle of a file created while open")?;
    ok(disk.delete("a/b/file").await)
}

async fn reading_and_writing(disk: &dyn Disk) -> Result<(), String> {
    let file = ok(disk.open("a/data", OpenMode::Create).await)?;
    ok(disk.write_at(file, 0, b"hello"))?;
    ok(disk.write_at(file, 8, b"world"))?;
    expect(ok(disk.size(file))?, 13, "size after a write past the end")?;
    let mut buffer = [1u8; 16];
    expect(ok(disk.read_at(file, 0, &mut buffer))?, 13, "bytes read up to the end")?;
    expect(buffer.get(..13), Some(&b"hello\0\0\0world"[..]), "content with its gap")?;
    ok(disk.write_at(file, 3, b"LO, "))?;
    let mut middle = [0u8; 6];
    expect(ok(disk.read_at(file, 2, &mut middle))?, 6, "bytes read in the middle")?;
    expect(&middle, b"lLO, \0", "content overwritten in the middle")?;
    expect(ok(disk.read_at(file, 13, &mut middle))?, 0, "bytes read at the end")?;
    expect(ok(disk.read_at(file, 1000, &mut middle))?, 0, "bytes read past the end")?;
    expect(ok(disk.read_at(file, 0, &mut []))?, 0, "bytes read into nothing")?;
    ok(disk.write_at(file, 5, b""))?;
    expect(ok(disk.size(file))?, 13, "size after an empty write")?;
    ok(disk.flush(file))?;
    large(disk).await?;
    ok(disk.delete("a/data").await)
}

async fn large(disk: &dyn Disk) -> Result<(), String> {
    let file = ok(disk.open("a/large", OpenMode::Create).await)?;
    let bytes: Vec<u8> = (0..300_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    ok(disk.write_at(file, 0, &bytes))?;
    ok(disk.flush(file))?;
    let mut back = vec![0; bytes.len()];
    expect(ok(disk.read_at(file, 0, &mut back))?, bytes.len(), "bytes of a large file")?;
    expect(back == bytes, true, "content of a large file")?;
    ok(disk.delete("a/large").await)
}

async fn truncating(disk: &dyn Disk) -> Result<(), String> {
    let file = ok(disk.open("cut", OpenMode::Create).await)?;
    ok(disk.write_at(file, 0, b"abcdef"))?;
    ok(disk.truncate(file, 2))?;
    expect(ok(disk.size(file))?, 2, "size after cutting")?;
    ok(disk.truncate(file, 4))?;
    let mut buffer = [9u8; 8];
    expect(ok(disk.read_at(file, 0, &mut buffer))?, 4, "bytes after extending")?;
    expect(buffer.get(..4), Some(&b"ab\0\0"[..]), "content after extending")?;
    ok(disk.delete("cut").await)
}

async fn closing(disk: &dyn Disk) -> Result<(), String> {
    let file = ok(disk.open("kept", OpenMode::Create).await)?;
    ok(disk.write_at(file, 0, b"kept"))?;
    ok(disk.flush(file))?;
    disk.close(file);
    disk.close(file);
    expect_kind(disk.size(file), DiskErrorKind::BadHandle)?;
    expect_kind(disk.write_at(file, 0, b"x"), DiskErrorKind::BadHandle)?;
    expect_kind(disk.read_at(file, 0, &mut [0]), DiskErrorKind::BadHandle)?;
    expect_kind(disk.truncate(file, 0), DiskErrorKind::BadHandle)?;
    expect_kind(disk.flush(file), DiskErrorKind::BadHandle)?;
    let file = ok(disk.open("kept", OpenMode::Existing).await)?;
    let mut buffer = [0u8; 4];
    expect(ok(disk.read_at(file, 0, &mut buffer))?, 4, "bytes after reopening")?;
    expect(&buffer, b"kept", "content after reopening")?;
    ok(disk.delete("kept").await)
}

async fn listing_and_deleting(disk: &dyn Disk) -> Result<(), String> {
    expect(ok(disk.list("list").await)?.len(), 0, "names in a folder that is not there")?;
    for path in ["list/one", "list/two", "list/deep/three"] {
        let file = ok(disk.open(path, OpenMode::Create).await)?;
        ok(disk.flush(file))?;
        disk.close(file);
    }
    let mut names = ok(disk.list("list").await)?;
    names.sort();
    expect(names, vec!["one".to_owned(), "two".to_owned()], "names in a folder")?;
    expect_kind(disk.delete("list/four").await, DiskErrorKind::NotFound)?;
    let open = ok(disk.open("list/one", OpenMode::Existing).await)?;
    ok(disk.delete("list/one").await)?;
    expect_kind(disk.size(open), DiskErrorKind::BadHandle)?;
    expect_kind(disk.open("list/one", OpenMode::Existing).await, DiskErrorKind::NotFound)?;
    let again = ok(disk.open("list/one", OpenMode::Create).await)?;
    expect(ok(disk.size(again))?, 0, "size of a file created after its deletion")?;
    for path in ["list/one", "list/two", "list/deep/three"] {
        ok(disk.delete(path).await)?;
    }
    Ok(())
}

async fn many_handles(disk: &dyn Disk) -> Result<(), String> {
    let mut handles = Vec::new();
    for i in 0..128u32 {
        let file = ok(disk.open(&format!("many/{i}"), OpenMode::Create).await)?;
        ok(disk.write_at(file, 0, &i.to_le_bytes()))?;
        handles.push(file);
    }
    for (i, file) in (0u32..).zip(&handles) {
        let mut buffer = [0u8; 4];
        ok(disk.read_at(*file, 0, &mut buffer))?;
        expect(u32::from_le_bytes(buffer), i, "content of one of many open files")?;
    }
    for i in 0..128u32 {
        ok(disk.delete(&format!("many/{i}")).await)?;
    }
    Ok(())
}

async fn refused_paths(disk: &dyn Disk) -> Result<(), String> {
    for path in ["", "/absolute", "a//b", "a/../b", ".", "a/", "a\\b"] {
        expect_kind(disk.open(path, OpenMode::Create).await, DiskErrorKind::InvalidPath)
            .map_err(|e| format!("open '{path}': {e}"))?;
    }
    Ok(())
}

fn ok<T>(result: Result<T, DiskError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

fn expect<T: PartialEq + std::fmt::Debug>(got: T, wanted: T, what: &str) -> Result<(), String> {
    if got == wanted { Ok(()) } else { Err(format!("{what}: {got:?} instead of {wanted:?}")) }
}

fn expect_kind<T: std::fmt::Debug>(result: Result<T, DiskError>, kind: DiskErrorKind) -> Result<(), String> {
    match result {
        Err(error) if error.kind == kind => Ok(()),
        other => Err(format!("{other:?} instead of an error of kind {kind:?}")),
    }
}
