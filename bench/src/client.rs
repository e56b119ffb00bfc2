//! The load: connections that are kept alive, each with one request under way at a time.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

/// What a server did under load.
#[derive(Debug)]
pub(crate) struct Load {
    /// How long each request took, in nanoseconds.
    pub(crate) times: Vec<u32>,
    /// How long it all took.
    pub(crate) elapsed: Duration,
}

/// Sends requests, whole ones with their heads, again and again. Fails on the first answer that is no success.
pub(crate) async fn load(
    address: SocketAddr,
    requests: &std::sync::Arc<[Vec<u8>]>,
    connections: usize,
    time: Duration,
) -> Result<Load> {
    let start = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..connections {
        let requests = std::sync::Arc::clone(requests);
        // Connections start at different requests, so that they do not ask for the same at the same time.
        let first = requests.len() * number / connections;
        running.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut times = Vec::new();
            for request in requests.iter().cycle().skip(first) {
                let sent = Instant::now();
                if sent.duration_since(start) >= time {
                    break;
                }
                connection.exchange(request).await?;
                times.push(u32::try_from(sent.elapsed().as_nanos()).unwrap_or(u32::MAX));
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(finished) = running.join_next().await {
        times.extend(finished??);
    }
    Ok(Load {
        times,
        elapsed: start.elapsed(),
    })
}

struct Connection {
    stream: TcpStream,
    /// What has arrived of the answer.
    answer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            answer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a request and reads its answer.
    async fn exchange(&mut self, request: &[u8]) -> Result<()> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        let mut whole = None;
        while whole.is_none_or(|length| self.answer.len() < length) {
            let read = self.stream.read_buf(&mut self.answer).await?;
            ensure!(read > 0, "the server closed a connection");
            if whole.is_none() {
                whole = length(&self.answer)?;
            }
        }
        Ok(())
    }
}

/// The length of an answer with its head, if that is there; checks that it is a success.
fn length(answer: &[u8]) -> Result<Option<usize>> {
    let Some(head) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return Ok(None);
    };
    let (head, body) = answer.split_at(head + 4);
    // Errors come before data, and data before errors is null.
    let failed = [&br#"{"errors""#[..], br#"{"data":null"#];
    if !head.starts_with(b"HTTP/1.1 200") || failed.iter().any(|start| body.starts_with(start)) {
        bail!("a request failed: {}", String::from_utf8_lossy(answer));
    }
    let head = std::str::from_utf8(head)?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim())
    });
    let length: usize = length.context("an answer without a length")?.parse()?;
    Ok(Some(head.len() + length))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn answers_say_how_long_they_are() {
        let known = |text: &str| length(text.as_bytes());
        assert_eq!(known("HTTP/1.1 200 OK\r\nContent-Le").unwrap(), None);
        let whole = known("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{").unwrap();
        assert_eq!(whole, Some(51));
        assert!(known("HTTP/1.1 500 No\r\ncontent-length: 1\r\n\r\n").is_err());
        assert!(known("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"errors\":").is_err());
        assert!(known("HTTP/1.1 200 OK\r\n\r\n{").is_err());
    }
}
