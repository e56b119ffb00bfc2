//! The server under attack: a process that can be killed at any moment.

use std::{
    env,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    ops::Range,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

use crate::{
    client::Client,
    store::{Place, STAGE},
};

/// How long a server may take to start, on a machine that has other things to do.
const START: Duration = Duration::from_secs(60);

/// Ports for servers.
const PORTS: Range<u16> = 20_000..32_000;

/// A server; it is killed when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts a server on a place and waits until it takes requests.
    pub(crate) fn start(place: &Place) -> Result<Self> {
        let mut server = Self::spawn(place)?;
        let log = || format!("the server says:\n{}", place.log_tail());
        server.wait().with_context(log)?;
        Ok(server)
    }

    /// Starts a server.
    pub(crate) fn spawn(place: &Place) -> Result<Self> {
        let address = free_address()?;
        let log = place.log()?;
        let child = Command::new(&place.program)
            .args(["server", "--host", "127.0.0.1", "--port"])
            .arg(address.port().to_string())
            .env("PRISMA_CONFIG", place.config())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", place.program.display()))?;
        Ok(Self { child, address })
    }

    /// Starts the first server of a place, and deploys.
    pub(crate) fn deploy(place: &Place, datamodel: &str) -> Result<Self> {
        let server = Self::start(place)?;
        let names = json!({"name": place.name, "stage": STAGE});
        server.manage(
            "mutation ($i: AddProjectInput!) { addProject(input: $i) { project { name } } }",
            names.clone(),
        )?;
        let mut input = names;
        input["types"] = datamodel.into();
        let deployed = server.manage(
            "mutation ($i: DeployInput!) { deploy(input: $i) { errors { description } } }",
            input,
        )?;
        let errors = &deployed["deploy"]["errors"];
        ensure!(*errors == json!([]), "the deploy failed: {errors}");
        Ok(server)
    }

    fn manage(&self, query: &str, input: Value) -> Result<Value> {
        let mut client = Client::new(self.address, "/management");
        Ok(client.send(query, &json!({"i": input}))?)
    }

    /// A client of the service.
    pub(crate) fn client(&self, place: &Place) -> Client {
        Client::new(self.address, place.path())
    }

    /// Kills it. It gets no chance to say or to finish anything.
    pub(crate) fn kill(mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("the server ended by itself: {status}");
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Removes what is left on a database server, and ends.
    pub(crate) fn remove(self, place: &Place) -> Result<()> {
        let mut client = self.client(place);
        for statement in place.removal() {
            let query = "mutation ($query: String!) { executeRaw(query: $query) }";
            client.send(query, &json!({"query": statement}))?;
        }
        Ok(())
    }

    fn wait(&mut self) -> Result<()> {
        let started = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended by itself: {status}");
            }
            ensure!(started.elapsed() < START, "the server does not start");
            sleep(Duration::from_millis(2));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that nobody listens on. The system must not give the port to a client either, which it could do as long
/// as the server does not listen; systems take ports for clients from 32768 on.
fn free_address() -> Result<SocketAddr> {
    let random = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let first = PORTS.start + random % (PORTS.end - PORTS.start);
    let mut ports = (first..PORTS.end)
        .chain(PORTS.start..first)
        .filter_map(|port| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
            listener.local_addr().ok()
        });
    ports.next().context("no port is free")
}

/// Builds the program `prisma` of this workspace, if it is not there as new as its sources; gives its path.
///
/// # Errors
/// If the build fails. What the compiler says goes to the terminal.
pub fn built_program() -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .args([
            "build",
            "--quiet",
            "--package",
            "prisma-cli",
            "--bin",
            "prisma",
        ])
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()
        .context("cargo does not start")?;
    ensure!(built.status.success(), "the server cannot be built");
    let messages = String::from_utf8_lossy(&built.stdout);
    let program = messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    });
    program.context("cargo does not say where the server is")
}
