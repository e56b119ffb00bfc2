//! The hand-written server: the name of an operation and its variables in, the finished answer out.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Peer;
use crate::workload::Call;

/// What it looks at of a request.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow, rename = "operationName")]
    operation_name: &'a str,
    #[serde(borrow)]
    variables: &'a RawValue,
}

/// Serves until the process ends.
pub(crate) async fn serve(peer: Peer, address: SocketAddr) -> Result<()> {
    use axum::serve::ListenerExt as _;
    let listener = tokio::net::TcpListener::bind(address).await?;
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let routes = Router::new()
        .route("/", post(answer))
        .with_state(Arc::new(peer));
    axum::serve(listener, routes).await?;
    Ok(())
}

async fn answer(State(peer): State<Arc<Peer>>, body: Bytes) -> Response {
    match try_answer(&peer, &body).await {
        Ok(answer) => ([(header::CONTENT_TYPE, "application/json")], answer).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}

async fn try_answer(peer: &Peer, body: &[u8]) -> Result<Vec<u8>> {
    let request: Request<'_> = serde_json::from_slice(body)?;
    let call = Call::read(request.operation_name, request.variables.get())?;
    peer.answer(&call.context("no such operation")?).await
}
