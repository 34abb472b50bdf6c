//! From path and method to the route that answers.

use crate::answer;
use crate::body::Body;
use crate::clickhouse;
use crate::context::Context;
use crate::params::{self, Params};
use crate::request::{Method, Request};
use crate::response::Response;
use crate::route;
use futures::future::LocalBoxFuture;
use kinglet_workspace::{Error, Instance, Result};
use serde_json::json;
use std::rc::Rc;

type Handler = fn(Context) -> LocalBoxFuture<'static, Result<Response>>;

/// A method and path pattern with its handler. A segment `{name}` of the pattern takes
/// any text, `{name}.csv` any text that ends so.
pub(crate) struct Route {
    method: Method,
    pattern: &'static str,
    handler: Handler,
}

macro_rules! routes {
    ($($method:ident $pattern:literal => $($handler:ident)::+;)+) => {
        &[$(Route {
            method: Method::$method,
            pattern: $pattern,
            handler: |context| Box::pin(route::$($handler)::+(context)),
        },)+]
    };
}

/// Every route. The first pattern that matches wins, so narrow ones come first.
const ROUTES: &[Route] = routes! {
    Get "/examples/query.http" => examples::query;
    Get "/tokens" => local_tokens::get;
    Get "/version" => version::get;
    Post "/v0/analyze" => analyze::post;
    Get "/v0/connectors" => connectors::list;
    Get "/v0/connectors/{name}.connection" => connectors::file;
    Get "/v0/datasources" => datasources::list;
    Post "/v0/datasources" => datasources::post;
    Get "/v0/datasources/{name}.datasource" => datasources::file;
    Get "/v0/datasources/{name}" => datasources::get;
    Delete "/v0/datasources/{name}" => datasources::delete;
    Post "/v0/datasources/{name}/delete" => datasource_delete::v0;
    Get "/v0/datasources/{name}/parts" => parts::list;
    Post "/v0/datasources/{name}/parts" => parts::post;
    Get "/v0/datasources/{name}/parts/{id}" => parts::get;
    Post "/v0/datasources/{name}/sample" => scheduling::sample;
    Post "/v0/datasources/{name}/scheduling/runs" => scheduling::run;
    Get "/v0/datasources/{name}/scheduling/state" => scheduling::state;
    Put "/v0/datasources/{name}/scheduling/state" => scheduling::set_state;
    Post "/v0/datasources/{name}/truncate" => datasource_rows::truncate;
    Get "/v0/deliveries" => deliveries::list;
    Put "/v0/deliveries/{connection}" => deliveries::put;
    Delete "/v0/deliveries/{connection}" => deliveries::delete;
    Get "/v0/environments/{name}" => environments::get;
    Delete "/v0/environments/{name}" => environments::delete;
    Post "/v0/events" => events::post;
    Get "/v0/files" => files::list;
    Get "/v0/health" => health::get;
    Get "/v0/hosts" => hosts::list;
    Post "/v0/hosts" => hosts::post;
    Delete "/v0/hosts/{host}" => hosts::delete;
    Get "/v0/jobs" => jobs::list;
    Get "/v0/jobs/{id}" => jobs::get;
    Post "/v0/jobs/{id}/cancel" => jobs::cancel;
    Get "/v0/pipes" => pipes::list;
    Get "/v0/pipes/openapi.json" => openapi::get;
    Get "/v0/pipes/{pipe}.json" => endpoint::json;
    Post "/v0/pipes/{pipe}.json" => endpoint::json;
    Get "/v0/pipes/{pipe}.csv" => endpoint::csv;
    Post "/v0/pipes/{pipe}.csv" => endpoint::csv;
    Get "/v0/pipes/{pipe}.ndjson" => endpoint::ndjson;
    Post "/v0/pipes/{pipe}.ndjson" => endpoint::ndjson;
    Get "/v0/pipes/{pipe}.parquet" => endpoint::parquet;
    Post "/v0/pipes/{pipe}.parquet" => endpoint::parquet;
    Get "/v0/pipes/{pipe}.prometheus" => endpoint::prometheus;
    Post "/v0/pipes/{pipe}.prometheus" => endpoint::prometheus;
    Get "/v0/pipes/{name}.pipe" => pipes::file;
    Get "/v0/pipes/{name}" => pipes::get;
    Post "/v0/pipes/{pipe}/copy" => copy::post;
    Post "/v0/pipes/{pipe}/copy/pause" => schedules::pause;
    Post "/v0/pipes/{pipe}/copy/resume" => schedules::resume;
    Post "/v0/pipes/{pipe}/sink" => sink::post;
    Post "/v0/pipes/{pipe}/sink/pause" => schedules::pause;
    Post "/v0/pipes/{pipe}/sink/resume" => schedules::resume;
    Get "/v0/pipes/{pipe}/explain" => explain::pipe;
    Get "/v0/pipes/{pipe}/nodes/{node}/explain" => explain::node;
    Get "/v0/regions" => regions::get;
    Get "/v0/snapshots" => snapshots::list;
    Post "/v0/snapshots" => snapshots::post;
    Delete "/v0/snapshots/{name}" => snapshots::delete;
    Get "/v0/sql" => sql::handle;
    Post "/v0/sql" => sql::handle;
    Get "/v0/tags" => absent::tags;
    Get "/v0/tokens" => tokens::list;
    Post "/v0/tokens" => tokens::post;
    Get "/v0/tokens/{token}" => tokens::get;
    Put "/v0/tokens/{token}" => tokens::put;
    Delete "/v0/tokens/{token}" => tokens::delete;
    Post "/v0/tokens/{token}/refresh" => tokens::refresh;
    Get "/v0/user/workspaces" => workspaces::of_user;
    Get "/v0/variables" => secrets::list;
    Post "/v0/variables" => secrets::post;
    Get "/v0/variables/{name}" => secrets::get;
    Put "/v0/variables/{name}" => secrets::put;
    Delete "/v0/variables/{name}" => secrets::delete;
    Get "/v0/workspace" => workspaces::current;
    Post "/v1/build" => build::post;
    Post "/v1/datasources/{name}/append" => datasource_rows::append;
    Post "/v1/datasources/{name}/delete" => datasource_delete::v1;
    Post "/v1/datasources/{name}/replace" => datasource_rows::replace;
    Post "/v1/deploy" => deployments::post;
    Get "/v1/deployments" => deployments::list;
    Get "/v1/deployments/{id}" => deployments::get;
    Delete "/v1/deployments/{id}" => deployments::delete;
    Post "/v1/deployments/{id}/set-live" => deployments::set_live;
    Get "/v1/environments" => environments::list;
    Post "/v1/environments" => environments::create;
    Get "/v1/pipes" => pipes::list;
    Get "/v1/pipes/{name}.pipe" => pipes::file;
    Get "/v1/user/workspaces" => workspaces::of_user;
    Get "/v1/workspace" => workspaces::current;
    Post "/v1/workspaces" => workspaces::create;
    Get "/v1/workspaces/{id}" => workspaces::get;
    Delete "/v1/workspaces/{id}" => workspaces::delete;
    Put "/v0/workspaces/{id}" => workspaces::rename;
    Put "/v0/workspaces/{id}/users" => workspaces::users;
};

