//! `events` and `products`: what a shop's front end sends, tenant by tenant, and the dimension its events refer to.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Float64Array, RecordBatch, StringArray, TimestampMicrosecondArray, UInt32Array, UInt64Array,
};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};

use super::dice::{Dice, mix};
use super::words::word;

/// 2024-05-01 00:00:00 UTC, as seconds; 30 days.
const START: u64 = 1_714_521_600;
const PERIOD: u64 = 30 * 86_400;
const BATCH: u64 = 65_536;
const TENANTS: u64 = 50;
const PRODUCTS: u64 = 5_000;
/// Of 100 events so many are of this kind, or one before it.
const ACTIONS: [(u64, &str); 5] =
    [(60, "view"), (80, "search"), (92, "cart"), (97, "checkout"), (100, "purchase")];
const COUNTRIES: [&str; 12] = ["US", "ES", "DE", "FR", "GB", "BR", "IN", "JP", "MX", "CA", "IT", "NL"];
const PLANS: [&str; 4] = ["free", "pro", "team", "enterprise"];

/// Writes `events` with so many rows in the order of time, and `products`.
pub(crate) fn write(rows: u64, folder: &Path) -> Result<(), Box<dyn Error>> {
    let schema: SchemaRef = Arc::new(Schema::new(vec![
        Field::new("tenant_id", DataType::UInt32, false),
        Field::new("timestamp", DataType::Timestamp(TimeUnit::Microsecond, None), false),
        Field::new("session_id", DataType::Utf8, false),
        Field::new("user_id", DataType::UInt64, false),
        Field::new("action", DataType::Utf8, false),
        Field::new("path", DataType::Utf8, false),
        Field::new("country", DataType::Utf8, false),
        Field::new("product_id", DataType::UInt32, false),
        Field::new("duration", DataType::Float64, false),
        Field::new("payload", DataType::Utf8, false),
    ]));
    let batches = (0..rows).step_by(BATCH as usize).map(|first| {
        let events: Vec<Event> = (first..rows.min(first + BATCH)).map(|row| Event::new(row, rows)).collect();
        RecordBatch::try_new(Arc::clone(&schema), columns(&events)).expect("the columns of the schema")
    });
    super::output::write(folder, "events", Arc::clone(&schema), batches)?;
    products(folder)
}

struct Event {
    tenant: u32,
    micros: i64,
    user: u64,
    session: String,
    action: &'static str,
    path: String,
    country: &'static str,
    product: u32,
    duration: f64,
    payload: String,
}

impl Event {
    fn new(row: u64, rows: u64) -> Self {
        let mut dice = Dice::new(row ^ 0xE0E0);
        let tenant = dice.rank(TENANTS, 2.0);
        let user = tenant * 1_000_000 + dice.rank(rows / 75 + 100, 1.7);
        let second = row * PERIOD / rows.max(1);
        let action = dice.below(100);
        let action = ACTIONS.iter().find(|(upto, _)| action < *upto).map_or("", |(_, name)| name);
        let page = dice.rank(2_000, 3.0);
        let path = format!("/{}/{}", word(page % 23, false), word(page + 40, false));
        let product = dice.rank(PRODUCTS, 2.0) as u32;
        let country = COUNTRIES.get(Dice::new(user).rank(12, 2.0) as usize).copied().unwrap_or_default();
        let plan = PLANS.get(Dice::new(user ^ 1).rank(4, 2.0) as usize).copied().unwrap_or_default();
        let duration = (-dice.share().max(1e-9).ln() * 180_000.0).round() / 1000.0;
        let payload = format!(
            r#"{{"plan":"{plan}","version":"2.{}","amount":{},"device":{{"os":"{}","width":{}}},"tags":["{}","{}"]}}"#,
            dice.below(20),
            dice.rank(20_000, 2.0) as f64 / 100.0,
            word(dice.rank(7, 2.0), false),
            320 + dice.below(20) * 80,
            word(dice.rank(50, 2.0), false),
            word(dice.rank(50, 2.0), false),
        );
        Self {
            tenant: tenant as u32,
            micros: ((START + second) * 1_000_000) as i64,
            user,
            session: format!("{:016x}", mix((user << 8) | (second / 7_200 % 256))),
            action,
            path,
            country,
            product,
            duration,
            payload,
        }
    }
}

fn columns(events: &[Event]) -> Vec<ArrayRef> {
    let text = |of: &dyn Fn(&Event) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(events.iter().map(of)))
    };
    vec![
        Arc::new(UInt32Array::from_iter_values(events.iter().map(|event| event.tenant))),
        Arc::new(TimestampMicrosecondArray::from_iter_values(events.iter().map(|event| event.micros))),
        text(&|event| event.session.clone()),
        Arc::new(UInt64Array::from_iter_values(events.iter().map(|event| event.user))),
        text(&|event| event.action.to_owned()),
        text(&|event| event.path.clone()),
        text(&|event| event.country.to_owned()),
        Arc::new(UInt32Array::from_iter_values(events.iter().map(|event| event.product))),
        Arc::new(Float64Array::from_iter_values(events.iter().map(|event| event.duration))),
        text(&|event| event.payload.clone()),
    ]
}

fn products(folder: &Path) -> Result<(), Box<dyn Error>> {
    let schema: SchemaRef = Arc::new(Schema::new(vec![
        Field::new("product_id", DataType::UInt32, false),
        Field::new("name", DataType::Utf8, false),
        Field::new("category", DataType::Utf8, false),
        Field::new("price", DataType::Float64, false),
    ]));
    let ids = 0..PRODUCTS;
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(UInt32Array::from_iter_values(ids.clone().map(|id| id as u32))),
        Arc::new(StringArray::from_iter_values(
            ids.clone().map(|id| format!("{} {}", word(id, false), word(id * 3, false))),
        )),
        Arc::new(StringArray::from_iter_values(ids.clone().map(|id| word(mix(id) % 30, false)))),
        Arc::new(Float64Array::from_iter_values(ids.map(|id| (mix(id) % 50_000) as f64 / 100.0))),
    ];
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    super::output::write(folder, "products", schema, std::iter::once(batch))
}
