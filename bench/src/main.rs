//! `cargo xtask bench`: how fast the engine and the server are, beside the same work done by hand.
//! `cargo xtask bench-embedded`: how fast the typed binding is, beside other libraries.
//!
//! Goes in: the program `prisma`, a database. Comes out: figures and ratios on standard output, progress on standard
//! error.
//!
//! Must never know: how the engine or a store work inside. It loads rows into the documented layout, and asks like
//! any other caller.

mod answer;
mod arguments;
mod client;
mod data;
mod embedded;
mod figures;
mod in_process;
mod over_http;
mod peer;
mod process;
mod random;
mod report;
mod server;
mod store;
mod workload;

use std::{path::PathBuf, process::Command, time::Duration};

use anyhow::{Context as _, Result, ensure};
use clap::Parser as _;

use crate::{
    arguments::{Arguments, Bench, Contest, HandWritten},
    data::Sizes,
    peer::{Connections, Mysql, Peer, Postgres},
    report::{Report, Resources, Servers},
    server::Server,
    store::{Place, Store},
    workload::{Call, Workload},
};

/// Calls of one workload that differ.
const CALLS: usize = 512;

/// Calls whose answers are compared.
const COMPARED: usize = 32;

/// Fixed, so that figures can be compared.
const SEED: u64 = 42;

fn main() -> Result<()> {
    let Arguments {
        bench: options,
        command,
    } = Arguments::parse();
    match command {
        Some(arguments::Command::HandWrittenServer(options)) => serve(options),
        Some(arguments::Command::Embedded(options)) => embedded::run(&options),
        None => bench(options),
    }
}

fn serve(options: HandWritten) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let peer = match options.store {
            Store::Sqlite => Peer::Sqlite(Connections::open(options.database.as_ref())?),
            Store::Postgres => {
                Peer::Postgres(Postgres::open(&options.database, &options.container).await?)
            }
            Store::Mysql => Peer::Mysql(Mysql::open(&options.database, &options.container)?),
        };
        peer::serve(peer, options.listen).await
    })
}

/// One run of the command.
struct Run {
    options: Bench,
    /// The program that is measured.
    server: PathBuf,
    sizes: Sizes,
    place: Place,
}

/// Measures and prints.
fn bench(options: Bench) -> Result<()> {
    let server = match &options.server {
        Some(server) => server.clone(),
        None => std::env::current_exe()?.with_file_name("prisma"),
    };
    ensure!(
        server.is_file(),
        "there is no program {}; `cargo xtask bench` builds it",
        server.display()
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let as_json = options.json;
    let report = runtime.block_on(async {
        let folder = tempfile::tempdir()?;
        let run = Run {
            sizes: Sizes::at(options.scale),
            place: Place::new(options.store, folder.path()).await?,
            server,
            options,
        };
        let measured = run.measure().await;
        run.place.remove().await?;
        measured
    })?;
    if as_json {
        report.json()
    } else {
        report.tables()
    }
}

impl Run {
    async fn measure(&self) -> Result<Report> {
        self.prepare().await?;
        let mut report = Report {
            store: self.options.store,
            scale: self.options.scale,
            in_process: Vec::new(),
            over_http: Vec::new(),
            servers: None,
        };
        let is_wanted = |contest| self.options.only.is_none_or(|only| only == contest);
        if self.options.store == Store::Sqlite && is_wanted(Contest::InProcess) {
            self.in_process(&mut report).await?;
        }
        if is_wanted(Contest::Http) {
            self.over_http(&mut report).await?;
        }
        Ok(report)
    }

    /// Deploys the datamodel and fills its tables.
    async fn prepare(&self) -> Result<()> {
        progress("deploying");
        Server::prisma(&self.server, &self.place, None)?.deploy(&self.place.service())?;
        progress(&format!("loading {} tracks", self.sizes.tracks));
        self.place.load(&self.sizes).await
    }

    async fn in_process(&self, report: &mut Report) -> Result<()> {
        let folder = self.place.databases();
        let contest =
            in_process::Contest::open(&folder, self.place.service(), &self.place.file()).await?;
        for &workload in &self.options.workloads {
            progress(&format!("in process: {}", workload.letter()));
            let calls = self.calls(workload);
            contest.compare(workload, compared(&calls)).await?;
            let rounds = usize::from(self.options.rounds);
            let figures = contest.run(workload, &calls, rounds, self.time()).await?;
            report.in_process.push(figures);
            self.clean(workload).await?;
        }
        Ok(())
    }

    async fn over_http(&self, report: &mut Report) -> Result<()> {
        let processor = self.pin();
        let contest = over_http::Contest {
            ours: self.start(Server::prisma(&self.server, &self.place, processor)?)?,
            hand_written: self
                .start(Server::hand_written(&self.place.hand_written(), processor)?)?,
            database: self.place.process(),
        };
        let plan = over_http::Plan {
            rounds: usize::from(self.options.rounds),
            time: self.time(),
        };
        for &workload in &self.options.workloads {
            let calls = self.calls(workload);
            contest.compare(workload, compared(&calls))?;
            for &concurrency in &self.options.concurrency {
                let letter = workload.letter();
                progress(&format!("over HTTP: {letter}, {concurrency} at a time"));
                let figures = contest.run(workload, &calls, concurrency.into(), plan);
                report.over_http.push(figures.await?);
                self.clean(workload).await?;
            }
        }
        report.servers = Some(Servers {
            ours: resources(&contest.ours)?,
            hand_written: resources(&contest.hand_written)?,
        });
        Ok(())
    }

    /// Puts the load on the first processor and answers where servers run: on the second, if there are two.
    fn pin(&self) -> Option<usize> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        (!self.options.no_pin && processors > 1 && pin_this_process(0)).then_some(1)
    }

    fn start(&self, mut server: Server) -> Result<over_http::Contender> {
        let calls = Workload::A.calls(&self.sizes, SEED, 1);
        let call = calls.first().context("no call")?;
        let start = server.first_answer(Workload::A, call)?;
        Ok(over_http::Contender { server, start })
    }

    fn calls(&self, workload: Workload) -> Vec<Call<'static>> {
        workload.calls(&self.sizes, SEED, CALLS)
    }

    /// Leaves the rows as they were loaded.
    async fn clean(&self, workload: Workload) -> Result<()> {
        if workload.writes() {
            self.place.clean(&self.sizes).await?;
        }
        Ok(())
    }

    fn time(&self) -> Duration {
        Duration::from_secs_f64(self.options.seconds.clamp(0.01, 3_600.0))
    }
}

fn compared<'c, 'a>(calls: &'c [Call<'a>]) -> &'c [Call<'a>] {
    calls.get(..COMPARED).unwrap_or(calls)
}

fn resources(contender: &over_http::Contender) -> Result<Resources> {
    Ok(Resources {
        start: contender.start,
        memory_after_load: process::resident_memory(contender.server.id())?,
    })
}

fn progress(text: &str) {
    eprintln!("{text}");
}

/// Restricts this process to one processor, if the system's tool for it is there.
fn pin_this_process(processor: usize) -> bool {
    let status = Command::new("taskset")
        .args(["-a", "-c", "-p", &processor.to_string()])
        .arg(std::process::id().to_string())
        .stdout(std::process::Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}
