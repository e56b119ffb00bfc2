//! A throw-away PostgreSQL.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::DatabaseError;
use crate::program::{Account, find, folders, run};

/// Nothing here outlives the machine, so nothing needs to reach the disk. Tests open many connections.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=300";

/// Starts a server that answers; gives its URL.
pub(crate) fn start(folder: &Path, port: u16, password: &str) -> Result<String, DatabaseError> {
    let initdb = program("initdb")?;
    let pg_ctl = program("pg_ctl")?;
    let account = Account::unprivileged(&["postgres"])?;
    account.make_folder(folder)?;
    let secret = folder.join("password");
    account.write(&secret, password)?;
    run(account
        .command(&initdb)
        .args(["--username=prisma", "--auth=scram-sha-256", "--no-sync"])
        .args(["--encoding=UTF8", "--locale=C.UTF-8", "--pwfile"])
        .arg(secret)
        .arg("--pgdata")
        .arg(data(folder)))?;
    run(account
        .command(&pg_ctl)
        .args(["start", "--wait", "--timeout=120", "--options"])
        .arg(format!("-p {port} {SETTINGS}"))
        .arg("--log")
        .arg(folder.join("log"))
        .arg("--pgdata")
        .arg(data(folder)))?;
    Ok(format!(
        "postgres://prisma:{password}@127.0.0.1:{port}/postgres"
    ))
}

pub(crate) fn pid_file(folder: &Path) -> PathBuf {
    data(folder).join("postmaster.pid")
}

/// Does a PostgreSQL answer there? It is asked for TLS, which every version answers with one letter.
pub(crate) fn greets(address: SocketAddr) -> io::Result<bool> {
    let patience = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.write_all(&[0, 0, 0, 8, 4, 210, 22, 47])?;
    let mut answer = [0];
    stream.read_exact(&mut answer)?;
    Ok(matches!(answer, [b'S' | b'N']))
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// Debian keeps the programs of each version in a folder of their own.
fn program(name: &'static str) -> Result<PathBuf, DatabaseError> {
    let versions = folders("/usr/lib/postgresql".as_ref());
    find(name, versions.map(|version| version.join("bin")))
}
