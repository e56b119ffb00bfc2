//! Who may call: tokens of services (server.md §2.1) and of the management API (deploy.md §3.4).

mod grants;
mod ring_provider;
mod token;

use axum::http::{HeaderMap, header};
use prisma_connector::ServiceName;

use grants::Grant;
pub(crate) use grants::ManagementError;
pub(crate) use token::TokenError;

/// How long a token made by the management API is valid, in seconds.
const SERVICE_TOKEN_SECONDS: i64 = 86_400;

/// Prepares cryptography for the process. Must run before any other function of this module; may run again.
pub(crate) fn prepare() {
    ring_provider::install();
}

/// May a request use a service? Anyone may if the service has no secrets; else the request needs a token signed with
/// one of them. What the token claims, apart from its times, does not matter.
pub(crate) fn service_allows(secrets: &[String], headers: &HeaderMap) -> bool {
    secrets.is_empty()
        || bearer(headers).is_some_and(|token| {
            secrets
                .iter()
                .any(|secret| token::verify(token, secret).is_ok())
        })
}

/// A token for a service, valid from now for a day; empty for a service without secrets.
pub(crate) fn service_token(secrets: &[String], now: i64) -> Result<String, TokenError> {
    let Some(secret) = secrets.first() else {
        return Ok(String::new());
    };
    let claims = serde_json::json!({ "nbf": now, "exp": now + SERVICE_TOKEN_SECONDS });
    token::sign(&claims, secret)
}

/// What a request may do in the management API.
#[derive(Debug)]
pub(crate) enum Access {
    /// Everything: the API has no secret.
    Open,
    /// What the grants of its token say.
    Granted(Vec<Grant>),
    /// Nothing, and why.
    Denied(ManagementError),
}

impl Access {
    /// Reads the token of a request. Some operations need none, so a bad one is no error yet.
    pub(crate) fn of_request(secret: Option<&str>, headers: &HeaderMap) -> Self {
        let Some(secret) = secret else {
            return Self::Open;
        };
        match grants::of_token(bearer(headers), secret) {
            Ok(grants) => Self::Granted(grants),
            Err(error) => Self::Denied(error),
        }
    }

    /// May the request do something to a service? Operations on the server as a whole ask for an empty name and an
    /// empty stage, which nothing but `*/*` allows.
    pub(crate) fn check(&self, service: &ServiceName) -> Result<(), ManagementError> {
        match self {
            Self::Open => Ok(()),
            Self::Granted(grants) => grants::check(grants, service),
            Self::Denied(error) => Err(error.clone()),
        }
    }
}

