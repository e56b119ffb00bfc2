//! Servers that are measured, each a process of its own.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use prisma_connector::ServiceName;
use serde_json::{Value, json};

use crate::{
    process::resident_memory,
    store::Place,
    workload::{Call, Workload},
};

/// How long a server may take to start.
const START: Duration = Duration::from_secs(30);

/// A running server; it is stopped when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Where it takes requests.
    pub(crate) path: String,
    started: Instant,
}

/// What a start took.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub(crate) struct Start {
    /// Milliseconds until the first request was answered.
    pub(crate) first_answer_ms: f64,
    /// Bytes in use shortly after.
    pub(crate) idle_memory: u64,
}

impl Server {
    /// Starts the program `prisma`.
    pub(crate) fn prisma(program: &Path, place: &Place, processor: Option<usize>) -> Result<Self> {
        let address = free_address()?;
        let mut command = pinned(program, processor);
        command
            .args(["server", "--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .env("PRISMA_CONFIG", place.config())
            .env("RUST_LOG", "error");
        let service = place.service();
        let path = format!("/{}/{}", service.name, service.stage);
        Self::start(command, address, path)
    }

    /// Starts the hand-written server, which is this program.
    pub(crate) fn hand_written(arguments: &[String], processor: Option<usize>) -> Result<Self> {
        let address = free_address()?;
        let mut command = pinned(&std::env::current_exe()?, processor);
        command
            .args(["hand-written-server", "--listen", &address.to_string()])
            .args(arguments);
        Self::start(command, address, "/".to_owned())
    }

    fn start(mut command: Command, address: SocketAddr, path: String) -> Result<Self> {
        let started = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("{command:?}"))?;
        Ok(Self {
            child,
            address,
            path,
            started,
        })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Deploys the datamodel.
    pub(crate) fn deploy(&mut self, service: &ServiceName) -> Result<()> {
        self.wait()?;
        let names = json!({"name": service.name, "stage": service.stage});
        self.manage(
            "mutation ($i: AddProjectInput!) { addProject(input: $i) { project { name } } }",
            names.clone(),
        )?;
        let mut input = names;
        input["types"] = include_str!("../datamodel.prisma").into();
        let text = "mutation ($i: DeployInput!) { deploy(input: $i) { errors { description } migration { status } } }";
        let answer = self.manage(text, input)?;
        let errors = &answer["data"]["deploy"]["errors"];
        ensure!(*errors == json!([]), "the deploy failed: {answer}");
        Ok(())
    }

    fn manage(&self, text: &str, input: Value) -> Result<Value> {
        let body = json!({"query": text, "variables": {"i": input}});
        let answer = post(self.address, "/management", body.to_string().as_bytes())?;
        let answer: Value = serde_json::from_slice(&answer)?;
        ensure!(answer.get("errors").is_none(), "the server says {answer}");
        Ok(answer)
    }

    /// Waits until it listens.
    fn wait(&mut self) -> Result<()> {
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            ensure!(self.started.elapsed() < START, "the server does not start");
            sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Waits for the first answer of a call.
    pub(crate) fn first_answer(&mut self, workload: Workload, call: &Call<'_>) -> Result<Start> {
        self.wait()?;
        self.answer(workload, call)?;
        let took = self.started.elapsed();
        sleep(Duration::from_millis(300));
        Ok(Start {
            first_answer_ms: took.as_secs_f64() * 1_000.0,
            idle_memory: resident_memory(self.id())?,
        })
    }

    /// Answers one call.
    pub(crate) fn answer(&self, workload: Workload, call: &Call<'_>) -> Result<Vec<u8>> {
        post(self.address, &self.path, &body(workload, call)?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of a request.
pub(crate) fn body(workload: Workload, call: &Call<'_>) -> Result<Vec<u8>> {
    let body = json!({
        "operationName": workload.letter(),
        "query": workload.document(),
        "variables": call.variables()?,
    });
    Ok(body.to_string().into_bytes())
}

/// The head of a request with its body.
pub(crate) fn request(address: SocketAddr, path: &str, connection: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nConnection: {connection}\r\n\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    request.extend_from_slice(body);
    request
}

/// Posts a body on a connection of its own.
fn post(address: SocketAddr, path: &str, body: &[u8]) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(&request(address, path, "close", body))?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    let head = response.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let head = head.context("an answer without a head")?;
    let answer = response.split_off(head + 4);
    ensure!(
        response.starts_with(b"HTTP/1.1 200"),
        "{}: {}",
        String::from_utf8_lossy(&response),
        String::from_utf8_lossy(&answer)
    );
    Ok(answer)
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A program on one processor.
fn pinned(program: &Path, processor: Option<usize>) -> Command {
    match processor {
        None => Command::new(program),
        Some(processor) => {
            let mut command = Command::new("taskset");
            command.arg("-c").arg(processor.to_string()).arg(program);
            command
        }
    }
}
