//! Libraries in the process of their caller, on SQLite: calls in, structs out.
//!
//! Each contender is a program (`bench/embedded/`), because each brings a SQLite of its own. All get copies of one
//! database and the same calls; their answers are compared before anything is timed.

mod contender;
mod report;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use prisma_bench_contest as contest;
use prisma_connector::{Database, ServiceName};
use prisma_deploy::{DeployRequest, Deployer, DeployerOptions};
use prisma_engine::Engine;
use prisma_sql::SqlDatabase;
use prisma_sqlite::{SqliteHost, SqliteOptions};

use self::{
    contender::Contender,
    report::{Figures, Report},
};
use crate::{
    CALLS, COMPARED, SEED,
    arguments::Embedded,
    data::{self, Sizes},
    progress, store,
    workload::{Call, Workload},
};

const DATAMODEL: &str = include_str!("../datamodel.prisma");

/// Measures and prints.
pub(crate) fn run(options: &Embedded) -> Result<()> {
    let sizes = Sizes::at(options.scale);
    let folder = tempfile::tempdir()?;
    let contenders = prepare(options, &sizes, folder.path())?;
    let mut figures = Vec::new();
    for &workload in &options.workloads {
        let calls = calls(workload, &sizes)?;
        compare(
            workload,
            &contenders,
            calls.get(..COMPARED).unwrap_or(&calls),
        )?;
        clean(workload, &contenders, &sizes)?;
        figures.push(measure(workload, &contenders, &calls, options)?);
        clean(workload, &contenders, &sizes)?;
    }
    let report = Report {
        scale: options.scale,
        contenders: contenders.into_iter().map(|it| it.name).collect(),
        figures,
    };
    if options.json {
        report.json()
    } else {
        report.table()
    }
}

/// Lays out and fills one database, and gives each contender a copy.
fn prepare(options: &Embedded, sizes: &Sizes, folder: &Path) -> Result<Vec<Contender>> {
    progress("deploying");
    let service = ServiceName::new("music", "bench");
    let first = folder.join("first");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(deploy(&first, &service))?;
    progress(&format!("loading {} tracks", sizes.tracks));
    let file = Path::new("music_bench.db");
    store::sqlite::load(&first.join(file), data::tables(sizes))?;
    let copy = |(name, program): &(String, PathBuf)| {
        let own = folder.join(name);
        std::fs::create_dir(&own)?;
        for entry in std::fs::read_dir(&first)? {
            let entry = entry?;
            std::fs::copy(entry.path(), own.join(entry.file_name()))?;
        }
        Ok(Contender {
            name: name.clone(),
            program: program.clone(),
            database: own.join(file),
        })
    };
    options.contenders.iter().map(copy).collect()
}

async fn deploy(folder: &Path, service: &ServiceName) -> Result<()> {
    let host = SqliteHost::folder(folder, SqliteOptions::default())?;
    let database: Arc<dyn Database> = Arc::new(SqlDatabase::open(host).await?);
    let deployer = Deployer::new(
        database,
        Arc::new(Engine::new()),
        DeployerOptions::default(),
    );
    let added = deployer.add_service(&service.name, &service.stage, Vec::new());
    added.await?;
    let request = DeployRequest {
        service: service.clone(),
        types: DATAMODEL.to_owned(),
        ..DeployRequest::default()
    };
    let outcome = deployer.deploy(request).await?;
    ensure!(outcome.errors.is_empty(), "the datamodel was refused");
    Ok(())
}

/// The calls of a workload, one per line.
fn calls(workload: Workload, sizes: &Sizes) -> Result<Vec<String>> {
    let calls = workload.calls(sizes, SEED, CALLS);
    calls
        .iter()
        .map(|call| Ok(line(call)?.to_string()))
        .collect()
}

fn line(call: &Call<'_>) -> Result<contest::Call> {
    Ok(match call {
        Call::Track(by) => contest::Call::Track(i32::try_from(by.id)?),
        Call::Tracks => contest::Call::Tracks,
        Call::Artists(behind) => contest::Call::Artists(i32::try_from(behind.after)?),
        Call::NewCustomer(new) => contest::Call::NewCustomer(contest::NewCustomer {
            first_name: new.first.to_string(),
            last_name: new.last.to_string(),
            email: new.email.to_string(),
            city: new.city.to_string(),
            country: new.country.to_string(),
        }),
        Call::NewArtist(new) => contest::Call::NewArtist(contest::NewArtist {
            name: new.name.to_string(),
            titles: new.titles().map(str::to_owned),
        }),
        Call::ByArtist(_) | Call::Count(_) | Call::Page(_) => {
            anyhow::bail!("the contenders answer a, b, c, g and h")
        }
    })
}

/// Makes sure that all answer alike.
fn compare(workload: Workload, contenders: &[Contender], calls: &[String]) -> Result<()> {
    let mut expected: Option<(&str, String)> = None;
    for contender in contenders {
        let answers = contender.answers(calls)?;
        match &expected {
            None => expected = Some((&contender.name, answers)),
            Some((name, first)) => {
                let differs = first.lines().zip(answers.lines()).find(|(a, b)| a != b);
                ensure!(
                    differs.is_none() && first.lines().count() == answers.lines().count(),
                    "{} and {name} answer {} differently: {differs:?}",
                    contender.name,
                    workload.letter(),
                );
            }
        }
    }
    Ok(())
}

/// Rounds of all contenders, one after the other; who is first changes.
fn measure(
    workload: Workload,
    contenders: &[Contender],
    calls: &[String],
    options: &Embedded,
) -> Result<Figures> {
    progress(&format!("{} {}", workload.letter(), workload.about()));
    let time = Duration::from_secs_f64(options.seconds.clamp(0.01, 3_600.0));
    let mut rounds = Vec::new();
    for number in 0..usize::from(options.rounds) {
        let mut times = vec![None; contenders.len()];
        for turn in 0..contenders.len() {
            let at = (number + turn) % contenders.len();
            let contender = contenders.get(at).context("no contender")?;
            if let Some(slot) = times.get_mut(at) {
                *slot = Some(contender.time(calls, time)?);
            }
        }
        rounds.push(times.into_iter().flatten().collect());
    }
    Ok(Figures { workload, rounds })
}

/// Leaves the rows as they were loaded.
fn clean(workload: Workload, contenders: &[Contender], sizes: &Sizes) -> Result<()> {
    if workload.writes() {
        for contender in contenders {
            store::sqlite::clean(&contender.database, sizes)?;
        }
    }
    Ok(())
}
