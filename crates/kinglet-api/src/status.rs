//! The one table from kinds of error to HTTP statuses.

use kinglet_workspace::Kind;

/// HTTP status of an error kind. A bad token is 403: the API never answers 401.
pub(crate) fn of(kind: Kind) -> u16 {
    match kind {
        Kind::Invalid => 400,
        Kind::Forbidden => 403,
        Kind::NotFound => 404,
        Kind::Timeout => 408,
        Kind::Conflict => 409,
        Kind::TooLarge => 413,
        Kind::Data => 422,
        Kind::Limit => 429,
        Kind::Internal => 500,
        Kind::Unavailable => 503,
    }
}
