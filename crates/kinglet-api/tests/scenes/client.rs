//! A client over `handle`: sends requests, reads whole answers.

use crate::hosts::block_on;
use crate::hosts::{SeededRandom, TickingClock};
use bytes::Bytes;
use futures::StreamExt;
use kinglet_api::{Body, Components, Instance, MemoryDisk, Method, Request, Settings, handle};
use kinglet_workspace::Http;
use kinglet_workspace::disk::Disk;
use kinglet_workspace::host::NoNetwork;
use serde_json::Value;
use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

/// Largest answer that a scene reads.
const LIMIT: usize = 256 << 20;

thread_local! {
    static OPENED: Cell<u64> = const { Cell::new(6) };
}

/// Another seed for each instance of a scene: two of them on one disk must not name their
/// files alike.
fn next_seed() -> u64 {
    OPENED.set(OPENED.get() + 1);
    OPENED.get()
}

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
        TestClient::with_settings(|_| ())
    }

    /// As [`TestClient::new`], with other settings.
    pub(crate) fn with_settings(change: impl FnOnce(&mut Settings)) -> TestClient {
        let mut settings = Settings::default();
        change(&mut settings);
        TestClient::open(settings, Rc::new(NoNetwork), Arc::new(MemoryDisk::default()))
    }

    /// As [`TestClient::new`], with a network.
    pub(crate) fn with_network(http: impl Http + 'static) -> TestClient {
        TestClient::open(Settings::default(), Rc::new(http), Arc::new(MemoryDisk::default()))
    }

    /// A client of an instance on a disk that may hold something.
    pub(crate) fn on_disk(disk: Arc<MemoryDisk>) -> TestClient {
        TestClient::open(Settings::default(), Rc::new(NoNetwork), disk)
    }

    /// A client of an instance on any disk.
    pub(crate) fn open(settings: Settings, http: Rc<dyn Http>, disk: Arc<dyn Disk>) -> TestClient {
        let components = Components {
            clock: Rc::new(TickingClock::new()),
            random: Rc::new(SeededRandom::new(next_seed())),
            http,
            disk,
        };
        let instance = block_on(Instance::open(components, settings)).expect("the disk opens");
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

    pub(crate) fn put(&self, target: &str, body: impl Into<Bytes>) -> Answer {
        self.send(self.request(Method::Put, target).with_body(Body::full(body)))
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.send(self.request(Method::Get, target))
    }

    pub(crate) fn post(&self, target: &str, body: impl Into<Bytes>) -> Answer {
        self.send(self.request(Method::Post, target).with_body(Body::full(body)))
    }
}

impl TestClient {
    pub(crate) fn get_without_token(&self, target: &str) -> Answer {
        self.send(Request::new(Method::Get, target))
    }

    /// Lets the store do all its background work.
    pub(crate) fn merge(&self) {
        while block_on(self.instance.maintain(1000)).expect("the store works") {}
    }

    /// Posts form fields.
    pub(crate) fn post_fields(&self, target: &str, fields: &str) -> Answer {
        let request = self
            .request(Method::Post, target)
            .with_header("Content-Type", "application/x-www-form-urlencoded")
            .with_body(Body::full(fields.to_owned()));
        self.send(request)
    }

    /// Posts under a name of the insert, as our own clients do.
    pub(crate) fn post_as(&self, id: &str, target: &str, body: impl Into<Bytes>) -> Answer {
        let request = self.request(Method::Post, target).with_header("x-kinglet-insert-id", id);
        self.send(request.with_body(Body::full(body)))
    }

    /// Sends a body of which only the first `length` bytes arrive before the engine is gone.
    pub(crate) fn post_cut_short(&self, id: &str, target: &str, body: &[u8], length: usize) {
        let head: Vec<_> =
            body[..length].chunks(64 << 10).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let reached = Rc::new(Cell::new(false));
        let end = reached.clone();
        let pending = futures::stream::poll_fn(move |_| {
            end.set(true);
            Poll::Pending
        });
        let pieces = futures::stream::iter(head).chain(pending);
        let request = self.request(Method::Post, target).with_header("x-kinglet-insert-id", id);
        block_on(async {
            let mut answer = pin!(handle(&self.instance, request.with_body(Body::stream(pieces))));
            while !reached.get() {
                assert!(futures::poll!(&mut answer).is_pending(), "the body does not end");
            }
        });
    }

    pub(crate) fn delete(&self, target: &str) -> Answer {
        self.send(self.request(Method::Delete, target))
    }

    /// Posts a multipart form of `(name, file name, text)` parts.
    pub(crate) fn post_form(&self, target: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, file, bytes) in parts {
            body.extend_from_slice(b"--bOuNd\r\n");
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let head = format!("Content-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--bOuNd--\r\n");
        let request = self
            .request(Method::Post, target)
            .with_header("Content-Type", "multipart/form-data; boundary=bOuNd")
            .with_body(Body::full(body));
        self.send(request)
    }

    /// Posts a project's files to a build or deploy route.
    pub(crate) fn post_project(&self, target: &str, files: &[(&str, &str)]) -> Answer {
        let parts: Vec<(&str, Option<&str>, &[u8])> =
            files.iter().map(|(path, text)| ("data_project://", Some(*path), text.as_bytes())).collect();
        self.post_form(target, &parts)
    }

    /// Rows in a data source.
    #[track_caller]
    pub(crate) fn row_count(&self, datasource: &str) -> u64 {
        let document = self.get(&format!("/v0/datasources/{datasource}")).expect(200).json();
        document["statistics"]["row_count"].as_u64().unwrap()
    }

    /// Rows that a query counts in a table.
    #[track_caller]
    pub(crate) fn row_count_of(&self, table: &str) -> u64 {
        let answer =
            self.post("/v0/sql", format!("SELECT count() AS n FROM {table} FORMAT JSON")).expect(200);
        answer.json()["data"][0]["n"].as_u64().unwrap()
    }

    /// The rows of a query as lines of JSON.
    #[track_caller]
    pub(crate) fn lines(&self, sql: &str) -> String {
        self.post("/v0/sql", format!("{sql} FORMAT JSONEachRow")).expect(200).text().to_owned()
    }
}
