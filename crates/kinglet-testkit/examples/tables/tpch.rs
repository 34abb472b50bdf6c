//! The eight tables of TPC-H.

use std::error::Error;
use std::path::Path;

use arrow::record_batch::RecordBatchReader;
use tpchgen::generators::{
    CustomerGenerator, LineItemGenerator, NationGenerator, OrderGenerator, PartGenerator, PartSuppGenerator,
    RegionGenerator, SupplierGenerator,
};
use tpchgen_arrow::{
    CustomerArrow, LineItemArrow, NationArrow, OrderArrow, PartArrow, PartSuppArrow, RegionArrow,
    SupplierArrow,
};

/// Writes the tables at a scale factor.
pub(crate) fn write(scale: f64, folder: &Path) -> Result<(), Box<dyn Error>> {
    table(folder, "nation", NationArrow::new(NationGenerator::new(scale, 1, 1)))?;
    table(folder, "region", RegionArrow::new(RegionGenerator::new(scale, 1, 1)))?;
    table(folder, "supplier", SupplierArrow::new(SupplierGenerator::new(scale, 1, 1)))?;
    table(folder, "part", PartArrow::new(PartGenerator::new(scale, 1, 1)))?;
    table(folder, "partsupp", PartSuppArrow::new(PartSuppGenerator::new(scale, 1, 1)))?;
    table(folder, "customer", CustomerArrow::new(CustomerGenerator::new(scale, 1, 1)))?;
    table(folder, "orders", OrderArrow::new(OrderGenerator::new(scale, 1, 1)))?;
    table(folder, "lineitem", LineItemArrow::new(LineItemGenerator::new(scale, 1, 1)))
}

fn table(folder: &Path, name: &str, batches: impl RecordBatchReader) -> Result<(), Box<dyn Error>> {
    let schema = batches.schema();
    let batches = batches.collect::<Result<Vec<_>, _>>()?;
    super::output::write(folder, name, schema, batches.into_iter())
}
