//! A throw-away MariaDB.

use std::io::{self, Read as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::DatabaseError;
use crate::program::{Account, find, run};

/// Nothing here outlives the machine, so nothing needs to reach the disk. Tests open many connections.
const SETTINGS: [&str; 9] = [
    "--no-defaults",
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--skip-innodb-doublewrite",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-buffer-pool-size=128M",
    "--innodb-log-file-size=64M",
    "--max-connections=500",
];

/// Starts a server; gives its URL. It takes a moment until it answers.
pub(crate) fn start(folder: &Path, port: u16, password: &str) -> Result<String, DatabaseError> {
    let install = program("mariadb-install-db")?;
    let mariadbd = program("mariadbd")?;
    let account = Account::unprivileged(&["mysql"])?;
    account.make_folder(folder)?;
    run(account
        .command(&install)
        .args(["--no-defaults", "--skip-test-db"])
        .arg("--auth-root-authentication-method=normal")
        .arg(option("--datadir=", &data(folder))))?;
    let users = folder.join("users.sql");
    account.write(
        &users,
        &format!(
            "ALTER USER root@localhost IDENTIFIED BY '{password}';\n\
             CREATE USER prisma@'127.0.0.1' IDENTIFIED BY '{password}';\n\
             GRANT ALL ON *.* TO prisma@'127.0.0.1' WITH GRANT OPTION;\n"
        ),
    )?;
    run(account
        .background(&mariadbd)
        .args(SETTINGS)
        .arg(format!("--port={port}"))
        .arg(option("--datadir=", &data(folder)))
        .arg(option("--socket=", &folder.join("socket")))
        .arg(option("--pid-file=", &pid_file(folder)))
        .arg(option("--log-error=", &folder.join("log")))
        .arg(option("--init-file=", &users)))?;
    Ok(format!("mysql://prisma:{password}@127.0.0.1:{port}"))
}

pub(crate) fn pid_file(folder: &Path) -> PathBuf {
    folder.join("pid")
}

/// Does a MySQL or a MariaDB answer there? They greet first: the fifth byte is the version of the protocol.
pub(crate) fn greets(address: SocketAddr) -> io::Result<bool> {
    let patience = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    let mut greeting = [0; 5];
    stream.read_exact(&mut greeting)?;
    Ok(greeting[4] == 10)
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

fn option(name: &str, path: &Path) -> String {
    format!("{name}{}", path.display())
}

/// The server is no command of ordinary users.
fn program(name: &'static str) -> Result<PathBuf, DatabaseError> {
    find(name, ["/usr/sbin".into(), "/usr/local/sbin".into()])
}
