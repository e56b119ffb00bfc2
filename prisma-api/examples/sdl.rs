//! Prints the API of a datamodel file in the GraphQL schema language.
//!
//! ```text
//! cargo run -p prisma-api --example sdl -- datamodel.prisma [--raw-access]
//! ```

use std::{env, fs, io, process::ExitCode};

use prisma_api::{Options, derive};
use prisma_datamodel::{Source, Style, parse, render};

fn main() -> io::Result<ExitCode> {
    let (flags, files): (Vec<String>, Vec<String>) =
        env::args().skip(1).partition(|word| word.starts_with("--"));
    let [file] = files.as_slice() else {
        eprintln!("usage: sdl DATAMODEL [--raw-access]");
        return Ok(ExitCode::from(2));
    };
    let source = Source::new(file, fs::read_to_string(file)?);
    let options = Options {
        raw_access: flags.iter().any(|flag| flag == "--raw-access"),
        ..Options::default()
    };
    let datamodel = match parse(&source) {
        Ok((datamodel, _)) => datamodel,
        Err(errors) => {
            eprintln!("{}", render(&source, &errors, Style::Plain));
            return Ok(ExitCode::FAILURE);
        }
    };
    match derive(&datamodel, &options) {
        Ok(schema) => {
            print!("{}", schema.to_sdl());
            Ok(ExitCode::SUCCESS)
        }
        Err(collisions) => {
            for collision in collisions {
                eprintln!("error: {collision}");
                if let Some(help) = collision.help() {
                    eprintln!("  help: {help}");
                }
            }
            Ok(ExitCode::FAILURE)
        }
    }
}
