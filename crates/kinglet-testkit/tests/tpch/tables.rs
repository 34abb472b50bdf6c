//! The TPC-H tables in memory, in the layout of the engine.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, SchemaRef};
use arrow::record_batch::RecordBatchReader;
use kinglet_sql::{Catalog, MemoryTable, Table, TableColumn, TableRef, arrow_type};
use kinglet_types::ChType;
use tpchgen::generators::{
    CustomerGenerator, LineItemGenerator, NationGenerator, OrderGenerator, PartGenerator, PartSuppGenerator,
    RegionGenerator, SupplierGenerator,
};
use tpchgen_arrow::{
    CustomerArrow, LineItemArrow, NationArrow, OrderArrow, PartArrow, PartSuppArrow, RegionArrow,
    SupplierArrow,
};

/// The eight tables by name.
pub(crate) struct Tpch {
    tables: HashMap<&'static str, Arc<dyn Table>>,
}

impl Catalog for Tpch {
    fn resolve(&self, _database: Option<&str>, name: &str) -> Option<TableRef> {
        self.tables.get(name).cloned().map(TableRef::Table)
    }
}

impl Tpch {
    /// Generates the tables at a scale factor.
    pub(crate) fn generate(scale: f64) -> Self {
        let mut tables = HashMap::new();
        tables.insert("nation", table(NationArrow::new(NationGenerator::new(scale, 1, 1))));
        tables.insert("region", table(RegionArrow::new(RegionGenerator::new(scale, 1, 1))));
        tables.insert("supplier", table(SupplierArrow::new(SupplierGenerator::new(scale, 1, 1))));
        tables.insert("part", table(PartArrow::new(PartGenerator::new(scale, 1, 1))));
        tables.insert("partsupp", table(PartSuppArrow::new(PartSuppGenerator::new(scale, 1, 1))));
        tables.insert("customer", table(CustomerArrow::new(CustomerGenerator::new(scale, 1, 1))));
        tables.insert("orders", table(OrderArrow::new(OrderGenerator::new(scale, 1, 1))));
        tables.insert("lineitem", table(LineItemArrow::new(LineItemGenerator::new(scale, 1, 1))));
        Self { tables }
    }
}

/// Name and text of the 22 queries, which the browser's benchmark runs too.
pub(crate) fn queries() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../wasm-tests/bench/tpch");
    (1..=22)
        .map(|number| {
            let name = format!("q{number:02}");
            let sql = std::fs::read_to_string(format!("{folder}/{name}.sql")).expect("a query");
            (name, sql)
        })
        .collect()
}

/// The type that a Parquet file of this Arrow type is read as.
fn type_of(ty: &DataType) -> ChType {
    match ty {
        DataType::Int32 => ChType::Int32,
        DataType::Int64 => ChType::Int64,
        DataType::Date32 => ChType::Date32,
        DataType::Decimal128(precision, scale) => ChType::Decimal(*precision, *scale as u8),
        _ => ChType::String,
    }
}

fn stored(array: &ArrayRef, ty: &ChType) -> ArrayRef {
    let bytes = match ty {
        ChType::String => cast(array, &DataType::BinaryView),
        _ => Ok(Arc::clone(array)),
    };
    cast(&bytes.expect("bytes"), &arrow_type(ty)).expect("the engine's layout")
}

fn table(reader: impl RecordBatchReader) -> Arc<dyn Table> {
    let schema: SchemaRef = reader.schema();
    let columns: Vec<TableColumn> = schema
        .fields()
        .iter()
        .map(|field| TableColumn::new(field.name().as_str(), type_of(field.data_type())))
        .collect();
    let wanted = MemoryTable::schema(&columns);
    let batches = reader
        .map(|batch| {
            let batch = batch.expect("rows");
            let arrays =
                batch.columns().iter().zip(&columns).map(|(array, column)| stored(array, &column.ty));
            RecordBatch::try_new(Arc::clone(&wanted), arrays.collect()).expect("a batch")
        })
        .collect();
    Arc::new(MemoryTable::new(columns, batches))
}
