//! Test files: `tests/<pipe>.yaml`, and the older format of data quality tests.

mod check;
mod data;
mod endpoint;
mod print;
mod sketch;

pub use data::{DataTest, DataTestPipe, parse_data_tests};
pub use endpoint::{EndpointTest, TestProblem, endpoint_tests, parse_endpoint_tests, query_string};
pub use print::print_endpoint_tests;
pub use sketch::check_endpoint_tests;