/// Answers `request` by the first route that matches.
pub(crate) async fn dispatch(instance: &Instance, request: Request) -> Response {
    let (method, path) = (request.method, request.path.trim_start_matches('/'));
    let response = if method == Method::Options {
        Response::new(204)
    } else if path.split('/').next() == Some("clickhouse") {
        let path = path.strip_prefix("clickhouse").unwrap_or_default().to_owned();
        clickhouse::answered(context(instance, request, Vec::new()), &path).await
    } else {
        answered(instance, request).await.unwrap_or_else(|error| answer::error(&error))
    };
    finished(method, response)
}

/// Answers a request to ClickHouse's interface.
pub(crate) async fn dispatch_clickhouse(instance: &Instance, request: Request) -> Response {
    let (method, path) = (request.method, request.path.clone());
    let response = if method == Method::Options {
        Response::new(204)
    } else {
        clickhouse::answered(context(instance, request, Vec::new()), &path).await
    };
    finished(method, response)
}

fn finished(method: Method, mut response: Response) -> Response {
    open_to_any_origin(&mut response);
    if let Some(len) = response.body.known_len() {
        response.headers.set("content-length", len.to_string());
    }
    if method == Method::Head {
        response.body = Body::empty();
    }
    response
}

fn context(instance: &Instance, request: Request, captures: Vec<(&'static str, String)>) -> Context {
    Context {
        instance: instance.clone(),
        captures,
        method: request.method,
        target: format!("{}?{}", request.path, request.query),
        query: Params::from_urlencoded(&request.query),
        headers: request.headers,
        body: request.body,
        rate: Rc::default(),
    }
}

async fn answered(instance: &Instance, request: Request) -> Result<Response> {
    let segments = segments(&request.path);
    let method = match request.method {
        Method::Head => Method::Get,
        other => other,
    };
    let mut allowed = Vec::new();
    for route in ROUTES {
        let Some(captures) = matched(route.pattern, &segments) else {
            continue;
        };
        if route.method != method {
            allowed.push(route.method);
            continue;
        }
        let context = context(instance, request, captures);
        let rate = context.rate.clone();
        let mut response = (route.handler)(context).await?;
        if let Some(rate) = rate.get() {
            answer::tell_rate(&mut response, rate);
        }
        return Ok(response);
    }
    if allowed.is_empty() {
        return Err(Error::not_found(format!("Not found: {}", request.path)));
    }
    Ok(method_not_allowed(method, &allowed))
}

fn method_not_allowed(method: Method, allowed: &[Method]) -> Response {
    let mut names: Vec<&str> = allowed.iter().map(|method| method.name()).collect();
    names.sort_unstable();
    names.dedup();
    let names = names.join(", ");
    let text = format!("method {method} is not allowed here; allowed: {names}");
    answer::json(405, &json!({"error": text})).with_header("allow", names)
}

fn open_to_any_origin(response: &mut Response) {
    let headers = &mut response.headers;
    headers.set("access-control-allow-origin", "*");
    headers.set("access-control-allow-methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
    headers.set("access-control-allow-headers", "*, Authorization, Content-Type");
    headers.set("access-control-expose-headers", "*");
    headers.set("access-control-max-age", "86400");
}

/// Decoded segments; empty ones (a doubled or trailing slash) are left out.
fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| params::decode(&segment.replace('+', "%2B")))
        .collect()
}

