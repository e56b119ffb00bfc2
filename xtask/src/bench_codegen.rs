//! `cargo xtask bench-codegen`: what a generated client costs the compiler, held to budgets.
//!
//! The client of a large datamodel is put into a crate of its own and checked; of what `cargo check` takes, the
//! start of cargo itself is left out. Processor time is counted, not the time of the clock, since machines are
//! shared.

mod measure;
mod subset;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use prisma_codegen::{Client, Options, generate};
use prisma_datamodel::Source;

use self::measure::{Check, check};

/// Processor time per model, in milliseconds.
const MOST_MILLISECONDS: f64 = 15.0;
/// Lines of generated code per model.
const MOST_LINES: f64 = 160.0;
/// Bytes of generated code per model.
const MOST_BYTES: f64 = 6_000.0;
/// Memory of the compiler, in megabytes.
const MOST_MEGABYTES: f64 = 250.0;
/// How much longer twice as many models take.
const MOST_GROWTH: f64 = 2.2;

/// Options of the command.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The datamodel to generate a client of.
    #[arg(long, default_value = "fixtures/datamodels/hundred.prisma")]
    datamodel: PathBuf,
    /// How often to measure; the least counts.
    #[arg(long, default_value_t = 3)]
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
    let whole = Subject::new(&root, &text)?;
    let half = Subject::new(&root, &subset::first_types(&text, whole.models / 2))?;
    let whole_cost = whole.cost(args.runs)?;
    let half_cost = half.cost(args.runs)?;
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    let models = whole.models as f64;
    let figures = [
        Figure::new(
            "ms CPU per model",
            whole_cost.cpu_milliseconds / models,
            MOST_MILLISECONDS,
        ),
        Figure::new("lines per model", whole.lines / models, MOST_LINES),
        Figure::new("bytes per model", whole.bytes / models, MOST_BYTES),
        Figure::new("MB memory at most", whole_cost.megabytes, MOST_MEGABYTES),
        Figure::new(
            "times the CPU of half the models",
            whole_cost.cpu_milliseconds / half_cost.cpu_milliseconds,
            MOST_GROWTH,
        ),
    ];
    println!(
        "{} models: {:.0} ms CPU; {} models: {:.0} ms CPU",
        whole.models, whole_cost.cpu_milliseconds, half.models, half_cost.cpu_milliseconds
    );
    for figure in &figures {
        figure.print();
    }
    let exceeded = figures.iter().filter(|figure| figure.is_exceeded()).count();
    if exceeded > 0 {
        bail!("{exceeded} of {} budgets exceeded", figures.len());
    }
    Ok(())
}

/// A measured figure and its budget.
struct Figure {
    what: &'static str,
    value: f64,
    most: f64,
}

impl Figure {
    const fn new(what: &'static str, value: f64, most: f64) -> Self {
        Self { what, value, most }
    }

    fn is_exceeded(&self) -> bool {
        self.value > self.most
    }

    fn print(&self) {
        let verdict = if self.is_exceeded() { "OVER" } else { "ok" };
        println!(
            "{:>8.1} {:<34} at most {:>6.1}  {verdict}",
            self.value, self.what, self.most
        );
    }
}

/// A crate with nothing but a generated client.
struct Subject {
    folder: PathBuf,
    models: usize,
    lines: f64,
    bytes: f64,
}

impl Subject {
    fn new(root: &Path, text: &str) -> Result<Self> {
        let source = Source::new("datamodel.prisma", text);
        let (datamodel, _) = prisma_datamodel::parse(&source)
            .map_err(|errors| anyhow::anyhow!("{} errors in the datamodel", errors.len()))?;
        let models = datamodel.models.len();
        let options = Options {
            source: Some(source),
            ..Options::default()
        };
        let client = generate(&datamodel, &options)?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let folder = target.join("bench-codegen").join(models.to_string());
        write(root, &folder, &client)?;
        let files = client.files()?;
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let sum =
            |of: fn(&str) -> usize| files.iter().map(|file| of(&file.text)).sum::<usize>() as f64;
        Ok(Self {
            folder,
            models,
            lines: sum(|text| text.lines().count()),
            bytes: sum(str::len),
        })
    }

    /// The least that checking the client took.
    fn cost(&self, runs: u32) -> Result<Check> {
        check(&self.folder)?;
        let mut least: Option<Check> = None;
        for _ in 0..runs.max(1) {
            let start = check(&self.folder)?;
            let main = self.folder.join("src/lib.rs");
            fs::write(&main, fs::read(&main)?)?;
            let mut cost = check(&self.folder)?;
            cost.cpu_milliseconds -= start.cpu_milliseconds;
            if least
                .as_ref()
                .is_none_or(|least| cost.cpu_milliseconds < least.cpu_milliseconds)
            {
                least = Some(cost);
            }
        }
        least.context("nothing was measured")
    }
}

fn write(root: &Path, folder: &Path, client: &Client) -> Result<()> {
    let runtime = root.join("prisma-runtime").canonicalize()?;
    let manifest = format!(
        "[package]\nname = \"bench-codegen\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nprisma-runtime = {{ path = {runtime:?}, default-features = false }}\n"
    );
    let db = folder.join("src/db");
    if db.exists() {
        fs::remove_dir_all(&db)?;
    }
    fs::create_dir_all(&db)?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    fs::write(folder.join("src/lib.rs"), "pub mod db;\n")?;
    for file in client.files()? {
        fs::write(db.join(&file.name), &file.text)?;
    }
    Ok(())
}
