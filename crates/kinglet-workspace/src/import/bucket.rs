//! Data sources that read files of a bucket: `IMPORT_CONNECTION_NAME`, `IMPORT_BUCKET_URI`,
//! `IMPORT_SCHEDULE`. A file is read once, by its name and tag; a new version of it is read
//! again. Where the connection's bucket is, is a setting, as for sinks.

mod glob;
mod listing;

use super::{Format, Import, InsertName, Mode};
use crate::error::{Error, Result};
use crate::job::{Job, JobStatus};
use crate::resource::Datasource;
use crate::sink::{Destination, PATH};
use crate::workspace::Workspace;
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use glob::Glob;
use kinglet_storage::Durability;
use listing::{Listing, Object};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::rc::Rc;
use std::sync::Arc;

/// What stays as it is in a query's value.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Largest page of a listing, and most pages.
const MAX_PAGE_BYTES: usize = 16 << 20;
const MAX_PAGES: usize = 1000;

/// How often `@auto` looks for new files, in microseconds.
const AUTO_MICROS: i64 = 60_000_000;

/// What a look at the bucket brought.
#[derive(Clone, Debug, Default)]
pub struct BucketRun {
    /// One job for each file that was read.
    pub jobs: Vec<Job>,
    /// Files that match and were there before.
    pub n_known: usize,
}

/// Where a data source's files are.
struct Source {
    destination: Destination,
    /// Address of the bucket, without a slash at its end.
    bucket: String,
    glob: Glob,
    format: Option<Format>,
    /// Files that were changed before are passed over; as listings tell times.
    from: Option<String>,
}

impl Workspace {
    fn bucket_source(&self, datasource: &Datasource) -> Result<Source> {
        let setting = |name: &str| datasource.parsed.settings.get(name).filter(|value| !value.is_empty());
        let uri = setting("import_bucket_uri").ok_or_else(|| {
            Error::invalid(format!(
                "the Data Source '{}' reads no bucket: it has no IMPORT_BUCKET_URI",
                datasource.name
            ))
        })?;
        let destination = self.destination(setting("import_connection_name").unwrap_or_default())?;
        let Destination::S3 { endpoint, .. } = &destination else {
            return Err(Error::conflict(
                "files are read from buckets only; this connection delivers to a server",
            ));
        };
        let path = uri.split_once("://").map_or(uri, |(_, path)| path);
        let (bucket, pattern) = path.split_once('/').unwrap_or((path, ""));
        let bucket = format!("{}/{}", endpoint.trim_end_matches('/'), utf8_percent_encode(bucket, PATH));
        Ok(Source {
            bucket,
            glob: Glob::new(pattern),
            format: setting("import_format").and_then(Format::from_name),
            from: setting("import_from_timestamp").map(|time| time.replacen(' ', "T", 1)),
            destination,
        })
    }

    /// Reads the files of a data source's bucket that were not read yet, in the order of their
    /// names, at most `max_files`. A file that cannot be read has a job that says why, and is
    /// tried again the next time.
    ///
    /// # Errors
    /// `Invalid` for a data source that reads no bucket, `Conflict` while nobody said where its
    /// connection's bucket is, `Forbidden` for a host that nobody allowed; the listing fails.
    pub async fn import_bucket(
        self: &Rc<Self>,
        datasource: &Arc<Datasource>,
        max_files: Option<usize>,
    ) -> Result<BucketRun> {
        let source = self.bucket_source(datasource)?;
        self.check_host(&source.bucket)?;
        let mut run = BucketRun::default();
        let objects = self.bucket_objects(&source).await?;
        for object in objects {
            let is_old = source.from.as_ref().is_some_and(|from| object.modified < *from);
            if is_old || !source.glob.matches(&object.key) {
                continue;
            }
            if self.imported(datasource, &object)? {
                run.n_known += 1;
                continue;
            }
            if max_files.is_some_and(|most| run.jobs.len() >= most) {
                break;
            }
            let job = self.import_object(datasource, &source, &object).await?;
            if job.status == JobStatus::Done {
                self.set_imported(datasource, &object).await?;
            }
            run.jobs.push(job);
        }
        Ok(run)
    }

