//! Test files: `tests/<pipe>.yaml`, and the older format of data quality tests.

mod data;
mod endpoint;
mod print;

pub use data::{DataTest, DataTestPipe, parse_data_tests};
pub use endpoint::{EndpointTest, TestProblem, endpoint_tests, parse_endpoint_tests, query_string};
pub use print::print_endpoint_tests;
