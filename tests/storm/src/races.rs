//! Many clients change the links of the same few nodes at the same time, for every shape of relation: nobody ever has
//! more than a field allows, no required field is left empty, and both sides see the same.

mod look;
mod shape;
mod step;

use std::{sync::Barrier, thread, time::Instant};

use anyhow::{Result, anyhow};
use clap::Args;

use self::{
    shape::SHAPES,
    step::{Field, Step},
};
use crate::{
    random::Random,
    report::{Report, Violation},
    server::Server,
    store::Place,
};

/// How much of it.
#[derive(Clone, Copy, Debug, Args)]
pub struct Options {
    /// How many rounds, each with new nodes, for each shape of relation
    #[arg(long, default_value_t = 100)]
    pub rounds: usize,
    /// How many clients
    #[arg(long, default_value_t = 8)]
    pub clients: usize,
    /// How many requests each of them sends in a round
    #[arg(long, default_value_t = 3)]
    pub steps: usize,
}

/// What clients have done.
#[derive(Debug, Default)]
struct Done {
    done: usize,
    refused: usize,
    violations: Vec<Violation>,
}

/// Runs it.
///
/// # Errors
/// If there is no server to be attacked. What is wrong with its answers stands in the report.
pub fn run(place: &Place, options: Options, seed: u64) -> Result<Report> {
    let start = Instant::now();
    let datamodel: String = SHAPES.iter().map(shape::Shape::datamodel).collect();
    let server = Server::deploy(place, &datamodel)?;
    let mut report = Report::new("races", place.store, seed);
    let mut random = Random::new(seed);
    for round in 0..options.rounds {
        for shape in &SHAPES {
            let field = Field { shape, round };
            field.fill(&mut server.client(place))?;
            let raced = race(place, &server, field, options, &random.fork())?;
            report.count("writes", raced.done);
            report.count("refusals", raced.refused);
            report.violations.extend(raced.violations);
            let violations = look::look(&mut server.client(place), field)?;
            report.violations.extend(violations);
        }
        report.count("rounds", 1);
        if (round + 1) % 10 == 0 {
            eprintln!("{} of {} rounds", round + 1, options.rounds);
        }
        if !report.violations.is_empty() {
            break;
        }
    }
    server.remove(place)?;
    Ok(report.finish(start))
}

/// Lets all clients go at once, and waits for them.
fn race(
    place: &Place,
    server: &Server,
    field: Field<'_>,
    options: Options,
    random: &Random,
) -> Result<Done> {
    let barrier = Barrier::new(options.clients);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..options.clients)
            .map(|number| {
                let (mut client, mut random) = (server.client(place), random.of(number));
                let barrier = &barrier;
                scope.spawn(move || {
                    let mut done = Done::default();
                    for step in 0..options.steps {
                        let new = format!("new{number}x{step}");
                        let step = Step::random(field, &mut random, &new);
                        barrier.wait();
                        match step.send(&mut client) {
                            Ok(true) => done.done += 1,
                            Ok(false) => done.refused += 1,
                            Err(violation) => done.violations.push(violation),
                        }
                    }
                    done
                })
            })
            .collect();
        let mut all = Done::default();
        for client in clients {
            let one = client.join().map_err(|_| anyhow!("a client panicked"))?;
            all.done += one.done;
            all.refused += one.refused;
            all.violations.extend(one.violations);
        }
        Ok(all)
    })
}
