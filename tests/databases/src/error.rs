//! Why there is no server.

use std::io;
use std::path::PathBuf;

use crate::kind::Kind;

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// A program of the server is not installed: tests may be skipped.
    #[error("no `{program}` on this machine")]
    NotInstalled {
        /// The program.
        program: &'static str,
    },
    /// A program failed.
    #[error("`{program}` failed: {output}")]
    Failed {
        /// The program.
        program: String,
        /// What it said.
        output: String,
    },
    /// A server was started and did not answer in time, or did not end.
    #[error("{kind} in `{folder}` did not {verb} in time; see its log there")]
    Late {
        /// The server.
        kind: Kind,
        /// What it should have done.
        verb: &'static str,
        /// Where its data and its log are.
        folder: PathBuf,
    },
    /// A file or a process could not be used.
    #[error("cannot {verb}")]
    Io {
        /// What was tried.
        verb: &'static str,
        /// Why not.
        source: io::Error,
    },
}

impl DatabaseError {
    pub(crate) fn io(verb: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { verb, source }
    }
}
