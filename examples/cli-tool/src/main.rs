//! A list of things to do, on the command line.
//!
//! Goes in: a command. Comes out: the list, or what became of it. It is kept in an embedded database, or on a server
//! that `--endpoint` names; nothing else in this program knows which of them it is.

mod db {
    prisma_runtime::include_client!("db");
}

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use db::{Db, Models as _, todo};
use prisma_runtime::{ErrorKind, new};

/// Keep a list of things to do
#[derive(Parser)]
struct Arguments {
    /// The folder of the embedded database
    #[arg(long, value_name = "FOLDER", default_value = "prisma-data")]
    folder: String,

    /// A server to keep the list on instead, such as http://localhost:4466
    #[arg(long, value_name = "URL", env = "PRISMA_ENDPOINT")]
    endpoint: Option<String>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Add something to do
    Add {
        /// What it is
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Show everything that is to do
    List,
    /// Delete what is done
    Delete {
        /// What it is
        #[arg(required = true)]
        words: Vec<String>,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let db = match &arguments.endpoint {
        Some(endpoint) => Db::http(endpoint).build()?,
        None => {
            let datamodel = include_str!("../datamodel.prisma");
            let db = Db::embedded(&arguments.folder).service("todo", "dev");
            db.deploy(datamodel).build().await?
        }
    };
    match arguments.command {
        Command::Add { words } => add(&db, &words.join(" ")).await,
        Command::List => list(&db).await,
        Command::Delete { words } => delete(&db, &words.join(" ")).await,
    }
}

async fn add(db: &Db, title: &str) -> Result<ExitCode> {
    match db.todo().create(new!(todo::New { title })).await {
        Ok(todo) => println!("Added: {}", todo.title),
        // The server is asked once: what it refuses says more than a question before would.
        Err(error) if error.is_unique_violation() => {
            println!("This is on the list already: {title}");
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(db: &Db) -> Result<ExitCode> {
    let titles = db.todo().find_many().order_by(|t| t.title.asc());
    for title in titles.pick(|t| t.title).await? {
        println!("{title}");
    }
    Ok(ExitCode::SUCCESS)
}

async fn delete(db: &Db, title: &str) -> Result<ExitCode> {
    match db.todo().delete(todo::by_title(title)).await {
        Ok(todo) => println!("Deleted: {}", todo.title),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound { .. }) => {
            println!("This is not on the list: {title}");
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(ExitCode::SUCCESS)
}
