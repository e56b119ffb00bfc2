//! Runs the oracle for long: `cargo xtask soak`.

use std::{process::ExitCode, time::Instant};

use clap::Parser;
use prisma_tests_connector_suite::{Store, block_on};
use prisma_tests_oracle::{Ran, run};

/// Compare random operations on every store with the reference
#[derive(Parser)]
struct Args {
    /// How many operations, on every store
    #[arg(long, default_value_t = 20_000)]
    ops: usize,
    /// The seed of the first run; every run adds one
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Which stores, separated by commas: sqlite, postgres, mysql, sqlite-levels, postgres-levels; else all there are
    #[arg(long, value_delimiter = ',', value_parser = store)]
    stores: Vec<Store>,
    /// How many operations a run has
    #[arg(long, default_value_t = 120)]
    run: usize,
    /// How often to try to make a failed run shorter
    #[arg(long, default_value_t = 600)]
    patience: usize,
    /// How many differences to report before giving up
    #[arg(long, default_value_t = 1)]
    failures: usize,
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let stores = match args.stores.as_slice() {
        [] => Store::ALL,
        stores => stores,
    };
    let start = Instant::now();
    let (mut done, mut failures) = (0, 0);
    let mut seed = args.seed;
    while done < args.ops {
        for &store in stores {
            match block_on(run(store, seed, args.run, args.patience))? {
                Ran::Well => {}
                // Who names a store wants it; who names none takes what is there.
                Ran::NoStore if args.stores.is_empty() => {}
                Ran::NoStore => anyhow::bail!("there is no {} here", store.name()),
                Ran::Badly(failed) => {
                    println!("{failed}\n");
                    failures += 1;
                    if failures >= args.failures {
                        return Ok(ExitCode::FAILURE);
                    }
                }
            }
        }
        done += args.run;
        seed += 1;
        if (seed - args.seed) % 50 == 0 {
            let seconds = start.elapsed().as_secs();
            println!("{done} operations in {seconds} s, next seed {seed}");
        }
    }
    println!(
        "{done} operations on each of {} stores, {failures} differences",
        stores.len()
    );
    Ok(if failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn store(name: &str) -> Result<Store, String> {
    Store::from_name(name).ok_or_else(|| format!("there is no store `{name}`"))
}
