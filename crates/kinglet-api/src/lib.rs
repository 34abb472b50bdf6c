//! The Tinybird HTTP surface as a function from request to response.
//!
//! [`handle`] is the whole interface. Bodies stream both ways; the futures are not
//! `Send` and need no runtime. One route is one file under `route/`, the table of them
//! is `router.rs`, and the mapping of error kinds to statuses is `status.rs`.

mod answer;
mod body;
mod clickhouse;
mod context;
mod document;
mod headers;
mod json_value;
mod multipart;
mod noted;
mod params;
mod query_call;
mod request;
mod response;
mod route;
mod router;
mod status;
#[cfg(test)]
mod test_support;
mod upload;

pub use body::Body;
pub use headers::Headers;
pub use kinglet_workspace::disk::MemoryDisk;
pub use kinglet_workspace::{Components, Instance, Settings};
pub use request::{Method, Request};
pub use response::Response;

/// Answers `request`.
///
/// Status and the first megabyte are held back until they are certain; a failure after
/// that ends the body with an error, never with a valid-looking document. Dropping the
/// future, or the response's body, cancels the work behind it.
pub async fn handle(instance: &Instance, request: Request) -> Response {
    router::dispatch(instance, request).await
}

/// Answers a request to the port of ClickHouse's own HTTP interface; [`handle`] has the same
/// below `/clickhouse/`.
pub async fn handle_clickhouse(instance: &Instance, request: Request) -> Response {
    router::dispatch_clickhouse(instance, request).await
}
