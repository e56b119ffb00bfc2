//! Reading request bodies: what is let in at all (server.md §1.3, §9).

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use prisma_engine::{BodyError, RequestBody};
use serde::de::IgnoredAny;

use crate::{
    config::Limits,
    respond::{self, HttpResponse, Limit, Refusal},
};

/// Refuses requests that do not send JSON (which also keeps plain HTML forms of other sites out), or that want an
/// answer in something else.
pub(crate) fn check_types(headers: &HeaderMap) -> Result<(), Refusal> {
    let content_type = headers.get(header::CONTENT_TYPE);
    let sends_json = content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"));
    if !sends_json {
        let message = "The request's Content-Type is not supported. Expected:\napplication/json";
        let refusal = respond::text(StatusCode::UNSUPPORTED_MEDIA_TYPE, message);
        return Err(refusal.into());
    }
    check_accept(headers, "application/json")
}

/// Refuses requests that want an answer in another media type.
pub(crate) fn check_accept(headers: &HeaderMap, media: &str) -> Result<(), Refusal> {
    if accepts(headers, media) {
        return Ok(());
    }
    let message = format!(
        "The resource is only capable of generating representations with the following Media Types:\n{media}"
    );
    Err(respond::text(StatusCode::NOT_ACCEPTABLE, message).into())
}

/// Does the `Accept` header, if there is one, allow a media type?
fn accepts(headers: &HeaderMap, media: &str) -> bool {
    let mut ranges = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .peekable();
    let group = media.split('/').next().unwrap_or(media);
    ranges.peek().is_none()
        || ranges.any(|range| {
            let (range, parameters) = range.split_once(';').unwrap_or((range, ""));
            let range = range.trim();
            let is_excluded = parameters
                .split(';')
                .filter_map(|parameter| parameter.trim().strip_prefix("q="))
                .any(|quality| quality.parse() == Ok(0.0_f32));
            let covers = range == "*/*"
                || range.eq_ignore_ascii_case(media)
                || range
                    .strip_suffix("/*")
                    .is_some_and(|covered| covered.eq_ignore_ascii_case(group));
            covers && !is_excluded
        })
}

/// Reads a whole body, within its time and up to its length.
pub(crate) async fn read(body: Body, limits: &Limits, id: &str) -> Result<Bytes, Refusal> {
    let whole = read_up_to(body, limits.body, id);
    match tokio::time::timeout(limits.body_time, whole).await {
        Ok(result) => result,
        Err(_) => Err(too_slow(limits, id)),
    }
}

/// What is beyond the limit is dropped; up to the same length again is read to its end, so that clients that write
/// everything before they read still see the answer.
async fn read_up_to(mut body: Body, limit: usize, id: &str) -> Result<Bytes, Refusal> {
    let mut bytes = BytesMut::new();
    let mut dropped = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| incomplete())?.into_data() else {
            continue;
        };
        if dropped == 0 && bytes.len() + data.len() <= limit {
            bytes.extend_from_slice(&data);
            continue;
        }
        dropped += data.len();
        if dropped > limit {
            break;
        }
    }
    if dropped > 0 {
        return Err(too_long(limit, id));
    }
    Ok(bytes.freeze())
}

fn incomplete() -> Refusal {
    respond::text(StatusCode::BAD_REQUEST, "The request body is incomplete.").into()
}

fn too_long(limit: usize, id: &str) -> Refusal {
    let message = format!("The request body is longer than the limit of {limit} bytes.");
    closing(respond::error(StatusCode::PAYLOAD_TOO_LARGE, &message, id))
}

fn too_slow(limits: &Limits, id: &str) -> Refusal {
    let seconds = limits.body_time.as_secs_f64();
    let message = format!("The request body took longer than the limit of {seconds} seconds.");
    closing(respond::error(StatusCode::REQUEST_TIMEOUT, &message, id))
}

/// The last response of a connection: the rest of the body may still be on its way.
fn closing(mut refusal: HttpResponse) -> Refusal {
    let close = HeaderValue::from_static("close");
    refusal.headers_mut().insert(header::CONNECTION, close);
    refusal.into()
}

/// Reads a body as one request or a batch of so many at most.
pub(crate) fn parse(bytes: &[u8], batch_limit: usize, id: &str) -> Result<RequestBody, Refusal> {
    match RequestBody::parse(bytes).map_err(|error| unreadable(&error, id))? {
        RequestBody::Batch(requests) if requests.len() > batch_limit => {
            let message = format!(
                "The batch has {} requests; the limit is {batch_limit}.",
                requests.len()
            );
            Err(respond::over_limit(Limit::Batch, &message, id).into())
        }
        body => Ok(body),
    }
}

/// For endpoints that want a JSON body, whatever it says.
pub(crate) fn check_json(bytes: &[u8], id: &str) -> Result<(), Refusal> {
    if bytes.trim_ascii().is_empty() {
        return Err(unreadable(&BodyError::Empty, id));
    }
    match serde_json::from_slice::<IgnoredAny>(bytes) {
        Ok(IgnoredAny) => Ok(()),
        Err(error) => Err(unreadable(&BodyError::NotJson(error), id)),
    }
}

/// Below GraphQL the answer is plain text; from the shape of a request on it is JSON.
fn unreadable(error: &BodyError, id: &str) -> Refusal {
    let message = error.to_string();
    let refusal = match error {
        BodyError::Empty | BodyError::NotJson(_) => respond::text(StatusCode::BAD_REQUEST, message),
        BodyError::Malformed(_) => respond::error(StatusCode::BAD_REQUEST, &message, id),
    };
    refusal.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_is_read() {
        let accepts_json = |text| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(text))]);
            accepts(&headers, "application/json")
        };
        assert!(accepts(&HeaderMap::new(), "application/json"));
        for good in [
            "*/*",
            "application/*",
            "text/html, Application/JSON;q=0.5",
            "",
        ] {
            assert!(accepts_json(good), "{good}");
        }
        for bad in [
            "text/html",
            "application/json;q=0",
            "application/xml, text/*",
        ] {
            assert!(!accepts_json(bad), "{bad}");
        }
    }
}
