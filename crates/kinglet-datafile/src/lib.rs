//! Tinybird datafiles (`.datasource`, `.pipe`, `.connection`, tests) to typed resources.
//!
//! The parsers never fail: they return what could be read together with [`Problem`]s, in the order in
//! which Tinybird would come across them, so that the first error is the one it reports. Templates
//! are not this crate's business: a `.datasource` or `.connection` that uses `{{ tb_secret("…") }}`
//! is rendered before it is parsed, and the SQL of pipes is kept as text.

mod column;
mod connection;
mod datasource;
mod decimal;
mod directive;
mod engine;
mod format;
mod index;
pub mod infer;
mod jsonpath;
mod options;
mod part;
mod pipe;
mod print;
mod problem;
mod resource;
mod schedule;
mod schema;
mod sorting_key;
mod statement;
mod testfile;
mod text;
mod yaml;

pub use column::{Column, schema_sql};
pub use connection::{Connection, parse_connection};
pub use datasource::{Datasource, parse_datasource};
pub use decimal::decimal_type;
pub use directive::{DatafileKind, Directive, Form, directives};
pub use engine::{Engine, EngineArgument, engine_clause};
pub use format::{format_connection, format_datasource, format_pipe};
pub use index::{Index, check_index, parse_indexes};
pub use jsonpath::{JsonPath, PathStep};
pub use options::Options;
pub use part::{Part, parts};
pub use pipe::{Node, NodeKind, Pipe, parse_pipe};
pub use problem::{Parsed, Position, Problem};
pub use resource::{Setting, Settings, Token};
pub use schedule::{is_cron, is_schedule};
pub use schema::{parse_columns, parse_sql_columns};
pub use sorting_key::sorting_key_columns;
pub use testfile::{
    DataTest, DataTestPipe, EndpointTest, TestProblem, check_endpoint_tests, endpoint_tests,
    parse_data_tests, parse_endpoint_tests, print_endpoint_tests, query_string,
};
pub use text::SourceText;
pub use yaml::{Yaml, YamlError, load_yaml};
