//! A client of the service: one connection that is kept alive, one request under way at a time.

use std::{
    fmt,
    io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::{Value, json};

/// How long an answer may take. Whoever waits longer waits for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// Characters of a refusal that are kept.
const LONGEST: usize = 1_000;

/// A client.
#[derive(Debug)]
pub(crate) struct Client {
    address: SocketAddr,
    path: String,
    stream: Option<BufReader<TcpStream>>,
}

/// Why there is no data.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There was no whole answer: nobody knows whether it was done.
    Lost(io::Error),
    /// The server refused, or did not answer in time.
    Refused {
        /// The code of the first error.
        code: Option<i64>,
        /// What the server said, or did not.
        message: String,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(error) => write!(f, "no answer: {error}"),
            Self::Refused { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for Failure {}

impl Client {
    pub(crate) fn new(address: SocketAddr, path: impl Into<String>) -> Self {
        Self {
            address,
            path: path.into(),
            stream: None,
        }
    }

    /// Sends a request; gives the data of an answer without errors.
    pub(crate) fn send(&mut self, query: &str, variables: &Value) -> Result<Value, Failure> {
        let body = json!({"query": query, "variables": variables}).to_string();
        let answer = self.exchange(&body).map_err(|error| match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Failure::Refused {
                code: None,
                message: format!("no answer within {} s", PATIENCE.as_secs()),
            },
            _ => Failure::Lost(error),
        });
        // What is left of an exchange that failed is no answer to the next one.
        let (status, body) = answer.inspect_err(|_| self.stream = None)?;
        data(&status, &body)
    }

    fn exchange(&mut self, body: &str) -> io::Result<(String, Vec<u8>)> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            empty => empty.insert(BufReader::new(connect(self.address)?)),
        };
        let request = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.path,
            self.address,
            body.len()
        );
        stream.get_mut().write_all(request.as_bytes())?;
        read(stream)
    }
}

fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Reads the status line and the body of an answer.
fn read(stream: &mut BufReader<TcpStream>) -> io::Result<(String, Vec<u8>)> {
    let mut line = || -> io::Result<String> {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        if line.ends_with('\n') {
            Ok(line.trim_end().to_owned())
        } else {
            Err(ErrorKind::UnexpectedEof.into())
        }
    };
    let status = line()?;
    let mut length = None;
    loop {
        let header = line()?;
        if header.is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
    let length = length.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "no length"))?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok((status, body))
}

/// The data of an answer without errors.
fn data(status: &str, body: &[u8]) -> Result<Value, Failure> {
    let mut answer: Value = serde_json::from_slice(body).unwrap_or_default();
    if status != "HTTP/1.1 200 OK" || answer.get("errors").is_some() || answer["data"].is_null() {
        // Data beside errors may be long, and says nothing about them.
        let said = match answer.get("errors") {
            Some(errors) => errors.to_string(),
            None => String::from_utf8_lossy(body).into_owned(),
        };
        return Err(Failure::Refused {
            code: answer["errors"][0]["code"].as_i64(),
            message: format!(
                "{status}: {}",
                said.chars().take(LONGEST).collect::<String>()
            ),
        });
    }
    Ok(answer["data"].take())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::{net::TcpListener, thread};

    use super::*;

    /// What a client makes of these bytes of a server that then hangs up.
    fn answered(bytes: &'static str) -> Result<Value, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            assert_ne!(stream.read(&mut request).unwrap(), 0);
            stream.write_all(bytes.as_bytes()).unwrap();
        });
        let answer = Client::new(address, "/").send("{ a }", &Value::Null);
        server.join().unwrap();
        answer
    }

    #[test]
    fn a_whole_answer_is_data_or_a_refusal() {
        let data = answered("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"data\":{\"a\":1}}\n");
        assert_eq!(data.unwrap(), json!({"a": 1}));
        let refused = answered(
            "HTTP/1.1 200 OK\r\ncontent-length: 41\r\n\r\n{\"data\":{\"a\":1},\"errors\":[{\"code\":3010}]}",
        );
        match refused {
            Err(Failure::Refused { code, .. }) => assert_eq!(code, Some(3010)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn half_an_answer_is_none() {
        for half in [
            "",
            "HTTP/1.1 200 OK\r\nContent-Len",
            "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"data\":{\"a\"",
        ] {
            assert!(matches!(answered(half), Err(Failure::Lost(_))), "{half}");
        }
    }
}
