//! The engine in this process on SQLite, GraphQL text in and bytes out, beside prepared statements by hand.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use prisma_connector::{Database, ServiceName};
use prisma_deploy::{Deployer, DeployerOptions};
use prisma_engine::{Engine, GraphqlRequest};
use prisma_sql::SqlDatabase;
use prisma_sqlite::{SqliteHost, SqliteOptions};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{
    figures::{Latency, median, ratio},
    peer::Sqlite,
    workload::{Call, Workload},
};

/// What one workload came to.
#[derive(Debug, Serialize)]
pub(crate) struct InProcess {
    pub(crate) workload: Workload,
    pub(crate) rounds: Vec<Round>,
}

/// Both, one after the other.
#[derive(Debug, Serialize)]
pub(crate) struct Round {
    pub(crate) ours: Latency,
    pub(crate) hand_written: Latency,
}

impl InProcess {
    /// How many times as long as by hand it takes, at the median.
    pub(crate) fn ratio(&self) -> f64 {
        let rounds = self.rounds.iter();
        median(rounds.map(|round| ratio(round.ours.p50, round.hand_written.p50)))
    }
}

/// Both ways to the same database.
pub(crate) struct Contest {
    deployed: Deployed,
    hand_written: Sqlite,
}

/// The engine with a service.
struct Deployed {
    engine: Arc<Engine>,
    service: ServiceName,
}

/// A call as a client sends it.
struct Request {
    document: &'static str,
    variables: Box<RawValue>,
}

impl Contest {
    /// Opens a folder that a server has deployed a service to.
    pub(crate) async fn open(folder: &Path, service: ServiceName, file: &Path) -> Result<Self> {
        let host = SqliteHost::folder(folder, SqliteOptions::default())?;
        let database: Arc<dyn Database> = Arc::new(SqlDatabase::open(host).await?);
        let engine = Arc::new(Engine::new());
        let deployer = Deployer::new(database, Arc::clone(&engine), DeployerOptions::default());
        deployer.load().await?;
        let deployed = Deployed { engine, service };
        let hand_written = Sqlite::open(file)?;
        Ok(Self {
            deployed,
            hand_written,
        })
    }

    /// Measures a workload, in rounds of so long for each.
    pub(crate) async fn run(
        &self,
        workload: Workload,
        calls: &[Call<'_>],
        rounds: usize,
        time: Duration,
    ) -> Result<InProcess> {
        let requests: Vec<Request> = calls
            .iter()
            .map(|call| {
                let variables = call.variables()?;
                let document = workload.document();
                Ok(Request {
                    document,
                    variables,
                })
            })
            .collect::<Result<_>>()?;
        let mut measured = Vec::new();
        self.ours(&requests, time / 4).await;
        self.by_hand(calls, time / 4)?;
        for number in 0..rounds {
            let (ours, hand_written) = if number % 2 == 0 {
                let ours = self.ours(&requests, time).await;
                (ours, self.by_hand(calls, time)?)
            } else {
                let hand_written = self.by_hand(calls, time)?;
                (self.ours(&requests, time).await, hand_written)
            };
            measured.push(Round { ours, hand_written });
        }
        Ok(InProcess {
            workload,
            rounds: measured,
        })
    }

    /// Makes sure that both answer alike.
    pub(crate) async fn compare(&self, workload: Workload, calls: &[Call<'_>]) -> Result<()> {
        for call in calls {
            let ours = self
                .deployed
                .answer(workload.document(), call.variables()?)
                .await;
            let mut hand_written = Vec::new();
            self.hand_written.answer(call, &mut hand_written)?;
            crate::answer::compare(workload, &ours, &hand_written)?;
        }
        Ok(())
    }

    async fn ours(&self, requests: &[Request], time: Duration) -> Latency {
        let end = Instant::now() + time;
        let mut times = Vec::new();
        for request in requests.iter().cycle() {
            let start = Instant::now();
            if start >= end {
                break;
            }
            let answer = self
                .deployed
                .answer(request.document, request.variables.clone());
            std::hint::black_box(answer.await);
            times.push(nanoseconds(start.elapsed()));
        }
        Latency::of(times)
    }

    fn by_hand(&self, calls: &[Call<'_>], time: Duration) -> Result<Latency> {
        let end = Instant::now() + time;
        let mut times = Vec::new();
        for call in calls.iter().cycle() {
            let start = Instant::now();
            if start >= end {
                break;
            }
            let mut answer = Vec::new();
            self.hand_written.answer(call, &mut answer)?;
            std::hint::black_box(answer);
            times.push(nanoseconds(start.elapsed()));
        }
        Ok(Latency::of(times))
    }
}

fn nanoseconds(time: Duration) -> u32 {
    u32::try_from(time.as_nanos()).unwrap_or(u32::MAX)
}

impl Deployed {
    async fn answer(&self, document: &str, variables: Box<RawValue>) -> Vec<u8> {
        let request = GraphqlRequest {
            query: document.to_owned(),
            variables: Some(variables),
            ..GraphqlRequest::default()
        };
        self.engine
            .execute(&self.service, request, "bench")
            .await
            .bytes
    }
}
