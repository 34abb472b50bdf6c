//! The engine's side of exchanges: requests to `handle`, and back.

use crate::connection::{Exchange, Interface, Piece};
use futures::StreamExt;
use kinglet_api::{Body, Headers, Instance, Method, Request, Response, handle, handle_clickhouse};

/// Answers one request.
pub(crate) async fn answer(instance: Instance, exchange: Exchange) {
    let Exchange { interface, method, target, headers, body, answer } = exchange;
    let pieces = futures::stream::unfold(body, |mut body| async move {
        let piece = body.recv().await?;
        Some((piece, body))
    });
    let response = match Method::from_name(&method) {
        Some(method) => {
            let mut request = Request::new(method, &target).with_body(Body::stream(pieces.fuse()));
            request.headers = headers.into_iter().collect::<Headers>();
            match interface {
                Interface::Tinybird => handle(&instance, request).await,
                Interface::Clickhouse => handle_clickhouse(&instance, request).await,
            }
        }
        None => Response::new(405).with_body(Body::full("{\"error\": \"unknown method\"}")),
    };
    let headers = response.headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let head = Piece::Head(response.status, headers.collect(), response.body.known_len());
    if answer.send(head).await.is_err() {
        return;
    }
    let mut chunks = response.body.into_stream();
    while let Some(chunk) = chunks.next().await {
        // A failed body is cut: no end is sent, and the connection closes.
        let Ok(chunk) = chunk else {
            return;
        };
        if answer.send(Piece::Chunk(chunk)).await.is_err() {
            return;
        }
    }
    drop(answer.send(Piece::End).await);
}
