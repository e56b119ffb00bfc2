//! What a test gets.

use std::env;
use std::error::Error as _;
use std::io::{Write as _, stderr};
use std::sync::OnceLock;

use uuid::Uuid;

use crate::error::DatabaseError;
use crate::kind::Kind;
use crate::local::Servers;

/// A running server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    url: String,
}

impl Server {
    /// A PostgreSQL server; none if there is none, which stands on the terminal then.
    ///
    /// ```no_run
    /// # use prisma_tests_databases::Server;
    /// let Some(server) = Server::postgres() else {
    ///     return;
    /// };
    /// ```
    ///
    /// # Panics
    /// If the server is required, or if it is installed and does not start.
    #[must_use]
    pub fn postgres() -> Option<Self> {
        static FOUND: OnceLock<Option<Server>> = OnceLock::new();
        FOUND.get_or_init(|| Self::find(Kind::Postgres)).clone()
    }

    /// A MySQL or MariaDB server; none if there is none, which stands on the terminal then.
    ///
    /// # Panics
    /// If the server is required, or if it is installed and does not start.
    #[must_use]
    pub fn mysql() -> Option<Self> {
        static FOUND: OnceLock<Option<Server>> = OnceLock::new();
        FOUND.get_or_init(|| Self::find(Kind::Mysql)).clone()
    }

    /// Where it is: `postgres://user:password@host:port/database`, `mysql://user:password@host:port`. The user may
    /// do everything.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A name for a schema, a database or a service that no other test has: what a test leaves behind is in nobody's
    /// way. Lower-case letters, digits and `_`; at most 40 characters if the prefix has at most 20.
    #[must_use]
    pub fn fresh(prefix: &str) -> String {
        let unique = Uuid::new_v4().simple().to_string();
        format!("{prefix}_{}", &unique[..16])
    }

    #[expect(clippy::panic, reason = "a test that lacks its server fails")]
    fn find(kind: Kind) -> Option<Self> {
        if let Ok(url) = env::var(kind.variable())
            && !url.is_empty()
        {
            return Some(Self { url });
        }
        match Servers::of_workspace().up(kind) {
            Ok(local) => Some(Self { url: local.url }),
            Err(error @ DatabaseError::NotInstalled { .. }) if !is_required(kind) => {
                // Past `eprintln`, which the test harness keeps to itself when a test passes.
                let _ = writeln!(
                    stderr(),
                    "skipped: no {kind} ({error}; {} names one)",
                    kind.variable()
                );
                None
            }
            Err(error) => match error.source() {
                Some(source) => panic!("no {kind}: {error}: {source}"),
                None => panic!("no {kind}: {error}"),
            },
        }
    }
}

/// Does `PRISMA_TEST_REQUIRE` name the server?
fn is_required(kind: Kind) -> bool {
    let required = env::var("PRISMA_TEST_REQUIRE").unwrap_or_default();
    required
        .split(',')
        .map(str::trim)
        .any(|name| name == "all" || name == kind.name())
}
