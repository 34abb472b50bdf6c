//! The size of a built module, raw and as a host would send it.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};

/// One line such as `engine_bg.wasm: 21.4 MB raw, 4.1 MB brotli-9`.
pub(crate) fn report(wasm: &Path, with_brotli: bool) -> Result<String> {
    let bytes = fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let name = wasm.file_name().unwrap_or_default().to_string_lossy();
    let raw = megabytes(bytes.len() as u64);
    if !with_brotli {
        return Ok(format!("{name}: {raw} MB raw"));
    }
    Ok(format!("{name}: {raw} MB raw, {} MB brotli-9", megabytes(brotli_size(&bytes)?)))
}

/// Length in bytes of `bytes` under brotli at quality 9 with a window of 4 MiB.
fn brotli_size(bytes: &[u8]) -> Result<u64> {
    let mut compressor = brotli::CompressorReader::new(bytes, 1 << 16, 9, 22);
    Ok(io::copy(&mut compressor, &mut io::sink())?)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.2}", bytes as f64 / 1e6)
}
