//! The server is killed while clients write: what it has acknowledged is there, and nothing is there by half.
//!
//! A round starts the server, lets clients write until it is killed, starts it again and looks at all that the round
//! has written. Nobody helps it to come up. Writes that were not acknowledged may be there or not, but whole.

mod ledger;
mod look;
mod writer;

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow};
use clap::Args;

use self::{
    ledger::Ledger,
    writer::{Balances, Writer, Written},
};
use crate::{random::Random, report::Report, server::Server, store::Place};

/// Orders own their lines, which hold the link, and their tags, which links in a table connect. Banks never gain or lose
/// money.
const DATAMODEL: &str = "
type Day { id: ID! @id  name: String! @unique  orders: [Order] }
type Order {
  id: ID! @id
  number: String! @unique
  round: Int!
  size: Int!
  marks: [Int] @scalarList(strategy: RELATION)
  day: Day! @relation(link: INLINE)
  lines: [Line] @relation(onDelete: CASCADE)
  tags: [Tag] @relation(link: TABLE, onDelete: CASCADE)
}
type Line { id: ID! @id  label: String! @unique  round: Int!  order: Order! @relation(link: INLINE) }
type Tag { id: ID! @id  label: String! @unique  round: Int!  orders: [Order] }
type Bank { id: ID! @id  name: String! @unique  round: Int!  accounts: [Account] }
type Account { id: ID! @id  name: String! @unique  balance: Int!  bank: Bank! @relation(link: INLINE) }";

/// The longest time that clients write before the server is killed.
const LONGEST: Duration = Duration::from_millis(1_200);

/// So many of a hundred rounds also kill the server while it starts.
const KILLED_AT_START: usize = 15;

/// The longest time until then.
const LONGEST_START: Duration = Duration::from_millis(150);

/// How much of it.
#[derive(Clone, Copy, Debug, Args)]
pub struct Options {
    /// How often to kill the server under load
    #[arg(long, default_value_t = 100)]
    pub times: usize,
    /// How many clients write
    #[arg(long, default_value_t = 16)]
    pub clients: usize,
}

/// What clients know of the nodes that they have written.
#[derive(Debug, Default)]
struct Known {
    /// By the number of the order: how many lines it has, or none if it is not there.
    orders: Ledger<Option<usize>>,
    /// By the name of the bank.
    banks: Ledger<Option<Balances>>,
}

/// Runs it.
///
/// # Errors
/// If the server does not come up. What is wrong with its data stands in the report.
pub fn run(place: &Place, options: Options, seed: u64) -> Result<Report> {
    let start = Instant::now();
    let mut server = Server::deploy(place, DATAMODEL)?;
    writer::make_days(&mut server.client(place))?;
    let mut report = Report::new("kill", place.store, seed);
    let mut random = Random::new(seed);
    let mut rounds = Vec::new();
    while rounds.len() < options.times && report.violations.is_empty() {
        let round = rounds.len();
        let written = write(place, server, &mut random, round, options.clients)?;
        report.count("kills under load", 1);
        report.count("acknowledged writes", written.acknowledged);
        report.count("unanswered writes", written.lost);
        report.violations = written.violations;
        server = restart(place, &mut random, &mut report)?;
        let violations = look::look(&mut server.client(place), round, &written.known)?;
        report.violations.extend(violations);
        rounds.push(written.known);
        if rounds.len() % 10 == 0 {
            eprintln!("killed {} of {} times", rounds.len(), options.times);
        }
    }
    // Once more: nothing of an earlier round may have gone with a later one.
    for (round, known) in rounds.iter().enumerate() {
        if !report.violations.is_empty() {
            break;
        }
        let violations = look::look(&mut server.client(place), round, known)?;
        report.violations.extend(violations);
    }
    report.count(
        "orders",
        rounds.iter().map(|known| known.orders.len()).sum(),
    );
    server.remove(place)?;
    Ok(report.finish(start))
}

/// Lets clients write until the server is killed.
fn write(
    place: &Place,
    server: Server,
    random: &mut Random,
    round: usize,
    clients: usize,
) -> Result<Written> {
    let seed = random.fork();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..clients)
            .map(|number| {
                let writer = Writer::new(server.client(place), seed.of(number), round, number);
                scope.spawn(|| writer.write())
            })
            .collect();
        thread::sleep(random.time(LONGEST));
        let killed = server.kill();
        let mut written = Written::default();
        for writer in writers {
            let one = writer.join().map_err(|_| anyhow!("a client panicked"))?;
            written.extend(one);
        }
        killed.map(|()| written)
    })
}

/// Starts the server again, sometimes only after it was killed while it started.
fn restart(place: &Place, random: &mut Random, report: &mut Report) -> Result<Server> {
    if random.percent(KILLED_AT_START) {
        let starting = Server::spawn(place)?;
        thread::sleep(random.time(LONGEST_START));
        starting.kill()?;
        report.count("kills while starting", 1);
    }
    Server::start(place)
}
