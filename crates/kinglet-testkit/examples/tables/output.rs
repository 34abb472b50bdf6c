//! A table's two files.

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::ipc::writer::StreamWriter;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

/// Writes `<name>.parquet` and `<name>.arrow`.
pub(crate) fn write(
    folder: &Path,
    name: &str,
    schema: SchemaRef,
    batches: impl Iterator<Item = RecordBatch>,
) -> Result<(), Box<dyn Error>> {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let parquet = File::create(folder.join(format!("{name}.parquet")))?;
    let mut parquet = ArrowWriter::try_new(parquet, schema.clone(), Some(properties))?;
    let ipc = BufWriter::new(File::create(folder.join(format!("{name}.arrow")))?);
    let mut ipc = StreamWriter::try_new(ipc, &schema)?;
    let mut rows = 0;
    for batch in batches {
        rows += batch.num_rows();
        parquet.write(&batch)?;
        ipc.write(&batch)?;
    }
    parquet.close()?;
    ipc.finish()?;
    println!("{name}: {rows} rows");
    Ok(())
}
