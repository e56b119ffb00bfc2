//! The programs that are measured.

use std::{
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};

use crate::figures::Latency;

/// A program with a database of its own.
#[derive(Debug)]
pub(super) struct Contender {
    pub(super) name: String,
    pub(super) program: PathBuf,
    pub(super) database: PathBuf,
}

impl Contender {
    /// Its answers, one per line.
    pub(super) fn answers(&self, calls: &[String]) -> Result<String> {
        self.run(&["compare"], calls)
    }

    /// How long its answers take in a round of so long.
    pub(super) fn time(&self, calls: &[String], time: Duration) -> Result<Latency> {
        let out = self.run(&["time", &time.as_secs_f64().to_string()], calls)?;
        let numbers: Vec<f64> = out
            .split_whitespace()
            .map(|number| Ok(number.parse()?))
            .collect::<Result<_>>()?;
        let &[p50, p99, requests] = numbers.as_slice() else {
            anyhow::bail!("{} printed no times: {out}", self.name);
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count"
        )]
        Ok(Latency {
            p50: p50 / 1_000.0,
            p99: p99 / 1_000.0,
            requests: requests as usize,
        })
    }

    fn run(&self, task: &[&str], calls: &[String]) -> Result<String> {
        let mut program = Command::new(&self.program)
            .arg(&self.database)
            .args(task)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} does not start", self.program.display()))?;
        // It reads all calls before it writes, so this cannot block both.
        let mut input = program.stdin.take().context("no standard input")?;
        input.write_all(calls.join("\n").as_bytes())?;
        drop(input);
        let output = program.wait_with_output()?;
        ensure!(output.status.success(), "{} failed", self.name);
        Ok(String::from_utf8(output.stdout)?)
    }
}
