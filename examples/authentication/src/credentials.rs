//! Passwords and tokens.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use async_graphql::{Error, Result};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use prisma_runtime::Id;
use serde::{Deserialize, Serialize};

use crate::db::User;

/// How long a token is good for.
const LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What is stored in place of a password. This takes long on purpose, so it runs where nobody waits behind it.
pub(crate) async fn hash(password: String) -> Result<String> {
    tokio::task::spawn_blocking(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string())
            .map_err(|_| Error::new("This password cannot be used"))
    })
    .await?
}

/// Is it the password that was stored as this hash?
pub(crate) async fn is_password(password: String, hash: String) -> Result<bool> {
    let checked = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash);
        hash.is_ok_and(|hash| {
            let argon2 = Argon2::default();
            argon2.verify_password(password.as_bytes(), &hash).is_ok()
        })
    });
    Ok(checked.await?)
}

/// Makes tokens, and reads its own ones.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<(EncodingKey, DecodingKey)>);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Claims {
    user_id: String,
    /// Seconds since 1970.
    exp: u64,
}

impl Tokens {
    pub(crate) fn new(secret: &str) -> Self {
        let secret = secret.as_bytes();
        Self(Arc::new((
            EncodingKey::from_secret(secret),
            DecodingKey::from_secret(secret),
        )))
    }

    /// A token for this user.
    pub(crate) fn of(&self, user: &Id<User>) -> Result<String> {
        let expires = SystemTime::now() + LIFETIME;
        let claims = Claims {
            user_id: user.to_string(),
            exp: expires.duration_since(SystemTime::UNIX_EPOCH)?.as_secs(),
        };
        Ok(jsonwebtoken::encode(
            &Header::default(),
            &claims,
            &self.0.0,
        )?)
    }

    /// The user that the token was made for, if it is one of ours and not too old.
    pub(crate) fn user(&self, token: &str) -> Option<Id<User>> {
        let claims = jsonwebtoken::decode::<Claims>(token, &self.0.1, &Validation::default());
        Some(Id::new(claims.ok()?.claims.user_id))
    }
}
