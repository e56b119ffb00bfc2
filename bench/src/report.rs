//! What was measured, for people and for programs.

use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;

use crate::{
    figures::median, in_process::InProcess, over_http::OverHttp, server::Start, store::Store,
};

/// Everything that one run measured.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) store: Store,
    pub(crate) scale: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) in_process: Vec<InProcess>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) over_http: Vec<OverHttp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) servers: Option<Servers>,
}

/// The processes of both servers.
#[derive(Debug, Serialize)]
pub(crate) struct Servers {
    pub(crate) ours: Resources,
    pub(crate) hand_written: Resources,
}

/// What one of them took.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Resources {
    pub(crate) start: Start,
    /// Bytes in use after the last round.
    pub(crate) memory_after_load: u64,
}

impl Report {
    /// Prints it as one JSON document.
    pub(crate) fn json(&self) -> Result<()> {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, self)?;
        writeln!(out)?;
        Ok(())
    }

    /// Prints it as tables.
    pub(crate) fn tables(&self) -> Result<()> {
        let mut out = io::stdout().lock();
        if !self.in_process.is_empty() {
            self.in_process(&mut out)?;
        }
        if !self.over_http.is_empty() {
            self.over_http(&mut out)?;
        }
        if let Some(servers) = &self.servers {
            servers.print(&mut out)?;
        }
        Ok(())
    }

    fn in_process(&self, out: &mut impl Write) -> Result<()> {
        writeln!(
            out,
            "In process on SQLite, microseconds; by hand: prepared statements in rusqlite\n"
        )?;
        writeln!(
            out,
            "   {:<20}{:>9}{:>9}{:>10}{:>9}{:>9}",
            "", "p50", "p99", "by hand", "p99", "ratio"
        )?;
        for figures in &self.in_process {
            let of = |number: fn(&crate::in_process::Round) -> f64| {
                median(figures.rounds.iter().map(number))
            };
            writeln!(
                out,
                "{}  {:<20}{:>9.1}{:>9.1}{:>10.1}{:>9.1}{:>9.2}",
                figures.workload.letter(),
                figures.workload.about(),
                of(|round| round.ours.p50),
                of(|round| round.ours.p99),
                of(|round| round.hand_written.p50),
                of(|round| round.hand_written.p99),
                figures.ratio(),
            )?;
        }
        writeln!(out)?;
        Ok(())
    }

    fn over_http(&self, out: &mut impl Write) -> Result<()> {
        writeln!(out, "Over HTTP, with ratios to the hand-written server\n")?;
        writeln!(
            out,
            "   {:<20}{:>5}{:>9}{:>7}{:>10}{:>7}{:>10}{:>7}{:>16}{:>7}{:>9}",
            "", "at", "req/s", "", "p50 ms", "", "p99 ms", "", "CPU us srv+db", "", "foreign"
        )?;
        for figures in &self.over_http {
            let ours = |of: fn(&crate::over_http::Measured) -> f64| {
                figures.median(|round| &round.ours, of)
            };
            let foreign = figures
                .median(|round| &round.ours, |it| it.foreign)
                .max(figures.median(|round| &round.hand_written, |it| it.foreign));
            let cpu = format!(
                "{:.0}+{:.0}",
                ours(|it| it.server_cpu),
                ours(|it| it.database_cpu)
            );
            writeln!(
                out,
                "{}  {:<20}{:>5}{:>9.0}{:>7.2}{:>10.2}{:>7.2}{:>10.2}{:>7.2}{:>16}{:>7.2}{:>8.0}%",
                figures.workload.letter(),
                figures.workload.about(),
                figures.concurrency,
                ours(|it| it.per_second),
                figures.ratio(|it| it.per_second),
                ours(|it| it.latency.p50) / 1_000.0,
                figures.ratio(|it| it.latency.p50),
                ours(|it| it.latency.p99) / 1_000.0,
                figures.ratio(|it| it.latency.p99),
                cpu,
                figures.ratio(crate::over_http::Measured::cpu),
                foreign * 100.0,
            )?;
        }
        writeln!(out)?;
        Ok(())
    }
}

impl Servers {
    fn print(&self, out: &mut impl Write) -> Result<()> {
        writeln!(
            out,
            "{:<24}{:>18}{:>16}{:>22}",
            "", "first answer ms", "idle MiB", "after load MiB"
        )?;
        for (name, it) in [("prisma server", self.ours), ("by hand", self.hand_written)] {
            writeln!(
                out,
                "{name:<24}{:>18.1}{:>16.1}{:>22.1}",
                it.start.first_answer_ms,
                mebibytes(it.start.idle_memory),
                mebibytes(it.memory_after_load),
            )?;
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "memory of a machine")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}
