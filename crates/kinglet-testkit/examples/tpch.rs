//! Writes the TPC-H tables, for the benchmark: `tpch SCALE FOLDER` makes `<table>.parquet` for Kinglet and
//! `<table>.arrow` (an IPC stream) for engines that load Arrow.

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatchReader;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use tpchgen::generators::{
    CustomerGenerator, LineItemGenerator, NationGenerator, OrderGenerator, PartGenerator, PartSuppGenerator,
    RegionGenerator, SupplierGenerator,
};
use tpchgen_arrow::{
    CustomerArrow, LineItemArrow, NationArrow, OrderArrow, PartArrow, PartSuppArrow, RegionArrow,
    SupplierArrow,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let scale: f64 = arguments.next().ok_or("usage: tpch SCALE FOLDER")?.parse()?;
    let folder = arguments.next().ok_or("usage: tpch SCALE FOLDER")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    write(folder, "nation", NationArrow::new(NationGenerator::new(scale, 1, 1)))?;
    write(folder, "region", RegionArrow::new(RegionGenerator::new(scale, 1, 1)))?;
    write(folder, "supplier", SupplierArrow::new(SupplierGenerator::new(scale, 1, 1)))?;
    write(folder, "part", PartArrow::new(PartGenerator::new(scale, 1, 1)))?;
    write(folder, "partsupp", PartSuppArrow::new(PartSuppGenerator::new(scale, 1, 1)))?;
    write(folder, "customer", CustomerArrow::new(CustomerGenerator::new(scale, 1, 1)))?;
    write(folder, "orders", OrderArrow::new(OrderGenerator::new(scale, 1, 1)))?;
    write(folder, "lineitem", LineItemArrow::new(LineItemGenerator::new(scale, 1, 1)))
}

fn write(folder: &Path, name: &str, batches: impl RecordBatchReader) -> Result<(), Box<dyn Error>> {
    let schema = batches.schema();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let parquet = File::create(folder.join(format!("{name}.parquet")))?;
    let mut parquet = ArrowWriter::try_new(parquet, schema.clone(), Some(properties))?;
    let ipc = BufWriter::new(File::create(folder.join(format!("{name}.arrow")))?);
    let mut ipc = StreamWriter::try_new(ipc, &schema)?;
    let mut rows = 0;
    for batch in batches {
        let batch = batch?;
        rows += batch.num_rows();
        parquet.write(&batch)?;
        ipc.write(&batch)?;
    }
    parquet.close()?;
    ipc.finish()?;
    println!("{name}: {rows} rows");
    Ok(())
}
