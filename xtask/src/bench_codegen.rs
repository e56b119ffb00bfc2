//! `cargo xtask bench-codegen`: what a generated client costs the compiler, held to budgets.
//!
//! Clients of growing parts of a large datamodel are put into crates of their own and checked; then programs that use
//! the largest. Of what `cargo check` takes, the start of cargo itself is left out. Processor time is counted, not the
//! time of the clock, since machines are shared.

mod budget;
mod crates;
mod measure;
mod sites;
mod subset;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use prisma_codegen::{Client, Options, generate};
use prisma_datamodel::{Datamodel, Source};

use self::{
    budget::{GROWTH, PER_DERIVE, PER_MODEL, PER_SELECT},
    crates::Workshop,
    measure::Check,
    sites::Sites,
};

/// Models of the clients that are measured, beside all of them: growth is that from the last of these.
const SIZES: [usize; 3] = [1, 10, 50];

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The datamodel to generate clients of.
    #[arg(long, default_value = "fixtures/datamodels/hundred.prisma")]
    datamodel: PathBuf,
    /// How often to measure; the least counts.
    #[arg(long, default_value_t = 5)]
    runs: u32,
}

/// Measures, prints and compares.
///
/// # Errors
/// A budget that is exceeded; a crate that does not compile; a machine without `/proc`.
pub(crate) fn run(args: Args) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = root.join(&args.datamodel);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let workshop = Workshop::new(&root, args.runs)?;
    let mut clients = Vec::new();
    println!("models  ms CPU  per model  lines per model  bytes per model  MB memory");
    for size in SIZES {
        clients.push(client(&workshop, &subset::first_types(&text, size))?);
    }
    clients.push(client(&workshop, &text)?);
    let [.., half, whole] = &clients[..] else {
        bail!("two clients at least are measured");
    };
    let sites = Sites::of(&whole.datamodel);
    let derives = workshop.sites("derives", &whole.name, &sites.derives)?;
    let selects = workshop.sites("selects", &whole.name, &sites.selects)?;
    let growth = whole.cost.cpu_milliseconds / half.cost.cpu_milliseconds;
    let figures = [
        (PER_MODEL.time, whole.per_model(whole.cost.cpu_milliseconds)),
        (PER_MODEL.lines, whole.per_model(whole.lines)),
        (PER_MODEL.bytes, whole.per_model(whole.bytes)),
        (PER_MODEL.memory, whole.cost.megabytes),
        (GROWTH, growth),
        (PER_DERIVE, derives / sites.derives.count()),
        (PER_SELECT, selects / sites.selects.count()),
    ];
    println!();
    for (budget, value) in &figures {
        budget.print(*value);
    }
    let exceeded = figures
        .iter()
        .filter(|(budget, value)| *value > budget.most);
    match exceeded.count() {
        0 => Ok(()),
        exceeded => bail!("{exceeded} of {} budgets exceeded", figures.len()),
    }
}

/// A client and what it costs.
struct Measured {
    /// Of its crate.
    name: String,
    datamodel: Datamodel,
    lines: f64,
    bytes: f64,
    cost: Check,
}

impl Measured {
    fn per_model(&self, value: f64) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let models = self.datamodel.models.len() as f64;
        value / models
    }
}

/// Generates and measures the client of a text, and prints its line.
fn client(workshop: &Workshop, text: &str) -> Result<Measured> {
    let source = Source::new("datamodel.prisma", text);
    let (datamodel, _) = prisma_datamodel::parse(&source)
        .map_err(|errors| anyhow::anyhow!("{} errors in the datamodel", errors.len()))?;
    let options = Options {
        source: Some(source),
        ..Options::default()
    };
    let client: Client = generate(&datamodel, &options)?;
    let files = client.files()?;
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    let sum = |of: fn(&str) -> usize| {
        // The API stands beside the code; nothing of it is compiled.
        let code = files.iter().filter(|file| file.name.ends_with(".rs"));
        code.map(|file| of(&file.text)).sum::<usize>() as f64
    };
    let name = format!("bench-{}", datamodel.models.len());
    let cost = workshop.client(&name, &files)?;
    let measured = Measured {
        name,
        lines: sum(|text| text.lines().count()),
        bytes: sum(str::len),
        datamodel,
        cost,
    };
    println!(
        "{:>6}  {:>6.0}  {:>9.1}  {:>15.1}  {:>15.0}  {:>9.0}",
        measured.datamodel.models.len(),
        measured.cost.cpu_milliseconds,
        measured.per_model(measured.cost.cpu_milliseconds),
        measured.per_model(measured.lines),
        measured.per_model(measured.bytes),
        measured.cost.megabytes,
    );
    Ok(measured)
}
