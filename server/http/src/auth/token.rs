//! JSON web tokens, HS256 only.

use chrono::{DateTime, SecondsFormat};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, dangerous::insecure_decode_claims,
    errors::ErrorKind,
};
use serde::Deserialize;
use serde_json::Value;

/// Why a token does not count. The texts are those that clients of the original see.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    /// Not the shape of a token.
    #[error("Expected token [{0}] to be composed of 2 or 3 parts separated by dots.")]
    Shape(String),
    /// No signature.
    #[error("No signature found inside the token while trying to verify it with a key.")]
    Unsigned,
    /// Another secret, another algorithm, or a changed token.
    #[error("Invalid signature for this token or wrong algorithm.")]
    Signature,
    /// Its `exp` has passed.
    #[error("The token is expired since {0}")]
    Expired(String),
    /// Its `nbf` has not come.
    #[error("The token will only be valid after {0}")]
    TooEarly(String),
    /// Rightly signed, but `exp` or `nbf` are no times, or the payload is no object.
    #[error("The claims of the token cannot be read.")]
    Claims,
}

/// The claims of a token that is signed with the secret and valid now. Nothing is signed with an empty secret.
pub(super) fn verify(token: &str, secret: &str) -> Result<Value, TokenError> {
    let parts: Vec<&str> = token.split('.').collect();
    match parts.as_slice() {
        [_, _] | [_, _, ""] => return Err(TokenError::Unsigned),
        [_, _, _] => {}
        _ => return Err(TokenError::Shape(token.to_owned())),
    }
    if secret.is_empty() {
        return Err(TokenError::Signature);
    }
    let key = DecodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::decode::<Value>(token, &key, &validation())
        .map(|data| data.claims)
        .map_err(|error| match error.kind() {
            ErrorKind::ExpiredSignature => TokenError::Expired(time(token, |claims| claims.exp)),
            ErrorKind::ImmatureSignature => TokenError::TooEarly(time(token, |claims| claims.nbf)),
            ErrorKind::InvalidClaimFormat(_) | ErrorKind::Json(_) => TokenError::Claims,
            _ => TokenError::Signature,
        })
}

/// A token with these claims.
pub(super) fn sign(claims: &Value, secret: &str) -> Result<String, TokenError> {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key)
        .map_err(|_| TokenError::Signature)
}

/// Signature, `exp` and `nbf` to the second; neither claim is required, no other is looked at.
fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.required_spec_claims.clear();
    validation.leeway = 0;
    validation.validate_nbf = true;
    validation.validate_aud = false;
    validation
}

#[derive(Deserialize)]
struct Times {
    exp: Option<f64>,
    nbf: Option<f64>,
}

/// A time of a token whose signature was found right.
fn time(token: &str, of: impl FnOnce(Times) -> Option<f64>) -> String {
    let seconds = insecure_decode_claims(token).ok().and_then(of);
    seconds
        .and_then(|seconds| DateTime::from_timestamp(seconds as i64, 0))
        .map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true))
        .unwrap_or_default()
}
