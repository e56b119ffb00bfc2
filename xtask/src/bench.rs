//! `cargo xtask bench`: builds what is measured and what measures, then hands over to `prisma-bench`.

use std::{
    env,
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Result, ensure};

/// Options of the command.
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Args {
    /// Options of `prisma-bench`; `--help` explains them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

/// Measures.
///
/// # Errors
/// A build that fails. What the measuring program says goes to the terminal, and its failure into the exit code.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let is_help = |option: &String| ["-h", "--help"].contains(&option.as_str());
    let mut measure = cargo(&root);
    measure.args(["run", "--quiet", "--package", "prisma-bench"]);
    if !args.options.iter().any(is_help) {
        let mut build = cargo(&root);
        build.args(["build", "--release", "--package", "prisma-cli"]);
        build.args(["--package", "prisma-bench"]);
        // Standard output is for figures.
        build.stdout(Stdio::null());
        ensure!(build.status()?.success(), "the build failed");
        measure.arg("--release");
    }
    let status = measure.arg("--").args(&args.options).status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}
