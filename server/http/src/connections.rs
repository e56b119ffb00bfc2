//! Connections: accepted, held to their time, let go at the end.

use std::{future::Future, pin::pin, time::Duration};

use axum::{
    Router,
    serve::{Listener, ListenerExt},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::TcpListener;

/// Serves connections until told to stop. Then no new one is accepted, idle ones are closed, and requests that run get
/// `grace` to end; gives whether they all did.
///
/// A client has `header_time` for the head of a request, counted from the end of the one before, so a connection that
/// says nothing is closed after it.
pub(crate) async fn serve(
    listener: TcpListener,
    routes: Router,
    header_time: Duration,
    stop: impl Future<Output = ()>,
    grace: Duration,
) -> bool {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(header_time);
    let connections = GracefulShutdown::new();
    let mut listener = listener.tap_io(|connection| {
        // Answers are small and written at once: nothing to wait for.
        let _ = connection.set_nodelay(true);
    });
    let mut stop = pin!(stop);
    loop {
        let stream = tokio::select! {
            (stream, _) = listener.accept() => stream,
            () = &mut stop => break,
        };
        let answer = TowerToHyperService::new(routes.clone());
        let connection = http.serve_connection(TokioIo::new(stream), answer);
        let watched = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    tokio::time::timeout(grace, connections.shutdown())
        .await
        .is_ok()
}
