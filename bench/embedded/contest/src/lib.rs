//! What the contenders of `cargo xtask bench-embedded` have in common: the calls they answer, and how they are timed.
//!
//! Goes in: calls on standard input, one a line; a database file that is laid out and filled. Comes out, on standard
//! output: either the answers, one a line, or how long they took.
//!
//! A contender is a program that implements [`Contender`] and hands over to [`compete`]. It answers with structs of its
//! own library, as an application would get them. The structs of all contenders have the same names and fields, so that
//! their `Debug` texts can be compared.
//!
//! Must never know: any library that is measured. It depends on the standard library alone, as contenders cannot be
//! linked together: each brings a SQLite of its own.

mod call;
mod time;

use std::{
    error::Error,
    fmt::Debug,
    io::{self, BufRead as _, Write as _},
    path::PathBuf,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

pub use call::{Call, NewArtist, NewCustomer};
pub use time::Times;

/// What contenders fail with: a failure ends the program, so nobody looks into it.
pub type Failure = Box<dyn Error + Send + Sync>;

/// One way to a database.
#[expect(async_fn_in_trait, reason = "nobody sends these futures")]
pub trait Contender: Sized {
    /// What a call is answered with.
    type Answer: Debug;

    /// Opens the database.
    ///
    /// # Errors
    /// A file that cannot be used.
    async fn open(file: PathBuf) -> Result<Self, Failure>;

    /// Answers one call.
    ///
    /// # Errors
    /// What the database says.
    async fn answer(&mut self, call: &Call) -> Result<Self::Answer, Failure>;

    /// The answer as text, for comparisons: that of `Debug`.
    fn show(answer: &Self::Answer) -> String {
        format!("{answer:?}")
    }
}

/// What a contender is asked for on its command line: `FILE compare` or `FILE time SECONDS`.
enum Task {
    Compare,
    Time(Duration),
}

/// Does what the command line asks for.
///
/// # Errors
/// A command line or calls that are none, and what the contender fails with.
pub async fn compete<C: Contender>() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments
        .next()
        .ok_or("the first argument is a database file")?;
    let task = match (arguments.next().as_deref(), arguments.next()) {
        (Some("compare"), None) => Task::Compare,
        (Some("time"), Some(seconds)) => Task::Time(Duration::try_from_secs_f64(seconds.parse()?)?),
        _ => return Err("the second argument is `compare` or `time SECONDS`".into()),
    };
    let calls = read_calls()?;
    let mut contender = C::open(file.into()).await?;
    let mut out = io::stdout().lock();
    match task {
        Task::Compare => {
            for call in &calls {
                writeln!(out, "{}", C::show(&contender.answer(call).await?))?;
            }
        }
        Task::Time(time) => {
            measure(&mut contender, &calls, time / 4).await?;
            writeln!(out, "{}", measure(&mut contender, &calls, time).await?)?;
        }
    }
    Ok(())
}

fn read_calls() -> Result<Vec<Call>, Failure> {
    let mut calls = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        calls.push(Call::parse(&line).ok_or_else(|| format!("this is no call: {line}"))?);
    }
    Ok(calls)
}

/// Answers calls one after the other, again and again, for so long.
async fn measure<C: Contender>(
    contender: &mut C,
    calls: &[Call],
    time: Duration,
) -> Result<Times, Failure> {
    let mut times = Times::until(time);
    for call in calls.iter().cycle() {
        let Some(start) = times.start() else { break };
        std::hint::black_box(contender.answer(call).await?);
        times.stop(start);
    }
    Ok(times)
}

/// Runs a future that never waits, as those of libraries without async are.
///
/// # Errors
/// What the future fails with, and a future that waits after all.
pub fn run_without_waiting<T>(
    future: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => Err("a contender without async waited".into()),
    }
}
