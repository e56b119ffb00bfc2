//! A server on a free port with a folder of its own, and a client that sends exactly the bytes it is told to.

use std::{future::Future, net::SocketAddr};

use prisma_server::{Config, DatabaseConfig, Server};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

/// What most tests deploy to `blog/dev`.
pub(crate) const BLOG: &str = "
type User {
  id: ID! @id
  handle: String! @unique
  name: String!
  age: Int
  posts: [Post]
}

type Post {
  id: ID! @id
  title: String!
  author: User!
}
";

pub(crate) const JSON: (&str, &str) = ("Content-Type", "application/json");

pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    pub(crate) engine: std::sync::Arc<prisma_engine::Engine>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
    _folder: TempDir,
}

impl TestServer {
    /// As without configuration, but for the folder, the port, and raw access.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            host: [127, 0, 0, 1].into(),
            port: 0,
            database: DatabaseConfig {
                raw_access: true,
                ..DatabaseConfig::folder(folder.path())
            },
            ..Config::default()
        };
        change(&mut config);
        let server = Server::bind(config).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        Self {
            address: server.addr(),
            engine: server.engine().clone(),
            stop,
            running: tokio::spawn(server.run(async {
                let _ = stopped.await;
            })),
            _folder: folder,
        }
    }

    /// With the blog deployed to `blog/dev`.
    pub(crate) async fn with_blog() -> Self {
        let server = Self::start().await;
        server.deploy("blog", "dev", BLOG, &[]).await;
        server
    }

    /// Adds a service and deploys to it.
    pub(crate) async fn deploy(&self, name: &str, stage: &str, types: &str, secrets: &[&str]) {
        let service = json!({ "name": name, "stage": stage, "secrets": secrets });
        self.manage(
            "mutation ($input: AddProjectInput!) { addProject(input: $input) { project { name } } }",
            json!({ "input": service }),
        )
        .await;
        let deploy = json!({ "name": name, "stage": stage, "secrets": secrets, "types": types });
        let answer = self
            .manage(
                "mutation ($input: DeployInput!) { deploy(input: $input) {
                   errors { description } warnings { description } migration { revision } } }",
                json!({ "input": deploy }),
            )
            .await;
        assert_eq!(answer["data"]["deploy"]["errors"], json!([]), "{answer}");
        self.deployed(name, stage).await;
    }

    /// Waits until the last deploy was applied.
    pub(crate) async fn deployed(&self, name: &str, stage: &str) {
        for _ in 0..500 {
            let answer = self
                .manage(
                    "query ($name: String!, $stage: String!) {
                       migrationStatus(name: $name, stage: $stage) { status } }",
                    json!({ "name": name, "stage": stage }),
                )
                .await;
            if answer["data"]["migrationStatus"]["status"] == "SUCCESS" {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the deploy does not end");
    }

    /// A request to the management API that must not fail.
    pub(crate) async fn manage(&self, query: &str, variables: Value) -> Value {
        let answer = self.graphql("/management", query, variables).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        answer
    }

    /// The answer to a GraphQL request.
    pub(crate) async fn graphql(&self, path: &str, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let answer = self.post(path, &body.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// A query of `blog/dev`.
    pub(crate) async fn blog(&self, query: &str) -> Value {
        self.graphql("/blog/dev", query, json!({})).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, &[JSON], body.as_bytes()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"").await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        self.sending(method, path, headers, body).await
    }

    /// A request that does not borrow the server.
    pub(crate) fn sending(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> impl Future<Output = Answer> + Send + 'static {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        exchange(self.address, bytes)
    }

    /// The server is up.
    pub(crate) async fn assert_up(&self) {
        let answer = self.get("/status").await;
        assert_eq!((answer.status, answer.body.as_str()), (200, r#""OK""#));
    }

    /// Tells the server to stop.
    pub(crate) fn stop(self) -> JoinHandle<()> {
        self.stop.send(()).unwrap();
        self.running
    }
}

/// A response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let same = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(same)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    /// The code of the first error.
    pub(crate) fn code(&self) -> Option<i64> {
        self.json()["errors"][0]["code"].as_i64()
    }
}

async fn exchange(address: SocketAddr, request: Vec<u8>) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A server may answer and close before it has read everything.
    let _ = stream.write_all(&request).await;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await.unwrap();
    let response = String::from_utf8(response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").expect("a response");
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_owned(), value.trim().to_owned())
    };
    Answer {
        status: status.parse().unwrap(),
        headers: lines.map(header).collect(),
        body: body.to_owned(),
    }
}
