//! `cargo xtask bench-embedded`: builds the contenders, then hands over to `prisma-bench`.

use std::{
    env,
    ffi::OsString,
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use anyhow::{Result, ensure};

/// Options of the command.
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Args {
    /// Options of `prisma-bench embedded`; `--help` explains them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

/// Names in the table, and packages of the workspace; the first is compared with the others.
const OURS: [(&str, &str); 2] = [
    ("prisma", "prisma-bench-embedded"),
    ("rusqlite", "prisma-bench-by-hand"),
];

/// Names in the table, which are folders too. These packages stand outside the workspace: two libraries that bring
/// SQLite cannot be in one lock file.
const OTHERS: [&str; 2] = ["diesel", "sea-orm"];

/// Measures.
///
/// # Errors
/// A build that fails. What the measuring program says goes to the terminal, and its failure into the exit code.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let is_help = |option: &String| ["-h", "--help"].contains(&option.as_str());
    let mut measure = cargo(&root);
    measure.args(["run", "--quiet", "--package", "prisma-bench"]);
    if args.options.iter().any(is_help) {
        measure.args(["--", "embedded"]);
    } else {
        let contenders = build(&root, &target)?;
        measure.args(["--release", "--", "embedded"]);
        measure.args(
            contenders
                .into_iter()
                .flat_map(|it| ["--contender".into(), it]),
        );
    }
    let status = measure.args(&args.options).status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Builds everything; the contenders as `NAME=PROGRAM`.
fn build(root: &Path, target: &Path) -> Result<Vec<OsString>> {
    let mut contenders = Vec::new();
    let mut add = |name: &str, program: &Path| {
        let mut contender = OsString::from(format!("{name}="));
        contender.push(program);
        contenders.push(contender);
    };
    let mut ours = cargo(root);
    ours.args(["build", "--release", "--package", "prisma-bench"]);
    for (name, package) in OURS {
        ours.args(["--package", package]);
        add(name, &target.join("release").join(package));
    }
    succeed(ours)?;
    let target = target.join("contenders");
    for name in OTHERS {
        let folder = root.join("bench/embedded").join(name);
        let mut theirs = cargo(&folder);
        theirs.args(["build", "--release", "--locked", "--target-dir"]);
        theirs.arg(&target);
        succeed(theirs)?;
        add(
            name,
            &target.join("release").join(format!("prisma-bench-{name}")),
        );
    }
    Ok(contenders)
}

fn succeed(mut build: Command) -> Result<()> {
    // Standard output is for figures.
    ensure!(
        build.stdout(Stdio::null()).status()?.success(),
        "the build failed"
    );
    Ok(())
}

fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}
