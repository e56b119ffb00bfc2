//! What callers are not told.

use std::io;
use std::sync::{Arc, Mutex};

use prisma_connector::{BoxError, ConnectorError};

use crate::fake::{BLOG, Fake};

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("SELECT secret FROM /var/lib/data.db")]
struct Statement(#[source] io::Error);

#[test]
fn a23_internal_errors_are_masked_and_found_in_the_log() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        let fake = Fake::new(BLOG);
        let errors: [fn() -> ConnectorError; 4] = [
            || ConnectorError::Internal(cause()),
            || ConnectorError::Unavailable(cause()),
            || ConnectorError::Conflict(cause()),
            || ConnectorError::Plan("a secret of the program"),
        ];
        for error in errors {
            for document in [
                "{ users { id } }",
                r#"mutation { createUser(data: {email: "e"}) { id } }"#,
            ] {
                fake.fail_next(error());
                let answer = fake.ask(document);
                assert!(answer.contains(r#""requestId":"r1""#), "{answer}");
                for secret in ["secret", "SELECT", "/var", "password"] {
                    assert!(!answer.contains(secret), "{answer}");
                }
                let logged = std::mem::take(&mut *log.0.lock().unwrap());
                let logged = String::from_utf8(logged).unwrap();
                assert!(
                    logged.contains("r1") && logged.contains("secret"),
                    "{logged}"
                );
            }
        }
    });
}

fn cause() -> BoxError {
    Box::new(Statement(io::Error::other(
        "password authentication failed",
    )))
}
