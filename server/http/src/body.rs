//! Reading request bodies: what is let in at all (server.md §1.3, §9).

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

use crate::respond::{self, HttpResponse};

/// Refuses requests that do not send JSON (which also keeps plain HTML forms of other sites out), or that want an
/// answer in something else.
pub(crate) fn check_types(headers: &HeaderMap) -> Result<(), HttpResponse> {
    let content_type = headers.get(header::CONTENT_TYPE);
    let sends_json = content_type
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"));
    if !sends_json {
        return Err(respond::text(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The request's Content-Type is not supported. Expected:\napplication/json",
        ));
    }
    check_accept(headers, "application/json")
}

/// Refuses requests that want an answer in another media type.
pub(crate) fn check_accept(headers: &HeaderMap, media: &str) -> Result<(), HttpResponse> {
    if accepts(headers, media) {
        return Ok(());
    }
    Err(respond::text(
        StatusCode::NOT_ACCEPTABLE,
        format!(
            "The resource is only capable of generating representations with the following Media Types:\n{media}"
        ),
    ))
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

/// Why a body could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// It is longer than the limit.
    TooLong,
    /// The connection broke, or the framing of the body is wrong.
    Broken,
}

/// Reads a whole body. What is beyond the limit is dropped; up to the same length again is read to its end, so that
/// clients that write everything before they read still see the answer.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Bytes, ReadError> {
    let mut body = body;
    let mut bytes = BytesMut::new();
    let mut dropped = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| ReadError::Broken)?.into_data() else {
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
        return Err(ReadError::TooLong);
    }
    Ok(bytes.freeze())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

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
