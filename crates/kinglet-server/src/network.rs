//! Outgoing requests: one thread for each, since the engine's own must not wait.

use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt;
use kinglet_workspace::{Error, Fetched, Http, Kind, Outgoing};
use std::io::Read;
use std::time::Duration;
use tokio::sync::mpsc::{Sender, channel};
use ureq::http::{Method, Request};
use ureq::{Agent, Body};

/// How long connecting, and waiting for an answer's head, may take.
const CONNECT: Duration = Duration::from_secs(20);
const HEAD: Duration = Duration::from_secs(120);

/// Bytes of a body that are passed on at a time, and pieces on their way.
const PIECE_BYTES: usize = 64 << 10;
const PIECES: usize = 16;

/// The network of this machine.
pub(crate) struct Network {
    agent: Agent,
}

impl Default for Network {
    fn default() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(HEAD))
            // A redirection may lead to a host that nobody agreed to.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        Network { agent: config.into() }
    }
}

/// Status and encoding of an answer.
struct Head {
    status: u16,
    encoding: Option<String>,
}

#[async_trait(?Send)]
impl Http for Network {
    async fn get(&self, url: &str) -> Result<Fetched, Error> {
        let request =
            Outgoing { method: "GET", url: url.to_owned(), headers: Vec::new(), body: Bytes::new() };
        self.send(request).await
    }

    async fn send(&self, request: Outgoing) -> Result<Fetched, Error> {
        let agent = self.agent.clone();
        let (head_sender, head) = tokio::sync::oneshot::channel();
        let (sender, pieces) = channel(PIECES);
        std::thread::spawn(move || {
            let answer = exchange(&agent, request);
            let (head, body) = match answer {
                Ok((head, body)) => (Ok(head), Some(body)),
                Err(error) => (Err(error), None),
            };
            // Whoever asked may have gone.
            if head_sender.send(head).is_ok()
                && let Some(body) = body
            {
                pass_on(body, &sender);
            }
        });
        let head = head.await.map_err(|_| Error::internal("a request's thread ended"))??;
        let body = futures::stream::unfold(pieces, |mut pieces| async move {
            let piece = pieces.recv().await?;
            Some((piece, pieces))
        });
        Ok(Fetched { status: head.status, encoding: head.encoding, body: body.boxed_local() })
    }

    async fn pause(&self, millis: u64) {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
}

fn exchange(agent: &Agent, request: Outgoing) -> Result<(Head, Body), Error> {
    let url = request.url.clone();
    let method = Method::from_bytes(request.method.as_bytes())
        .map_err(|_| Error::internal(format!("no method {}", request.method)))?;
    let mut builder = Request::builder().method(method).uri(&request.url);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let bad =
        |error: &dyn std::fmt::Display| Error::invalid(format!("cannot send a request to {url}: {error}"));
    let has_body = !request.body.is_empty() || matches!(request.method, "PUT" | "POST");
    let answer = if has_body {
        let request = builder.body(request.body.to_vec()).map_err(|error| bad(&error))?;
        agent.run(request)
    } else {
        let request = builder.body(()).map_err(|error| bad(&error))?;
        agent.run(request)
    };
    let answer =
        answer.map_err(|error| Error::new(Kind::Unavailable, format!("cannot reach {url}: {error}")))?;
    let encoding = answer.headers().get("content-encoding").and_then(|value| value.to_str().ok());
    let head = Head { status: answer.status().as_u16(), encoding: encoding.map(str::to_owned) };
    Ok((head, answer.into_body()))
}

/// Passes a body on until its end, or until nobody wants more of it.
fn pass_on(body: Body, sender: &Sender<Result<Bytes, Error>>) {
    let mut reader = body.into_reader();
    let mut buffer = vec![0; PIECE_BYTES];
    loop {
        let piece = match reader.read(&mut buffer) {
            Ok(0) => return,
            Ok(read) => Ok(Bytes::copy_from_slice(buffer.get(..read).unwrap_or_default())),
            Err(error) => Err(Error::new(Kind::Unavailable, format!("the answer broke off: {error}"))),
        };
        let is_over = piece.is_err();
        if sender.blocking_send(piece).is_err() || is_over {
            return;
        }
    }
}
