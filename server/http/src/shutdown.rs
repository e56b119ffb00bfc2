//! When to stop.

use std::future::Future;

/// From this call on, Ctrl-C (and SIGTERM, where that exists) no longer end the process; the future ends instead. Call
/// it before the server is announced to anyone. Needs a tokio runtime.
///
/// If the system refuses, that is logged and the signal keeps its usual effect.
pub fn requested() -> impl Future<Output = ()> + Send + 'static {
    signals::received()
}

#[cfg(unix)]
mod signals {
    use std::future::Future;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub(super) fn received() -> impl Future<Output = ()> + Send + 'static {
        let interrupt = listen(SignalKind::interrupt());
        let terminate = listen(SignalKind::terminate());
        async {
            tokio::select! {
                () = next(interrupt) => {}
                () = next(terminate) => {}
            }
        }
    }

    fn listen(kind: SignalKind) -> Option<Signal> {
        signal(kind)
            .inspect_err(|error| tracing::warn!(%error, ?kind, "cannot wait for a signal"))
            .ok()
    }

    async fn next(signal: Option<Signal>) {
        match signal {
            Some(mut signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
mod signals {
    pub(super) async fn received() {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "cannot wait for Ctrl-C");
            std::future::pending().await
        }
    }
}
