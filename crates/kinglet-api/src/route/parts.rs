//! `/v0/datasources/<name>/parts`: the files that hold a data source's rows, out and in. Ours: elsewhere nobody sees
//! them. With `__tb__snapshot` they are those of a snapshot.

use crate::answer;
use crate::body::Body;
use crate::context::Context;
use crate::response::Response;
use bytes::Bytes;
use futures::stream;
use kinglet_workspace::{Error, Result, StoredPart};
use serde_json::json;

/// Bytes of a chunk of the answer.
const CHUNK: usize = 256 << 10;

/// `GET /v0/datasources/<name>/parts`.
pub(crate) async fn list(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let parts = caller.workspace.parts(context.capture("name"), context.snapshot()).await?;
    let document = |part: &StoredPart| {
        json!({
            "id": part.id,
            "bytes": part.bytes,
            "rows": part.rows,
            "partition": part.partition,
            "level": part.level,
        })
    };
    Ok(answer::json(200, &json!({"parts": parts.iter().map(document).collect::<Vec<_>>()})))
}

/// `GET /v0/datasources/<name>/parts/<id>`: a Parquet file.
pub(crate) async fn get(context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let (name, id) = (context.capture("name"), context.capture("id"));
    let reader = caller.workspace.open_part(name, id, context.snapshot()).await?;
    let length = reader.size();
    let chunks = stream::try_unfold((reader, 0u64), |(reader, offset)| async move {
        let bytes = reader.read(offset, CHUNK).map_err(Error::from)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let next = offset + bytes.len() as u64;
        Ok(Some((Bytes::from(bytes), (reader, next))))
    });
    Ok(Response::new(200)
        .with_header("content-type", "application/vnd.apache.parquet")
        .with_header("content-length", length.to_string())
        .with_body(Body::stream(chunks)))
}

/// `POST /v0/datasources/<name>/parts`: takes a file that `get` has given.
pub(crate) async fn post(mut context: Context) -> Result<Response> {
    let caller = context.admin()?;
    let file = context.take_body().into_stream();
    let rows = caller.workspace.attach_part(context.capture("name"), file).await?;
    Ok(answer::json(200, &json!({"rows": rows})))
}
