//! Processes: what they take of the machine, from `/proc`.

use std::{collections::HashMap, fs, time::Duration};

use anyhow::{Context as _, Result};

/// A clock tick of `/proc`, which is the same on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// The processor time so far of a process and all that it has started, those that have ended included.
pub(crate) fn processor_time(root: u32) -> Duration {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for process in processes() {
        if let Some(parent) = field(process, 1) {
            let parent = u32::try_from(parent).unwrap_or(0);
            children.entry(parent).or_default().push(process);
        }
    }
    let own = |process, from| -> u64 { (from..from + 2).filter_map(|n| field(process, n)).sum() };
    // Of the root itself (proc(5): `utime`, `stime`) and of those it has waited for (`cutime`, `cstime`).
    let mut ticks = own(root, 11) + own(root, 13);
    let mut open = children.remove(&root).unwrap_or_default();
    while let Some(process) = open.pop() {
        ticks += own(process, 11);
        open.extend(children.remove(&process).unwrap_or_default());
    }
    TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
}

/// The processor time so far of this process alone.
pub(crate) fn own_time() -> Duration {
    let own = std::process::id();
    let ticks: u64 = (11..13).filter_map(|number| field(own, number)).sum();
    TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
}

/// The memory that a process has in use, in bytes.
pub(crate) fn resident_memory(process: u32) -> Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(&path).with_context(|| path.clone())?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB"));
    let kilobytes: u64 = kilobytes.with_context(|| path)?.trim().parse()?;
    Ok(kilobytes * 1024)
}

/// The time that all processors together have been busy, and how many there are.
pub(crate) fn machine_time() -> Result<(Duration, u32)> {
    let stat = fs::read_to_string("/proc/stat")?;
    let first = stat.lines().next().unwrap_or_default();
    let numbers: Vec<u64> = first
        .split_ascii_whitespace()
        .skip(1)
        .map_while(|number| number.parse().ok())
        .collect();
    // All but `idle` and `iowait`, up to `steal`.
    let busy = numbers.iter().take(8).sum::<u64>() - numbers.iter().skip(3).take(2).sum::<u64>();
    // One line for all of them, then one for each.
    let processors = stat.lines().filter(|line| line.starts_with("cpu")).count() - 1;
    let busy = TICK * u32::try_from(busy).unwrap_or(u32::MAX);
    Ok((busy, u32::try_from(processors).unwrap_or(1)))
}

/// The process that listens on a port of this machine, if it can be seen.
pub(crate) fn listening_on(port: u16) -> Option<u32> {
    let sockets: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .flat_map(|table| {
            let end = format!(":{port:04X}");
            let rows = table.lines().filter_map(|line| {
                let fields: Vec<&str> = line.split_ascii_whitespace().collect();
                let listens = fields.get(1)?.ends_with(&end) && *fields.get(3)? == "0A";
                listens.then(|| format!("socket:[{}]", fields.get(9).copied().unwrap_or("")))
            });
            rows.collect::<Vec<_>>()
        })
        .collect();
    processes().find(|process| {
        let files = fs::read_dir(format!("/proc/{process}/fd"));
        files.into_iter().flatten().any(|file| {
            let target = file.ok().and_then(|file| fs::read_link(file.path()).ok());
            target
                .is_some_and(|target| sockets.iter().any(|socket| target.as_os_str() == &**socket))
        })
    })
}

fn processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

/// A field of `/proc/PID/stat`, counted from the state, which is 0.
fn field(process: u32, number: usize) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before may itself have blanks.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_ascii_whitespace().nth(number)?.parse().ok()
}
