//! `prisma server`

use std::{net::IpAddr, process::ExitCode};

use clap::{Args, ValueEnum};
use prisma_server::{
    Config, Overrides, Secret, Server as HttpServer,
    logging::{self, LogFormat},
    shutdown,
};

use crate::ui;

const EXAMPLES: &str = "\
Examples:
  prisma server
  prisma server --port 4000 --database sqlite:./data
  prisma server --database postgres://prisma:secret@localhost/prisma
  PRISMA_CONFIG_PATH=config.yml prisma server --log json";

/// Serve all services of a database over HTTP.
///
/// The configuration comes from the environment variable `PRISMA_CONFIG` (a YAML text), else from the file that
/// `PRISMA_CONFIG_PATH` names, else it is SQLite in the folder `prisma-data`. Flags win over both; the database of
/// `--database` takes over what the configuration says about raw access and connections.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Server {
    #[command(flatten)]
    listen: Listen,
}

/// Flags of everything that listens.
#[derive(Debug, Args)]
pub(super) struct Listen {
    /// The port to listen on [default: 4466]
    #[arg(long)]
    port: Option<u16>,

    /// The address to listen on [default: all of this machine, for `dev` its own loopback]
    #[arg(long, value_name = "ADDRESS")]
    host: Option<IpAddr>,

    /// The database: sqlite:FOLDER, postgres://USER:PASSWORD@HOST/DATABASE or mysql://USER:PASSWORD@HOST
    /// [default: sqlite:prisma-data]
    #[arg(long, value_name = "URI")]
    database: Option<Secret>,

    /// How log lines look
    #[arg(long, value_name = "FORMAT", default_value = "plain")]
    log: Log,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Log {
    /// Lines for people
    Plain,
    /// One JSON object per line
    Json,
}

impl Listen {
    /// Starts the log and listens. Without a flag the address is the given one, or else the configuration's.
    pub(super) async fn bind(self, host: Option<IpAddr>) -> anyhow::Result<HttpServer> {
        logging::init(match self.log {
            Log::Plain => LogFormat::Plain,
            Log::Json => LogFormat::Json,
        });
        let config = Config::load(&Overrides {
            host: self.host.or(host),
            port: self.port,
            database: self.database,
        })?;
        Ok(HttpServer::bind(config).await?)
    }
}

impl Server {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let stop = shutdown::requested();
        let server = self.listen.bind(None).await?;
        ui::running_on(server.addr().port());
        server.run(stop).await;
        Ok(ExitCode::SUCCESS)
    }
}
