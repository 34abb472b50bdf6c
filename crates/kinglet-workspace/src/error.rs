//! Errors of a workspace: a kind that tells the caller what to do, and a message.

use crate::rate::RateState;
use kinglet_diagnostic::Span;
use kinglet_template::Value;
use std::fmt;

/// Result of an operation on a workspace.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about an error. Each kind maps to one HTTP status above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The request itself is wrong: bad SQL, unknown column, unparsable template.
    Invalid,
    /// The token is missing, unknown, or its scopes do not reach this resource.
    Forbidden,
    /// The named resource does not exist.
    NotFound,
    /// The state does not allow it: a name taken, a resource in use.
    Conflict,
    /// A limit was passed: body too large.
    TooLarge,
    /// The query was stopped at its time limit.
    Timeout,
    /// A rate or memory limit was passed; trying again later may work.
    Limit,
    /// Rows were refused by what they feed (a materialization) or by their schema.
    Data,
    /// The engine cannot answer now (it is closing, the disk is gone); retry.
    Unavailable,
    /// A defect of ours.
    Internal,
}

/// Where an error lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPlace {
    /// Path of the project's file; `None` for the query as it was sent.
    pub file: Option<String>,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in UTF-16 code units, counted from 1.
    pub column: u32,
}

/// A failed operation on a workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    kind: Kind,
    message: String,
    code: Option<i32>,
    retry_after_secs: Option<u32>,
    custom: Option<Box<(u16, Value)>>,
    rate: Option<RateState>,
    /// Where in the text that was bound or parsed.
    span: Option<Span>,
    place: Option<Box<ErrorPlace>>,
}

impl Error {
    /// An error of `kind` saying `message`.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error {
            kind,
            message: message.into(),
            code: None,
            retry_after_secs: None,
            custom: None,
            rate: None,
            span: None,
            place: None,
        }
    }

    /// The request is wrong.
    pub fn invalid(message: impl Into<String>) -> Self {
        Error::new(Kind::Invalid, message)
    }

    /// The token does not allow it.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Error::new(Kind::Forbidden, message)
    }

    /// The resource does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Error::new(Kind::NotFound, message)
    }

    /// The state does not allow it.
    pub fn conflict(message: impl Into<String>) -> Self {
        Error::new(Kind::Conflict, message)
    }

    /// A defect of ours.
    pub fn internal(message: impl Into<String>) -> Self {
        Error::new(Kind::Internal, message)
    }

    /// Adds ClickHouse's error code (`47` is an unknown identifier).
    #[must_use]
    pub fn with_code(mut self, code: i32) -> Self {
        self.code = Some(code);
        self
    }

    /// Adds the number of seconds after which a retry may work.
    #[must_use]
    pub fn with_retry_after(mut self, secs: u32) -> Self {
        self.retry_after_secs = Some(secs);
        self
    }

    /// Adds where the token stands with its limit.
    #[must_use]
    pub(crate) fn with_rate(mut self, rate: RateState) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Where the token stands with its limit, when that was passed.
    pub fn rate(&self) -> Option<RateState> {
        self.rate
    }

    /// Adds where in the query's text it lies.
    #[must_use]
    pub(crate) fn with_span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Where in the query's text it lies.
    pub(crate) fn span(&self) -> Option<Span> {
        self.span
    }

    /// Adds where it lies, unless that is known.
    #[must_use]
    pub(crate) fn with_place(mut self, place: Option<ErrorPlace>) -> Self {
        self.place = self.place.or(place.map(Box::new));
        self
    }

    /// The line of a file, or of the query that was sent, in which the error lies, where it is known.
    pub fn place(&self) -> Option<&ErrorPlace> {
        self.place.as_deref()
    }

    /// Sets status and body of the answer.
    #[must_use]
    pub(crate) fn with_body(mut self, status: u16, body: Value) -> Self {
        self.custom = Some(Box::new((status, body)));
        self
    }

    /// Status and body of the answer, where they are set: by a template's `custom_error`, or
    /// for a program to act on.
    pub fn custom(&self) -> Option<(u16, &Value)> {
        self.custom.as_ref().map(|custom| (custom.0, &custom.1))
    }

    /// What the caller can do about it.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The text for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// ClickHouse's error code, when the engine raised the error.
    pub fn code(&self) -> Option<i32> {
        self.code
    }

    /// ClickHouse's name of that code, such as `UNKNOWN_IDENTIFIER`.
    pub fn code_name(&self) -> Option<&'static str> {
        let code = u16::try_from(self.code?).ok()?;
        Some(kinglet_types::ErrorCode(code).name())
    }

    /// The message as the engine gave it, without the marks that Tinybird puts around it.
    pub fn engine_message(&self) -> &str {
        let text = self.message.strip_prefix("[Error] ").or(self.message.strip_prefix("DB::Exception: "));
        let text = text.unwrap_or(&self.message);
        let bare =
            self.code_name().and_then(|name| text.strip_suffix(')')?.strip_suffix(name)?.strip_suffix(" ("));
        bare.unwrap_or(text)
    }

    /// Seconds after which a retry may work.
    pub fn retry_after_secs(&self) -> Option<u32> {
        self.retry_after_secs
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<kinglet_storage::StorageError> for Error {
    fn from(error: kinglet_storage::StorageError) -> Self {
        use kinglet_storage::StorageError as E;
        let kind = match &error {
            E::DiskFull { .. } => Kind::Limit,
            E::Disk(_) | E::Stopped(_) | E::NewerVersion { .. } => Kind::Unavailable,
            E::Conflict(_) => Kind::Conflict,
            E::NoSuchTable { .. } | E::NoSuchHead(_) => Kind::NotFound,
            E::Schema(_) | E::Compute(_) | E::Invalid(_) => Kind::Invalid,
            _ => Kind::Internal,
        };
        Error::new(kind, error.to_string())
    }
}

impl From<kinglet_types::SqlError> for Error {
    fn from(error: kinglet_types::SqlError) -> Self {
        use kinglet_types::ErrorCode as C;
        let kind = match error.code {
            C::TIMEOUT_EXCEEDED => Kind::Timeout,
            C::LOGICAL_ERROR => Kind::Internal,
            _ => Kind::Invalid,
        };
        let message = format!("[Error] {} ({})", error.message, error.name());
        let made = Error::new(kind, message).with_code(i32::from(error.code.0));
        match error.span {
            Some(span) => made.with_span(span),
            None => made,
        }
    }
}

impl From<kinglet_template::RenderError> for Error {
    fn from(error: kinglet_template::RenderError) -> Self {
        let status = error.status();
        let mut made = Error::invalid(error.message);
        if let kinglet_template::ErrorKind::CustomError { body, .. } = error.kind {
            made.custom = Some(Box::new((status, body)));
        }
        made
    }
}
