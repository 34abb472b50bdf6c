//! The Tinybird HTTP surface as a function from request to response.