fn matched(pattern: &'static str, segments: &[String]) -> Option<Vec<(&'static str, String)>> {
    let mut captures = Vec::new();
    let mut rest = segments.iter();
    for wanted in pattern.split('/').filter(|segment| !segment.is_empty()) {
        let got = rest.next()?;
        let Some((name, suffix)) = wanted.strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            if wanted != got {
                return None;
            }
            continue;
        };
        let value = got.strip_suffix(suffix).filter(|value| !value.is_empty())?;
        captures.push((name, value.to_owned()));
    }
    rest.next().is_none().then_some(captures)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captures(pattern: &'static str, path: &str) -> Option<Vec<String>> {
        let captures = matched(pattern, &segments(path))?;
        Some(captures.into_iter().map(|(_, value)| value).collect())
    }

    #[test]
    fn patterns_match_whole_paths() {
        assert_eq!(captures("/v0/sql", "/v0/sql/"), Some(vec![]));
        assert_eq!(captures("/v0/sql", "/v0/sql/x"), None);
        assert_eq!(captures("/v0/sql", "/v0"), None);
        let one = captures("/v0/pipes/{pipe}.json", "/v0/pipes/a%20b.json");
        assert_eq!(one, Some(vec!["a b".to_owned()]));
        assert_eq!(captures("/v0/pipes/{pipe}.json", "/v0/pipes/.json"), None);
        assert_eq!(captures("/v0/pipes/{pipe}.json", "/v0/pipes/a.csv"), None);
    }
}