/// The token of the `Authorization` header; the word `Bearer` before it may be missing.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => value,
    };
    Some(token)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_700_000_000;
    const LATER: i64 = 4_000_000_000;

    fn with_token(value: &str) -> HeaderMap {
        let value = HeaderValue::from_str(value).unwrap();
        HeaderMap::from_iter([(header::AUTHORIZATION, value)])
    }

    fn secrets(secrets: &[&str]) -> Vec<String> {
        secrets.iter().map(ToString::to_string).collect()
    }

    fn sign(claims: serde_json::Value, secret: &str) -> String {
        prepare();
        token::sign(&claims, secret).unwrap()
    }

    #[test]
    fn a_service_without_secrets_is_open() {
        assert!(service_allows(&[], &HeaderMap::new()));
        assert!(service_allows(&[], &with_token("Bearer undefined")));
    }

    #[test]
    fn any_secret_opens_a_service() {
        let secrets = secrets(&["new", "old"]);
        let token = sign(json!({}), "old");
        for value in [
            format!("Bearer {token}"),
            format!("bearer {token}"),
            format!("BEARER   {token} "),
            token.clone(),
        ] {
            assert!(service_allows(&secrets, &with_token(&value)), "{value}");
        }
    }

    #[test]
    fn a_service_with_secrets_never_stands_open() {
        let good = sign(json!({}), "right");
        let (message, signature) = good.rsplit_once('.').unwrap();
        let (_, claims) = message.split_once('.').unwrap();
        // {"alg":"none","typ":"JWT"} and {"alg":"HS512","typ":"JWT"}
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
        let hs512 = "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9";
        let bad = [
            String::new(),
            "Bearer".to_owned(),
            "Bearer undefined".to_owned(),
            "right".to_owned(),
            sign(json!({}), "wrong"),
            sign(json!({}), ""),
            sign(json!({ "exp": NOW }), "right"),
            sign(json!({ "exp": "never" }), "right"),
            sign(json!({ "exp": -1 }), "right"),
            sign(json!({ "nbf": LATER }), "right"),
            message.to_owned(),
            format!("{message}."),
            format!("{message}.{}", signature.to_ascii_lowercase()),
            format!("{none}.{claims}."),
            format!("{none}.{claims}"),
            format!("{none}.{claims}.{signature}"),
            format!("{hs512}.{claims}.{signature}"),
            format!("{good}.{good}"),
        ];
        for value in bad {
            for secrets in [secrets(&["right"]), secrets(&["other", "right"])] {
                assert!(!service_allows(&secrets, &with_token(&value)), "{value}");
            }
        }
        assert!(!service_allows(&secrets(&["right"]), &HeaderMap::new()));
        assert!(service_allows(&secrets(&["right"]), &with_token(&good)));
    }

    #[test]
    fn an_empty_secret_opens_nothing() {
        let token = sign(json!({}), "");
        assert!(!service_allows(&secrets(&[""]), &with_token(&token)));
    }

    #[test]
    fn claims_of_service_tokens_do_not_matter() {
        for claims in [
            json!({ "exp": LATER, "nbf": NOW }),
            json!({ "exp": LATER as f64 + 0.5 }),
            json!({ "iat": LATER, "aud": "x", "iss": 3, "service": "other@dev", "roles": [] }),
        ] {
            let token = sign(claims.clone(), "s");
            let headers = with_token(&token);
            assert!(service_allows(&secrets(&["s"]), &headers), "{claims}");
        }
    }

    #[test]
    fn made_tokens_open_their_service_for_a_day() {
        prepare();
        let now = chrono::Utc::now().timestamp();
        let token = service_token(&secrets(&["first", "second"]), now).unwrap();
        assert!(service_allows(&secrets(&["first"]), &with_token(&token)));
        assert!(!service_allows(&secrets(&["second"]), &with_token(&token)));
        let old = service_token(&secrets(&["first"]), now - SERVICE_TOKEN_SECONDS - 1).unwrap();
        assert!(!service_allows(&secrets(&["first"]), &with_token(&old)));
        assert_eq!(service_token(&[], now).unwrap(), "");
    }

    /// The text of the refusal, or `ok`.
    fn management(claims: serde_json::Value, name: &str, stage: &str) -> String {
        let headers = with_token(&format!("Bearer {}", sign(claims, "secret")));
        let access = Access::of_request(Some("secret"), &headers);
        match access.check(&ServiceName::new(name, stage)) {
            Ok(()) => "ok".to_owned(),
            Err(error) => format!("{} {error}", error.code()),
        }
    }

    fn granting(targets: &[&str]) -> serde_json::Value {
        let grants: Vec<_> = targets
            .iter()
            .map(|target| json!({ "target": target, "action": "*" }))
            .collect();
        json!({ "grants": grants, "exp": LATER })
    }

    #[test]
    fn grants_match_by_both_parts() {
        for target in ["*/*", "blog/dev", "*/dev", "blog/*"] {
            assert_eq!(management(granting(&[target]), "blog", "dev"), "ok");
        }
        assert_eq!(
            management(granting(&["a/b", "blog/dev"]), "blog", "dev"),
            "ok"
        );
        assert_eq!(
            management(granting(&["blog/prod", "*/test"]), "blog", "dev"),
            "3015 Authentication token is invalid: Token contained 2 grants but none satisfied the request."
        );
        assert_eq!(
            management(granting(&[]), "blog", "dev"),
            "3015 Authentication token is invalid: Token contained 0 grants but none satisfied the request."
        );
        for target in ["blog/dev", "blog/*", "*/dev"] {
            assert!(
                management(granting(&[target]), "", "").starts_with("3015"),
                "{target}"
            );
        }
        assert_eq!(management(granting(&["*/*"]), "", ""), "ok");
    }

    #[test]
    fn malformed_grants_are_refused_before_a_match_only() {
        assert_eq!(
            management(granting(&["a/b/c"]), "a", "b"),
            "3015 Authentication token is invalid: Contained invalid grant 'Vector(a, b, c)'"
        );
        assert_eq!(
            management(granting(&["x"]), "a", "b"),
            "3015 Authentication token is invalid: Contained invalid grant 'Vector(x)'"
        );
        assert_eq!(
            management(granting(&["/dev"]), "a", "b"),
            "3015 Authentication token is invalid: Both service and stage must be defined in grant 'TokenGrant(/dev,*)'"
        );
        assert_eq!(management(granting(&["*/*", "x"]), "a", "b"), "ok");
    }

    #[test]
    fn management_tokens_need_their_claims() {
        let unread = "3015 Authentication token is invalid: Failed to parse token data";
        for claims in [
            json!({ "exp": LATER }),
            json!({ "grants": [] }),
            json!({ "grants": "*/*", "exp": LATER }),
            json!({ "grants": [{ "target": "*/*" }], "exp": LATER }),
            json!({ "grants": [{ "action": "*" }], "exp": LATER }),
            json!([1]),
        ] {
            assert_eq!(management(claims.clone(), "a", "b"), unread, "{claims}");
        }
        let mut expired = granting(&["*/*"]);
        expired["exp"] = json!(NOW);
        assert_eq!(
            management(expired, "a", "b"),
            "3016 Authentication token is expired"
        );
        let mut early = granting(&["*/*"]);
        early["nbf"] = json!(LATER);
        assert_eq!(
            management(early, "a", "b"),
            "3015 Authentication token is invalid: Token can't be decoded: The token will only be valid after 2096-10-02T07:06:40Z"
        );
    }

    #[test]
    fn undecodable_management_tokens_say_why() {
        prepare();
        let refusal = |headers: &HeaderMap| {
            let access = Access::of_request(Some("secret"), headers);
            access
                .check(&ServiceName::default())
                .unwrap_err()
                .to_string()
        };
        let prefix = "Authentication token is invalid: ";
        assert_eq!(
            refusal(&HeaderMap::new()),
            format!("{prefix}'Authorization' header not provided")
        );
        assert_eq!(
            refusal(&with_token("Bearer abc")),
            format!(
                "{prefix}Token can't be decoded: Expected token [abc] to be composed of 2 or 3 parts separated by dots."
            )
        );
        let other = sign(granting(&["*/*"]), "other");
        assert_eq!(
            refusal(&with_token(&other)),
            format!(
                "{prefix}Token can't be decoded: Invalid signature for this token or wrong algorithm."
            )
        );
        let (_, rest) = other.split_once('.').unwrap();
        let (claims, _) = rest.split_once('.').unwrap();
        assert_eq!(
            refusal(&with_token(&format!("eyJhbGciOiJub25lIn0.{claims}."))),
            format!(
                "{prefix}Token can't be decoded: No signature found inside the token while trying to verify it with a key."
            )
        );
    }

    #[test]
    fn an_open_management_api_reads_no_token() {
        let access = Access::of_request(None, &with_token("Bearer abc"));
        assert!(access.check(&ServiceName::default()).is_ok());
    }
}
