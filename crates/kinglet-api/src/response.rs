//! A response as the host sends it out.

use crate::body::Body;
use crate::headers::Headers;

/// A response.
#[derive(Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Header fields, names in lower case.
    pub headers: Headers,
    /// Body; an error in it means that the connection must be cut.
    pub body: Body,
}

impl Response {
    /// A response without headers or body.
    pub fn new(status: u16) -> Response {
        Response { status, headers: Headers::new(), body: Body::empty() }
    }

    /// Sets a header field.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Response {
        self.headers.set(name, value);
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn with_body(mut self, body: Body) -> Response {
        self.body = body;
        self
    }
}
