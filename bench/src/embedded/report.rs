//! What was measured, for people and for programs.

use std::io::{self, Write};

use anyhow::Result;
use serde::Serialize;

use crate::{
    figures::{Latency, median, ratio},
    workload::Workload,
};

/// Everything that one run measured.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) scale: i64,
    /// The first is the one that the others are compared with.
    pub(super) contenders: Vec<String>,
    pub(super) figures: Vec<Figures>,
}

/// What one workload came to.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    pub(super) workload: Workload,
    /// The times of all contenders, in their order.
    pub(super) rounds: Vec<Vec<Latency>>,
}

impl Figures {
    fn median(&self, contender: usize) -> f64 {
        median(self.p50s(contender))
    }

    /// How many times as long as another contender the first one takes.
    fn ratio(&self, to: usize) -> f64 {
        let pairs = self.p50s(0).zip(self.p50s(to));
        median(pairs.map(|(ours, theirs)| ratio(ours, theirs)))
    }

    fn p50s(&self, contender: usize) -> impl Iterator<Item = f64> {
        let rounds = self.rounds.iter();
        rounds.filter_map(move |round| Some(round.get(contender)?.p50))
    }
}

impl Report {
    /// Prints it as one JSON document.
    pub(super) fn json(&self) -> Result<()> {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, self)?;
        writeln!(out)?;
        Ok(())
    }

    /// Prints it as a table.
    pub(super) fn table(&self) -> Result<()> {
        let mut out = io::stdout().lock();
        let Some((first, others)) = self.contenders.split_first() else {
            return Ok(());
        };
        writeln!(
            out,
            "From a call to structs on SQLite, microseconds at p50; how many times as long {first} takes\n"
        )?;
        write!(out, "   {:<20}{first:>9}", "")?;
        for name in others {
            write!(out, "{name:>12}{:>7}", "")?;
        }
        writeln!(out)?;
        for figures in &self.figures {
            let workload = figures.workload;
            write!(
                out,
                "{}  {:<20}{:>9.1}",
                workload.letter(),
                workload.about(),
                figures.median(0)
            )?;
            for at in 1..self.contenders.len() {
                write!(
                    out,
                    "{:>12.1}{:>7.2}",
                    figures.median(at),
                    figures.ratio(at)
                )?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