    async fn import_object(
        self: &Rc<Self>,
        datasource: &Arc<Datasource>,
        source: &Source,
        object: &Object,
    ) -> Result<Job> {
        let url = format!("{}/{}", source.bucket, utf8_percent_encode(&object.key, PATH));
        let fetched = self.ask(&source.destination, "GET", &url, Bytes::new()).await?;
        if !(200..300).contains(&fetched.status) {
            return Err(Error::invalid(format!("GET {url} answered status {}", fetched.status)));
        }
        let format = source.format.or_else(|| Format::of_file(&object.key)).unwrap_or(Format::Csv);
        self.import(Import {
            datasource: datasource.name.clone(),
            mode: Mode::Append,
            format,
            dialect: None,
            encoding: None,
            url: format!("{url}#{}", object.tag),
            condition: None,
            // A crash between the rows and the note of the file must not double them.
            insert: Some(InsertName::Token(format!("{url} {}", object.tag))),
            body: fetched.body,
        })
        .await
    }

    /// Every object below the constant part of the pattern.
    async fn bucket_objects(&self, source: &Source) -> Result<Vec<Object>> {
        let mut objects = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..MAX_PAGES {
            let mut url = format!(
                "{}?encoding-type=url&list-type=2&prefix={}",
                source.bucket,
                utf8_percent_encode(source.glob.prefix(), VALUE)
            );
            if let Some(token) = &token {
                url.push_str(&format!("&continuation-token={}", utf8_percent_encode(token, VALUE)));
            }
            let fetched = self.ask(&source.destination, "GET", &url, Bytes::new()).await?;
            let status = fetched.status;
            let page = whole(fetched.body).await?;
            if !(200..300).contains(&status) {
                let why = listing::message(&page).unwrap_or_default();
                return Err(Error::invalid(format!(
                    "listing {} answered status {status} {why}",
                    source.bucket
                )));
            }
            let Listing { objects: more, next } = listing::parse(&page);
            objects.extend(more);
            token = next;
            if token.is_none() {
                break;
            }
        }
        Ok(objects)
    }

    fn imported_key(&self, datasource: &Datasource, object: &Object) -> String {
        self.key(&format!("imported/{}/{}", datasource.name, object.key))
    }

    fn imported(&self, datasource: &Datasource, object: &Object) -> Result<bool> {
        let stored = self.snapshot()?.get(&self.imported_key(datasource, object));
        Ok(stored.is_some_and(|tag| tag.as_ref() == object.tag.as_bytes()))
    }

    async fn set_imported(&self, datasource: &Datasource, object: &Object) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        transaction.put(&self.imported_key(datasource, object), object.tag.clone().into_bytes());
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// Looks for new files of the data sources that ask for it. What fails is noted.
    pub(crate) async fn import_due(self: &Rc<Self>) -> Result<()> {
        let project = self.project();
        for datasource in project.datasources.values() {
            let schedule = datasource.parsed.settings.get("import_schedule").unwrap_or_default();
            let pause = match schedule {
                "@auto" => AUTO_MICROS,
                "@once" => i64::MAX,
                _ => continue,
            };
            if !self.take_turn(&datasource.name, pause).await? {
                continue;
            }
            if let Err(error) = self.import_bucket(datasource, None).await {
                self.note_operation(&crate::service::Operation {
                    error: Some(error.message()),
                    ..crate::service::Operation::new("append", &datasource.name)
                });
            }
        }
        Ok(())
    }
}

/// A body that is small enough to be held.
async fn whole(mut body: futures::stream::LocalBoxStream<'static, Result<Bytes>>) -> Result<Bytes> {
    let mut all = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk?;
        if all.len() + chunk.len() > MAX_PAGE_BYTES {
            return Err(Error::invalid("a page of the bucket's listing is too long"));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}
