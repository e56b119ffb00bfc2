//! Grants of management tokens: `{"grants":[{"target":"service/stage","action":"*"}],"exp":…}` (deploy.md §3.4).

use prisma_connector::ServiceName;
use serde::Deserialize;

use super::token::{self, TokenError};

/// Why a token does not allow an operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ManagementError {
    /// Everything but expiry.
    #[error("Authentication token is invalid: {0}")]
    Invalid(String),
    /// The token was good once.
    #[error("Authentication token is expired")]
    Expired,
}

impl ManagementError {
    /// The code of the API (deploy.md §3.3).
    pub(crate) const fn code(&self) -> i32 {
        match self {
            Self::Invalid(_) => 3015,
            Self::Expired => 3016,
        }
    }

    fn invalid(reason: impl Into<String>) -> Self {
        Self::Invalid(reason.into())
    }
}

#[derive(Deserialize)]
struct Claims {
    grants: Vec<Grant>,
    /// Looked at when the token was verified; here it must only be there.
    #[serde(rename = "exp")]
    _exp: f64,
}

/// One grant.
#[derive(Debug, Deserialize)]
pub(crate) struct Grant {
    /// `service/stage`, either side may be `*`.
    target: String,
    /// Must be there; what it says has no effect.
    action: String,
}

/// The grants of a token signed with the secret.
pub(super) fn of_token(token: Option<&str>, secret: &str) -> Result<Vec<Grant>, ManagementError> {
    let token =
        token.ok_or_else(|| ManagementError::invalid("'Authorization' header not provided"))?;
    let unread = || ManagementError::invalid("Failed to parse token data");
    let claims = token::verify(token, secret).map_err(|error| match error {
        TokenError::Expired(_) => ManagementError::Expired,
        TokenError::Claims => unread(),
        error => ManagementError::Invalid(format!("Token can't be decoded: {error}")),
    })?;
    let claims: Claims = serde_json::from_value(claims).map_err(|_| unread())?;
    Ok(claims.grants)
}

/// Does a grant match? A malformed one counts only if none before it matches.
pub(super) fn check(grants: &[Grant], service: &ServiceName) -> Result<(), ManagementError> {
    for grant in grants {
        if grant.matches(service)? {
            return Ok(());
        }
    }
    Err(ManagementError::Invalid(format!(
        "Token contained {} grants but none satisfied the request.",
        grants.len()
    )))
}

impl Grant {
    fn matches(&self, service: &ServiceName) -> Result<bool, ManagementError> {
        let parts: Vec<&str> = self.target.trim_end_matches('/').split('/').collect();
        let &[name, stage] = parts.as_slice() else {
            let parts = parts.join(", ");
            return Err(ManagementError::Invalid(format!(
                "Contained invalid grant 'Vector({parts})'"
            )));
        };
        if name.is_empty() || stage.is_empty() {
            return Err(ManagementError::Invalid(format!(
                "Both service and stage must be defined in grant 'TokenGrant({},{})'",
                self.target, self.action
            )));
        }
        let covers = |pattern, part| pattern == "*" || pattern == part;
        Ok(covers(name, service.name.as_str()) && covers(stage, service.stage.as_str()))
    }
}
