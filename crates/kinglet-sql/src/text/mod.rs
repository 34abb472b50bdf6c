//! Values as ClickHouse writes and reads them.

mod cursor;
mod float;
mod json;
mod number;
mod output_style;
mod read;
mod time;
mod write;

pub use cursor::Cursor;
pub use float::{write_f32, write_f64};
pub use json::{read_json_string, skip_json, write_json_string};
pub use number::{parse_decimal, parse_i256, write_decimal, write_i256};
pub use output_style::{DateTimeStyle, OutputStyle};
pub use read::read_text;
pub(crate) use read::{json as read_json, parse_float, parse_uuid};
pub(crate) use time::{GREATEST_DAY, LEAST_DAY};
pub use time::{parse_date, parse_date_time, write_date, write_date_time};
pub use write::{Style, write_value};
pub(crate) use write::{bytes_at, decimal_at, escaped_text as escaped, int_at, write_ipv6, write_string};
