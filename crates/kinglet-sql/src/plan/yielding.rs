//! A stream that gives the thread back after every batch.

use std::pin::Pin;
use std::task::{Context, Poll};

use arrow::array::RecordBatch;
use datafusion::common::Result;
use futures::Stream;

/// Answers `Pending` once between batches (and asks to be polled again), so that an operator that reads all
/// its input in one go cannot hold the thread for longer than a batch takes.
pub(super) struct Yielding<S> {
    inner: S,
    rest: bool,
}

impl<S> Yielding<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { inner, rest: false }
    }
}

impl<S: Stream<Item = Result<RecordBatch>> + Unpin> Stream for Yielding<S> {
    type Item = Result<RecordBatch>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest {
            self.rest = false;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = Pin::new(&mut self.inner).poll_next(context);
        self.rest = matches!(next, Poll::Ready(Some(_)));
        next
    }
}
