//! Requests from pages of other origins: any origin may, with credentials (server.md §1.6).

use axum::http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header, request::Parts,
};

use crate::respond::{self, HttpResponse};

const METHODS: &str = "GET, POST, HEAD, OPTIONS";

/// How long a browser may remember the answer to a preflight, in seconds.
const MAX_AGE: &str = "1800";

/// The answer to a preflight; `None` for every other request.
pub(crate) fn preflight(request: &Parts) -> Option<HttpResponse> {
    let method = request.headers.get(header::ACCESS_CONTROL_REQUEST_METHOD)?;
    if request.method != Method::OPTIONS || origin(&request.headers).is_none() {
        return None;
    }
    if !METHODS.split(", ").any(|known| known == method) {
        let method = String::from_utf8_lossy(method.as_bytes());
        let refusal = format!("CORS: invalid method '{method}'");
        return Some(respond::text(StatusCode::BAD_REQUEST, refusal));
    }
    let mut response = HttpResponse::default();
    let headers = response.headers_mut();
    let fixed = |text| HeaderValue::from_static(text);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, fixed(METHODS));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, fixed(MAX_AGE));
    if let Some(asked) = request.headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
    }
    Some(response)
}

/// The headers that let a page read the answer to its request; none without a proper origin.
pub(crate) fn headers(request: &HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    let Some(origin) = origin(request) else {
        return Vec::new();
    };
    vec![
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()),
        (
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        ),
        // What is answered depends on who asks: caches must know.
        (header::VARY, HeaderValue::from_static("Origin")),
    ]
}

/// The origin of a request: `null`, or a scheme and a host without a path.
fn origin(headers: &HeaderMap) -> Option<&HeaderValue> {
    let value = headers.get(header::ORIGIN)?;
    let text = value.to_str().ok()?;
    let is_origin = || {
        let uri: Uri = text.parse().ok()?;
        let path_is_empty = text.matches('/').count() == 2;
        (uri.scheme().is_some() && uri.authority().is_some() && path_is_empty).then_some(())
    };
    (text == "null" || is_origin().is_some()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_told_from_other_texts() {
        let is_origin = |text| {
            let headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static(text))]);
            origin(&headers).is_some()
        };
        for good in ["null", "http://localhost:3000", "https://a.example"] {
            assert!(is_origin(good), "{good}");
        }
        for bad in ["", "*", "localhost", "http://a/b", "http://a/", "no origin"] {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
