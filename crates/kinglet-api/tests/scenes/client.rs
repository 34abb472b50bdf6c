//! A client over `handle`: sends requests, reads whole answers.

use crate::hosts::{SeededRandom, TickingClock};
use bytes::Bytes;
use futures::executor::block_on;
use kinglet_api::{Body, Components, Instance, Method, Request, Settings, handle};
use kinglet_workspace::host::NoNetwork;
use serde_json::Value;
use std::rc::Rc;

/// Largest answer that a scene reads.
const LIMIT: usize = 256 << 20;

/// A client of one instance, with the workspace admin token.
pub(crate) struct TestClient {
    pub(crate) instance: Instance,
    pub(crate) token: String,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: kinglet_api::Headers,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a UTF-8 body")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text()))
    }

    /// The `error` text of a failure.
    pub(crate) fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }

    /// Asserts the status, showing the body otherwise.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

impl TestClient {
    /// A client of a new instance on an empty memory disk.
    pub(crate) fn new() -> TestClient {
        let components = Components {
            clock: Rc::new(TickingClock::new()),
            random: Rc::new(SeededRandom::new(7)),
            http: Rc::new(NoNetwork),
        };
        let instance =
            block_on(Instance::open(components, Settings::default())).expect("an empty disk opens");
        let token = instance.local_tokens().workspace_admin;
        TestClient { instance, token }
    }

    /// Sends `request` as it is.
    pub(crate) fn send(&self, request: Request) -> Answer {
        block_on(async {
            let response = handle(&self.instance, request).await;
            Answer {
                status: response.status,
                headers: response.headers,
                body: response.body.collect(LIMIT).await.expect("a whole body"),
            }
        })
    }

    fn request(&self, method: Method, target: &str) -> Request {
        let bearer = format!("Bearer {}", self.token);
        Request::new(method, target).with_header("Authorization", bearer)
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.send(self.request(Method::Get, target))
    }

    pub(crate) fn post(&self, target: &str, body: impl Into<Bytes>) -> Answer {
        self.send(self.request(Method::Post, target).with_body(Body::full(body)))
    }
}
