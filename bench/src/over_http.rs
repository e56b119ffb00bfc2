//! The server over HTTP, beside a hand-written one on the same database.

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use serde::Serialize;

use crate::{
    answer, client,
    figures::{Latency, median, ratio},
    process,
    server::{self, Server, Start},
    workload::{Call, Workload},
};

/// What one workload came to, with so many requests at the same time.
#[derive(Debug, Serialize)]
pub(crate) struct OverHttp {
    pub(crate) workload: Workload,
    pub(crate) concurrency: usize,
    pub(crate) rounds: Vec<Round>,
}

/// Both, one after the other.
#[derive(Debug, Serialize)]
pub(crate) struct Round {
    pub(crate) ours: Measured,
    pub(crate) hand_written: Measured,
}

/// What one server did in one round.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Measured {
    pub(crate) per_second: f64,
    pub(crate) latency: Latency,
    /// Processor time of the server per request, in microseconds.
    pub(crate) server_cpu: f64,
    /// The same of the database; zero where it is part of the server, or cannot be seen.
    pub(crate) database_cpu: f64,
    /// The share of the machine that had nothing to do with it.
    pub(crate) foreign: f64,
}

impl Measured {
    pub(crate) fn cpu(&self) -> f64 {
        self.server_cpu + self.database_cpu
    }
}

impl OverHttp {
    /// A figure of ours as a multiple of the hand-written server's, the median of all rounds.
    pub(crate) fn ratio(&self, of: impl Fn(&Measured) -> f64) -> f64 {
        let rounds = self.rounds.iter();
        median(rounds.map(|round| ratio(of(&round.ours), of(&round.hand_written))))
    }

    /// The median of a figure.
    pub(crate) fn median(
        &self,
        server: impl Fn(&Round) -> &Measured,
        of: impl Fn(&Measured) -> f64,
    ) -> f64 {
        median(self.rounds.iter().map(|round| of(server(round))))
    }
}

/// Both servers, running.
pub(crate) struct Contest {
    pub(crate) ours: Contender,
    pub(crate) hand_written: Contender,
    /// The process of the database, if it is one of this machine.
    pub(crate) database: Option<u32>,
}

/// One of the two.
pub(crate) struct Contender {
    pub(crate) server: Server,
    pub(crate) start: Start,
}

/// How a workload is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    /// Of each server in each round.
    pub(crate) time: Duration,
}

impl Contest {
    /// Makes sure that both answer alike.
    pub(crate) fn compare(&self, workload: Workload, calls: &[Call<'_>]) -> Result<()> {
        for call in calls {
            let ours = self.ours.server.answer(workload, call)?;
            let hand_written = self.hand_written.server.answer(workload, call)?;
            answer::compare(workload, &ours, &hand_written)?;
        }
        Ok(())
    }

    /// Measures a workload.
    pub(crate) async fn run(
        &self,
        workload: Workload,
        calls: &[Call<'_>],
        concurrency: usize,
        plan: Plan,
    ) -> Result<OverHttp> {
        let ours = Target::new(&self.ours.server, workload, calls, self.database)?;
        let hand_written = Target::new(&self.hand_written.server, workload, calls, self.database)?;
        for target in [&ours, &hand_written] {
            target.measure(concurrency, plan.time / 3).await?;
        }
        let mut rounds = Vec::new();
        for number in 0..plan.rounds {
            let round = if number % 2 == 0 {
                let ours = ours.measure(concurrency, plan.time).await?;
                let hand_written = hand_written.measure(concurrency, plan.time).await?;
                Round { ours, hand_written }
            } else {
                let hand_written = hand_written.measure(concurrency, plan.time).await?;
                let ours = ours.measure(concurrency, plan.time).await?;
                Round { ours, hand_written }
            };
            rounds.push(round);
        }
        Ok(OverHttp {
            workload,
            concurrency,
            rounds,
        })
    }
}

/// A server and the requests for it.
struct Target<'a> {
    server: &'a Server,
    requests: Arc<[Vec<u8>]>,
    database: Option<u32>,
}

/// Clocks before and after.
struct Clocks {
    server: Duration,
    database: Duration,
    own: Duration,
    machine: Duration,
    processors: u32,
}

impl<'a> Target<'a> {
    fn new(
        server: &'a Server,
        workload: Workload,
        calls: &[Call<'_>],
        database: Option<u32>,
    ) -> Result<Self> {
        let requests = calls
            .iter()
            .map(|call| {
                let body = server::body(workload, call)?;
                let (address, path) = (server.address, &server.path);
                Ok(server::request(address, path, "keep-alive", &body))
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            server,
            requests,
            database,
        })
    }

    async fn measure(&self, concurrency: usize, time: Duration) -> Result<Measured> {
        let before = self.clocks()?;
        let load = client::load(self.server.address, &self.requests, concurrency, time).await?;
        let after = self.clocks()?;
        let requests = load.times.len();
        #[expect(clippy::cast_precision_loss, reason = "fewer than there are integers")]
        let count = requests as f64;
        let between = |of: fn(&Clocks) -> Duration| of(&after).saturating_sub(of(&before));
        let per_request = |time: Duration| ratio(time.as_secs_f64() * 1e6, count);
        let server = between(|clocks| clocks.server);
        let database = between(|clocks| clocks.database);
        let machine = between(|clocks| clocks.machine);
        let foreign = machine.saturating_sub(server + database + between(|clocks| clocks.own));
        let whole = load.elapsed * after.processors;
        Ok(Measured {
            per_second: ratio(count, load.elapsed.as_secs_f64()),
            latency: Latency::of(load.times),
            server_cpu: per_request(server),
            database_cpu: per_request(database),
            foreign: ratio(foreign.as_secs_f64(), whole.as_secs_f64()),
        })
    }

    fn clocks(&self) -> Result<Clocks> {
        let (machine, processors) = process::machine_time()?;
        Ok(Clocks {
            server: process::processor_time(self.server.id()),
            database: self
                .database
                .map_or(Duration::ZERO, process::processor_time),
            own: process::own_time(),
            machine,
            processors,
        })
    }
}
