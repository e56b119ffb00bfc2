//! The processor time and memory of a `cargo check`, read from `/proc`.

use std::{
    env, fs,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// A clock tick of `/proc`, which is the same on every Linux.
const TICK_MILLISECONDS: f64 = 10.0;

/// How often memory is looked at. The kernel remembers the peak, so only the last moment is missed.
const PAUSE: Duration = Duration::from_millis(5);

/// What one `cargo check` took.
pub(super) struct Check {
    /// Of cargo and all that it started, in user and system mode.
    pub(super) cpu_milliseconds: f64,
    /// The peak of the largest compiler process.
    pub(super) megabytes: f64,
}

/// Checks the crate in a folder.
pub(super) fn check(folder: &Path, target: &Path) -> Result<Check> {
    let before = children_milliseconds()?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args(["check", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .spawn()?;
    let mut peak: f64 = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak.max(compiler_megabytes(child.id()));
        sleep(PAUSE);
    };
    if !status.success() {
        bail!("`cargo check` of {} failed", folder.display());
    }
    Ok(Check {
        cpu_milliseconds: children_milliseconds()? - before,
        megabytes: peak,
    })
}

/// The processor time of all processes that this one has waited for, and theirs.
fn children_milliseconds() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat").context("this needs /proc")?;
    let ticks = |field| -> Option<f64> { after_name(&stat)?.nth(field)?.parse().ok() };
    // `cutime` and `cstime`, see proc(5).
    let (user, system) = ticks(13)
        .zip(ticks(14))
        .context("/proc/self/stat is not as expected")?;
    Ok((user + system) * TICK_MILLISECONDS)
}

/// The fields of a `stat` file after the name, which may itself have blanks; the first is the state.
fn after_name(stat: &str) -> Option<impl Iterator<Item = &str>> {
    stat.rsplit_once(')')
        .map(|(_, rest)| rest.split_ascii_whitespace())
}

/// The peak so far of the largest compiler that cargo runs. Processes that end meanwhile count nothing.
fn compiler_megabytes(cargo: u32) -> f64 {
    let Ok(processes) = fs::read_dir("/proc") else {
        return 0.0;
    };
    processes
        .filter_map(|process| {
            let path = process.ok()?.path();
            let stat = fs::read_to_string(path.join("stat")).ok()?;
            let parent: u32 = after_name(&stat)?.nth(1)?.parse().ok()?;
            if parent != cargo || !stat.contains("(rustc)") {
                return None;
            }
            let status = fs::read_to_string(path.join("status")).ok()?;
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix("VmHWM:"))?;
            let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
            Some(kilobytes / 1000.0)
        })
        .fold(0.0, f64::max)
}
