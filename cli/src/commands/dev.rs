//! `prisma dev`

mod deploy;
mod watch;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use prisma_connector::ServiceName;
use prisma_server::shutdown;

use self::{deploy::Deployment, watch::Watch};
use super::server::Listen;
use crate::{datamodel_file, ui};

const EXAMPLES: &str = "\
Examples:
  prisma dev
  prisma dev blog.prisma --service blog --stage dev
  prisma dev --database sqlite:./data --port 4000
  prisma dev --force";

/// Serve a datamodel and follow its changes.
///
/// Starts the server on this machine's own address, deploys the datamodel, and deploys it again whenever the file
/// changes. Without a file it takes `datamodel.prisma` or `datamodel.graphql`. The configuration is that of
/// `prisma server`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Dev {
    /// The datamodel
    datamodel: Option<PathBuf>,

    /// The service to deploy to
    #[arg(long, value_name = "NAME", default_value = "default")]
    service: String,

    /// Its stage
    #[arg(long, value_name = "NAME", default_value = "default")]
    stage: String,

    /// Deploy changes that lose data
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    listen: Listen,
}

impl Dev {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        let file = match self.datamodel {
            Some(file) => file,
            None => datamodel_file::find()?,
        };
        let stop = shutdown::requested();
        let mut watch = Watch::start(&file)?;
        let server = self
            .listen
            .bind(Some(IpAddr::V4(Ipv4Addr::LOCALHOST)))
            .await?;
        let name = ServiceName::new(self.service, self.stage);
        let endpoint = endpoint(server.addr(), &name);
        let mut deployment = Deployment::new(server.deployer().clone(), name, file, self.force);
        let running = tokio::spawn(server.run(stop));
        tokio::pin!(running);
        deployment.run().await?;
        ui::listening(&endpoint);
        loop {
            tokio::select! {
                ended = &mut running => {
                    ended?;
                    return Ok(ExitCode::SUCCESS);
                }
                () = watch.changed() => deployment.run().await?,
            }
        }
    }
}

/// Where the service answers.
fn endpoint(address: SocketAddr, service: &ServiceName) -> String {
    let default = ServiceName::default();
    let host = match address.ip() {
        // All addresses are no address to open.
        ip if ip.is_unspecified() || ip.is_loopback() => "localhost".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    let port = address.port();
    let path = match (service.name.as_str(), service.stage.as_str()) {
        _ if *service == default => "/".to_owned(),
        (name, stage) if stage == default.stage => format!("/{name}"),
        (name, stage) => format!("/{}/{stage}", name.replacen('~', "/", 1)),
    };
    format!("http://{host}:{port}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_as_short_as_paths_may_be() {
        for (address, name, stage, expected) in [
            (
                "0.0.0.0:4466",
                "default",
                "default",
                "http://localhost:4466/",
            ),
            ("127.0.0.1:1", "blog", "default", "http://localhost:1/blog"),
            ("10.0.0.1:80", "blog", "dev", "http://10.0.0.1:80/blog/dev"),
            (
                "[fe80::1]:80",
                "team~blog",
                "dev",
                "http://[fe80::1]:80/team/blog/dev",
            ),
            (
                "127.0.0.1:1",
                "default",
                "dev",
                "http://localhost:1/default/dev",
            ),
        ] {
            let name = ServiceName::new(name, stage);
            assert_eq!(endpoint(address.parse().unwrap(), &name), expected);
        }
    }
}
