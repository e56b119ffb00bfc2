//! Connections: accepted, held to their time, let go at the end.

mod activity;
mod patience;

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use axum::{
    Router,
    serve::{Listener, ListenerExt},
};
use hyper::{
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

use self::{activity::Activity, patience::Patience};

/// How long clients and requests are waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    /// For the head of a request, counted from the end of the one before: a connection that says nothing is closed
    /// after it.
    pub(crate) header: Duration,
    /// For a client to take a part of its answer.
    pub(crate) write: Duration,
    /// For requests that run when the server is told to stop.
    pub(crate) grace: Duration,
}

/// Serves connections until told to stop. Then no new one is accepted, those that answer nothing are closed, and
/// requests that run get their time to end; gives whether they all did.
pub(crate) async fn serve(
    listener: TcpListener,
    routes: Router,
    times: Times,
    stop: impl Future<Output = ()>,
) -> bool {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(times.header);
    let mut listener = listener.tap_io(|connection| {
        // Answers are small and written at once: nothing to wait for.
        let _ = connection.set_nodelay(true);
    });
    let (stopping, stopped) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            (stream, _) = listener.accept() => {
                let connection = Connection {
                    http: http.clone(),
                    stream,
                    routes: routes.clone(),
                    write_time: times.write,
                };
                connections.spawn(connection.run(stopped.clone()));
            }
            // Those that have ended are forgotten.
            Some(_) = connections.join_next() => {}
            () = &mut stop => break,
        }
    }
    drop(listener);
    drop(stopping);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    tokio::time::timeout(times.grace, all_ended).await.is_ok()
}

/// One client.
struct Connection {
    http: http1::Builder,
    stream: TcpStream,
    routes: Router,
    write_time: Duration,
}

impl Connection {
    /// Answers its requests until it ends. When the server stops, what is being answered is finished first.
    async fn run(self, mut stopped: watch::Receiver<()>) {
        let activity = Arc::new(Activity::default());
        let stream = Patience::new(self.stream, self.write_time, Arc::clone(&activity));
        let routes = TowerToHyperService::new(self.routes);
        let answer = service_fn(|request| {
            let answering = activity.begin();
            let answer = routes.call(request);
            async move {
                let _answering = answering;
                answer.await
            }
        });
        let mut connection = pin!(self.http.serve_connection(TokioIo::new(stream), answer));
        let ended = tokio::select! {
            ended = &mut connection => ended,
            // The other end of the channel is gone.
            _ = stopped.changed() => {
                connection.as_mut().graceful_shutdown();
                poll_fn(|context| match connection.as_mut().poll(context) {
                    // Half of a head has come, and the rest may never.
                    Poll::Pending if activity.is_idle() => Poll::Ready(Ok(())),
                    other => other,
                })
                .await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection broke off");
        }
    }
}
